// Text that may leave the browser: cut to length, without queries, identifiers or what was typed.

import { attempt } from "./guard";

const EMAIL = /[^\s/@:"'<>]{1,64}@[^\s/@:"'<>]{1,255}\.[a-z]{2,}/gi;
// Four digits in a row, a UUID or an address: an identifier, not a name. Eight hexadecimal digits
// may be a build's hash as well, but whether they hold four digits in a row is chance: all or none.
const IDENTIFIER = /\d{4}|^[0-9a-f]{8,}$|^[0-9a-f]{8}-[0-9a-f-]{27}$|@|%40/i;
// A long word with digits amid its letters: a token, which opens something to whoever has it.
const TOKEN = /(?=[a-z\d]{16})[a-z\d]{0,64}?[a-z]\d+[a-z]/i;
const FILE = /^[^@%]*\.[a-z][a-z0-9]{1,4}$/i;
// Their numbers are made by a build, and source maps are found by them.
const CODE = /\.(m?js|css|wasm)$/i;
// Parts of a file's name: a UUID is one, and so is whatever stands between two marks.
const WORD = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[a-z0-9]+/gi;
// A URL within text, its query apart, without the `:line:column` that a stack puts behind. What is
// bounded here and above is bounded so that a giant word costs no time.
const URL_IN_TEXT =
  /(\w{1,20}:\/\/[^\s?#"'<>]*?)([?#][^\s"'<>]*?)?((:\d+){0,2})(?=[).,;]*([\s"'<>]|$))/g;
// The query of a URL without its origin: `/search?q=…`.
const QUERY_IN_TEXT = /\?[\w.[\]%-]{1,80}=[^\s"'<>)]*/g;

/** The first `length` characters, never half of one: a lone surrogate is no text. */
export const cut = (text: string, length: number): string => {
  const short = text.length > length ? text.slice(0, length) : text;
  // toWellFormed is younger than the browsers we serve; spreading goes by whole characters.
  return /[\ud800-\udfff]/.test(short)
    ? [...short].filter((character) => !/^[\ud800-\udfff]$/.test(character)).join("")
    : short;
};

/** A file keeps its name but for numbers and hashes in it: `hero-1600.jpg` says what was slow. */
const scrubPart = (part: string): string => {
  if (CODE.test(part)) return part;
  if (FILE.test(part)) {
    return part.replace(WORD, (word) =>
      /^[0-9a-f]{8,}$|-/i.test(word) || TOKEN.test(word) ? ":id" : word.replace(/\d{4,}/g, ":id"),
    );
  }
  return IDENTIFIER.test(part) || TOKEN.test(part) ? ":id" : part;
};

// What follows a `;` is a parameter of its part, like a query: session ids stand there.
const scrubPath = (path: string): string =>
  path.replace(/;[^/]*/g, "").split("/").map(scrubPart).join("/");

/** A URL without query, fragment and identifiers; a fragment that is a route is kept like a path. */
export const scrubUrl = (raw: string, length = 500): string => {
  if (!raw) return "";
  let url: URL;
  try {
    url = new URL(raw, location.href);
  } catch {
    return "";
  }
  if (!/^(https?|wss?):$/.test(url.protocol)) return cut(url.protocol, length);
  const route = /^#!?\//.test(url.hash) ? "#" + scrubPath(url.hash.slice(1).split(/[?&]/)[0]!) : "";
  return cut(url.origin + scrubPath(url.pathname) + route, length);
};

/** A message or a stack: URLs in it are scrubbed, and addresses are hidden. */
export const scrubText = (raw: unknown, length: number): string => {
  // Four times the length is enough to be cut from, and keeps a giant message cheap.
  const start = String(raw).slice(0, length * 4);
  const hidden = start.replace(
    URL_IN_TEXT,
    (_, url: string, __, place: string) => (scrubUrl(url) || ":id") + place,
  );
  return cut(hidden.replace(QUERY_IN_TEXT, "").replace(EMAIL, ":id"), length);
};

const pathTo = (node: Node | null | undefined): string => {
  let selector = "";
  for (let at: Node | null | undefined = node; at && at.nodeType !== 9; at = at.parentNode) {
    const element = at as Element;
    const name = at.nodeName.toLowerCase();
    const id = typeof element.id === "string" && element.id ? "#" + element.id : "";
    const classes = id ? "" : [...(element.classList ?? [])].map((item) => "." + item).join("");
    const part = (id || name + classes).replace(/\d{4,}/g, ":id");
    if (selector.length + part.length > 199) break;
    selector = selector ? part + ">" + selector : part;
    if (id) break;
  }
  return cut(selector, 200);
};

/**
 * Where an element is, by tag, id and classes, from the nearest id down; never its text. Empty for
 * a form whose fields took the names of its properties: web-vitals asks where nobody catches.
 */
export const selectorOf = (node: Node | null | undefined): string =>
  attempt(() => pathTo(node), "");

/** One decimal: what a user, or a page's script, could ever notice. */
export const round = (value: number): number => Math.round(value * 10) / 10;

/** A duration or a point in time, or undefined where the browser did not say. */
export const span = (value: number | undefined): number | undefined =>
  value !== undefined && value >= 0 && value < 2592e6 ? round(value) : undefined;
