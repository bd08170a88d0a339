"""What a body becomes: beacons, or a refusal with its status, and never an exception."""

import gzip
import json
import zlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumtest.beacon import wire
from rumtest.beacon.model import to_json
from rumtest.beacon.wire import Accepted, Refusal
from tests.support.beacon import SMALLEST, beacons, body, json_values


def accepted(sent: bytes, **more: Any) -> Accepted:
    result = wire.read(sent, **more)
    assert isinstance(result, Accepted), result
    return result


def refused(sent: bytes, **more: Any) -> Refusal:
    result = wire.read(sent, **more)
    assert isinstance(result, Refusal), result
    return result


@given(st.binary(max_size=2000))
def test_any_bytes_are_answered(sent: bytes) -> None:
    assert isinstance(wire.read(sent), Accepted | Refusal)


@given(st.binary(max_size=500))
def test_any_bytes_that_claim_to_be_gzip_are_answered(sent: bytes) -> None:
    assert isinstance(wire.read(b"\x1f\x8b" + sent), Accepted | Refusal)


@given(json_values())
def test_any_json_is_answered(value: Any) -> None:
    assert isinstance(wire.read(json.dumps(value).encode()), Accepted | Refusal)


@given(st.dictionaries(st.sampled_from([*SMALLEST, "lab", "metrics", "errors"]), json_values()))
def test_a_beacon_with_any_values_in_its_fields_is_answered(changes: dict[str, Any]) -> None:
    assert isinstance(wire.read(body(**changes)), Accepted | Refusal)


@given(beacons())
def test_a_right_beacon_is_kept_whole(value: Any) -> None:
    result = accepted(json.dumps(value).encode())

    assert (result.refused, result.dropped) == (0, 0)


@given(beacons())
def test_what_was_read_is_written_and_read_as_the_same(value: Any) -> None:
    first = accepted(json.dumps(value).encode()).beacons[0]

    written = to_json(first)

    assert accepted(written).beacons == (first,)
    assert to_json(accepted(written).beacons[0]) == written


@given(
    st.dictionaries(st.sampled_from(["metrics", "errors", "timings", "context"]), json_values())
)
def test_what_was_dropped_is_not_dropped_again(changes: dict[str, Any]) -> None:
    first = accepted(body(**changes)).beacons[0]

    again = accepted(to_json(first))

    assert again.dropped == 0
    assert again.beacons == (first,)


def test_several_beacons_come_one_a_line() -> None:
    result = accepted(body(n=1) + b"\n" + body(n=2) + b"\r\n\n")

    assert [beacon.n for beacon in result.beacons] == [1, 2]


def test_a_bad_line_is_counted_beside_good_ones() -> None:
    result = accepted(body(n=1) + b"\n" + body(app=7) + b"\n" + body(n=2))

    assert [beacon.n for beacon in result.beacons] == [1, 2]
    assert (result.refused, result.reasons) == (1, ("app: text is expected",))


def test_dropped_entries_are_counted_by_beacon() -> None:
    result = accepted(body() + b"\n" + body(language=5, unheard=1))

    assert (result.dropped, result.dropped_each) == (2, (0, 2))


def test_a_gzipped_body_is_known_by_its_first_bytes() -> None:
    assert accepted(gzip.compress(body())).beacons == accepted(body()).beacons


@pytest.mark.parametrize("encoding", ["gzip", "GZIP", " gzip "])
def test_a_gzipped_body_may_say_so(encoding: str) -> None:
    assert accepted(gzip.compress(body()), content_encoding=encoding).beacons


@pytest.mark.parametrize("encoding", ["br", "deflate", "zstd", "gzip, gzip"])
def test_another_encoding_is_refused(encoding: str) -> None:
    assert refused(body(), content_encoding=encoding).status == 415


def test_a_body_that_is_not_the_gzip_it_claims_is_refused() -> None:
    assert refused(body(), content_encoding="gzip").status == 400


@pytest.mark.parametrize("sent", [b"", b"\n \n", b"{", b"null", b"[]", b'"x"', b"\xff\xfe", b"7"])
def test_what_is_no_object_is_refused(sent: bytes) -> None:
    assert refused(sent).status == 400


def test_a_body_over_64_kib_is_refused() -> None:
    assert refused(body() + b" " * wire.MOST_SENT).status == 413


def test_a_zip_bomb_is_refused_without_being_inflated() -> None:
    # 100 MB of spaces in 100 kB would be refused by its size: this one is under 64 KiB.
    bomb = gzip.compress(b" " * 50_000_000)
    assert len(bomb) < wire.MOST_SENT

    assert refused(bomb).status == 413


def test_exactly_256_kib_inflated_are_taken() -> None:
    padded = body().ljust(wire.MOST_INFLATED)

    assert accepted(gzip.compress(padded)).beacons
    assert refused(gzip.compress(padded + b" ")).status == 413


@pytest.mark.parametrize(
    "damaged",
    [gzip.compress(body())[:-1], gzip.compress(body()) + b"x", b"\x1f\x8b" + zlib.compress(b"")],
    ids=["cut", "more behind", "no gzip"],
)
def test_damaged_gzip_is_refused(damaged: bytes) -> None:
    assert refused(damaged).status == 400


def test_more_than_20_beacons_are_refused() -> None:
    assert len(accepted(b"\n".join([body()] * 20)).beacons) == 20
    assert refused(b"\n".join([body()] * 21)).status == 413


@pytest.mark.parametrize("version", [0, 2, 99])
def test_another_version_is_refused_with_its_own_status(version: Any) -> None:
    assert refused(body(beacon=version)).status == 422


@pytest.mark.parametrize("version", [None, "1", 1.0, True])
def test_a_version_that_is_no_number_is_a_bad_beacon(version: Any) -> None:
    assert refused(body(beacon=version)).status == 400


@pytest.mark.parametrize("depth", [100, 30_000])
@pytest.mark.parametrize("brackets", [b"[]", b"{}"], ids=["lists", "objects"])
def test_deep_nesting_is_answered(depth: int, brackets: bytes) -> None:
    opening = brackets[:1] if brackets == b"[]" else b'{"a":'
    deep = opening * min(depth, 12_000) + b"1" + brackets[1:] * min(depth, 12_000)

    result = wire.read(body()[:-1] + b',"unheard":' + deep + b"}")

    assert isinstance(result, Accepted | Refusal)


def test_a_refusal_names_the_field_and_not_its_value() -> None:
    reason = refused(body(page={"url": "https://x.example/secret-token", "navigation": "sneaky"}))

    assert reason.reason.startswith("page.navigation:")
    assert "sneaky" not in reason.reason
    assert "secret" not in reason.reason
