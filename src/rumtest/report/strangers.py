"""A stranger's text made fit to show.

Nothing invisible, nothing that reorders its neighbours, never too long.
"""

import unicodedata

__all__ = ["LONGEST", "clean", "cut_middle"]

# The full text that a title and the JSON may carry.
LONGEST = 300
# Marks that pile up on one letter grow out of their line; no script we know needs more than this
# on one.
MARKS_A_LETTER = 2


def clean(text: str, longest: int = LONGEST) -> str:
    """The text on one line, without control, bidirectional or private characters, cut to fit."""
    kept: list[str] = []
    marks = 0
    for character in text[: longest * 8]:
        category = unicodedata.category(character)
        if category in ("Mn", "Me", "Mc"):
            marks += 1
            if marks > MARKS_A_LETTER:
                continue
        else:
            marks = 0
        if category.startswith("Z") or character in "\t\n\r\v\f":
            kept.append(" ")
        elif not category.startswith("C"):
            kept.append(character)
    return cut_middle(" ".join("".join(kept).split()), longest)


def cut_middle(text: str, longest: int) -> str:
    """The text, or its two ends around an ellipsis when it is longer."""
    if len(text) <= longest:
        return text
    tail = (longest - 1) // 2
    return f"{text[: longest - 1 - tail]}…{text[len(text) - tail :]}"
