// When a view is told: early, when it is hidden or left, and when somebody asks.

import { news } from "./collector";
import { guarded, listen } from "./guard";
import { isHidden } from "./view";

// A page that is hidden and shown all the time must not drown its receiver; and the last of its
// sends is kept for the end of the view, or what came after the others would be lost.
const GAP = 500;
const MOST = 10;

export interface Delivery {
  /** Begins to count anew: a new view has begun. */
  begin: () => void;
  /** Sends soon; `unlimited` for the lab, which ends the view: at once, and as the final one. */
  flush: (unlimited: boolean) => void;
}

/** `tell` takes and sends a snapshot; `early` is ms from load to the first one, 0 for none. */
export const deliver = (tell: (final: boolean) => void, early: number): Delivery => {
  let sent = 0;
  let last = -Infinity;
  let toldTheEnd = false;
  let ending = false;
  type Timer = ReturnType<typeof setTimeout> | undefined;
  let timer: Timer;
  let again: Timer;

  const now = (final: boolean): void => {
    sent += 1;
    last = performance.now();
    toldTheEnd = final;
    tell(final);
    // After: what the snapshot itself brought to light has just been told.
    news.any = false;
  };

  const mayTell = (): boolean => sent < (ending ? MOST : MOST - 1);

  const whenDue = guarded((): void => {
    clearTimeout(again);
    const wait = last + GAP - performance.now();
    if (wait > 0) again = setTimeout(whenDue, wait);
    else if (mayTell()) now(false);
  });

  const sendEarly = (): void => {
    clearTimeout(timer);
    if (early) timer = setTimeout(whenDue, early);
  };

  const leave = (): void => {
    clearTimeout(timer);
    clearTimeout(again);
    if (mayTell() && (news.any || !toldTheEnd)) now(true);
  };

  listen(window, "pagehide", () => {
    ending = true;
    // A visible page that is left is hidden next, in the same breath, and only then has web-vitals
    // told the rest. All browsers that can run web-vitals do so (Safari since 14.1).
    if (isHidden()) leave();
  });
  // On the document, so that web-vitals, which listens on the window, has reported before.
  listen(document, "visibilitychange", () => {
    if (isHidden()) leave();
    else toldTheEnd = false;
  });

  return {
    begin: () => {
      sent = 0;
      toldTheEnd = ending = false;
      if (document.readyState === "complete") sendEarly();
      else listen(window, "load", sendEarly);
    },
    flush: (unlimited) => (unlimited ? now(true) : whenDue()),
  };
};
