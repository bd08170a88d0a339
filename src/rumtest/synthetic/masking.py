"""Keeps the values of secrets out of every text that leaves the measuring process."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from rumtest.scenario.variables import mask

__all__ = ["Mask", "make_mask", "mask_strings"]

Mask = Callable[[str], str]


def make_mask(names: Iterable[str], environ: Mapping[str, str]) -> Mask:
    """A function that hides the values which these variables have in the environment."""
    hidden = [environ[name] for name in names if environ.get(name)]
    return (lambda text: mask(text, hidden)) if hidden else (lambda text: text)


def mask_strings(value: Any, hide: Mask, *, leave: frozenset[str]) -> Any:
    """The JSON value with every string in it masked but those under the keys in `leave`."""
    if isinstance(value, str):
        return hide(value)
    if isinstance(value, list):
        return [mask_strings(item, hide, leave=leave) for item in value]
    if isinstance(value, dict):
        return {
            key: item if key in leave else mask_strings(item, hide, leave=leave)
            for key, item in value.items()
        }
    return value
