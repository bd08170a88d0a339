// The session: a user's coherent stretch of page views, shared by the tabs of a site.

import type * as B from "./beacon";
import { forget, newId, recall, remember } from "./storage";

// Half an hour without a page view or a beacon, or four hours in all, and a new session begins.
const INACTIVE = 30 * 60e3;
const LONGEST = 4 * 3600e3;
const KEY = "rumtest";

interface Stored {
  id: string;
  started: number;
  last: number;
  page: number;
  visit: number;
  /** Drawn once a session, from 0 to 1: compared with the share to keep. */
  lot: number;
}

let memory: Stored | undefined;
let tab: string | undefined;

const isStored = (value: Stored | undefined): value is Stored =>
  !!value &&
  /^[\w-]{12}$/.test(value.id) &&
  [value.started, value.last, value.page, value.visit, value.lot].every(Number.isFinite);

/** A page view's place in its session; `lot` decides whether the session is kept. */
export interface Entered {
  session: B.Session;
  lot: number;
}

/** Enters the session that goes on, or begins one. */
export const enterSession = (at: number): Entered => {
  const read = recall<Stored>("localStorage", KEY);
  const known = isStored(read) ? read : memory;
  const goesOn =
    known && at >= known.started && at - known.last < INACTIVE && at - known.started < LONGEST;
  const next: Stored = goesOn
    ? { ...known, last: at, page: known.page + 1 }
    : {
        id: newId(),
        started: at,
        last: at,
        page: 1,
        visit: (known?.visit ?? 0) + 1,
        lot: Math.random(),
      };
  memory = next;
  const kept = remember("localStorage", KEY, next);
  return {
    lot: next.lot,
    session: {
      id: next.id,
      page: next.page,
      started: Math.round(next.started),
      visit: kept ? next.visit : undefined,
      tab: tabId(),
    },
  };
};

/** Tells that the user was still there. */
export const touchSession = (at: number): void => {
  if (!memory) return;
  const read = recall<Stored>("localStorage", KEY);
  // Another tab may have gone on meanwhile: only the moment is ours.
  memory = { ...(isStored(read) && read.id === memory.id ? read : memory), last: at };
  remember("localStorage", KEY, memory);
};

export const forgetSession = (): void => {
  memory = tab = undefined;
  forget("localStorage", KEY);
  forget("sessionStorage", KEY);
};

const tabId = (): string => {
  const stored = recall<string>("sessionStorage", KEY);
  tab ??= typeof stored === "string" && /^[\w-]{12}$/.test(stored) ? stored : newId();
  remember("sessionStorage", KEY, tab);
  return tab;
};
