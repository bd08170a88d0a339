// What the user did: how often, where, how fast the page answered, and what came last.

import type * as B from "./beacon";
import { type Collector, news } from "./collector";
import { listen } from "./guard";
import { observe, takePending } from "./observe";
import { selectorOf, span } from "./text";
import type { View } from "./view";

// An event that is painted within 16 ms gets no entry, whatever we ask for (Event Timing §3.1).
// web-vitals counts an interaction without an entry as 8 ms, and so do we.
const UNSEEN = 8;
const NO_ENTRY_AFTER = 500;
const MOST = 1000;
const MOST_TARGETS = 50;

interface Interaction {
  start: number;
  latency: number;
}

interface Answer extends PerformanceEventTiming {
  interactionId: number;
}

let view: View;
let known = new Map<number, Interaction>();
let targets = new Map<string, B.TargetCount>();
let counts: B.Interactions = {};
let countedBefore = 0;
// Trusted events that begin an answer, by their time, until their entry is here.
let unanswered: number[] = [];
// Those that never got one.
let quick: number[] = [];

const counted = (): number | undefined =>
  (performance as { interactionCount?: number }).interactionCount;

/** Makes room: what counts is among the slowest, whenever they happened. */
const forgetQuickest = (): void => {
  const least = Math.min(...[...known.values()].map((one) => one.latency));
  for (const [id, one] of known) if (one.latency === least) return void known.delete(id);
};

const takeEntry = (entry: Answer): void => {
  if (entry.startTime < view.start) return;
  // The same clock, but rounded apart. Answers come in order, so whoever waited longer gets none.
  quick = [...quick, ...unanswered.filter((time) => time < entry.startTime - 1)].slice(-MOST);
  unanswered = unanswered.filter((time) => time > entry.startTime + 1);
  if (!entry.interactionId) return;
  const before = known.get(entry.interactionId);
  if (!before && known.size >= MOST) forgetQuickest();
  known.set(entry.interactionId, {
    start: Math.min(before?.start ?? Infinity, entry.startTime),
    latency: Math.max(before?.latency ?? 0, entry.duration),
  });
  if (!before || entry.duration > before.latency) news.any = true;
  const target = entry.target && targets.get(selectorOf(entry.target));
  if (target) target.inp = Math.max(target.inp ?? 0, entry.duration);
};

const leaveKind = (event: Event): B.Leave["kind"] => {
  if (event.type === "keydown") return "key";
  const element = event.target as Element | null;
  if (element?.closest?.("a[href]")) return "link";
  if (element?.closest?.("[type=submit],form button:not([type])")) return "submit";
  return "script";
};

const takeEvent = (event: Event): void => {
  if (!event.isTrusted) return;
  // A page that always answers at once gets no entries, and these would pile up.
  if (unanswered.push(event.timeStamp) > MOST) unanswered.shift();
  if (event.type !== "click" && event.type !== "keydown") return;
  news.any = true;
  counts.count = (counts.count ?? 0) + 1;
  if (event.type === "click") counts.clicks = (counts.clicks ?? 0) + 1;
  const when = span(Math.max(event.timeStamp - view.start, 0))!;
  counts.first_at ??= when;
  const target = selectorOf(event.target as Node | null);
  counts.leave = { at: when, target: target || undefined, kind: leaveKind(event) };
  const same = targets.get(target);
  if (same) same.count += 1;
  else if (target && targets.size < MOST_TARGETS) targets.set(target, { target, count: 1 });
};

/** The interaction to be reported: the worst but for one in fifty, as INP is defined. */
export const worstInteraction = (): number | undefined => {
  const slowestFirst = [...known.values()].map((one) => one.latency).sort((a, b) => b - a);
  const count = (counted() ?? countedBefore + known.size) - countedBefore;
  return slowestFirst[Math.min(slowestFirst.length - 1, Math.floor(count / 50))];
};

/** Gives up on answers that would have come by now. */
const settle = (): void => {
  const waits = (time: number): boolean => performance.now() - time < NO_ENTRY_AFTER;
  quick = [...quick, ...unanswered.filter((time) => !waits(time))].slice(-MOST);
  unanswered = unanswered.filter(waits);
};

/** Whether the browser still owes us how long an interaction took. */
export const isPending = (): boolean => {
  takePending();
  settle();
  return unanswered.length > 0;
};

/** The longest interaction that began at `since` or later, or null where there was none. */
export const inpSince = (since: number): number | null => {
  takePending();
  settle();
  const latencies = [...known.values()].filter((one) => one.start >= since).map((one) => one.latency);
  if (quick.some((time) => time >= since)) latencies.push(UNSEEN);
  return latencies.length ? Math.max(...latencies) : null;
};

export const interactions: Collector = {
  start: () => {
    listen(window, "pointerup click keydown keyup", takeEvent);
    observe<Answer>("first-input", takeEntry);
    observe<Answer>("event", takeEntry, { durationThreshold: 16 });
  },
  begin: (next) => {
    view = next;
    known = new Map();
    targets = new Map();
    counts = {};
    unanswered = [];
    quick = [];
    countedBefore = next.start ? (counted() ?? 0) : 0;
  },
  fill: (beacon) => {
    if (!counts.count) return;
    const most = [...targets.values()].sort((a, b) => b.count - a.count).slice(0, 5);
    beacon.interactions = { ...counts, targets: most.map((one) => ({ ...one })) };
  },
};
