// What the site says about the view: group, user, context, events, scores and tasks.

import type * as B from "./beacon";
import { type Collector, news } from "./collector";
import { drop } from "./guard";
import { cut, span } from "./text";
import type { View } from "./view";

const MOST_EVENTS = 50;
const MOST_CUSTOM = 20;
const MOST_CONTEXT = 20;

// Undefined until somebody may be watched: before consent, and while a page is prerendered.
let view: View | undefined;
let group: string | undefined;
let release: string | undefined;
let user: B.User | undefined;
let events: B.Event[] = [];
let custom: Record<string, number> = {};
// What is true of the visitor outlives the view; what happened in it does not.
const context: Record<string, string> = {};

const put = <T>(into: Record<string, T>, name: unknown, value: T, most: number): void => {
  const key = cut(String(name), 40);
  if (!key || (!(key in into) && Object.keys(into).length >= most)) return drop();
  into[key] = value;
  news.any = true;
};

const happen = (event: Omit<B.Event, "at">): void => {
  if (!view) return;
  if (!event.name || events.length >= MOST_EVENTS) return drop();
  events.push({ ...event, at: span(performance.now() - view.start) ?? 0 });
  news.any = true;
};

const positive = (value: unknown): number | undefined =>
  typeof value === "number" && value >= 0 && value <= 1e15 ? value : undefined;

const name40 = (name: unknown): string => cut(String(name), 40);

export const setGroup = (name: unknown): void => {
  group = cut(String(name), 80) || undefined;
  news.any = true;
};

export const setRelease = (name: string | undefined): void => {
  release = name && cut(name, 80);
};

export const setUser = (said: { registered?: unknown; stage?: unknown; id?: unknown }): void => {
  user = {
    registered: typeof said.registered === "boolean" ? said.registered : undefined,
    stage: said.stage === undefined ? undefined : cut(String(said.stage), 40),
    id: said.id === undefined ? undefined : cut(String(said.id), 128),
  };
  news.any = true;
};

export const setContext = (name: unknown, value: unknown): void =>
  put(context, name, cut(String(value), 200), MOST_CONTEXT);

export const addMeasure = (name: unknown, value: unknown): void => {
  const number = positive(value);
  if (!view) return;
  if (number === undefined) return drop();
  put(custom, name, number, MOST_CUSTOM);
};

export const addEvent = (name: unknown, attributes?: unknown): void => {
  const text = attributes === undefined ? undefined : JSON.stringify(attributes);
  // Half an object is none.
  const fits = text !== undefined && text.length <= 500;
  if (text !== undefined && !fits) drop();
  happen({ name: name40(name), attributes: fits ? cut(text, 500) : undefined });
};

export const addScore = (kind: unknown, value: unknown, comment?: unknown): void =>
  happen({
    name: name40(kind),
    value: positive(value),
    comment: comment === undefined ? undefined : cut(String(comment), 300),
  });

export const addTask = (name: unknown, duration: number, completed: boolean): void =>
  happen({ name: name40(name), duration: span(duration), completed });

export const said: Collector = {
  begin: (next) => {
    view = next;
    events = [];
    custom = {};
  },
  fill: (beacon) => {
    beacon.page.group = group;
    beacon.release = release;
    beacon.user = user;
    if (events.length) beacon.events = [...events];
    if (Object.keys(custom).length) beacon.metrics = { ...beacon.metrics, custom: { ...custom } };
    if (Object.keys(context).length) beacon.context = { ...context };
  },
};
