"""Sentences as spans.

What is said, and which words of it are emphasised, code, or a stranger's name.
"""

from dataclasses import dataclass
from typing import Literal

__all__ = ["Sentence", "Span", "code", "join", "name", "plain", "sentence", "strong"]


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text of one kind.

    `name` is a stranger's word: each renderer isolates, cuts and escapes it.
    """

    text: str
    kind: Literal["text", "strong", "code", "name"] = "text"


Sentence = tuple[Span, ...]


def strong(text: str) -> Span:
    """A number or word that carries the sentence."""
    return Span(text, "strong")


def code(text: str) -> Span:
    """Something to type or to find in a file."""
    return Span(text, "code")


def name(text: str) -> Span:
    """A name given by the site or by a visitor."""
    return Span(text, "name")


def sentence(*parts: str | Span | Sentence) -> Sentence:
    """One sentence of the parts in order; bare strings become plain text, empty ones vanish."""
    spans: list[Span] = []
    for part in parts:
        if isinstance(part, str):
            spans.append(Span(part))
        elif isinstance(part, Span):
            spans.append(part)
        else:
            spans.extend(part)
    return tuple(span for span in spans if span.text)


def join(sentences: tuple[Sentence, ...] | list[Sentence], between: str = " ") -> Sentence:
    """The sentences behind one another; empty ones leave no gap."""
    kept = [part for part in sentences if part]
    joined: list[Span] = []
    for index, part in enumerate(kept):
        if index:
            joined.append(Span(between))
        joined.extend(part)
    return tuple(joined)


def plain(parts: Sentence) -> str:
    """The sentence without emphasis, for labels and plain text."""
    return "".join(span.text for span in parts)
