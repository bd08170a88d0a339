"""The shop's pictures."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumtest.shop.catalogue import PRODUCTS
from rumtest.shop.drawing import draw, draw_still_life, padded

# Below this many bits a shown pixel Chromium takes an image for a placeholder, and no
# largest contentful paint (the entropy rule of Largest Contentful Paint).
LEAST_BITS_A_PIXEL = 0.05

# CSS pixels of the hero on the widest layout: half of 76 rem, square.
WIDEST_HERO = 584 * 584


@pytest.mark.parametrize("slug", [product.slug for product in PRODUCTS])
def test_every_product_has_a_picture_of_its_own(slug: str) -> None:
    picture = ElementTree.fromstring(draw(slug))

    assert picture.tag.endswith("svg")
    assert sum(draw(slug) == draw(product.slug) for product in PRODUCTS) == 1


@given(st.integers(0, 200_000))
def test_a_padded_picture_weighs_what_was_asked_or_its_own_weight(size: int) -> None:
    own = draw("teapot")

    heavy = padded(own, size)

    assert len(heavy) == size or (heavy == own and size <= len(own) + len(b"<!--  -->"))


@given(st.integers(0, 50_000))
def test_a_padded_picture_is_still_a_picture(size: int) -> None:
    picture = ElementTree.fromstring(padded(draw_still_life(), size))

    assert picture.get("viewBox") == "0 0 1600 1000"


def test_the_same_weight_is_the_same_file() -> None:
    assert padded(draw("whisk"), 90_000) == padded(draw("whisk"), 90_000)


@pytest.mark.parametrize("slug", [product.slug for product in PRODUCTS])
def test_even_an_unpadded_hero_counts_as_content(slug: str) -> None:
    assert len(draw(slug)) * 8 / WIDEST_HERO > LEAST_BITS_A_PIXEL
