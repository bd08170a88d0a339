// The lab's window on the snippet: which view this is, and whether its numbers are in.

import type { LabTag } from "./config";
import { attempt } from "./guard";
import { inpSince, isPending } from "./interactions";
import type { View } from "./view";

export interface LabWindow extends LabTag {
  version?: string;
  /** Id of the page view now. */
  view?: () => string;
  /** The longest interaction that began at `since` (`performance.now()`) or later; null without one. */
  inpSince?: (since: number) => number | null;
  /** Whether an interaction waits for its entry. */
  pending?: () => boolean;
  /** Sends the final snapshot at once and tells which one it was. */
  flush?: () => { view: string; n: number };
}

export const openLab = (lab: LabWindow, viewNow: () => View, flush: () => void): void => {
  lab.version = RUMTEST_VERSION;
  lab.view = () => viewNow().id;
  lab.inpSince = (since) => attempt(() => inpSince(since), null);
  lab.pending = () => attempt(isPending, false);
  lab.flush = () => {
    attempt(flush, undefined);
    return { view: viewNow().id, n: viewNow().n };
  };
};
