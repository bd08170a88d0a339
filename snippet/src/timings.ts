// What the page measures of itself: marks, measures, and elements it asked the browser to time.

import type * as B from "./beacon";
import { type Collector, news } from "./collector";
import { drop } from "./guard";
import { observe } from "./observe";
import { cut, round } from "./text";
import type { View } from "./view";

const MOST = 30;

let view: View;
let kept: B.Timing[] = [];

const take = (entry: PerformanceEntry & { identifier?: string }): void => {
  const name = cut(entry.identifier || entry.name, 80);
  if (entry.startTime < view.start || !name || entry.duration < 0) return;
  if (kept.length >= MOST) return drop();
  news.any = true;
  kept.push({ name, start: round(entry.startTime - view.start), duration: round(entry.duration) });
};

export const timings: Collector = {
  start: () => {
    for (const type of ["mark", "measure", "element"]) observe(type, take);
  },
  begin: (next) => {
    view = next;
    kept = [];
  },
  fill: (beacon) => {
    if (kept.length) beacon.timings = [...kept];
  },
};
