"""Compressed files hold what was written, and are the same bytes each time."""

import gzip
import io
import sys

import pytest

from pipeline.formats.known_formats import Packing
from pipeline.formats.packing import packed

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

TEXT = "Сенат Парламента\n".encode() * 10_000


def _packed(packing: Packing, *parts: bytes) -> bytes:
    out = io.BytesIO()
    with packed(out, packing) as file:
        for part in parts:
            file.write(part)
    assert not out.closed
    return out.getvalue()


def _unpacked(content: bytes, packing: Packing) -> bytes:
    if packing == ".zst":
        return bytes(zstd.decompress(content))
    return gzip.decompress(content) if packing else content


@pytest.mark.parametrize("packing", ["", ".gz", ".zst"])
def test_what_was_written_comes_back(packing: Packing) -> None:
    content = _packed(packing, TEXT)
    assert _unpacked(content, packing) == TEXT
    assert content == _packed(packing, TEXT)
    assert (len(content) < len(TEXT) / 50) == bool(packing)


@pytest.mark.parametrize("packing", ["", ".gz", ".zst"])
def test_nothing_is_a_whole_file_too(packing: Packing) -> None:
    assert _unpacked(_packed(packing), packing) == b""
