// The async loader: queues calls and errors until the snippet is there. At most 600 bytes.

const host = window as never as {
  rumtest: Record<string, unknown> & { config: { receiver: string }; queue: unknown[] };
};
const own = (host.rumtest = host.rumtest || {});

if (!own["version"]) {
  const queue = (own.queue = own.queue || []);
  for (const name of ["page", "event", "measure", "score", "error", "user", "set", "consent", "flush"])
    own[name] = (...args: unknown[]) => void queue.push([name, ...args]);
  own["task"] = (name: string, began = performance.now()) => ({
    done: () => void queue.push(["ended", name, began, true]),
    fail: () => void queue.push(["ended", name, began, false]),
  });
  const caught = (own["caught"] = (event: Event) => void queue.push(["caught", event]));
  addEventListener("error", caught, true);
  addEventListener("unhandledrejection", caught);
  const tag = document.createElement("script");
  tag.async = true;
  tag.src = own.config.receiver + "/rumtest.js";
  document.head.append(tag);
}

export {};
