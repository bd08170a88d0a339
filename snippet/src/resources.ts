// What the page fetched: sums by type and by third-party host, and the slowest.

import type * as B from "./beacon";
import type { Collector } from "./collector";
import { observe } from "./observe";
import { round, scrubUrl, span } from "./text";
import type { View } from "./view";

type Type = B.Resource["type"];

interface Entry extends PerformanceResourceTiming {
  contentType?: string;
  deliveryType?: string;
  renderBlockingStatus?: string;
}

const MOST_HOSTS = 20;
const BY_CONTENT: [RegExp, Type][] = [
  [/css/, "style"],
  [/javascript|ecmascript|wasm/, "script"],
  [/^image/, "image"],
  [/font/, "font"],
  [/^(audio|video)/, "media"],
  [/html/, "document"],
];
const BY_NAME: [RegExp, Type][] = [
  [/\.css$/i, "style"],
  [/\.m?js$/i, "script"],
  [/\.(png|jpe?g|gif|webp|avif|svg|ico)$/i, "image"],
  [/\.(woff2?|ttf|otf)$/i, "font"],
  [/\.(mp4|webm|mp3|m3u8|ogg)$/i, "media"],
];
// Whoever asked says best what it was, even when the answer was an error page.
const BY_INITIATOR: Record<string, Type> = {
  script: "script",
  img: "image",
  image: "image",
  fetch: "fetch",
  xmlhttprequest: "fetch",
  beacon: "fetch",
  video: "media",
  audio: "media",
  iframe: "document",
  frame: "document",
};

let view: View;
let receiver = "";
let mostSlowest = 8;
let byType: NonNullable<B.Resources["by_type"]> = {};
let byHost = new Map<string, [number, number, number]>();
let slowest: B.Resource[] = [];

const typeOf = (entry: Entry, path: string): Type =>
  BY_INITIATOR[entry.initiatorType] ??
  // `link` and `css` ask for many things.
  BY_CONTENT.find(([pattern]) => pattern.test(entry.contentType ?? ""))?.[1] ??
  BY_NAME.find(([pattern]) => pattern.test(path))?.[1] ??
  "other";

/** Bytes over the wire; undefined where another origin hides them. */
const sizeOf = (entry: Entry): number | undefined =>
  entry.transferSize > 0 || entry.decodedBodySize > 0 ? entry.transferSize : undefined;

const isThirdParty = (host: string): boolean => host !== location.hostname;

const keepSlowest = (entry: Entry, type: Type, size: number | undefined): void => {
  const full = slowest.length >= mostSlowest;
  const least = full ? Math.min(...slowest.map((one) => one.duration)) : -1;
  if (entry.duration <= least) return;
  if (full) slowest.splice(slowest.findIndex((one) => one.duration === least), 1);
  slowest.push({
    url: scrubUrl(entry.name),
    type,
    start: round(Math.max(entry.startTime - view.start, 0)),
    duration: round(entry.duration),
    size,
    status: entry.responseStatus >= 100 ? entry.responseStatus : undefined,
    cached: size === undefined ? undefined : size === 0 || entry.deliveryType === "cache",
    blocking: entry.renderBlockingStatus ? entry.renderBlockingStatus === "blocking" : undefined,
  });
};

const take = (entry: Entry): void => {
  if (entry.startTime < view.start || !/^https?:/.test(entry.name)) return;
  const url = new URL(entry.name);
  // Our own file and our own beacons are not the page's.
  if (url.origin === receiver && /^\/(rumtest\.js$|v1\/(beacons$|config\/))/.test(url.pathname)) return;
  const type = typeOf(entry, url.pathname);
  const size = sizeOf(entry);
  const third = isThirdParty(url.hostname);
  const row = (byType[type] ??= [0, 0, 0, 0, 0]);
  row[0] += 1;
  row[1] += size ?? 0;
  row[2] = Math.max(row[2], round(entry.duration));
  row[3] += third ? 1 : 0;
  row[4] += entry.responseStatus >= 400 ? 1 : 0;
  if (third) {
    const host = byHost.get(url.hostname) ?? [0, 0, 0];
    // A page with more hosts than that keeps the first: they are the ones it waits for.
    if (byHost.size < MOST_HOSTS || host[0]) {
      byHost.set(url.hostname, [
        host[0] + 1,
        host[1] + (size ?? 0),
        round(host[2] + entry.duration),
      ]);
    }
  }
  keepSlowest(entry, type, size);
};

/** `inLab`: the report draws a waterfall, so that many more are told one by one. */
export const resources = (ownReceiver: string, inLab: boolean): Collector => ({
  start: () => {
    receiver = ownReceiver;
    mostSlowest = inLab ? 40 : 8;
    observe<Entry>("resource", take);
  },
  begin: (next) => {
    view = next;
    byType = {};
    byHost = new Map();
    slowest = [];
  },
  fill: (beacon) => {
    if (!Object.keys(byType).length) return;
    beacon.resources = {
      by_type: { ...byType },
      by_host: byHost.size ? Object.fromEntries(byHost) : undefined,
      slowest: [...slowest]
        .filter((one) => span(one.duration) !== undefined)
        .sort((a, b) => a.start - b.start),
    };
  },
});
