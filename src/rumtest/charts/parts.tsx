/** @jsxRuntime automatic */
/** @jsxImportSource preact */
// The parts of a metric in sequence, base over head; the part that moved is coloured.

import { sum } from "d3-array";
import { scaleLinear, type ScaleLinear } from "d3-scale";
import { XAxis } from "./axis";
import { middle, widthOf } from "./format";
import { ink, paint, type Drawn, type PartRow, type PartsChart } from "./model";

const LEFT = 46;
const BAR = 24;

interface Piece {
  part: PartRow | null;
  start: number;
  length: number;
  text: string;
}

function pieces(data: PartsChart, side: "base" | "head"): Piece[] {
  let start = 0;
  const made: Piece[] = data.parts.map((part) => {
    const piece = { part, start, length: part[side], text: part[`${side}_text`] };
    start += part[side];
    return piece;
  });
  const rest = data[`unattributed_${side}`];
  if (rest > 0) made.push({ part: null, start, length: rest, text: "" });
  return made;
}

export function Parts({ data, width, height }: Drawn<PartsChart>) {
  const base = pieces(data, "base");
  const head = pieces(data, "head");
  const end = Math.max(sum(base, (piece) => piece.length), sum(head, (piece) => piece.length));
  const scale = scaleLinear().domain([0, end]).range([LEFT, width - 10]);
  const bottom = height - 24;
  return (
    <svg width={width} height={height}>
      <defs>
        <pattern id="unattributed" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line x1="0" x2="0" y1="0" y2="6" stroke="var(--line-strong)" stroke-width="2" />
        </pattern>
      </defs>
      <XAxis scale={scale} y={bottom} top={bottom} kind={data.kind} />
      <Names data={data} base={base} head={head} scale={scale} />
      <text x={0} y={22 + BAR / 2 + 4}>base</text>
      <text x={0} y={22 + BAR + 10 + BAR / 2 + 4} class="strong">head</text>
      <Bar pieces={base} scale={scale} y={22} data={data} side="base" />
      <Bar pieces={head} scale={scale} y={22 + BAR + 10} data={data} side="head" />
      {head.map((piece) => piece.part?.moved && (
        <text
          key={piece.part.name}
          x={clamp(scale(piece.start + piece.length / 2), LEFT + 30, width - 40)}
          y={22 + 2 * BAR + 10 + 16}
          text-anchor="middle"
          class={`halo ${ink(data.standing)}`}
        >
          {piece.part.change_text}
        </text>
      ))}
    </svg>
  );
}

interface BarOf {
  pieces: Piece[];
  scale: ScaleLinear<number, number>;
  y: number;
  data: PartsChart;
  side: "base" | "head";
}

function Bar({ pieces: all, scale, y, data, side }: BarOf) {
  return (
    <g>
      {all.map((piece, index) => {
        const x = scale(piece.start);
        const width = Math.max(0, scale(piece.start + piece.length) - x - 1.5);
        const moved = piece.part?.moved === true;
        const solid = moved && side === "head";
        return (
          <g key={index}>
            <rect
              x={x}
              y={y}
              width={width}
              height={BAR}
              rx={2}
              fill={solid ? paint(data.standing) : piece.part ? (side === "head" ? "var(--zone)" : "var(--card)") : "url(#unattributed)"}
              stroke={moved ? paint(data.standing) : "var(--line-strong)"}
            />
            {width > widthOf(piece.text) + 4 && (
              <text x={x + width / 2} y={y + BAR / 2 + 4} text-anchor="middle" class={solid ? "on-worse" : ""}>{piece.text}</text>
            )}
          </g>
        );
      })}
    </g>
  );
}

interface NamesOf {
  data: PartsChart;
  base: Piece[];
  head: Piece[];
  scale: ScaleLinear<number, number>;
}

/** Each part's name above its bars where it fits; the moved one always, so its neighbours make room. */
function Names({ data, base, head, scale }: NamesOf) {
  const spans = data.parts.map((part, index) => {
    const one = base[index];
    const two = head[index];
    const start = scale(Math.min(one?.start ?? 0, two?.start ?? 0));
    const end = scale(Math.max((one?.start ?? 0) + (one?.length ?? 0), (two?.start ?? 0) + (two?.length ?? 0)));
    const width = widthOf(part.name);
    const [left, right] = scale.range() as [number, number];
    const x = clamp((start + end) / 2, left + width / 2, right - width / 2);
    return { part, from: x - width / 2, to: x + width / 2, x };
  });
  const ordered = [...spans].sort((a, b) => Number(b.part.moved) - Number(a.part.moved) || b.part.head - a.part.head);
  const kept: typeof spans = [];
  for (const span of ordered) {
    if (kept.every((other) => span.to + 6 < other.from || other.to + 6 < span.from)) kept.push(span);
  }
  return (
    <g>
      {kept.map(({ part, x }) => (
        <text key={part.name} x={x} y={13} text-anchor="middle" class={part.moved ? ink(data.standing) : ""}>{middle(part.name, 24)}</text>
      ))}
    </g>
  );
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), Math.max(low, high));
}
