// The shape of a beacon, written by `python snippet/beacon_types.py` from the Python model.

/** Why each metric is what it is. */
export interface Attribution {
  lcp?: LcpAttribution | undefined;
  cls?: ClsAttribution | undefined;
  inp?: InpAttribution | undefined;
  ttfb?: TtfbAttribution | undefined;
}

/** A full snapshot of one page view; the one with the highest `n` per `view` says it all. */
export interface Beacon {
  beacon: 1;
  app: string;
  view: string;
  n: number;
  page: Page;
  time: Time;
  final?: boolean | undefined;
  session?: Session | undefined;
  user?: User | undefined;
  metrics?: Metrics | undefined;
  attribution?: Attribution | undefined;
  phases?: Phases | undefined;
  resources?: Resources | undefined;
  frames?: Frames | undefined;
  requests?: RequestGroup[] | undefined;
  errors?: ErrorGroup[] | undefined;
  interactions?: Interactions | undefined;
  events?: Event[] | undefined;
  timings?: Timing[] | undefined;
  device?: Device | undefined;
  network?: Network | undefined;
  language?: string | undefined;
  release?: string | undefined;
  variant?: Record<string, string> | undefined;
  context?: Record<string, string> | undefined;
  trace?: Trace | undefined;
  sample?: number | undefined;
  lab?: Lab | undefined;
  snippet?: SnippetNote | undefined;
}

/** The largest single shift of the window that counted. */
export interface ClsAttribution {
  target?: string | undefined;
  value?: number | undefined;
  at?: number | undefined;
  load_state?: "complete" | "dom-content-loaded" | "dom-interactive" | "loading" | undefined;
}

/** What the view ran on; `cpu` is the ms of the calibrated loop, `memory` rounded GB. */
export interface Device {
  width?: number | undefined;
  height?: number | undefined;
  dpr?: number | undefined;
  memory?: number | undefined;
  cores?: number | undefined;
  touch?: boolean | undefined;
  cpu?: number | undefined;
  reduced_motion?: boolean | undefined;
  standalone?: boolean | undefined;
}

/** Errors that are the same: how many, and when the first happened. */
export interface ErrorGroup {
  kind: "csp" | "error" | "manual" | "rejection" | "resource";
  count: number;
  message?: string | undefined;
  url?: string | undefined;
  line?: number | undefined;
  column?: number | undefined;
  stack?: string | undefined;
  at?: number | undefined;
}

/** Something the site reports: an event, a score (`comment`), a task (`duration`, `completed`). */
export interface Event {
  name: string;
  at: number;
  value?: number | undefined;
  attributes?: string | undefined;
  comment?: string | undefined;
  duration?: number | undefined;
  completed?: boolean | undefined;
}

/** One script of the long frames: its ms in all, and the ms of forced style and layout. */
export interface FrameScript {
  url: string;
  duration: number;
  layout?: number | undefined;
}

/** Frames longer than 50 ms: how many, how much of them blocked input, and by which scripts. */
export interface Frames {
  count: number;
  blocking?: number | undefined;
  longest?: number | undefined;
  source?: "long-animation-frame" | "longtask" | undefined;
  scripts?: FrameScript[] | undefined;
}

/** The interaction that counted, and the three parts its time is made of. */
export interface InpAttribution {
  target?: string | undefined;
  type?: "keyboard" | "pointer" | undefined;
  at?: number | undefined;
  input_delay?: number | undefined;
  processing?: number | undefined;
  presentation?: number | undefined;
  script?: InpScript | undefined;
  load_state?: "complete" | "dom-content-loaded" | "dom-interactive" | "loading" | undefined;
}

/** The script that ran longest during the interaction. */
export interface InpScript {
  url?: string | undefined;
  invoker?: string | undefined;
  duration?: number | undefined;
  part?: "input-delay" | "presentation-delay" | "processing-duration" | undefined;
}

/** Clicks, taps and keys; `first_at` is click to action. */
export interface Interactions {
  count?: number | undefined;
  clicks?: number | undefined;
  first_at?: number | undefined;
  rage?: number | undefined;
  dead?: number | undefined;
  targets?: TargetCount[] | undefined;
  leave?: Leave | undefined;
}

/** The tag of our own runs; a beacon that bears it is never counted as a user's. */
export interface Lab {
  run: string;
  scenario: string;
  step?: string | undefined;
  iteration?: number | undefined;
  profile?: string | undefined;
  arm?: "base" | "head" | undefined;
  engine?: "browser" | "protocol" | "simulate" | undefined;
  origin?: string | undefined;
}

/** The largest element, and the four parts its time is made of. */
export interface LcpAttribution {
  target?: string | undefined;
  url?: string | undefined;
  ttfb?: number | undefined;
  load_delay?: number | undefined;
  load_duration?: number | undefined;
  render_delay?: number | undefined;
}

/** The last interaction before the view ended: think time runs from `time.ready` to it. */
export interface Leave {
  at: number;
  target?: string | undefined;
  kind?: "key" | "link" | "script" | "submit" | undefined;
}

/** Numbers of the catalogue by name; absent is unknown, never 0. `custom` is the site's own. */
export interface Metrics {
  ttfb?: number | undefined;
  fcp?: number | undefined;
  lcp?: number | undefined;
  cls?: number | undefined;
  inp?: number | undefined;
  load?: number | undefined;
  dom_interactive?: number | undefined;
  dom_content_loaded?: number | undefined;
  script_time?: number | undefined;
  tbt?: number | undefined;
  custom?: Record<string, number> | undefined;
}

/** The effective connection: its type, round trip in ms, downlink in Mbit/s. */
export interface Network {
  type?: string | undefined;
  rtt?: number | undefined;
  downlink?: number | undefined;
  save_data?: boolean | undefined;
}

/** What was looked at: URLs as scrubbed in the browser, `group` as the site named it. */
export interface Page {
  url: string;
  navigation: "back-forward" | "back-forward-cache" | "navigate" | "prerender" | "reload" | "restore" | "soft-navigation";
  group?: string | undefined;
  referrer?: string | undefined;
  hidden_at_start?: boolean | undefined;
}

/** Navigation timing as durations; absent is hidden by the browser, or did not happen. */
export interface Phases {
  redirect?: number | undefined;
  worker?: number | undefined;
  dns?: number | undefined;
  connect?: number | undefined;
  tls?: number | undefined;
  request?: number | undefined;
  response?: number | undefined;
  reused?: boolean | undefined;
  transfer_size?: number | undefined;
  decoded_size?: number | undefined;
  protocol?: string | undefined;
  status?: number | undefined;
  redirects?: number | undefined;
  delivery?: string | undefined;
  early_hints?: number | undefined;
  server_timing?: Record<string, number> | undefined;
}

/** Fetch and XHR of one URL pattern; `duration` is their sum in ms, `longest` the worst. */
export interface RequestGroup {
  pattern: string;
  method?: string | undefined;
  status?: number | undefined;
  count?: number | undefined;
  failed?: number | undefined;
  duration?: number | undefined;
  longest?: number | undefined;
}

/** One fetched file. `size` is bytes over the wire; `blocking`: rendering waited for it. */
export interface Resource {
  url: string;
  type: "document" | "fetch" | "font" | "image" | "media" | "other" | "script" | "style";
  start: number;
  duration: number;
  size?: number | undefined;
  status?: number | undefined;
  cached?: boolean | undefined;
  blocking?: boolean | undefined;
}

/** Per type: count, bytes, longest ms, how many from third parties, how many failed. */
export interface ResourceTypes {
  script?: [number, number, number, number, number] | undefined;
  style?: [number, number, number, number, number] | undefined;
  image?: [number, number, number, number, number] | undefined;
  font?: [number, number, number, number, number] | undefined;
  fetch?: [number, number, number, number, number] | undefined;
  media?: [number, number, number, number, number] | undefined;
  document?: [number, number, number, number, number] | undefined;
  other?: [number, number, number, number, number] | undefined;
}

/** Everything fetched, summed; and the slowest of it, in the order of their start. */
export interface Resources {
  by_type?: ResourceTypes | undefined;
  by_host?: Record<string, [number, number, number]> | undefined;
  slowest?: Resource[] | undefined;
}

/** The user's coherent stretch of page views; `page` is this view's place in it, from 1. */
export interface Session {
  id: string;
  page: number;
  started?: number | undefined;
  visit?: number | undefined;
  tab?: string | undefined;
}

/** The snippet on itself: its failures, entries it dropped, ms of main thread it used. */
export interface SnippetNote {
  version?: string | undefined;
  errors?: number | undefined;
  dropped?: number | undefined;
  cost?: number | undefined;
}

/** One element that was interacted with; `inp` is its worst interaction. */
export interface TargetCount {
  target: string;
  count: number;
  inp?: number | undefined;
}

/** When: epoch ms at the start by the user's clock, ms since then, and what lies between. */
export interface Time {
  origin: number;
  age: number;
  sent?: number | undefined;
  visible?: number | undefined;
  ready?: number | undefined;
}

/** A `performance.measure`, a mark (duration 0), or an element's first rendering. */
export interface Timing {
  name: string;
  start: number;
  duration: number;
}

/** Copied from the page's `Server-Timing`, to join seen and served page views. */
export interface Trace {
  token?: string | undefined;
  traceparent?: string | undefined;
}

/** What was waited for before the first byte. */
export interface TtfbAttribution {
  waiting?: number | undefined;
  cache?: number | undefined;
  dns?: number | undefined;
  connection?: number | undefined;
  request?: number | undefined;
}

/** What the site says of its user; `id` is hashed at the receiver and never kept as sent. */
export interface User {
  registered?: boolean | undefined;
  stage?: string | undefined;
  id?: string | undefined;
}
