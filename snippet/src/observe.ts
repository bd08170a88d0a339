// Performance entries, from the first on: one observer for each kind, emptied before a snapshot.

import { guarded } from "./guard";

const flushers: (() => void)[] = [];

/** Calls `take` with every entry of that kind, past ones included. False where there is no such kind. */
export const observe = <T extends PerformanceEntry>(
  type: string,
  take: (entry: T) => void,
  options: object = {},
): boolean => {
  if (!window.PerformanceObserver?.supportedEntryTypes?.includes(type)) return false;
  const takeAll = guarded((entries: PerformanceEntryList) => {
    for (const entry of entries) guarded(take)(entry as T);
  });
  const observer = new PerformanceObserver((list) => takeAll(list.getEntries()));
  observer.observe({ type, buffered: true, ...options });
  flushers.push(() => takeAll(observer.takeRecords()));
  return true;
};

/** Takes in what the browser has seen and not delivered yet. */
export const takePending = (): void => flushers.forEach((flush) => guarded(flush)());
