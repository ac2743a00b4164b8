"""Sitemaps (sitemaps.org, protocol 0.9): an index or a list of addresses, read as a stream."""

import gzip
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from lxml import etree

from pipeline.normalize.dates import machine_date

_MAX_BYTES = 100_000_000
"""Of one sitemap, unpacked; the protocol allows 50 MB."""


class UnreadableSitemap(ValueError):
    """An answer that is no sitemap, or only a part of one; says why."""


@dataclass(frozen=True, slots=True)
class SitemapEntry:
    """One line of a sitemap."""

    loc: str
    lastmod: date | None
    """The day in Almaty on which it was last changed, so published then or earlier."""
    is_sitemap: bool
    """Whether it names a further sitemap."""


def entries(payload: bytes) -> Iterator[SitemapEntry]:
    """The entries of a sitemap, packed or not, as they are read.

    Raises UnreadableSitemap, after the entries before the fault, where it is no XML, is cut off,
    or holds no entry at all.
    """
    count = 0
    try:
        for element in _elements(_UnpackedStream(payload)):
            entry = _entry(element)
            if entry is not None:
                count += 1
                yield entry
    except (etree.XMLSyntaxError, EOFError, OSError, zlib.error) as error:
        raise UnreadableSitemap(f"is no whole sitemap: {error}") from error
    if not count:
        raise UnreadableSitemap("lists no address")


class _UnpackedStream(io.RawIOBase):
    """A payload's bytes, unpacked where it is gzip, up to the largest size that is read."""

    def __init__(self, payload: bytes) -> None:
        packed = payload[:2] == b"\x1f\x8b"
        stream = io.BytesIO(payload)
        self._stream = gzip.GzipFile(fileobj=stream) if packed else stream
        self._bytes_left = _MAX_BYTES

    def readable(self) -> bool:
        """It is."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes. Raises EOFError where there are more than `_MAX_BYTES` in all."""
        piece = self._stream.read(min(size, 1 << 16) if size >= 0 else 1 << 16)
        self._bytes_left -= len(piece)
        if self._bytes_left < 0:
            raise EOFError(f"larger than {_MAX_BYTES} bytes")
        return piece


def _elements(stream: _UnpackedStream) -> Iterator[etree._Element]:
    found = etree.iterparse(
        stream, events=("end",), tag=("{*}url", "{*}sitemap"),
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True,
    )  # fmt: skip
    for _, element in found:
        yield element
        element.clear()
        while element.getprevious() is not None and (parent := element.getparent()) is not None:
            del parent[0]


def _entry(element: etree._Element) -> SitemapEntry | None:
    loc = element.findtext("{*}loc")
    if not loc or not loc.strip():
        return None
    changed = machine_date(element.findtext("{*}lastmod"))
    day = changed.day if changed else None
    return SitemapEntry(loc.strip(), day, etree.QName(element).localname == "sitemap")
