// Frames too long to answer in: how many, how much of them blocked, and whose script it was.

import type * as B from "./beacon";
import type { Collector } from "./collector";
import { observe } from "./observe";
import { round, scrubUrl } from "./text";
import type { View } from "./view";

interface Script {
  sourceURL: string;
  duration: number;
  forcedStyleAndLayoutDuration: number;
}

interface LongFrame extends PerformanceEntry {
  blockingDuration: number;
  scripts: Script[];
}

// Only what a task takes beyond this blocks a user (Long Tasks §1).
const BLOCKS_BEYOND = 50;
const MOST_SCRIPTS = 200;

let view: View;
let frames: B.Frames = { count: 0 };
let scripts = new Map<string, B.FrameScript>();
let scriptTime = 0;
let tasks: [start: number, duration: number][] = [];

const addFrame = (duration: number, blocking: number, source: B.Frames["source"]): void => {
  frames = {
    count: frames.count + 1,
    blocking: round((frames.blocking ?? 0) + blocking),
    longest: Math.max(frames.longest ?? 0, round(duration)),
    source,
  };
};

const addScript = (script: Script): void => {
  scriptTime += script.duration;
  const url = scrubUrl(script.sourceURL);
  const same = scripts.get(url);
  if (!url || (!same && scripts.size >= MOST_SCRIPTS)) return;
  scripts.set(url, {
    url,
    duration: round((same?.duration ?? 0) + script.duration),
    layout: round((same?.layout ?? 0) + script.forcedStyleAndLayoutDuration),
  });
};

const takeFrame = (frame: LongFrame): void => {
  if (frame.startTime < view.start) return;
  addFrame(frame.duration, frame.blockingDuration, "long-animation-frame");
  frame.scripts.forEach(addScript);
};

const takeTask = (task: PerformanceEntry): void => {
  if (task.startTime < view.start) return;
  addFrame(task.duration, task.duration - BLOCKS_BEYOND, "longtask");
};

/** Total Blocking Time so far: what tasks after the first paint took beyond 50 ms. */
const blockedSince = (paint: number): number =>
  round(
    tasks.reduce((sum, [start, duration]) => {
      const after = Math.min(start + duration - paint, duration);
      return sum + Math.max(after - BLOCKS_BEYOND, 0);
    }, 0),
  );

/** `inLab`: there alone a view's blocking time can be told whole, since there it ends on purpose. */
export const longFrames = (inLab: boolean): Collector => {
  let told = false;
  return {
    start: () => {
      told = observe<LongFrame>("long-animation-frame", takeFrame);
      if (!told) told = observe("longtask", takeTask);
      if (inLab) observe("longtask", (task) => void tasks.push([task.startTime, task.duration]));
    },
    begin: (next) => {
      view = next;
      frames = { count: 0 };
      scripts = new Map();
      scriptTime = 0;
      tasks = [];
    },
    fill: (beacon) => {
      if (!told) return;
      const worst = [...scripts.values()].sort((a, b) => b.duration - a.duration).slice(0, 5);
      beacon.frames = { ...frames, scripts: worst };
      const metrics = (beacon.metrics ??= {});
      if (frames.source !== "longtask") metrics.script_time = round(scriptTime);
      if (inLab && metrics.fcp !== undefined) metrics.tbt = blockedSince(metrics.fcp + view.start);
    },
  };
};
