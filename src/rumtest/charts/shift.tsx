/** @jsxRuntime automatic */
/** @jsxImportSource preact */
// Head minus base at each percentile, with the band that covers all of them together.

import { scaleLinear } from "d3-scale";
import { area, line } from "d3-shape";
import { signedTick } from "./format";
import { ink, paint, type Drawn, type ShiftChart, type ShiftPoint } from "./model";

const LEFT = 68;
const RIGHT = 14;
const NAMED = [0.1, 0.25, 0.5, 0.75, 0.9];

export function Shift({ data, width, height }: Drawn<ShiftChart>) {
  const { points } = data;
  const top = 14;
  const bottom = height - 40;
  const allowed = data.allowed ?? 0;
  const first = points[0]?.percentile ?? 0.1;
  const last = points[points.length - 1]?.percentile ?? 0.9;
  const x = scaleLinear().domain([first, last]).range([LEFT, width - RIGHT]);
  const y = scaleLinear()
    .domain([Math.min(0, ...points.map((p) => p.low)), Math.max(0, allowed, ...points.map((p) => p.high))])
    .nice(4)
    .range([bottom, top]);
  const colour = paint(data.standing);
  const band = area<ShiftPoint>().x((p) => x(p.percentile)).y0((p) => y(p.low)).y1((p) => y(p.high));
  const middle = line<ShiftPoint>().x((p) => x(p.percentile)).y((p) => y(p.difference));
  const [low, high] = y.domain() as [number, number];
  const zone = [y(Math.min(high, allowed)), y(Math.max(low, -allowed))] as const;
  const mark = points.find((p) => p.percentile === data.mark);
  const named = points.filter((p) => NAMED.includes(p.percentile));
  // On whichever side of its line the allowance's label is not under the band's own label.
  const allowedFits = allowed > 0 && allowed <= high && zone[1] - zone[0] > 16;
  return (
    <svg width={width} height={height}>
      {allowed > 0 && <rect x={LEFT} y={zone[0]} width={width - RIGHT - LEFT} height={Math.max(0, zone[1] - zone[0])} fill="var(--zone)" />}
      {y.ticks(4).map((value) => (
        <text key={value} x={LEFT - 10} y={y(value) + 4} text-anchor="end">{signedTick(value, data.kind)}</text>
      ))}
      <path d={band(points) ?? ""} fill={colour} fill-opacity={0.16} />
      <line x1={LEFT} x2={width - RIGHT} y1={y(0)} y2={y(0)} stroke="var(--line-strong)" />
      <path d={middle(points) ?? ""} fill="none" stroke={colour} stroke-width={2} stroke-linejoin="round" />
      {named.map((p) => (
        <circle key={p.percentile} cx={x(p.percentile)} cy={y(p.difference)} r={p.percentile === data.mark ? 4.5 : 3} fill={colour} />
      ))}
      {allowedFits && <text x={width - RIGHT - 4} y={zone[1] - 5} text-anchor="end" class="halo">{data.allowed_text}</text>}
      {mark && (
        <text x={x(mark.percentile)} y={y(mark.difference) - 9} text-anchor="middle" class={`halo ${ink(data.standing)}`}>
          {data.mark_text}
        </text>
      )}
      {ticks(points, data.mark).map((p) => (
        <text key={p.percentile} x={x(p.percentile)} y={bottom + 17} text-anchor="middle" class={p.percentile === data.mark ? "strong" : ""}>
          {`p${Math.round(p.percentile * 100)}`}
        </text>
      ))}
      <text x={LEFT - 12} y={bottom + 34}>fastest loads</text>
      <text x={width - RIGHT + 8} y={bottom + 34} text-anchor="end">slowest loads</text>
    </svg>
  );
}

/** The marked percentile, the two ends and the named ones, as far as their labels keep apart. */
function ticks(points: ShiftPoint[], mark: number | null): ShiftPoint[] {
  const ends = [points[0], points[points.length - 1]];
  const wanted = [points.find((p) => p.percentile === mark), ...ends, ...points.filter((p) => NAMED.includes(p.percentile))];
  const kept: ShiftPoint[] = [];
  for (const point of wanted) {
    if (point && kept.every((other) => Math.abs(other.percentile - point.percentile) > 0.09)) kept.push(point);
  }
  return kept;
}
