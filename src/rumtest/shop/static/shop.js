// What the shop does in the browser: the cart without a navigation, and the knobs that act here.
(() => {
  "use strict";
  const knobs = document.documentElement.dataset;
  const told = (name) => Number(knobs[name] ?? 0);

  // By the clock and not by counting, so that a slower processor blocks for as long as a fast one.
  const block = (milliseconds) => {
    const end = performance.now() + milliseconds;
    while (performance.now() < end);
  };

  // After the first frame: a script that blocked before it would move the first paint as well.
  if (told("heavyScript")) {
    requestAnimationFrame(() => setTimeout(() => block(told("heavyScript"))));
  }

  addEventListener("load", () => {
    if (told("layoutShift")) {
      requestAnimationFrame(() => {
        const banner = document.createElement("p");
        banner.className = "banner";
        banner.textContent = "Free delivery this week, on everything.";
        document.querySelector("main").prepend(banner);
      });
    }
    if (told("errors")) {
      setTimeout(() => {
        throw new TypeError("The recommendations could not be drawn");
      });
    }
  });

  const show = (count) => {
    document.querySelector(".in-cart").textContent = `In your cart: ${count}`;
    document.querySelector("[data-cart-count]").textContent = count;
  };

  document.querySelector(".buy")?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.currentTarget;
    const button = form.querySelector("button");
    button.setAttribute("aria-busy", "true");
    block(told("slowInteraction"));
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json" },
        body: JSON.stringify({ sku: form.elements.sku.value, n: 1 }),
      });
      if (!answer.ok) throw new Error(`The cart answered ${answer.status}`);
      show((await answer.json()).count);
    } finally {
      button.removeAttribute("aria-busy");
    }
  });
})();
