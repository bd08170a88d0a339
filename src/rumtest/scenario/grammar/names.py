"""Names: of scenarios, journeys and steps, of apps, and tags."""

import re
from typing import Final

from rumtest.scenario.sheet import is_printable

__all__ = ["LONGEST_NAME", "NAME_PATTERN", "app_mistake", "name_mistake", "tag_mistake"]

# Names become parts of test names, file names and headings.
LONGEST_NAME: Final = 100
NAME_PATTERN: Final = r"[^\s](?:[^\r\n\t]*[^\s])?"


def name_mistake(text: str) -> str | None:
    """What is wrong with a name: it is one printable line without blanks at its ends."""
    if is_printable(text) and text == text.strip():
        return None
    return f"{text!r} is not a name: one line of printable text without blanks at its ends"


def app_mistake(text: str) -> str | None:
    """What is wrong with the name of an app: it stands in addresses and folder names."""
    if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,39}", text):
        return None
    return f"'{text}' is not an app's name: up to 40 letters, digits, `.`, `-` or `_`"


def tag_mistake(text: str) -> str | None:
    """What is wrong with a tag: it is one word, so that it can be typed behind `--tag`."""
    return None if re.fullmatch(r"[\w.-]+", text) else f"'{text}' is not a tag: one word"
