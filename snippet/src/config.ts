// What the site says to its snippet: attributes of the script tag, or `rumtest.config`.

export interface Config {
  app: string;
  /** Origin of the receiver. */
  receiver: string;
  release?: string;
  group?: string;
  consent?: string;
  /** Share of sessions kept, above 0 and at most 1. */
  sample: number;
  /** Milliseconds from load to the early send. */
  early: number;
}

/** The tag of our own runs; its presence makes the lab's window on the snippet. */
export interface LabTag {
  run: string;
  scenario: string;
  step?: string;
  iteration?: number;
  profile?: string;
  arm?: "base" | "head";
  engine?: "browser";
  receiver: string;
  /** Set in frames of a page under test, where nothing is measured. */
  off?: boolean;
}

/** `window.rumtest` as a page writes it before the snippet is there. */
export interface Waiting {
  config?: Record<string, unknown>;
  queue?: unknown[];
  caught?: (event: Event) => void;
}

const number = (value: unknown, otherwise: number, low: number, high: number): number => {
  const read = value === undefined || value === "" ? otherwise : Number(value);
  return read >= low && read <= high ? read : otherwise;
};

/** The configuration, or undefined where the app's key is missing: then nobody could be told. */
export const readConfig = (
  tag: HTMLOrSVGScriptElement | null,
  waiting: Waiting | undefined,
  lab: LabTag | undefined,
): Config | undefined => {
  const attributes = tag ? { ...(tag as HTMLElement).dataset } : {};
  const said: Record<string, unknown> = { ...attributes, ...(waiting?.config ?? {}) };
  const text = (key: string): string | undefined =>
    typeof said[key] === "string" && said[key] ? (said[key] as string) : undefined;
  const source = (tag as HTMLScriptElement | null)?.src;
  const receiver = lab?.receiver ?? text("receiver") ?? (source ? new URL(source).origin : undefined);
  const app = text("app");
  if (!app || !receiver) return undefined;
  return {
    app,
    receiver: receiver.replace(/\/+$/, ""),
    sample: lab ? 1 : number(said["sample"], 1, Number.MIN_VALUE, 1),
    early: number(said["early"], 3000, 0, 3600e3),
    ...(text("release") ? { release: text("release")! } : {}),
    ...(text("group") ? { group: text("group")! } : {}),
    // The lab runs against the site's own pages: nobody is there to be asked.
    ...(text("consent") && !lab ? { consent: text("consent")! } : {}),
  };
};
