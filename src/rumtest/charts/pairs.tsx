/** @jsxRuntime automatic */
/** @jsxImportSource preact */
// Every load one dot, base hollow over head solid, with p75 and the shift between them.

import { extent } from "d3-array";
import { scaleLinear } from "d3-scale";
import { XAxis } from "./axis";
import { widthOf } from "./format";
import { ink, paint, type Dots, type Drawn, type PairsChart } from "./model";

const RADIUS = 3.6;
const LABELS = 84;

interface Place {
  x: number;
  lift: number;
}

/** Dots side by side where they would overlap, stacked upwards from their line; `room` bounds the stack. */
export function stacked(xs: number[], room: number): Place[] {
  const step = RADIUS * 2 + 0.6;
  const levels: number[] = [];
  const places = xs.map((x) => {
    let level = levels.findIndex((last) => x - last >= step);
    if (level < 0) level = levels.length;
    levels[level] = x;
    return { x, level };
  });
  const most = Math.max(1, levels.length);
  const rise = Math.min(step, room / most);
  return places.map(({ x, level }) => ({ x, lift: level * rise }));
}

export function Pairs({ data, width, height }: Drawn<PairsChart>) {
  const { base, head } = data;
  const bottom = height - 24;
  const marks = [base?.mark, head.mark].filter((value): value is number => value != null);
  const ends = base?.mark != null && data.change != null ? [base.mark + data.change] : [];
  const all = [...(base?.values ?? []), ...head.values, ...marks, ...ends];
  let [low = 0, high = 1] = extent(all) as [number, number];
  const span = high - low || Math.abs(high) || 1;
  const near = data.limit !== null && data.limit > low - span * 0.4 && data.limit < high + span * 0.4;
  if (near && data.limit !== null) [low, high] = [Math.min(low, data.limit), Math.max(high, data.limit)];
  const scale = scaleLinear().domain([low - span * 0.06, high + span * 0.06]).range([LABELS, width - 12]);
  const lineHead = bottom - 14;
  const lineBase = base ? 62 : 0;
  return (
    <svg width={width} height={height}>
      <XAxis scale={scale} y={bottom} top={6} kind={data.kind} />
      {near && data.limit !== null && <Limit x={scale(data.limit)} text={data.limit_text} y={bottom} width={width} />}
      {base && <Row dots={base} scale={scale} line={lineBase} room={46} solid={false} />}
      <Row dots={head} scale={scale} line={lineHead} room={base ? 42 : height - 60} solid />
      {base?.mark != null && data.change !== null && (
        <Bracket data={data} from={scale(base.mark)} to={scale(base.mark + data.change)} y={lineBase + 16} width={width} />
      )}
    </svg>
  );
}

interface RowOf {
  dots: Dots;
  scale: (value: number) => number;
  line: number;
  room: number;
  solid: boolean;
}

function Row({ dots, scale, line, room, solid }: RowOf) {
  const places = stacked(dots.values.map((value) => scale(value)), room);
  return (
    <g>
      <text x={0} y={line - 8} class={solid ? "strong" : ""}>{dots.name}</text>
      <text x={0} y={line + 6} class={solid ? "strong" : ""}>{dots.mark_text}</text>
      {places.map(({ x, lift }, index) => (
        <circle
          key={index}
          cx={x}
          cy={line - lift}
          r={RADIUS}
          fill={solid ? "var(--ink,#1a1c1e)" : "var(--card,#fff)"}
          stroke={solid ? "none" : "var(--base-mark,#868b93)"}
          stroke-width={1.5}
        />
      ))}
      {dots.mark !== null && (
        <line
          x1={scale(dots.mark)}
          x2={scale(dots.mark)}
          y1={line - 24}
          y2={line + 9}
          stroke={solid ? "var(--ink,#1a1c1e)" : "var(--base-mark,#868b93)"}
          stroke-width={2}
        />
      )}
    </g>
  );
}

interface BracketOf {
  data: PairsChart;
  from: number;
  to: number;
  y: number;
  width: number;
}

function Bracket({ data, from, to, y, width }: BracketOf) {
  const colour = paint(data.standing);
  const right = Math.max(from, to);
  const fits = right + 6 + widthOf(data.change_text, true) < width;
  return (
    <g>
      <path d={`M${from} ${y - 8}V${y}H${to}V${y + 8}`} fill="none" stroke={colour} stroke-width={2} />
      <text
        x={fits ? right + 6 : (from + to) / 2}
        y={fits ? y + 4 : y - 5}
        text-anchor={fits ? "start" : "middle"}
        class={`halo ${ink(data.standing)}`}
      >
        {data.change_text}
      </text>
    </g>
  );
}

function Limit({ x, text, y, width }: { x: number; text: string; y: number; width: number }) {
  const right = x + 5 + widthOf(text) < width;
  return (
    <g>
      <line x1={x} x2={x} y1={4} y2={y} stroke="var(--ink-3)" stroke-dasharray="4 3" />
      <text x={right ? x + 5 : x - 5} y={13} text-anchor={right ? "start" : "end"} class="halo">{text}</text>
    </g>
  );
}
