"""Variables in text: what stands in `${…}`, what fills it while a load runs, what hides it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol
from urllib.parse import quote, quote_plus

from rumtest.errors import UsageError
from rumtest.scenario.model import DataSource

__all__ = [
    "MASK",
    "Draw",
    "Reference",
    "fill_in",
    "mask",
    "references",
    "row_values",
    "secret_values",
]

MASK: Final = "***"
VARIABLE: Final = re.compile(r"\$\{([^}]*)\}")


class Draw(Protocol):
    """The one thing asked of a random generator; numpy's Generator has it."""

    def integers(self, high: int, /) -> int:
        """A whole number from 0 to high − 1."""
        ...


@dataclass(frozen=True, slots=True)
class Reference:
    """One `${…}` of a text: what stands in the braces, and where it begins and ends."""

    inner: str
    start: int
    end: int


def references(text: str) -> Iterator[Reference]:
    """Every `${…}` of the text in order; one that is not closed is empty and ends the text."""
    position = text.find("${")
    while position >= 0:
        match = VARIABLE.match(text, position)
        if match is None:
            yield Reference("", position, len(text))
            return
        yield Reference(match.group(1), match.start(), match.end())
        position = text.find("${", match.end())


def fill_in(text: str, values: Mapping[str, str]) -> str:
    """The text with every `${name}` replaced; values are put in as they are, never read again.

    `values` holds `product`, `user.email`, `secret.NAME`. A name that is missing is a KeyError:
    the loader has refused such a scenario.
    """
    return VARIABLE.sub(lambda match: values[match.group(1).strip()], text)


def row_values(sources: Sequence[DataSource], *, pair: int, rng: Draw) -> dict[str, str]:
    """The row of every source for one pair, as `user.email` and `product`.

    `take: cycle` goes by the pair's number, `take: random` draws once a source. Both arms of a
    pair must get the same row: call this once a pair, or hand in a generator seeded by the pair.
    """
    values: dict[str, str] = {}
    for source in sources:
        count = len(source.rows)
        row = source.rows[pair % count if source.take == "cycle" else int(rng.integers(count))]
        for column, value in row.items():
            values[f"{source.name}.{column}" if column else source.name] = value
    return values


def secret_values(names: Iterable[str], environ: Mapping[str, str]) -> dict[str, str]:
    """The secrets of the environment as `secret.NAME`; UsageError names those that are not set."""
    wanted = tuple(names)
    missing = [name for name in wanted if not environ.get(name)]
    if missing:
        raise UsageError(
            f"The environment does not hold {', '.join(missing)}, a secret of the scenario.",
            "Set it, or take it out of `secrets`.",
        )
    return {f"secret.{name}": environ[name] for name in wanted}


def mask(text: str, secrets: Iterable[str]) -> str:
    """The text with every secret value replaced by `***`, also where it is escaped for a URL."""
    covered = sorted(
        span for secret in secrets for form in _forms(secret) for span in _spans(text, form)
    )
    parts: list[str] = []
    position = 0
    for start, end in covered:
        if start >= position:
            parts += (text[position:start], MASK)
        position = max(position, end)
    return "".join((*parts, text[position:]))


def _forms(secret: str) -> set[str]:
    # A lone surrogate cannot be escaped for a URL, so it has only its own form.
    escaped = secret.encode("utf-8", "replace")
    return {secret, quote(escaped, safe=""), quote(escaped), quote_plus(escaped)} - {""}


def _spans(text: str, form: str) -> Iterator[tuple[int, int]]:
    position = text.find(form)
    while position >= 0:
        yield position, position + len(form)
        position = text.find(form, position + 1)
