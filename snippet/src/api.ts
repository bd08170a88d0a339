// `window.rumtest`: what a site may say. Every call returns quietly, whatever happens.

import type { Waiting } from "./config";
import { report, takeAny } from "./errors";
import { attempt, guarded } from "./guard";
import * as said from "./said";

export interface Task {
  done: () => void;
  fail: () => void;
}

export interface Api {
  version: string;
  /** Names the page group of this view. */
  page: (group: string) => void;
  event: (name: string, attributes?: object) => void;
  measure: (name: string, value: number) => void;
  score: (kind: "nps" | "csat" | "ces", value: number, comment?: string) => void;
  /** Something the user sets out to do; its time runs until `done` or `fail`. */
  task: (name: string) => Task;
  error: (error: unknown) => void;
  user: (user: { registered?: boolean; stage?: string; id?: string }) => void;
  set: (name: string, value: string) => void;
  consent: (given: boolean) => void;
  flush: () => void;
  queue: { push: (...calls: unknown[]) => void };
}

export interface Hooks {
  consent: (given: boolean) => void;
  flush: () => void;
}

const endTask = (name: string, began: number, completed: boolean): void =>
  said.addTask(name, performance.now() - began, completed);

const startTask = (name: string): Task => {
  const began = attempt(() => performance.now(), 0);
  let ended = false;
  const end = (completed: boolean) =>
    guarded(() => {
      if (!ended) endTask(name, began, completed);
      ended = true;
    });
  return { done: end(true), fail: end(false) };
};

/** The public object; calls that the page queued before are made by `replay`. */
export const makeApi = (hooks: Hooks): Api => {
  const calls: Record<string, (...args: never[]) => unknown> = {
    page: guarded(said.setGroup),
    event: guarded(said.addEvent),
    measure: guarded(said.addMeasure),
    score: guarded(said.addScore),
    task: startTask,
    error: guarded(report),
    user: guarded(said.setUser),
    set: guarded(said.setContext),
    consent: guarded(hooks.consent),
    flush: guarded(hooks.flush),
  };
  // What the loader queues on behalf of the page.
  const queued: typeof calls = Object.assign(Object.create(null), calls, {
    caught: guarded(takeAny),
    ended: guarded(endTask),
  });
  const push = guarded((...items: unknown[]): void => {
    for (const item of items) {
      const [name, ...args] = item as [string, ...never[]];
      queued[name]?.(...args);
    }
  });
  return { ...calls, version: RUMTEST_VERSION, queue: { push } } as unknown as Api;
};

/** Takes over from what stood at `window.rumtest`: its calls are made, and later ones come here. */
export const replay = (api: Api, waiting: Waiting | undefined): void => {
  if (!waiting || (waiting as unknown) === api) return;
  if (waiting.caught) {
    removeEventListener("error", waiting.caught, true);
    removeEventListener("unhandledrejection", waiting.caught);
  }
  const queue = waiting.queue;
  if (!Array.isArray(queue)) return;
  api.queue.push(...queue.splice(0));
  queue.push = (...items: unknown[]) => (api.queue.push(...items), 0);
};
