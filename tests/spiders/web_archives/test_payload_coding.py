"""The coding that a captured body really has."""

from __future__ import annotations

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.archive.content_encoding import decoded
from pipeline.archive.exchange import payload_digest
from spiders.web_archives.payload_coding import true_coding, unwrapped, with_coding
from tests.sites.web_archives.held import gzipped

PAGE = b"\n<!DOCTYPE html><html></html>"


@pytest.mark.parametrize(
    ("payload", "named", "coding"),
    [
        (PAGE, "", ""),
        (PAGE, "gzip", ""),
        (PAGE, "br", ""),
        (PAGE, "deflate", ""),
        (b"text", "gzip", ""),
        (gzipped(PAGE), "gzip", "gzip"),
        (gzipped(PAGE), "x-gzip", "x-gzip"),
        (gzipped(PAGE), "", "gzip"),
        (gzipped(PAGE), " ", "gzip"),
        (zlib.compress(PAGE), "deflate", "deflate"),
        (gzipped(PAGE)[:-9], "gzip", "gzip"),
        (b"\x8b\x02\x80", "unknown", "unknown"),
    ],
)
def test_a_coding_is_true_where_the_body_has_it(payload: bytes, named: str, coding: str) -> None:
    assert true_coding(payload, named) == coding


def test_what_was_put_on_for_the_way_comes_off() -> None:
    sent = gzipped(PAGE)
    assert unwrapped(sent, "gzip", payload_digest(PAGE)) == (PAGE, "")
    assert unwrapped(sent, "gzip", payload_digest(sent)) == (sent, "gzip")
    assert unwrapped(sent, "gzip", "") == (PAGE, "")
    assert unwrapped(PAGE, "gzip", "") == (PAGE, "gzip")
    assert unwrapped(PAGE, "", "") == (PAGE, "")


@given(st.binary(max_size=50), st.sampled_from(["", "gzip", "deflate", "identity"]))
def test_a_body_without_fault_stays_readable(body: bytes, named: str) -> None:
    coded = gzipped(body) if named == "gzip" else body
    coded = zlib.compress(coded) if named == "deflate" else coded
    assert decoded(coded, true_coding(coded, named)) == body or named in ("", "identity")


def test_headers_name_one_coding() -> None:
    headers = (("content-encoding", ""), ("Content-Encoding", "gzip"), ("A", "b"))
    assert with_coding(headers, "gzip") == (("A", "b"), ("Content-Encoding", "gzip"))
    assert with_coding(headers, "") == (("A", "b"),)
