// The async loader: queues calls and errors until the snippet is there. At most 600 bytes.

const host = window as never as {
  rumtest: Record<string, unknown> & { config: { receiver: string }; queue: unknown[] };
};

try {
  const own = (host.rumtest = host.rumtest || {});
  if (!own["version"]) {
    const queue = (own.queue = own.queue || []);
    // Where the file is blocked nobody ever empties the queue.
    const put = (...call: unknown[]) => void (queue.length < 99 && queue.push(call));
    for (const name of ["page", "event", "measure", "score", "error", "user", "set", "consent", "flush"])
      own[name] = (...args: unknown[]) => put(name, ...args);
    own["task"] = (name: string, began = performance.now()) => ({
      done: () => put("ended", name, began, true),
      fail: () => put("ended", name, began, false),
    });
    const caught = (own["caught"] = (event: Event) => put("caught", event));
    addEventListener("error", caught, true);
    addEventListener("unhandledrejection", caught);
    const tag = document.createElement("script");
    tag.async = true;
    tag.src = own.config.receiver + "/rumtest.js";
    document.head.append(tag);
  }
} catch {
  // A page without our configuration, or with something else in our place, goes on as before.
}

export {};
