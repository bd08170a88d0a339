// How a body leaves: handed to the browser, which delivers it even when the page is gone.

import { fail } from "./guard";

/** Sends, and does not wait; what fails is counted. */
export const send = (url: string, body: string): void => {
  try {
    if (navigator.sendBeacon(url, body)) return;
  } catch {
    // Missing, broken by the page, or refused: the next way.
  }
  try {
    // `no-cors`, since the answer does not matter and a complaint would show in the page's console.
    const request = { method: "POST", body, keepalive: true, mode: "no-cors" } as const;
    fetch(url, request).then(undefined, fail);
  } catch {
    fail();
  }
};
