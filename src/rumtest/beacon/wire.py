"""Headers and body → beacons or a refusal. Pure, and it never raises, whatever arrives.

Both the lab's own endpoint and the public receiver call `read`; what it answers is a status that
either can send as it stands.
"""

import json
import zlib
from typing import Any, Final

import msgspec

from rumtest.beacon.model import VERSION, Beacon
from rumtest.beacon.reading import Wrong, read_beacon

__all__ = ["MOST_BEACONS", "MOST_INFLATED", "MOST_SENT", "Accepted", "Refusal", "read"]

# `sendBeacon` takes 64 KiB at most, so nothing honest is larger.
MOST_SENT: Final = 64 * 1024
# Beacons shrink to a fifth; four times leaves room, and a zip bomb stays small.
MOST_INFLATED: Final = 256 * 1024
MOST_BEACONS: Final = 20

GZIP: Final = b"\x1f\x8b"
# zlib's window for a gzip header and trailer.
GZIP_WINDOW: Final = 16 + zlib.MAX_WBITS


class Accepted(msgspec.Struct, frozen=True, kw_only=True):
    """What of a body may be kept. `refused` counts its bad lines and `reasons` says why, in order.

    `dropped` counts fields and entries left out of the beacons, `dropped_each` beacon by beacon.
    """

    beacons: tuple[Beacon, ...]
    refused: int = 0
    dropped: int = 0
    dropped_each: tuple[int, ...] = ()
    reasons: tuple[str, ...] = ()


class Refusal(msgspec.Struct, frozen=True, kw_only=True):
    """Nothing of a body may be kept: the HTTP status, and a reason that names fields only."""

    status: int
    reason: str


class _Refused(Exception):  # noqa: N818
    def __init__(self, status: int, reason: str) -> None:
        self.refusal = Refusal(status=status, reason=reason)
        super().__init__(reason)


def read(body: bytes, *, content_encoding: str | None = None) -> Accepted | Refusal:
    """The beacons of a request's body, one a line; bad lines are counted beside good ones."""
    try:
        lines = _lines(_plain(body, content_encoding))
    except _Refused as refused:
        return refused.refusal
    beacons: list[Beacon] = []
    dropped: list[int] = []
    refusals: list[Refusal] = []
    for line in lines:
        try:
            beacon, count = _read_line(line)
        except _Refused as refused:
            refusals.append(refused.refusal)
        else:
            beacons.append(beacon)
            dropped.append(count)
    if not beacons:
        return refusals[0]
    return Accepted(
        beacons=tuple(beacons),
        refused=len(refusals),
        dropped=sum(dropped),
        dropped_each=tuple(dropped),
        reasons=tuple(refusal.reason for refusal in refusals),
    )


def _plain(body: bytes, content_encoding: str | None) -> bytes:
    """The body without its compression, which its first two bytes tell as well as a header."""
    encoding = (content_encoding or "identity").strip().lower()
    if encoding not in ("identity", "gzip", "x-gzip", ""):
        raise _Refused(415, "content-encoding: only gzip and identity are read")
    if len(body) > MOST_SENT:
        raise _Refused(413, f"body: more than {MOST_SENT} bytes")
    zipped = body.startswith(GZIP)
    if not zipped:
        if "gzip" in encoding:
            raise _Refused(400, "body: not gzip, as the content-encoding says")
        return body
    return _inflate(body)


def _inflate(body: bytes) -> bytes:
    inflater = zlib.decompressobj(GZIP_WINDOW)
    try:
        plain = inflater.decompress(body, MOST_INFLATED + 1)
    except zlib.error:
        raise _Refused(400, "body: damaged gzip") from None
    if len(plain) > MOST_INFLATED:
        raise _Refused(413, f"body: more than {MOST_INFLATED} bytes when inflated")
    if not inflater.eof or inflater.unused_data:
        raise _Refused(400, "body: damaged gzip")
    return plain


def _lines(body: bytes) -> list[bytes]:
    lines = [line for line in body.split(b"\n") if line.strip()]
    if not lines:
        raise _Refused(400, "body: empty")
    if len(lines) > MOST_BEACONS:
        raise _Refused(413, f"body: more than {MOST_BEACONS} beacons")
    return lines


def _read_line(line: bytes) -> tuple[Beacon, int]:
    raw = _decode(line)
    if type(raw) is dict and type(version := raw.get("beacon")) is int and version != VERSION:
        raise _Refused(422, f"beacon: this version is not known, {VERSION} is")
    try:
        return read_beacon(raw)
    except Wrong as wrong:
        raise _Refused(400, str(wrong)) from None


def _decode(line: bytes) -> Any:
    try:
        return msgspec.json.decode(line)
    except (ValueError, RecursionError):
        pass
    try:
        # Half a character or a number beyond all range spoils its field alone, not the beacon:
        # msgspec refuses both, the standard library reads them, and the field's type says no.
        return json.loads(line.decode())
    # Deep nesting ends in RecursionError, broken UTF-8 in a ValueError.
    except (ValueError, RecursionError):
        raise _Refused(400, "body: not JSON") from None
