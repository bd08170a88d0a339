"""The shop's pictures: SVG put together from outlines and colours."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

__all__ = ["draw", "draw_still_life", "padded"]

_OUTLINES = Path(__file__).with_name("drawings")
_NAMESPACE = 'xmlns="http://www.w3.org/2000/svg"'


@dataclass(frozen=True, slots=True)
class _Palette:
    """Wall and table behind the thing; the light and the dark end of its glaze."""

    wall: str
    table: str
    light: str
    dark: str


_PALETTES = {
    "teapot": _Palette("#ecdfcb", "#c9a883", "#6f8f86", "#2f4a45"),
    "kettle": _Palette("#cfdad3", "#8fa39a", "#d98d5f", "#8a4a2b"),
    "cups": _Palette("#ead9d2", "#bd9486", "#f1e7d8", "#8d5b4c"),
    "bowl": _Palette("#dfe2cd", "#a9ae84", "#7d8a5a", "#3d4a2f"),
    "caddy": _Palette("#d8d7e0", "#9f98b0", "#b5573a", "#6f2f20"),
    "whisk": _Palette("#e9e3ca", "#c2b283", "#e6d59c", "#b39a55"),
    "tray": _Palette("#e7dacd", "#a98767", "#c79a68", "#7a5233"),
    "strainer": _Palette("#d6dee2", "#8f9fa7", "#e3e9ec", "#7f8d95"),
}


@cache
def draw(slug: str) -> bytes:
    """The picture of one product, square."""
    palette = _PALETTES[slug]
    wall = _fade("wall", palette.wall, _mix(palette.wall, "#ffffff", 0.6), upwards=True)
    return (
        f'<svg {_NAMESPACE} viewBox="0 0 400 400" width="800" height="800"><defs>'
        f"{wall}{_gradients(slug)}</defs>"
        f'<path fill="url(#wall)" d="M0 0h400v400H0z"/>'
        f'<circle cx="200" cy="176" r="146" fill="#fff" opacity=".32"/>'
        f'<path fill="{palette.table}" d="M0 286h400v114H0z"/>'
        f'<path fill="#fff" opacity=".22" d="M0 286h400v3H0z"/>'
        f"{_specks(slug, (4, 290, 396, 396), 260, '#000', 0.1)}"
        f"{_standing(slug)}</svg>"
    ).encode()


@cache
def draw_still_life() -> bytes:
    """The home page's hero: a window, a table, and what stands on it; 8 to 5."""
    things = (("kettle", 90, 124, 1.7), ("caddy", 980, 270, 1.32), ("teapot", 560, 240, 1.75))
    small = (("cups", 980, 545, 1.15), ("bowl", 290, 500, 1.2))
    return (
        f'<svg {_NAMESPACE} viewBox="0 0 1600 1000" width="1600" height="1000"><defs>'
        f"{_fade('wall', '#d9dfd3', '#f3eee2', upwards=True)}"
        f"{_fade('table', '#b98e67', '#8f6845')}"
        f"{''.join(_gradients(slug) for slug, *_ in things + small)}</defs>"
        f'<path fill="url(#wall)" d="M0 0h1600v1000H0z"/>{_window()}'
        f'<path fill="url(#table)" d="M0 640h1600v360H0z"/>'
        f'<path fill="#fff" opacity=".3" d="M0 640h1600v5H0z"/>'
        f'<path fill="#fff4d6" opacity=".28" d="M560 645h250l330 355H700z"/>'
        f'<path fill="#fff4d6" opacity=".2" d="M860 645h190l420 355h-270z"/>'
        f"{_specks('still life', (10, 660, 1590, 990), 900, '#3b2415', 0.16)}"
        + "".join(
            f'<g transform="translate({x} {y}) scale({size})">{_standing(slug)}</g>'
            for slug, x, y, size in things + small
        )
        + "</svg>"
    ).encode()


def padded(svg: bytes, size: int) -> bytes:
    """The same picture weighing `size` bytes, or its own weight where that is more.

    The filler does not compress, since a weight that a server could squeeze out would not be one.
    """
    start, end = b"<!-- ", b" -->"
    missing = size - len(svg) - len(start) - len(end)
    if missing <= 0:
        return svg
    # Fixed seed: the same weight is the same file on every start and on both sides of a test.
    filler = Random(size).randbytes(missing // 2 + 1).hex().encode()[:missing]
    return svg + start + filler + end


def _standing(slug: str) -> str:
    outline = (_OUTLINES / f"{slug}.svg").read_text(encoding="utf-8").replace("\n", "")
    shadow = '<ellipse cx="206" cy="322" rx="132" ry="13" fill="#000" opacity=".2"/>'
    return shadow + outline.replace("url(#", f"url(#{slug}-")


def _gradients(slug: str) -> str:
    light, dark = _PALETTES[slug].light, _PALETTES[slug].dark
    return _fade(f"{slug}-body", light, dark) + _fade(
        f"{slug}-dark", dark, _mix(dark, light, 0.55)
    )


def _fade(name: str, start: str, end: str, *, upwards: bool = False) -> str:
    """A gradient from one colour to another, like light from the upper left unless upwards."""
    line = 'x1="0" y1="1" x2="0" y2="0"' if upwards else 'x1="0" y1="0" x2="1" y2="1"'
    return (
        f'<linearGradient id="{name}" {line}><stop stop-color="{start}"/>'
        f'<stop offset="1" stop-color="{end}"/></linearGradient>'
    )


def _mix(one: str, other: str, share: float) -> str:
    """The colour that lies that share of the way from one to the other."""
    pairs = ((int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _specks(
    seed: str, box: tuple[int, int, int, int], count: int, colour: str, opacity: float
) -> str:
    """Grain of the table. One path, since hundreds of shapes would delay a phone's paint."""
    draws = Random(seed)
    left, top, right, bottom = box
    marks = "".join(
        f"M{draws.randint(left, right)} {draws.randint(top, bottom)}h{draws.randint(1, 9)}"
        for _ in range(count)
    )
    return (
        f'<path d="{marks}" stroke="{colour}" stroke-opacity="{opacity}" stroke-width="1.5" '
        f'stroke-linecap="round" fill="none"/>'
    )


def _window() -> str:
    panes = "".join(
        f'<path fill="#fdf8ea" d="M{x} {y}h170v200H{x}z"/>' for x in (590, 780) for y in (60, 280)
    )
    return (
        f'<path fill="#fff" d="M566 36h408v468H566z"/>{panes}'
        f'<path fill="#cfd6c4" d="M540 504h460v22H540z"/>'
        f'<path fill="#7d8a5a" opacity=".5" d="M590 430c60-60 120-20 170-70v120H590z'
        f'M780 440c50-70 120-60 170-110v150H780z"/>'
        f'<path fill="#fff4d6" opacity=".35" d="M1010 60l330 560H1110L990 420z"/>'
    )
