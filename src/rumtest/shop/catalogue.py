"""What the shop sells, what people wrote about it, and how a search finds it."""

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["PRODUCTS", "Product", "Review", "find_product", "related_to", "search"]


@dataclass(frozen=True, slots=True)
class Review:
    """What one buyer thought: 1 to 5 stars, and why."""

    author: str
    stars: int
    text: str


@dataclass(frozen=True, slots=True)
class Product:
    """One thing on the shelf. `cents` is its price; its picture is `drawing.draw(slug)`."""

    slug: str
    name: str
    cents: int
    line: str
    story: str
    facts: tuple[str, ...]
    reviews: tuple[Review, ...]

    @property
    def price(self) -> str:
        """The price for people."""
        return f"€{self.cents // 100}.{self.cents % 100:02d}"

    @property
    def stars(self) -> float:
        """The mean of its reviews' stars."""
        return sum(review.stars for review in self.reviews) / len(self.reviews)


PRODUCTS: Sequence[Product] = (
    Product(
        slug="teapot",
        name="Stoneware teapot",
        cents=6400,
        line="Round, heavy at the base, and it does not drip.",
        story=(
            "Thrown in one piece and fired twice. The wide belly gives leaves the room they ask "
            "for, and the spout is cut so that the last drop goes back where it came from."
        ),
        facts=("Holds 0.8 litres", "Stoneware, matt glaze", "Safe in the dishwasher"),
        reviews=(
            Review("Inga", 5, "It really does not drip. I poured it badly on purpose."),
            Review("Tomasz", 5, "Warm for an hour. The lid sits like it was poured in place."),
            Review("Farida", 4, "Lovely glaze. A little heavy when full."),
        ),
    ),
    Product(
        slug="kettle",
        name="Copper kettle",
        cents=11900,
        line="Boils quickly and tells you so quietly.",
        story=(
            "Spun from a single sheet of copper and tinned by hand inside. The handle stays cool, "
            "the whistle is a low note that nobody minds at six in the morning."
        ),
        facts=("Holds 1.2 litres", "Copper, tin lining", "For gas and electric hobs"),
        reviews=(
            Review("Jun", 5, "A quiet whistle. My neighbours and I are friends again."),
            Review("Marit", 4, "It needs polish now and then, and it earns it."),
        ),
    ),
    Product(
        slug="cups",
        name="Pair of cups",
        cents=3200,
        line="No handle, thin lip, made to be held.",
        story=(
            "Two cups from the same clay, glazed a shade apart so that you know which is yours. "
            "If the cup is too hot to hold, the tea is too hot to drink."
        ),
        facts=("Two cups of 0.18 litres", "Stoneware", "Made to be stacked"),
        reviews=(
            Review("Oskar", 5, "The lip is the whole point. Thin as a leaf."),
            Review("Leila", 5, "Bought a pair, came back for two more."),
            Review("Ruth", 4, "Smaller than I thought, and better for it."),
        ),
    ),
    Product(
        slug="bowl",
        name="Matcha bowl",
        cents=4800,
        line="Wide enough to whisk in, deep enough to hide in.",
        story=(
            "The inside curves without a corner, so the whisk never finds a place to get stuck. "
            "The foot is left unglazed and sits still on wet wood."
        ),
        facts=("12 cm across", "Stoneware, moss glaze", "Wash by hand"),
        reviews=(
            Review("Sanne", 5, "Foam every time. I blame the bowl, not my wrist."),
            Review("Emeka", 4, "The green is darker than in the picture, which I like."),
        ),
    ),
    Product(
        slug="caddy",
        name="Tea caddy",
        cents=2700,
        line="Keeps out light, air and curious cats.",
        story=(
            "A tin with two lids: the inner one seals, the outer one closes by its own weight in "
            "about five seconds. Watch it once and you will buy more tea than you need."
        ),
        facts=("Holds 150 g of leaves", "Tinplate, paper wrap", "Two lids"),
        reviews=(
            Review("Hugo", 5, "The slow lid. I show it to guests."),
            Review("Aylin", 5, "Tea from spring still smells of spring."),
        ),
    ),
    Product(
        slug="whisk",
        name="Bamboo whisk",
        cents=1900,
        line="Eighty tines, split from one piece.",
        story=(
            "Cut from a single stalk, eighty tines curled inwards by steam. Soak it for a minute "
            "before you whisk your matcha and it will last for years."
        ),
        facts=("Eighty tines", "Bamboo", "Comes with a stand"),
        reviews=(
            Review("Noor", 4, "Softer than my old one, and the foam is finer."),
            Review("Pieter", 5, "Looks fragile, is not."),
        ),
    ),
    Product(
        slug="tray",
        name="Oak tray",
        cents=5600,
        line="Carries four cups and a long conversation.",
        story=(
            "Oiled oak with a rim you can hold with one hand. The grain runs along its length, so "
            "a spilled drop finds its own way to the edge."
        ),
        facts=("46 × 24 cm", "Oak, oiled", "Wipe, do not soak"),
        reviews=(
            Review("Bea", 5, "Survived three children and one dog."),
            Review("Ivan", 4, "Heavier than it looks. Very steady."),
        ),
    ),
    Product(
        slug="strainer",
        name="Fine strainer",
        cents=1400,
        line="Catches what the pot lets through.",
        story=(
            "A double mesh of steel, fine enough for broken leaf. It rests across any cup and has "
            "a dish of its own for the last drips."
        ),
        facts=("Fits cups of 5 to 11 cm", "Stainless steel", "Safe in the dishwasher"),
        reviews=(Review("Mei", 5, "Nothing gets past it. Nothing."),),
    ),
)

_BY_SLUG = {product.slug: product for product in PRODUCTS}


def find_product(slug: str) -> Product | None:
    """The product of that slug; None when the shop does not have it."""
    return _BY_SLUG.get(slug)


def search(query: str) -> tuple[Product, ...]:
    """The products whose words contain every word of the query, in the order of the shelf."""
    words = query.casefold().split()
    if not words:
        return ()
    return tuple(
        product
        for product in PRODUCTS
        if all(word in _text_of(product).casefold() for word in words)
    )


def related_to(product: Product, *, count: int = 4) -> tuple[Product, ...]:
    """The next products on the shelf, from the beginning again at its end."""
    at = PRODUCTS.index(product)
    return tuple(PRODUCTS[(at + step) % len(PRODUCTS)] for step in range(1, count + 1))


def _text_of(product: Product) -> str:
    return " ".join((product.name, product.line, product.story, *product.facts))
