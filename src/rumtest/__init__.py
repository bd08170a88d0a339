"""Lab and field in one language: measure page views and compare two builds.

What stands in `__all__` is public:

- `read_run(folder)`: a run as it lies on disk, read back as one `Run`.
- `Verdict`: the four words a comparison may say.
- `__version__`: the version that made a run or a report.

Names load when they are first asked for, so that `import rumtest` stays cheap; `__init__.pyi`
tells type checkers what they are.
"""

from importlib import import_module

__all__ = ["Verdict", "__version__", "read_run"]

__version__ = "0.1.0"

# Looked up by name and not by an import statement, which would tie every room that asks for
# `rumtest.__version__` to the rooms that the public names come from.
_HOMES = {"Verdict": "rumtest.compare.model", "read_run": "rumtest.run.reader"}


def __getattr__(name: str) -> object:
    """The public name, from the module where it is defined."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(home), name)


def __dir__() -> list[str]:
    """The names that exist without loading anything, and those that load when asked for."""
    return sorted({*globals(), *__all__})
