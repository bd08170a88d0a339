"""The shop's style, script and icon: files, each under an address that names its content."""

from dataclasses import dataclass
from functools import cache
from hashlib import blake2s
from pathlib import Path

__all__ = ["Asset", "address_of", "find_asset"]

_FOLDER = Path(__file__).with_name("static")
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is sent: its bytes and their type."""

    body: bytes
    content_type: str


def address_of(name: str) -> str:
    """The address of the asset of that file name; other bytes would have another address."""
    digest = blake2s(_read(name).body, digest_size=5).hexdigest()
    return f"/assets/{digest}/{name}"


def find_asset(path: str) -> Asset | None:
    """The asset at that address; None where no asset stands there."""
    name = path.rpartition("/")[2]
    if name not in _names() or address_of(name) != path:
        return None
    return _read(name)


@cache
def _names() -> frozenset[str]:
    # Asked for by name and never by path, so that no request can reach outside the folder.
    return frozenset(file.name for file in _FOLDER.iterdir())


@cache
def _read(name: str) -> Asset:
    file = _FOLDER / name
    return Asset(file.read_bytes(), _TYPES[file.suffix])
