// What the view holds for each chart; the mirror of data.py, whose tests hold both together.

import type { Kind } from "./format";

export type Standing = "regressed" | "missed" | "inconclusive" | "improved" | "unchanged" | "kept";

export interface Span {
  text: string;
  kind: "text" | "strong" | "code" | "name";
}

export type Sentence = Span[];

export interface Dots {
  name: string;
  values: number[];
  mark: number | null;
  mark_text: string;
}

export interface PairsChart {
  kind: Kind;
  standing: Standing;
  base: Dots | null;
  head: Dots;
  change: number | null;
  change_text: string;
  limit: number | null;
  limit_text: string;
  share: number;
}

export interface OrderChart {
  kind: Kind;
  standing: Standing;
  differences: number[];
  pair_numbers: number[];
  middle: number;
  middle_text: string;
  allowed: number | null;
}

export interface ShiftPoint {
  percentile: number;
  difference: number;
  low: number;
  high: number;
}

export interface ShiftChart {
  kind: Kind;
  standing: Standing;
  points: ShiftPoint[];
  allowed: number | null;
  allowed_text: string;
  mark: number | null;
  mark_text: string;
}

export interface PartRow {
  name: string;
  base: number;
  head: number;
  base_text: string;
  head_text: string;
  change_text: string;
  moved: boolean;
}

export interface PartsChart {
  kind: Kind;
  standing: Standing;
  parts: PartRow[];
  unattributed_base: number;
  unattributed_head: number;
}

export interface Timing {
  start: number;
  duration: number;
}

export interface WaterfallRow {
  name: string;
  type: string;
  base: Timing | null;
  head: Timing | null;
  note: string;
  differs: boolean;
}

export interface WaterfallMark {
  name: string;
  base: number | null;
  head: number | null;
}

export interface WaterfallChart {
  standing: Standing;
  base_name: string;
  head_name: string;
  rows: WaterfallRow[];
  marks: WaterfallMark[];
}

/** What every chart is drawn with: its data and the room it has, in CSS pixels. */
export interface Drawn<Data> {
  data: Data;
  width: number;
  height: number;
}

/** The colour of a standing as a paint; red is worse, whatever the direction of the numbers. */
export function paint(standing: Standing): string {
  if (standing === "regressed" || standing === "missed") return "var(--worse,#c2103d)";
  if (standing === "improved") return "var(--better,#0a5bab)";
  if (standing === "inconclusive") return "var(--open,#806000)";
  return "var(--same,#5b6068)";
}

/** The class that writes in that colour, for the two standings whose numbers are news. */
export function ink(standing: Standing): string {
  if (standing === "regressed" || standing === "missed") return "worse";
  return standing === "improved" ? "better" : "strong";
}
