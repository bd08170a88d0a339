"""Reading scenarios: the only room that knows YAML, strict, with the place of every mistake."""

from rumtest.scenario.loader.files import load, load_all, sniff
from rumtest.scenario.warnings import warnings

__all__ = ["load", "load_all", "sniff", "warnings"]
