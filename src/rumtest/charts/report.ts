// The report page's entry: reads the view it carries, wires the page, draws the charts.

import { drawCharts } from "./draw";
import { wire } from "./page";
import type { View } from "./markdown";

const carried = document.getElementById("rumtest-view");
if (carried?.textContent) {
  const view = JSON.parse(carried.textContent) as View;
  wire(view);
  drawCharts(view);
}
