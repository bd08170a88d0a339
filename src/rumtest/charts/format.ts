// How axis ticks and differences are written; sentences and labels come ready from the view.

export type Kind = "ms" | "shift" | "count" | "byte" | "share";

const SPACE = "\u00a0";

/** A tick's value with its unit: seconds from one second on, without digits that say nothing. */
export function tick(value: number, kind: Kind): string {
  if (kind === "ms") {
    if (Math.abs(value) >= 1000) return `${trim(value / 1000)}${SPACE}s`;
    return value === 0 ? "0" : `${trim(value)}${SPACE}ms`;
  }
  if (kind === "byte") return value === 0 ? "0" : `${trim(value / 1000)}${SPACE}kB`;
  if (kind === "share") return `${trim(value * 100)}${SPACE}%`;
  return trim(value);
}

/** A tick of a difference, with its sign. */
export function signedTick(value: number, kind: Kind): string {
  return value > 0 ? `+${tick(value, kind)}` : tick(value, kind);
}

function trim(value: number): string {
  return String(Number(value.toPrecision(6))).replace("-", "\u2212");
}

/** The text, or its two ends around an ellipsis when it would be wider than so many letters. */
export function middle(text: string, letters: number): string {
  const all = Array.from(text);
  if (all.length <= letters) return text;
  const tail = Math.max(1, Math.floor((letters - 1) / 2));
  return `${all.slice(0, Math.max(1, letters - 1 - tail)).join("")}…${all.slice(-tail).join("")}`;
}

/** About how wide a text of the charts' 12 px is. */
export function widthOf(text: string, strong = false): number {
  return Array.from(text).length * (strong ? 8.4 : 6.8);
}
