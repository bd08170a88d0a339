// What a reader can do with the report: filter, sort, change the theme, jump to a gate, take it along as Markdown.

import { markdown, type View } from "./markdown";

/** Wires everything up; nothing here is needed to read the page. */
export function wire(view: View): void {
  filters();
  sorting();
  theme();
  jumps();
  copying(view);
}

function rows(): HTMLTableRowElement[] {
  return [...document.querySelectorAll<HTMLTableRowElement>(".gates tbody tr")];
}

function filters(): void {
  const selects = [...document.querySelectorAll<HTMLSelectElement>("select[data-by]")];
  const apply = () => {
    let shown = 0;
    const all = rows();
    for (const row of all) {
      const fits = selects.every((select) => !select.value || row.dataset[select.dataset.by ?? ""] === select.value);
      row.hidden = !fits;
      if (fits) shown += 1;
    }
    say("shown", `${shown} of ${all.length} ${all.length === 1 ? "gate" : "gates"}`);
    const none = document.getElementById("no-gates");
    if (none) none.hidden = shown > 0;
  };
  for (const select of selects) select.addEventListener("change", apply);
  for (const chip of document.querySelectorAll<HTMLElement>("[data-filter]")) {
    chip.addEventListener("click", () => {
      for (const select of selects) select.value = select.dataset.by === "verdict" ? (chip.dataset.filter ?? "") : "";
      apply();
    });
  }
  // A browser may keep the selects' values over a reload.
  if (selects.some((select) => select.value)) apply();
}

function sorting(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-sort]")) {
    button.addEventListener("click", () => {
      const head = button.closest("th");
      const key = button.dataset.sort ?? "";
      const down = head?.getAttribute("aria-sort") === "ascending";
      for (const other of document.querySelectorAll(".gates th[aria-sort]")) other.removeAttribute("aria-sort");
      head?.setAttribute("aria-sort", down ? "descending" : "ascending");
      const ordered = rows().sort((a, b) => compare(a, b, key) * (down ? -1 : 1));
      document.querySelector(".gates tbody")?.append(...ordered);
    });
  }
}

function compare(one: HTMLElement, other: HTMLElement, key: string): number {
  const number = `sort${key[0]?.toUpperCase() ?? ""}${key.slice(1)}`;
  const [a, b] = [one.dataset[number], other.dataset[number]];
  if (a !== undefined && b !== undefined) return Number(a) - Number(b);
  return (one.dataset[key] ?? "").localeCompare(other.dataset[key] ?? "");
}

function theme(): void {
  const button = document.getElementById("theme");
  const root = document.documentElement;
  const order = ["auto", "light", "dark"];
  let now = 0;
  button?.addEventListener("click", () => {
    now = (now + 1) % order.length;
    const chosen = order[now] ?? "auto";
    if (chosen === "auto") delete root.dataset.theme;
    else root.dataset.theme = chosen;
    button.textContent = `Theme: ${chosen}`;
  });
}

function jumps(): void {
  const open = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let box = target.closest("details"); box; box = box.parentElement?.closest("details") ?? null) box.open = true;
    const own = target.querySelector<HTMLDetailsElement>(":scope > details.evidence-of");
    if (own) own.open = true;
    if (target instanceof HTMLTableRowElement && target.hidden) showAll();
    target.focus({ preventScroll: true });
    target.scrollIntoView();
  };
  window.addEventListener("hashchange", open);
  if (location.hash) open();
}

function showAll(): void {
  for (const select of document.querySelectorAll<HTMLSelectElement>("select[data-by]")) {
    select.value = "";
    select.dispatchEvent(new Event("change"));
  }
}

function copying(view: View): void {
  document.getElementById("copy")?.addEventListener("click", async () => {
    const text = markdown(view);
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // A page opened from a file may not have the clipboard; the old way asks for no permission.
      const area = document.createElement("textarea");
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    say("said", "Copied as Markdown");
    const button = document.getElementById("copy");
    if (button) {
      button.textContent = "Copied";
      setTimeout(() => (button.textContent = "Copy Markdown"), 1500);
    }
  });
}

function say(id: string, text: string): void {
  const place = document.getElementById(id);
  if (place) place.textContent = text;
}
