// How the document came: navigation timing as durations, and the milestones of its life.

import type * as B from "./beacon";
import type { Collector } from "./collector";
import { cut, span } from "./text";
import { navigationEntry, type View } from "./view";

interface Entry extends PerformanceNavigationTiming {
  deliveryType?: string;
  firstInterimResponseStart?: number;
}

let view: View;

/** From one moment to another; undefined where nothing of it happened or the browser hides it. */
const between = (from: number, to: number): number | undefined =>
  from > 0 && to > from ? span(to - from) : undefined;

/** Whether the connection was there before; unknown where none was needed. */
const wasReused = (entry: Entry): boolean | undefined => {
  if (!entry.requestStart || entry.transferSize === 0) return undefined;
  return entry.connectStart === entry.connectEnd && entry.connectStart <= entry.fetchStart;
};

const deliveryOf = (entry: Entry): string => {
  if (entry.deliveryType) return cut(entry.deliveryType, 40);
  if (entry.workerStart > 0) return "worker";
  return entry.transferSize === 0 && entry.decodedBodySize > 0 ? "cache" : "network";
};

const phasesOf = (entry: Entry): B.Phases => {
  const serverTiming = (entry.serverTiming ?? []).slice(0, 10);
  return {
    redirect: between(entry.redirectStart, entry.redirectEnd),
    worker: between(entry.workerStart, entry.fetchStart),
    dns: between(entry.domainLookupStart, entry.domainLookupEnd),
    connect: between(entry.connectStart, entry.connectEnd),
    tls: between(entry.secureConnectionStart, entry.connectEnd),
    request: between(entry.requestStart, entry.responseStart),
    response: between(entry.responseStart, entry.responseEnd),
    reused: wasReused(entry),
    transfer_size: entry.transferSize || undefined,
    decoded_size: entry.decodedBodySize || undefined,
    protocol: cut(entry.nextHopProtocol, 40) || undefined,
    status: entry.responseStatus >= 100 ? entry.responseStatus : undefined,
    // Redirects over other origins are hidden and count as none: 0 says nothing.
    redirects: entry.redirectCount || undefined,
    delivery: deliveryOf(entry),
    early_hints: between(view.start || 1e-9, entry.firstInterimResponseStart ?? 0),
    server_timing: serverTiming.length
      ? Object.fromEntries(serverTiming.map((item) => [cut(item.name, 80), span(item.duration) ?? 0]))
      : undefined,
  };
};

export const navigation: Collector = {
  begin: (next) => {
    view = next;
  },
  fill: (beacon) => {
    const entry = navigationEntry() as Entry | undefined;
    // A restored page was not fetched again.
    if (!entry || view.navigation === "back-forward-cache") return;
    const since = (time: number): number | undefined =>
      time > 0 ? span(Math.max(time - view.start, 0)) : undefined;
    beacon.metrics = {
      ...beacon.metrics,
      dom_interactive: since(entry.domInteractive),
      dom_content_loaded: since(entry.domContentLoadedEventEnd),
      load: since(entry.loadEventEnd),
    };
    beacon.phases = phasesOf(entry);
  },
};
