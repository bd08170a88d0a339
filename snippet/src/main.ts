// The snippet's first line to run: reads its configuration, takes its place, starts.

import { type Api, makeApi, replay } from "./api";
import { readConfig, type Waiting } from "./config";
import { guarded } from "./guard";
import type { LabWindow } from "./lab";
import { type PageLife, watchPage } from "./page";
import { setGroup, setRelease } from "./said";
import { forgetSession } from "./session";

// The page may put another `rumtest` in our place before its own tag runs: this one stays.
const PLACE = Symbol.for("rumtest");

interface Host {
  rumtest?: Waiting | Api;
  rumtestLab?: LabWindow;
  [PLACE]?: { adopt: (tag: HTMLOrSVGScriptElement | null, waiting: Waiting | undefined) => void };
}

const host = window as unknown as Host;

const install = guarded((): void => {
  const lab = host.rumtestLab;
  if (lab?.off) return;
  const tag = document.currentScript;
  const waiting = host.rumtest as Waiting | undefined;
  // A second tag, or the page's own beside the lab's: one stream of beacons, the first.
  if (host[PLACE]) return host[PLACE].adopt(tag, waiting);
  const config = readConfig(tag, waiting, lab);
  if (!config) return;

  let life: PageLife | undefined;
  const start = guarded((): void => {
    life ??= watchPage(config, lab);
    life.allow(true);
  });
  const startWhenSeen = (): void => {
    const page = document as { prerendering?: boolean };
    // A prerendered page is no page view until a user goes there.
    if (page.prerendering) document.addEventListener("prerenderingchange", start, { once: true });
    else start();
  };
  const api = makeApi({
    flush: () => life?.flush(),
    consent: (given) => {
      // Nobody is there to be asked: a page that waits for its banner is measured all the same.
      if (lab) return;
      if (given === true) startWhenSeen();
      else {
        life?.allow(false);
        forgetSession();
      }
    },
  });
  const adopt = (said: { group?: string; release?: string } | undefined, from?: Waiting): void => {
    if (said?.release) setRelease(said.release);
    if (said?.group) setGroup(said.group);
    host.rumtest = api;
    replay(api, from);
  };
  Object.defineProperty(host, PLACE, {
    value: {
      adopt: guarded((other: HTMLOrSVGScriptElement | null, from: Waiting | undefined) =>
        adopt(readConfig(other, from, lab), from),
      ),
    },
  });
  if (config.consent !== "required") startWhenSeen();
  adopt(config, waiting);
});

install();
