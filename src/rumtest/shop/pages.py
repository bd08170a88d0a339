"""What each page of the shop says, as HTML that holds together without script."""

from collections.abc import Mapping, Sequence
from html import escape

from rumtest.shop.catalogue import PRODUCTS, Product, Review, related_to, search
from rumtest.shop.layout import Frame

__all__ = [
    "cart_page",
    "checkout_page",
    "home_page",
    "missing_page",
    "product_page",
    "search_page",
    "thanks_page",
]


def home_page(frame: Frame) -> str:
    """The hero and everything on the shelf."""
    return frame.page(
        "Slow things, served fast",
        f"""
<section class="hero">
  <div class="hero-words">
    <p class="eyebrow">Pots, cups and small tools</p>
    <h1>Tea takes its time. The rest should not.</h1>
    <p>Eight honest things for the tea table, made to be used every day.</p>
    <p><a class="button" href="/p/teapot">See the teapot</a></p>
  </div>
  <img class="hero-picture" src="{frame.picture("still-life", large=True)}" width="1600"
    height="1000" alt="A kettle, a teapot, cups and a bowl on a table by a window"
    fetchpriority="high">
</section>
<section aria-labelledby="shelf">
  <h2 id="shelf">On the shelf</h2>
  {_shelf(frame, PRODUCTS)}
</section>""",
    )


def product_page(frame: Frame, product: Product) -> str:
    """One product: picture, price, story, reviews, and the button that puts it in the cart."""
    facts = "".join(f"<li>{escape(fact)}</li>" for fact in product.facts)
    reviews = "".join(_review(review) for review in product.reviews)
    return frame.page(
        product.name,
        f"""
<article class="product">
  <img class="hero-picture" src="{frame.picture(product.slug, large=True)}" width="800"
    height="800" alt="{escape(product.name)}" fetchpriority="high">
  <div class="product-words">
    <h1>{escape(product.name)}</h1>
    <p class="lead">{escape(product.line)}</p>
    <p class="rating">{_stars(round(product.stars))}
      <a href="#reviews">{_count(len(product.reviews), "review")}</a></p>
    <p class="price">{product.price}</p>
    <form class="buy" method="post" action="/cart">
      <input type="hidden" name="sku" value="{escape(product.slug)}">
      <button class="button" type="submit">Add to cart</button>
    </form>
    <p class="in-cart" role="status">{_in_cart(frame.in_cart)}</p>
    <p>{escape(product.story)}</p>
    <ul class="facts">{facts}</ul>
  </div>
</article>
<section class="reviews" aria-labelledby="reviews">
  <h2 id="reviews">What people say</h2>
  {reviews}
</section>
<section aria-labelledby="more">
  <h2 id="more">Goes well with</h2>
  {_shelf(frame, related_to(product))}
</section>""",
    )


def search_page(frame: Frame, query: str) -> str:
    """What was found for the words, or where to go when nothing was."""
    found = search(query)
    if not query.strip():
        heading, rest = "What are you looking for?", _shelf(frame, PRODUCTS)
    elif found:
        heading = f"{_count(len(found), 'result')} for “{escape(query)}”"
        rest = _shelf(frame, found)
    else:
        heading = f"Nothing found for “{escape(query)}”"
        rest = '<p>Try “cup”, or <a href="/">look along the whole shelf</a>.</p>'
    return frame.page("Search", f"<h1>{heading}</h1>{rest}", query=query)


def cart_page(frame: Frame, pieces: Mapping[str, int]) -> str:
    """What lies in the cart and what it comes to."""
    bought = [(product, pieces[product.slug]) for product in PRODUCTS if product.slug in pieces]
    if not bought:
        return frame.page(
            "Your cart",
            '<h1>Your cart</h1><p>Nothing in it yet.</p><p><a class="button" href="/">'
            "To the shelf</a></p>",
        )
    rows = "".join(
        f'<tr><th scope="row"><a href="/p/{product.slug}">{escape(product.name)}</a></th>'
        f"<td>{count}</td><td>{_money(product.cents * count)}</td></tr>"
        for product, count in bought
    )
    total = _money(sum(product.cents * count for product, count in bought))
    return frame.page(
        "Your cart",
        f"""
<h1>Your cart</h1>
<table class="cart">
  <thead><tr><th scope="col">Item</th><th scope="col">Pieces</th><th scope="col">Price</th></tr>
  </thead>
  <tbody>{rows}</tbody>
  <tfoot><tr><th scope="row" colspan="2">Total</th><td>{total}</td></tr></tfoot>
</table>
<p><a class="button" href="/checkout">Check out</a></p>""",
    )


def checkout_page(frame: Frame, *, missing: Sequence[str] = ()) -> str:
    """The form for an order; `missing` names what was left empty when it was sent."""
    note = (
        f'<p class="note" role="alert">Please fill in: {escape(", ".join(missing))}.</p>'
        if missing
        else ""
    )
    fields = "".join(
        f'<p><label for="{name}">{label}</label><input id="{name}" name="{name}" type="{kind}" '
        f'autocomplete="{kept}" required></p>'
        for name, label, kind, kept in (
            ("name", "Name", "text", "name"),
            ("email", "Email", "email", "email"),
            ("address", "Address", "text", "street-address"),
        )
    )
    return frame.page(
        "Check out",
        f'<h1>Check out</h1>{note}<form class="checkout" method="post" action="/checkout">{fields}'
        '<p><button class="button" type="submit">Place order</button></p>'
        '<p class="small">This shop is a stage set: nothing is sold, nothing is kept.</p></form>',
    )


def thanks_page(frame: Frame) -> str:
    """What a buyer sees when the order is placed."""
    return frame.page(
        "Thank you",
        "<h1>Thank you</h1><p>Your order is placed. Put the water on.</p>"
        '<p><a class="button" href="/">Back to the shelf</a></p>',
    )


def missing_page(frame: Frame) -> str:
    """The page for an address the shop does not know."""
    return frame.page(
        "Not found",
        "<h1>There is no such page</h1><p>It may have been drunk already. "
        '<a href="/">Everything we have is on the shelf</a>.</p>',
    )


def _shelf(frame: Frame, products: Sequence[Product]) -> str:
    cards = "".join(
        f'<li><a class="card" href="/p/{product.slug}">'
        f'<img src="{frame.picture(product.slug)}" width="400" height="400" alt="" loading="lazy">'
        f'<span class="card-name">{escape(product.name)}</span>'
        f'<span class="card-price">{product.price}</span></a></li>'
        for product in products
    )
    return f'<ul class="shelf">{cards}</ul>'


def _review(review: Review) -> str:
    return (
        f'<figure class="review">{_stars(review.stars)}<blockquote>{escape(review.text)}'
        f"</blockquote><figcaption>{escape(review.author)}</figcaption></figure>"
    )


def _stars(stars: int) -> str:
    drawn = "★" * stars + "☆" * (5 - stars)
    return f'<span class="stars" role="img" aria-label="{stars} of 5 stars">{drawn}</span>'


def _in_cart(pieces: int) -> str:
    return f"In your cart: {pieces}" if pieces else ""


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _money(cents: int) -> str:
    return f"€{cents // 100}.{cents % 100:02d}"
