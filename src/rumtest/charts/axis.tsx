/** @jsxRuntime automatic */
/** @jsxImportSource preact */
// The one horizontal axis that base and head share.

import type { ScaleLinear } from "d3-scale";
import { signedTick, tick, widthOf, type Kind } from "./format";

interface Axis {
  scale: ScaleLinear<number, number>;
  y: number;
  top: number;
  kind: Kind;
  signed?: boolean;
}

/** Grid lines, the axis line and as many labelled ticks as fit. */
export function XAxis({ scale, y, top, kind, signed = false }: Axis) {
  const [left, right] = scale.range() as [number, number];
  const write = signed ? signedTick : tick;
  const ticks = fitting(scale, write, kind, right - left);
  return (
    <g>
      {ticks.map((value) => (
        <g key={value}>
          <line x1={scale(value)} x2={scale(value)} y1={top} y2={y} stroke="var(--line)" />
          <line x1={scale(value)} x2={scale(value)} y1={y} y2={y + 4} stroke="var(--line-strong)" />
          <text x={scale(value)} y={y + 17} text-anchor="middle">{write(value, kind)}</text>
        </g>
      ))}
      <line x1={left} x2={right} y1={y} y2={y} stroke="var(--line-strong)" />
    </g>
  );
}

/** The largest round set of ticks whose labels do not touch. */
export function fitting(
  scale: ScaleLinear<number, number>,
  write: (value: number, kind: Kind) => string,
  kind: Kind,
  room: number,
): number[] {
  for (const wanted of [6, 5, 4, 3, 2]) {
    const ticks = scale.ticks(wanted);
    const widest = Math.max(0, ...ticks.map((value) => widthOf(write(value, kind)))) + 14;
    if (ticks.length * widest <= room) return ticks;
  }
  return scale.ticks(1).slice(0, 2);
}
