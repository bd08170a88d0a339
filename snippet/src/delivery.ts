// When a view is told: early, when it is hidden or left, and when somebody asks.

import { news } from "./collector";
import { guarded, listen } from "./guard";
import { isHidden } from "./view";

// A page that is hidden and shown all the time must not drown its receiver.
const GAP = 500;
const MOST = 10;

export interface Delivery {
  /** Begins to count anew: a new view has begun. */
  begin: () => void;
  /** Sends now; `unlimited` for the lab, which asks when it has what it wants. */
  flush: (unlimited: boolean) => void;
}

/** `tell` takes and sends a snapshot; `early` is ms from load to the first one, 0 for none. */
export const deliver = (tell: (final: boolean) => void, early: number): Delivery => {
  let sent = 0;
  let last = -Infinity;
  let toldTheEnd = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const now = (final: boolean): void => {
    sent += 1;
    last = performance.now();
    toldTheEnd = final;
    tell(final);
    // After: what the snapshot itself brought to light has just been told.
    news.any = false;
  };

  const whenDue = guarded((): void => {
    const wait = last + GAP - performance.now();
    if (wait > 0) timer = setTimeout(whenDue, wait);
    else if (sent < MOST) now(false);
  });

  const sendEarly = (): void => {
    clearTimeout(timer);
    if (early) timer = setTimeout(whenDue, early);
  };

  const leave = (): void => {
    clearTimeout(timer);
    if (sent < MOST && (news.any || !toldTheEnd)) now(true);
  };

  listen(window, "pagehide", () => {
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
      toldTheEnd = false;
      if (document.readyState === "complete") sendEarly();
      else listen(window, "load", sendEarly);
    },
    flush: (unlimited) => {
      if (unlimited || sent < MOST) now(true);
    },
  };
};
