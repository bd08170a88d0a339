/** @jsxRuntime automatic */
/** @jsxImportSource preact */
// The requests of one pair: base's bar as an outline over head's solid one, what differs in colour.

import { scaleLinear, type ScaleLinear } from "d3-scale";
import { XAxis } from "./axis";
import { middle, widthOf } from "./format";
import type { Drawn, WaterfallChart, WaterfallMark, WaterfallRow } from "./model";

const ROW = 26;
const TOP = 44;
const LETTER = 7;

export function Waterfall({ data, width, height }: Drawn<WaterfallChart>) {
  const phone = width < 560;
  const left = phone ? 104 : Math.min(260, width * 0.24);
  const right = phone ? 92 : 128;
  const ends = data.rows.flatMap((row) => [row.base, row.head]).map((t) => (t ? t.start + t.duration : 0));
  const marks = data.marks.flatMap((mark) => [mark.base ?? 0, mark.head ?? 0]);
  const scale = scaleLinear().domain([0, Math.max(1, ...ends, ...marks)]).range([left, width - right]);
  const bottom = height - 26;
  return (
    <svg width={width} height={height}>
      <Legend data={data} phone={phone} />
      <XAxis scale={scale} y={bottom} top={TOP} kind="ms" />
      {data.rows.map((row, index) => (
        <Row key={index} row={row} y={TOP + 4 + index * ROW} scale={scale} width={width} left={left} right={right} />
      ))}
      <Marks marks={data.marks} scale={scale} bottom={bottom} />
    </svg>
  );
}

function Legend({ data, phone }: { data: WaterfallChart; phone: boolean }) {
  const entries: [string, "base" | "head" | "differs"][] = [];
  if (data.base_name) entries.push([data.base_name, "base"]);
  entries.push([data.head_name, "head"]);
  if (data.rows.some((row) => row.differs)) entries.push([phone ? "differs" : "head, differs", "differs"]);
  const short = (name: string) => (phone ? name.replace(", iteration ", " ") : name);
  let x = 0;
  return (
    <g>
      {entries.map(([name, look]) => {
        const at = x;
        x += widthOf(short(name)) + (phone ? 32 : 40);
        return (
          <g key={look}>
            <rect x={at} y={5} width={16} height={6} rx={1} {...filled(look)} />
            <text x={at + 22} y={12}>{short(name)}</text>
          </g>
        );
      })}
    </g>
  );
}

interface RowOf {
  row: WaterfallRow;
  y: number;
  scale: ScaleLinear<number, number>;
  width: number;
  left: number;
  right: number;
}

function Row({ row, y, scale, width, left, right }: RowOf) {
  const weight = row.differs ? "strong" : "";
  return (
    <g>
      <line x1={0} x2={width} y1={y + ROW - 3} y2={y + ROW - 3} stroke="var(--line)" stroke-opacity={0.6} />
      <text x={0} y={y + 14} class={weight}>{middle(row.name, Math.floor((left - 8) / LETTER))}</text>
      {row.base && <rect x={scale(row.base.start)} y={y + 2} width={long(row.base.duration, scale)} height={6} rx={1} {...filled("base")} />}
      {row.head && (
        <rect x={scale(row.head.start)} y={y + 10} width={long(row.head.duration, scale)} height={7} rx={1} {...filled(row.differs ? "differs" : "head")} />
      )}
      <text x={width} y={y + 14} text-anchor="end" class={row.differs ? "worse" : ""}>{middle(row.note, Math.floor((right - 4) / LETTER))}</text>
    </g>
  );
}

function Marks({ marks, scale, bottom }: { marks: WaterfallMark[]; scale: ScaleLinear<number, number>; bottom: number }) {
  const placed: number[] = [];
  return (
    <g>
      {marks.map((mark) => {
        const at = mark.head ?? mark.base ?? 0;
        const x = scale(at);
        const free = placed.every((other) => Math.abs(other - x) > widthOf(mark.name) + 4);
        if (free) placed.push(x);
        return (
          <g key={mark.name}>
            {mark.base !== null && <line x1={scale(mark.base)} x2={scale(mark.base)} y1={TOP - 6} y2={bottom} stroke="var(--base-mark)" stroke-dasharray="3 3" />}
            {mark.head !== null && <line x1={scale(mark.head)} x2={scale(mark.head)} y1={TOP - 6} y2={bottom} stroke="var(--ink)" stroke-width={1.5} />}
            {free && <text x={x} y={TOP - 10} text-anchor="middle" class="halo strong">{mark.name}</text>}
          </g>
        );
      })}
    </g>
  );
}

function long(duration: number, scale: ScaleLinear<number, number>): number {
  return Math.max(1.5, scale(duration) - scale(0));
}

function filled(look: "base" | "head" | "differs") {
  if (look === "base") return { fill: "var(--card)", stroke: "var(--base-mark)" };
  return { fill: look === "differs" ? "var(--worse)" : "var(--ink-2)" };
}
