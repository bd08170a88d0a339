// What a snapshot is put together from: each collector knows one kind of thing about the view.

import type * as B from "./beacon";
import type { View } from "./view";

export interface Collector {
  /** Once a page: observers and listeners. */
  start?: () => void;
  /** A new view: forget the one before. */
  begin: (view: View) => void;
  /** Writes what is known by now into a snapshot. */
  fill: (beacon: B.Beacon) => void;
}

/** Set by whatever has news that should not get lost; the final send asks. */
export const news = { any: false };
