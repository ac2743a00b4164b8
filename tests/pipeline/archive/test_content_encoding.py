"""Bodies without their Content-Encoding."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from contextlib import suppress
from itertools import pairwise

import brotli
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from pipeline.archive.content_encoding import (
    UndecodableBody,
    decoded,
    decoded_as_far_as_it_goes,
)
from tests.pipeline.archive.zstandard import zstd_compress

HTML = "<p>Текст статьи.</p>".encode() * 20
CODED = {
    "": HTML,
    "identity": HTML,
    "gzip": gzip.compress(HTML, mtime=0),
    "X-GZIP": gzip.compress(HTML, mtime=0),
    "deflate": zlib.compress(HTML),
    "deflate ": zlib.compress(HTML)[2:-4],  # raw, as some servers send it
    "deflate, gzip": gzip.compress(zlib.compress(HTML), mtime=0),
    "br": brotli.compress(HTML),
    "zstd": zstd_compress(HTML),
}
MEMBER: dict[str, Callable[[bytes], bytes]] = {"gzip": gzip.compress, "zstd": zstd_compress}
RULES = b"User-agent: *\nDisallow: /n/\n" * 9


@pytest.mark.parametrize("coding", CODED)
def test_every_coding_is_undone(coding: str) -> None:
    assert decoded(CODED[coding], coding) == HTML


@pytest.mark.parametrize("coding", ["gzip", "deflate", "deflate ", "br", "zstd"])
def test_a_body_that_ends_too_early_is_undecodable(coding: str) -> None:
    with pytest.raises(UndecodableBody, match=f"the body is not {coding.strip()}: it ends too"):
        decoded(CODED[coding][:-5], coding)


@given(
    st.sampled_from(["gzip", "zstd"]),
    st.lists(st.integers(0, len(HTML)), max_size=6),
    st.sampled_from([b"", b"\0", b"\0" * 40, b"\r\n"]),
)
def test_any_split_of_a_body_into_members_reads_the_same(
    coding: str, cuts: list[int], padding: bytes
) -> None:
    places = [0, *sorted(cuts), len(HTML)]
    members = [
        MEMBER[coding](HTML[a:b]) for a, b in pairwise(places)
    ]  # fmt: skip
    assert decoded(padding.join([*members, b""]), coding) == HTML


@given(
    st.sampled_from(["gzip", "deflate", "deflate ", "br", "zstd"]),
    st.booleans(),
    st.integers(0, 1 << 16),
)
def test_no_part_of_a_body_is_read_as_a_whole(coding: str, twice: bool, cut: int) -> None:
    first = CODED[coding]
    payload = first + MEMBER[coding](HTML) if twice and coding in MEMBER else first
    cut %= len(payload)
    assume(cut != len(first))  # nothing in the coding says that another member should follow
    with pytest.raises(UndecodableBody):
        decoded(payload[:cut], coding)
    found = decoded_as_far_as_it_goes(payload[:cut], coding)
    assert found == payload[:cut] or (HTML * 2).startswith(found)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "deflate ", "br", "zstd"])
def test_what_stands_behind_the_end_is_no_part_that_may_be_dropped(coding: str) -> None:
    assert decoded(CODED[coding] + b"\0\0\0\r\n", coding) == HTML
    for more in (b"<p>More text, in no coding.</p>", b"\x1f\x8b", b"\x1f"):
        with pytest.raises(UndecodableBody, match="its end"):
            decoded(CODED[coding] + more, coding)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_the_bound_holds_for_the_sum_of_all_members(coding: str) -> None:
    half = b"a" * 25_000_001
    packed = {"deflate": zlib.compress(half * 2), "br": brotli.compress(half * 2, quality=1)}
    payload = packed[coding] if coding in packed else MEMBER[coding](half) * 2
    with pytest.raises(UndecodableBody, match="too large"):
        decoded(payload, coding)
    assert len(decoded_as_far_as_it_goes(payload, coding)) == 50_000_000


@pytest.mark.parametrize("coding", ["gzip", "deflate", "deflate ", "br", "zstd"])
def test_a_body_can_be_read_up_to_its_fault(coding: str) -> None:
    whole = {
        "gzip": gzip.compress(RULES), "deflate": zlib.compress(RULES),
        "deflate ": zlib.compress(RULES)[2:-4], "br": brotli.compress(RULES),
        "zstd": zstd_compress(RULES),
    }[coding]  # fmt: skip
    assert decoded_as_far_as_it_goes(whole, coding) == RULES
    assert decoded_as_far_as_it_goes(whole + b"more", coding) == RULES


def test_rules_before_a_damaged_byte_are_read() -> None:
    lines = b"".join(b"Disallow: /%d/\n" % (number**5) for number in range(90))
    damaged = bytearray(gzip.compress(lines))
    damaged[len(damaged) // 2] ^= 0xFF
    found = decoded_as_far_as_it_goes(bytes(damaged), "gzip")
    assert lines.startswith(found[:500])
    assert len(found) > 500


@given(
    st.sampled_from([RULES, b"# " + RULES, b"Sitemap: x\n" + RULES, "# Правила".encode() + RULES]),
    st.sampled_from(["gzip", "deflate", "br", "zstd", "gzip, br", "x"]),
)
def test_a_body_that_is_in_no_coding_is_given_as_it_is(payload: bytes, coding: str) -> None:
    assert decoded_as_far_as_it_goes(payload, coding) == payload


@given(st.binary(max_size=60), st.sampled_from([*CODED, "gzip, deflate", "x", ","]))
def test_reading_as_far_as_it_goes_raises_nothing(payload: bytes, coding: str) -> None:
    assert isinstance(decoded_as_far_as_it_goes(payload, coding), bytes)


@given(
    st.binary(max_size=60)
    | st.sampled_from([gzip.compress(HTML, mtime=0)[:40], zlib.compress(HTML)[:40]]),
    st.sampled_from(["gzip", "deflate", "br", "identity", "gzip, deflate", "x", ",", "zstd"]),
)
@example(b"", "gzip")
@example(gzip.compress(b"a", mtime=0) + b"more", "gzip")
def test_decoded_raises_nothing_but_its_own_error(payload: bytes, coding: str) -> None:
    with suppress(UndecodableBody):
        assert isinstance(decoded(payload, coding), bytes)
