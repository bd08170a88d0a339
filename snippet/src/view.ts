// The page view we are in: one document's life in front of a user, or a stretch of it.

import type * as B from "./beacon";
import { enterSession, type Entered } from "./session";
import { newId } from "./storage";
import { attempt, listen } from "./guard";
import { scrubUrl } from "./text";

export type Navigation = B.Page["navigation"];

export interface View {
  id: string;
  /** Snapshots taken so far. */
  n: number;
  /** Where on the page's clock the view begins: activation or restore, else 0. */
  start: number;
  navigation: Navigation;
  url: string;
  referrer: string | undefined;
  hiddenAtStart: boolean;
  /** Read with `sessionOf`: storage is slow the first time. */
  entered?: Entered;
  step: string | undefined;
}

export const navigationEntry = (): PerformanceNavigationTiming | undefined =>
  attempt(() => performance.getEntriesByType("navigation")[0], undefined) as
    PerformanceNavigationTiming | undefined;

let seenSince: number | undefined;
let seen = 0;

/** Milliseconds of the view in front of a user, so far. */
export const visibleFor = (): number =>
  seen + (seenSince === undefined ? 0 : performance.now() - seenSince);

export const isHidden = (): boolean => document.visibilityState === "hidden";

const countVisible = (): void => {
  if (seenSince !== undefined) seen += performance.now() - seenSince;
  seenSince = isHidden() ? undefined : performance.now();
};

/** Keeps the clock of `visibleFor` right from now on. */
export const watchVisibility = (): void => listen(document, "visibilitychange", countVisible);

const firstNavigation = (): [Navigation, number] => {
  const entry = navigationEntry();
  const activated = (entry as { activationStart?: number } | undefined)?.activationStart ?? 0;
  if (activated > 0) return ["prerender", activated];
  if ((document as { wasDiscarded?: boolean }).wasDiscarded) return ["restore", 0];
  const type = entry?.type.replace("_", "-");
  return [type === "reload" || type === "back-forward" ? type : "navigate", 0];
};

/** A new view: the document's first, or one that begins with a restore at `restored`. */
export const newView = (step: string | undefined, restored?: number): View => {
  const [navigation, start] =
    restored === undefined ? firstNavigation() : (["back-forward-cache", restored] as const);
  seen = 0;
  // What lies before the first script is counted as seen, unless the page began hidden.
  seenSince = isHidden() ? undefined : start;
  return {
    id: newId(),
    n: 0,
    start,
    navigation,
    url: scrubUrl(location.href) || location.origin || "/",
    referrer: scrubUrl(document.referrer) || undefined,
    hiddenAtStart: isHidden(),
    step,
  };
};

/** The view's place in its session, taken once. */
export const sessionOf = (view: View): Entered => (view.entered ??= enterSession(Date.now()));
