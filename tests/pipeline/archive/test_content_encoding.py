"""Bodies without their Content-Encoding."""

from __future__ import annotations

import gzip
import zlib
from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.archive.content_encoding import UndecodableBody, decoded

HTML = "<p>Текст статьи.</p>".encode() * 20
CODED = {
    "": HTML,
    "identity": HTML,
    "gzip": gzip.compress(HTML, mtime=0),
    "X-GZIP": gzip.compress(HTML, mtime=0),
    "deflate": zlib.compress(HTML),
    "deflate ": zlib.compress(HTML)[2:-4],  # raw, as some servers send it
    "deflate, gzip": gzip.compress(zlib.compress(HTML), mtime=0),
}


@pytest.mark.parametrize("coding", CODED)
def test_every_coding_is_undone(coding: str) -> None:
    assert decoded(CODED[coding], coding) == HTML


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_a_body_that_ends_too_early_is_undecodable(coding: str) -> None:
    with pytest.raises(UndecodableBody, match=f"the body is not {coding}: it ends too early"):
        decoded(CODED[coding][:-5], coding)


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
