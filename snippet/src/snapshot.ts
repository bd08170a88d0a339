// One beacon: everything known of the view at this moment, small enough to be sent.

import type * as B from "./beacon";
import type { Collector } from "./collector";
import type { Config, LabTag } from "./config";
import { drop, guarded, own } from "./guard";
import { takePending } from "./observe";
import { round } from "./text";
import { sessionOf, type View, visibleFor } from "./view";

// The receiver takes 64 KiB; the browser counts other beacons in flight against the same limit.
const MOST_BYTES = 60_000;

/** What goes first when there is too much, until it fits. */
const SHORTER: ((beacon: B.Beacon) => number)[] = [
  (beacon) => beacon.resources?.slowest?.splice(8).length ?? 0,
  (beacon) => beacon.timings?.splice(0).length ?? 0,
  (beacon) => beacon.errors?.map((group) => delete group.stack).length ?? 0,
  (beacon) => beacon.resources?.slowest?.splice(0).length ?? 0,
  (beacon) => beacon.events?.splice(10).length ?? 0,
  (beacon) => beacon.errors?.splice(5).length ?? 0,
];

const labOf = (lab: LabTag, step: string | undefined): B.Lab => ({
  run: lab.run,
  scenario: lab.scenario,
  step,
  iteration: lab.iteration,
  profile: lab.profile,
  arm: lab.arm,
  engine: "browser",
});

/** The next snapshot of the view; counts it. */
export const takeSnapshot = (
  view: View,
  collectors: Collector[],
  config: Config,
  lab: LabTag | undefined,
  final: boolean,
): B.Beacon => {
  takePending();
  const beacon: B.Beacon = {
    beacon: 1,
    app: config.app,
    view: view.id,
    n: ++view.n,
    final: final || undefined,
    session: sessionOf(view).session,
    page: {
      url: view.url,
      navigation: view.navigation,
      referrer: view.referrer,
      hidden_at_start: view.hiddenAtStart,
    },
    time: {
      origin: round((performance.timeOrigin || Date.now() - performance.now()) + view.start),
      age: round(Math.max(performance.now() - view.start, 0)),
      sent: Date.now(),
      visible: round(Math.max(visibleFor(), 0)),
    },
    sample: config.sample < 1 ? config.sample : undefined,
    lab: lab && labOf(lab, view.step),
  };
  for (const collector of collectors) guarded(collector.fill)(beacon);
  return beacon;
};

/** The beacon's text, shortened where it would not be taken. */
export const textOf = (beacon: B.Beacon): string => {
  const write = (): string => {
    const { errors, dropped, cost } = own;
    beacon.snippet = { version: RUMTEST_VERSION, errors, dropped, cost: round(cost) };
    return JSON.stringify(beacon);
  };
  let text = write();
  for (const shorten of SHORTER) {
    // Most bodies are far too short to be measured.
    if (text.length * 3 < MOST_BYTES || new Blob([text]).size < MOST_BYTES) break;
    drop(shorten(beacon));
    text = write();
  }
  return text;
};
