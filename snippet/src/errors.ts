// Errors of the page, those that are the same counted together.

import type * as B from "./beacon";
import { type Collector, news } from "./collector";
import { drop, listen } from "./guard";
import { scrubText, scrubUrl, span } from "./text";
import type { View } from "./view";

const MOST = 20;

// Undefined until somebody may be watched: before consent, and while a page is prerendered.
let view: View | undefined;
let groups = new Map<string, B.ErrorGroup>();

type Found = Omit<B.ErrorGroup, "count" | "at">;

const count = (found: Found, at: number): void => {
  if (!view) return;
  const key = [found.kind, found.message, found.url, found.line, found.column].join("|");
  const same = groups.get(key);
  news.any = true;
  if (same) same.count += 1;
  else if (groups.size >= MOST) drop();
  else groups.set(key, { ...found, count: 1, at: span(Math.max(at - view.start, 0)) });
};

const position = (value: number): number | undefined => (value > 0 ? value : undefined);

/** The words of anything that was thrown; people throw strings, numbers and nothing at all. */
const fromThrown = (kind: Found["kind"], thrown: unknown): Found => {
  const error = thrown as Partial<Error> | null | undefined;
  const isError = typeof error?.message === "string";
  const message = isError ? `${error.name ?? "Error"}: ${error.message}` : String(thrown);
  return {
    kind,
    message: scrubText(message, 256),
    stack: isError && error.stack ? scrubText(error.stack, 1000) : undefined,
  };
};

const takeError = (event: ErrorEvent): void => {
  const element = event.target as (HTMLElement & { src?: unknown; href?: unknown }) | Window | null;
  if (element && element !== window) {
    const { src, href } = element as { src?: unknown; href?: unknown };
    const url = typeof src === "string" ? src : href;
    const message = (element as HTMLElement).tagName.toLowerCase();
    if (typeof url === "string" && url) {
      count({ kind: "resource", message, url: scrubUrl(url) }, event.timeStamp);
    }
    return;
  }
  const thrown = event.error
    ? fromThrown("error", event.error)
    : { kind: "error" as const, message: scrubText(event.message, 256) };
  const place = { line: position(event.lineno), column: position(event.colno) };
  count({ ...thrown, url: scrubUrl(event.filename) || undefined, ...place }, event.timeStamp);
};

/** Something the loader or the site caught. */
export const takeAny = (event: Event): void => {
  if (event.type === "unhandledrejection") {
    count(fromThrown("rejection", (event as PromiseRejectionEvent).reason), event.timeStamp);
  } else takeError(event as ErrorEvent);
};

/** An error the site reports itself. */
export const report = (thrown: unknown): void =>
  count(fromThrown("manual", thrown), performance.now());

const takeViolation = (event: SecurityPolicyViolationEvent): void => {
  const message = scrubText(event.effectiveDirective, 256);
  const blocked = scrubUrl(event.blockedURI) || undefined;
  count({ kind: "csp", message, url: blocked }, event.timeStamp);
};

export const errors: Collector = {
  start: () => {
    listen(window, "error unhandledrejection", takeAny);
    listen(document, "securitypolicyviolation", takeViolation);
  },
  begin: (next) => {
    view = next;
    groups = new Map();
  },
  fill: (beacon) => {
    if (groups.size) beacon.errors = [...groups.values()].map((group) => ({ ...group }));
  },
};
