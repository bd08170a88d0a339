/** @jsxRuntime automatic */
/** @jsxImportSource preact */
// Draws the charts of a page: those near the viewport first, again when their width changes, all of them for print.

import { render, type ComponentType } from "preact";
import type { Drawn } from "./model";
import { Order } from "./order";
import { Pairs } from "./pairs";
import { Parts } from "./parts";
import { Shift } from "./shift";
import { Waterfall } from "./waterfall";

// Each chart takes the data of its own kind; the view's document says which kind a path holds.
const CHARTS: Record<string, ComponentType<Drawn<never>>> = {
  pairs: Pairs,
  order: Order,
  shift: Shift,
  parts: Parts,
  waterfall: Waterfall,
};
/** A4 between its margins at 96 px an inch; what is drawn wider would shrink with its text. */
const PRINTED_WIDTH = 680;

type Tree = { [key: string]: Tree } | undefined;

/** What the document holds at a path such as `findings.0.pairs`. */
export function at(document: unknown, path: string): unknown {
  return path.split(".").reduce<Tree>((tree, key) => tree?.[key], document as Tree);
}

function drawOne(place: HTMLElement, view: unknown, width: number): void {
  const Chart = CHARTS[place.dataset.chart ?? ""];
  const data = at(view, place.dataset.path ?? "");
  if (!Chart || !data || width < 1) return;
  if (place.dataset.drawn === String(width)) return;
  place.querySelector(".reserve")?.remove();
  place.dataset.drawn = String(width);
  render(<Chart data={data as never} width={width} height={Number(place.dataset.height)} />, place);
}

/** Starts drawing; returns after the charts in sight are on their way. */
export function drawCharts(view: unknown): void {
  const places = [...document.querySelectorAll<HTMLElement>("[data-chart]")];
  const near = new Set<HTMLElement>();
  const sizes = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (near.has(target as HTMLElement)) drawOne(target as HTMLElement, view, width(target));
    }
  });
  const sight = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue;
        sight.unobserve(target);
        near.add(target as HTMLElement);
        drawOne(target as HTMLElement, view, width(target));
        sizes.observe(target);
      }
    },
    { rootMargin: "600px" },
  );
  for (const place of places) sight.observe(place);
  window.addEventListener("beforeprint", () => {
    const closed = [...document.querySelectorAll<HTMLDetailsElement>("details:not(.as-table):not([open])")];
    for (const details of closed) details.open = true;
    for (const place of places) drawOne(place, view, PRINTED_WIDTH);
    window.addEventListener(
      "afterprint",
      () => {
        for (const details of closed) details.open = false;
        for (const place of places) if (near.has(place)) drawOne(place, view, width(place));
      },
      { once: true },
    );
  });
}

function width(place: Element): number {
  return Math.floor(place.getBoundingClientRect().width);
}
