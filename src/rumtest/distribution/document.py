"""A histogram as a JSON document, and back; a reader of format n also accepts n - 1."""

import itertools
from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from rumtest.distribution.buckets import BUCKETS, SCHEME
from rumtest.distribution.histogram import MOST_RAW_VALUES, Histogram

__all__ = ["FORMAT", "from_document", "to_document"]

FORMAT: Final = 1

_COUNTED: Final = ("good", "poor", "sessions")
_SUMMED: Final = ("w", "ww", "mm", "mb", "bb", "at")


def to_document(histogram: Histogram) -> dict[str, Any]:
    """The histogram as plain JSON values; what is not known is left out."""
    document: dict[str, Any] = {
        "format": FORMAT,
        "scheme": SCHEME,
        "buckets": histogram.buckets.tolist(),
        "counts": [_shortest(count) for count in histogram.counts.tolist()],
        "n": histogram.n,
    }
    for name in (*_COUNTED, *_SUMMED):
        value = getattr(histogram, name)
        if value is not None:
            document[name] = _shortest(value)
    if histogram.values is not None:
        document["values"] = list(histogram.values)
    return document


def from_document(document: Mapping[str, Any]) -> Histogram:
    """The histogram that was written; ValueError says what is wrong with a damaged document."""
    if document.get("format") != FORMAT:
        raise ValueError(f"histogram format {document.get('format')!r} is not {FORMAT}")
    if document.get("scheme") != SCHEME:
        raise ValueError(f"bucket scheme {document.get('scheme')!r} is not {SCHEME!r}")
    unknown = set(document) - {"format", "scheme", "buckets", "counts", "n", "values"}
    unknown -= {*_COUNTED, *_SUMMED}
    if unknown:
        raise ValueError(f"{min(unknown)!r} is not a field of a histogram")
    n = _whole(document.get("n"), "n")
    buckets = [_whole(index, "buckets") for index in _list(document, "buckets")]
    counts = [_number(count, "counts") for count in _list(document, "counts")]
    _refuse_bad_counts(buckets, counts, n=n, weighted="w" in document)
    return Histogram(
        np.array(buckets, dtype=np.uint16),
        np.array(counts, dtype=np.float64),
        n,
        values=_values(document, n),
        **_known(document),
    )


def _known(document: Mapping[str, Any]) -> dict[str, Any]:
    counted = {name: _whole(document[name], name) for name in _COUNTED if name in document}
    summed = {name: _number(document[name], name) for name in _SUMMED if name in document}
    return counted | summed


def _refuse_bad_counts(buckets: list[int], counts: list[float], *, n: int, weighted: bool) -> None:
    if len(buckets) != len(counts):
        raise ValueError(f"{len(buckets)} buckets but {len(counts)} counts")
    if any(left >= right for left, right in itertools.pairwise(buckets)):
        raise ValueError("buckets must ascend")
    if buckets and buckets[-1] >= BUCKETS:
        raise ValueError(f"bucket {buckets[-1]} does not exist; the last is {BUCKETS - 1}")
    if any(count == 0 for count in counts):
        raise ValueError("a bucket that was not hit must be left out")
    if not weighted and sum(counts) != n:
        raise ValueError(f"counts add up to {sum(counts):g}, but n is {n}")


def _values(document: Mapping[str, Any], n: int) -> tuple[float, ...] | None:
    if "values" not in document:
        return None
    values = tuple(_number(value, "values") for value in _list(document, "values"))
    if len(values) != n or n > MOST_RAW_VALUES:
        raise ValueError(
            f"{len(values)} raw values of {n}; all are kept or none, {MOST_RAW_VALUES} at most"
        )
    return values


def _list(document: Mapping[str, Any], name: str) -> list[Any]:
    value = document.get(name)
    if not isinstance(value, list):
        raise ValueError(f"`{name}` is {value!r}, not a list")  # noqa: TRY004  (a damaged document)
    return value


def _number(value: object, name: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < np.inf:
        raise ValueError(f"`{name}` holds {value!r}, not a number of at least 0")
    return float(value)


def _whole(value: object, name: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError(f"`{name}` holds {value!r}, not a whole number of at least 0")
    return value


def _shortest(value: float) -> float:
    """Whole counts without a fraction: half the bytes, and they read as what they are."""
    return int(value) if float(value).is_integer() else value
