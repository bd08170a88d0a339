/** @jsxRuntime automatic */
/** @jsxImportSource preact */
// The difference of each pair in running order, on stems from zero, over the allowance.

import { scaleLinear } from "d3-scale";
import { paint, type Drawn, type OrderChart } from "./model";

const LEFT = 84;

export function Order({ data, width, height }: Drawn<OrderChart>) {
  const top = 10;
  const bottom = height - 24;
  const allowed = data.allowed ?? 0;
  const low = Math.min(0, -allowed, ...data.differences);
  const high = Math.max(0, allowed, ...data.differences);
  const y = scaleLinear().domain([low, high]).range([bottom, top]);
  const x = scaleLinear().domain([-0.5, data.differences.length - 0.5]).range([LEFT, width - 8]);
  // Where the median lies on zero the two labels would cover each other.
  const apart = Math.abs(y(data.middle) - y(0)) > 14;
  const first = data.pair_numbers[0];
  const last = data.pair_numbers[data.pair_numbers.length - 1];
  return (
    <svg width={width} height={height}>
      <rect x={LEFT} y={y(allowed)} width={width - 8 - LEFT} height={Math.max(0, y(-allowed) - y(allowed))} fill="var(--zone)" />
      <line x1={LEFT} x2={width - 8} y1={y(0)} y2={y(0)} stroke="var(--line-strong)" />
      {data.differences.map((value, index) => (
        <Stem key={index} data={data} value={value} x={x(index)} y={y(value)} zero={y(0)} />
      ))}
      <line x1={LEFT} x2={width - 8} y1={y(data.middle)} y2={y(data.middle)} stroke="var(--ink)" stroke-dasharray="2 3" />
      <text x={LEFT - 8} y={y(data.middle) + 4} text-anchor="end" class="strong">{data.middle_text}</text>
      {apart && <text x={LEFT - 8} y={y(0) + 4} text-anchor="end">no change</text>}
      <text x={LEFT} y={height - 4}>{first === 0 ? "first pair" : `pair ${(first ?? 0) + 1}`}</text>
      <text x={width - 8} y={height - 4} text-anchor="end">{last === undefined ? "" : `pair ${last + 1}`}</text>
    </svg>
  );
}

interface StemOf {
  data: OrderChart;
  value: number;
  x: number;
  y: number;
  zero: number;
}

function Stem({ data, value, x, y, zero }: StemOf) {
  const along = value * data.middle > 0;
  const quiet = data.standing === "unchanged" || data.standing === "inconclusive";
  const opposite = data.standing === "improved" ? "var(--worse)" : "var(--better)";
  const colour = along || quiet || value === 0 ? paint(data.standing) : opposite;
  return (
    <g>
      <line x1={x} x2={x} y1={zero} y2={y} stroke={colour} stroke-opacity={0.45} />
      <circle cx={x} cy={y} r={4} fill={along ? colour : "var(--card)"} stroke={colour} stroke-width={1.5} />
    </g>
  );
}
