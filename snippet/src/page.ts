// The life of the snippet in one page: views begin, are watched, and are told.

import { type Collector } from "./collector";
import type { Config } from "./config";
import { deliver, type Delivery } from "./delivery";
import { errors } from "./errors";
import { longFrames } from "./frames";
import { guarded, listen } from "./guard";
import { interactions } from "./interactions";
import { type LabWindow, openLab } from "./lab";
import { navigation } from "./navigation";
import { resources } from "./resources";
import { said } from "./said";
import { send } from "./send";
import { touchSession } from "./session";
import { takeSnapshot, textOf } from "./snapshot";
import { surroundings } from "./surroundings";
import { timings } from "./timings";
import { newView, sessionOf, type View, watchVisibility } from "./view";
import { vitals } from "./vitals";

export interface PageLife {
  flush: () => void;
  /** Nothing is sent while false. */
  allow: (allowed: boolean) => void;
}

const whenIdle = (work: () => unknown): void => {
  const later = window.requestIdleCallback ?? ((call: () => void) => setTimeout(call, 1));
  later(guarded(() => void work()));
};

const savesData = (): boolean =>
  (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true;

/** Begins to watch the page; buffered observers make up for what happened before. */
export const watchPage = (config: Config, lab: LabWindow | undefined): PageLife => {
  const sparing = savesData() && !lab;
  const collectors: Collector[] = [
    said,
    surroundings,
    navigation,
    interactions,
    errors,
    vitals,
    longFrames(!!lab),
    ...(sparing ? [] : [resources(config.receiver, !!lab), timings]),
  ];
  let view: View;
  let allowed = true;
  let delivery: Delivery;

  const forgetAll = (): void => {
    for (const collector of collectors) guarded(collector.begin)(view);
  };
  const begin = (restored?: number): void => {
    view = newView(lab?.step, restored);
    forgetAll();
    // Storage is read from disk the first time: not while the page starts.
    whenIdle(() => allowed && sessionOf(view));
  };
  const tell = (final: boolean): void => {
    if (!allowed || sessionOf(view).lot >= config.sample) return;
    send(config.receiver + "/v1/beacons", textOf(takeSnapshot(view, collectors, config, lab, final)));
    touchSession(Date.now());
  };

  begin();
  // Before web-vitals listens to the same, so that its new metrics find the new view.
  listen<PageTransitionEvent>(window, "pageshow", (event) => {
    if (!event.persisted) return;
    begin(event.timeStamp);
    delivery.begin();
  });
  watchVisibility();
  for (const collector of collectors) if (collector.start) guarded(collector.start)();
  delivery = deliver(tell, sparing ? 0 : config.early);
  delivery.begin();
  if (lab) openLab(lab, () => view, () => delivery.flush(true));
  return {
    flush: () => delivery.flush(false),
    allow: (next) => {
      // What happened while nobody might watch is not told later, nor in the session of before.
      if (allowed !== next) forgetAll();
      if (!next) delete view.entered;
      allowed = next;
    },
  };
};
