"""The tokens of style.css: readable everywhere, and told apart by every kind of sight."""

import itertools
import re
from importlib.resources import files

import numpy as np
import pytest
from numpy.typing import NDArray

Colour = NDArray[np.float64]
TOKEN = re.compile(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);")
VERDICTS = ("worse", "better", "open", "same")
THEMES = ("light", "dark")
# Machado, Oliveira & Fernandes 2009, severity 1.0; applied to linear RGB.
SIGHT = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
# sRGB to XYZ under D65, and its white, for CIELAB.
TO_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
WHITE = np.array([0.95047, 1.0, 1.08883])


def tokens() -> dict[str, tuple[Colour, Colour]]:
    style = (files("rumtest.charts") / "style.css").read_text(encoding="utf-8")
    return {name: (linear(light), linear(dark)) for name, light, dark in TOKEN.findall(style)}


def linear(code: str) -> Colour:
    values = np.array([int(code[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def contrast(one: Colour, other: Colour) -> float:
    """WCAG 2.2, from relative luminance."""
    weights = np.array([0.2126, 0.7152, 0.0722])
    low, high = sorted((float(one @ weights), float(other @ weights)))
    return (high + 0.05) / (low + 0.05)


def lab(colour: Colour) -> Colour:
    x, y, z = (
        np.cbrt(value) if value > 216 / 24389 else (24389 / 27 * value + 16) / 116
        for value in TO_XYZ @ colour / WHITE
    )
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def seen(colour: Colour, sight: str) -> Colour:
    return np.asarray(np.clip(SIGHT[sight] @ colour, 0, 1))


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("verdict", VERDICTS)
def test_a_verdicts_word_is_readable_on_its_card_and_on_its_tint(theme: str, verdict: str) -> None:
    colours, at = tokens(), THEMES.index(theme)

    grounds = ("card", "paper", f"{verdict}-tint")

    for ground in grounds:
        assert contrast(colours[verdict][at], colours[ground][at]) >= 4.5, ground


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ink", ["ink", "ink-2", "ink-3"])
def test_text_is_readable_on_every_ground_it_stands_on(theme: str, ink: str) -> None:
    colours, at = tokens(), THEMES.index(theme)

    grounds = ("card", "paper", "sunk", "zone")

    for ground in grounds:
        assert contrast(colours[ink][at], colours[ground][at]) >= 4.5, ground


@pytest.mark.parametrize("theme", THEMES)
def test_marks_and_focus_stand_out_from_their_ground(theme: str) -> None:
    colours, at = tokens(), THEMES.index(theme)

    for mark, ground in itertools.product(("base-mark", "focus"), ("card", "paper")):
        assert contrast(colours[mark][at], colours[ground][at]) >= 3.0, (mark, ground)


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize(("theme", "least"), [("light", 17), ("dark", 23)])
def test_verdict_colours_differ_for_every_kind_of_sight(
    theme: str, least: float, sight: str
) -> None:
    colours, at = tokens(), THEMES.index(theme)
    pairs = itertools.combinations(VERDICTS, 2)

    distances = {
        (one, other): float(
            np.linalg.norm(
                lab(seen(colours[one][at], sight)) - lab(seen(colours[other][at], sight))
            )
        )
        for one, other in pairs
    }

    # The contract gives the least distances in whole units.
    assert round(min(distances.values())) >= least, distances
