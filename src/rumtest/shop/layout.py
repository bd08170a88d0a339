"""The frame around every page: head, header, footer, and what the script is told."""

from dataclasses import dataclass
from html import escape

from rumtest.shop.assets import address_of
from rumtest.shop.knobs import Knobs

__all__ = ["Frame"]


@dataclass(frozen=True, slots=True)
class Frame:
    """What a page is made for: the knobs, and the number of pieces in the visitor's cart."""

    knobs: Knobs
    in_cart: int = 0

    def page(self, title: str, content: str, *, query: str = "") -> str:
        """The whole document around that content."""
        return f"""<!doctype html>
<html lang="en"{self._told()}>
<head>
<meta charset="utf-8">
<title>{escape(title)} · Steep</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="Pots, cups and small tools for the tea table.">
<link rel="icon" href="{address_of("icon.svg")}" type="image/svg+xml">
<link rel="stylesheet" href="{address_of("shop.css")}">
<script src="{address_of("shop.js")}" defer></script>
</head>
<body>
<a class="skip" href="#content">Skip to content</a>
<header>
  <a class="brand" href="/">
    <img src="{address_of("icon.svg")}" width="28" height="28" alt="">Steep</a>
  <form class="find" role="search" action="/search">
    <label for="q">Search</label>
    <input id="q" name="q" type="search" value="{escape(query)}" autocomplete="off">
    <button type="submit">Go</button>
  </form>
  <a class="cart-link" href="/cart">Cart <span data-cart-count>{self.in_cart}</span></a>
</header>
<main id="content">{content}
</main>
<footer>
  <p>Steep is the shop that comes with rumtest. It sells nothing and remembers nothing.</p>
</footer>
</body>
</html>
"""

    def picture(self, name: str, *, large: bool = False) -> str:
        """The address of a picture; the large one is the hero, which knobs make heavy or late."""
        if large:
            return f"/pictures/large/{name}.svg?{self.knobs.hero_bytes}"
        return f"/pictures/{name}.svg"

    def _told(self) -> str:
        """The knobs that act in the browser, as attributes: the policy allows no inline script."""
        knobs = self.knobs
        told = {
            "heavy-script": knobs.heavy_script,
            "slow-interaction": knobs.slow_interaction,
            "layout-shift": knobs.layout_shift,
            "errors": knobs.errors,
        }
        return "".join(f' data-{name}="{int(value)}"' for name, value in told.items() if value)
