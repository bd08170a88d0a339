// FCP, LCP, CLS, INP and TTFB with their reasons, by web-vitals, the field's reference.

import {
  type CLSMetricWithAttribution,
  type INPMetricWithAttribution,
  type LCPMetricWithAttribution,
  type MetricWithAttribution,
  type TTFBMetricWithAttribution,
  onCLS,
  onFCP,
  onINP,
  onLCP,
  onTTFB,
} from "web-vitals/attribution";

import type * as B from "./beacon";
import { type Collector, news } from "./collector";
import { attempt, guarded } from "./guard";
import { worstInteraction } from "./interactions";
import { cut, round, scrubText, scrubUrl, selectorOf, span } from "./text";
import { navigationEntry, type View } from "./view";

let view: View;
let metrics: B.Metrics = {};
let attribution: B.Attribution = {};
// web-vitals begins new metrics at a restore and may still report the old ones: each id belongs
// to the view in which it was first heard.
let owners = new Map<string, View>();

const at = (time: number | undefined): number | undefined =>
  time === undefined ? undefined : span(Math.max(time - view.start, 0));

const lcpReason = ({ attribution: why }: LCPMetricWithAttribution): B.LcpAttribution => ({
  target: why.target ? cut(why.target, 200) : undefined,
  url: why.url ? scrubUrl(why.url) : undefined,
  ttfb: span(why.timeToFirstByte),
  // Text has no resource: its delay and duration are unknown, not 0.
  load_delay: why.url ? span(why.resourceLoadDelay) : undefined,
  load_duration: why.url ? span(why.resourceLoadDuration) : undefined,
  render_delay: span(why.elementRenderDelay),
});

const clsReason = ({ attribution: why }: CLSMetricWithAttribution): B.ClsAttribution | undefined =>
  why.largestShiftValue === undefined
    ? undefined
    : {
        target: why.largestShiftTarget ? cut(why.largestShiftTarget, 200) : undefined,
        value: precise(why.largestShiftValue),
        at: at(why.largestShiftTime),
        load_state: why.loadState,
      };

const inpReason = ({ attribution: why }: INPMetricWithAttribution): B.InpAttribution => {
  const script = why.longestScript;
  return {
    target: why.interactionTarget ? cut(why.interactionTarget, 200) : undefined,
    type: why.interactionType,
    at: at(why.interactionTime),
    input_delay: span(why.inputDelay),
    processing: span(why.processingDuration),
    presentation: span(why.presentationDelay),
    load_state: why.loadState,
    script: script && {
      url: scrubUrl(script.entry.sourceURL) || undefined,
      // `DOMWindow.onclick`, `BUTTON#buy.onclick`, `IMG[src=https://…].onload`, a script's URL.
      invoker: scrubText(script.entry.invoker, 200),
      duration: span(script.intersectingDuration),
      part: script.subpart,
    },
  };
};

const ttfbReason = ({ attribution: why }: TTFBMetricWithAttribution): B.TtfbAttribution => ({
  waiting: span(why.waitingDuration),
  cache: span(why.cacheDuration),
  // A reused connection was neither looked up nor opened: unknown, never 0.
  dns: span(why.dnsDuration) || undefined,
  connection: span(why.connectionDuration) || undefined,
  request: span(why.requestDuration),
});

/** Shift scores are small: six decimals are more than two layouts ever differ by. */
const precise = (value: number): number => Math.round(value * 1e6) / 1e6;

const take = guarded((metric: MetricWithAttribution): void => {
  const restored = metric.navigationType === "back-forward-cache";
  const fits = restored === (view.navigation === "back-forward-cache");
  const owner = owners.get(metric.id) ?? (fits ? view : undefined);
  if (owner !== view) return;
  owners.set(metric.id, view);
  news.any = true;
  switch (metric.name) {
    case "CLS":
      metrics.cls = precise(metric.value);
      attribution.cls = attempt(() => clsReason(metric), undefined);
      break;
    case "FCP":
      metrics.fcp = round(metric.value);
      break;
    case "INP":
      metrics.inp = round(metric.value);
      attribution.inp = attempt(() => inpReason(metric), undefined);
      break;
    case "LCP":
      metrics.lcp = round(metric.value);
      attribution.lcp = attempt(() => lcpReason(metric), undefined);
      break;
    case "TTFB":
      metrics.ttfb = round(metric.value);
      attribution.ttfb = attempt(() => ttfbReason(metric), undefined);
      break;
  }
});

/** web-vitals tells the first byte after load only; a view may end before. */
const firstByte = (): number | undefined => {
  const entry = view.navigation === "back-forward-cache" ? undefined : navigationEntry();
  return entry && entry.responseStart > 0 && entry.responseStart < performance.now()
    ? round(Math.max(entry.responseStart - view.start, 0))
    : undefined;
};

export const vitals: Collector = {
  start: () => {
    // web-vitals asks this in callbacks that nobody guards: where it throws, do without them.
    performance.getEntriesByType("navigation");
    const common = { reportAllChanges: true, generateTarget: selectorOf };
    onFCP(take, common);
    onLCP(take, common);
    onCLS(take, common);
    // 16 ms is the least the browser allows; a quicker first interaction comes as `first-input`.
    onINP(take, { ...common, durationThreshold: 16 });
    onTTFB(take, common);
  },
  begin: (next) => {
    view = next;
    metrics = {};
    attribution = {};
    if (owners.size > 50) owners = new Map();
  },
  fill: (beacon) => {
    // web-vitals waits for an idle moment; the entries themselves are there already.
    const inp = worstInteraction();
    if (inp !== undefined && inp !== metrics.inp) {
      metrics.inp = inp;
      delete attribution.inp;
    }
    const ttfb = metrics.ttfb ?? firstByte();
    beacon.metrics = { ...beacon.metrics, ...metrics, ttfb };
    beacon.attribution = { ...attribution };
    beacon.time.ready = metrics.lcp;
  },
};
