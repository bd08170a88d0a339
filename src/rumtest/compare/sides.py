"""One arm's loads with the two values that are shown of them."""

from rumtest.compare.model import Side
from rumtest.compare.statistics import median, quantile_of_values

__all__ = ["side_of"]


def side_of(values: tuple[float, ...]) -> Side:
    """The loads in order with their median and p75, which no decision uses."""
    if not values:
        return Side((), None, None)
    return Side(values, median(values), quantile_of_values(values, 0.75))
