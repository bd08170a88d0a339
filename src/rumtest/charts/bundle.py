"""The built script and style sheet of our pages, with the hashes that a policy names."""

import base64
import hashlib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from rumtest.errors import MachineError

__all__ = ["Bundle", "bundle_of", "read_bundle", "report_bundle"]


@dataclass(frozen=True, slots=True)
class Bundle:
    """Script and style ready to stand inside a page, and their `sha256-…` sources."""

    script: str
    style: str
    script_hash: str
    style_hash: str


def bundle_of(script: str, style: str) -> Bundle:
    """A bundle of these two texts.

    What could end their elements early is escaped before hashing.
    """
    # In JavaScript `\/` in a string or a regular expression is `/`; our code has no `</`
    # elsewhere. In CSS a
    # string takes the same escape.
    script = script.replace("</script", "<\\/script").replace("<!--", "<\\!--")
    style = style.replace("</style", "<\\/style")
    return Bundle(script, style, _source_of(script), _source_of(style))


@lru_cache(maxsize=1)
def report_bundle() -> Bundle:
    """The report's bundle as it was built with the package."""
    return read_bundle(files("rumtest") / "_built")


def read_bundle(folder: Traversable) -> Bundle:
    """The report's bundle of that folder; a MachineError names the cure when it is missing."""
    texts = []
    for file in ("report.js", "report.css"):
        path = folder / file
        if not path.is_file():
            raise MachineError(
                f"The charts are not built: {file} is missing from rumtest/_built.",
                "Run `make bundle` in the checkout, or install rumtest anew.",
            )
        texts.append(path.read_text(encoding="utf-8"))
    return bundle_of(*texts)


def _source_of(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"
