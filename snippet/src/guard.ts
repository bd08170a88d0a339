// Never a burden: whatever fails in here is counted, never thrown into the page.

let errors = 0;
let dropped = 0;
let cost = 0;
let depth = 0;

export const own = {
  get errors(): number {
    return errors;
  },
  get dropped(): number {
    return dropped;
  },
  /** Milliseconds of main thread spent in guarded calls. */
  get cost(): number {
    return cost;
  },
};

export const drop = (count = 1): void => {
  dropped += count;
};

export const fail = (): void => {
  errors += 1;
};

const now = (): number => {
  try {
    return performance.now();
  } catch {
    return 0;
  }
};

/** Runs `work` and gives its result back, or `otherwise` where it fails. */
export const attempt = <T>(work: () => T, otherwise: T): T => {
  const start = now();
  depth += 1;
  try {
    return work();
  } catch {
    errors += 1;
    return otherwise;
  } finally {
    depth -= 1;
    // Only the outermost call is timed: the inner ones are part of it.
    if (!depth) cost += now() - start;
  }
};

/** A function that can be handed to the page or the browser: it never throws. */
export const guarded =
  <A extends unknown[]>(work: (...args: A) => void) =>
  (...args: A): void =>
    attempt(() => work(...args), undefined);

/** Listens passively, and before the page's own listeners. */
export const listen = <E extends Event>(
  target: EventTarget,
  names: string,
  listener: (event: E) => void,
): void => {
  for (const name of names.split(" ")) {
    target.addEventListener(name, guarded(listener) as (event: Event) => void, {
      capture: true,
      passive: true,
    });
  }
};
