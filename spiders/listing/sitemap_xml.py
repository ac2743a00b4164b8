"""Sitemaps (sitemaps.org, protocol 0.9): an index or a list of addresses, read as a stream.

They are read entry by entry: one that is damaged leaves the others, and what stands before the
first tag is passed over. A text file with an address a line is a sitemap too.
"""

import gzip
import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain

from pipeline.archive.content_encoding import decoded_as_far_as_it_goes
from pipeline.times.dates import Published, machine_date
from spiders.listing.xml_units import Element, Unit, as_utf8, units

_MAX_BYTES = 100_000_000
"""Of one sitemap, unpacked; the protocol allows 50 MB."""
_PIECE_BYTES = 1 << 16
_GZIP = b"\x1f\x8b"
_TAG = re.compile(rb"<(?:[\w.-]+:)?(?:urlset|sitemapindex|url|sitemap|loc)[\s/>]", re.IGNORECASE)
_ROOT = re.compile(rb"<(?:[\w.-]+:)?(?:urlset|sitemapindex)[\s>]", re.IGNORECASE)
_INDEX = re.compile(rb"<(?:[\w.-]+:)?sitemapindex[\s>]", re.IGNORECASE)
_HEAD = re.compile(
    rb"\s*(?:<[?!][^<>]*>\s*)*<(?:[\w.-]+:)?(?:urlset|sitemapindex)\b[^<>]*>\s*", re.IGNORECASE
)
"""What stands before the first entry."""
_EMPTY = re.compile(rb"<[^<>]*(?:/>|>\s*</[^<>]*>)\s*(?:</[^<>]*>\s*)?")
"""An entry that holds nothing, and perhaps the end of the sitemap."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_ADDRESS = re.compile(rb"https?://[^\s<>]+", re.IGNORECASE)
_ADDRESS_LINE = re.compile(rb"(?:^|[\r\n])[ \t]*https?://[^\s<>]+[ \t]*(?:$|[\r\n])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SitemapEntry:
    """One line of a sitemap."""

    loc: str
    lastmod: date | None
    """The day in Almaty on which it was last changed, as the sitemap says; that may be untrue."""
    is_sitemap: bool
    """Whether it names a further sitemap."""
    published: Published | None = None
    """When it was published, where it is a news sitemap's."""


class Sitemap:
    """A sitemap's entries as they are read, packed or not; what is wrong with it is known then."""

    def __init__(self, payload: bytes) -> None:
        self._payload = payload
        self._named = 0
        self._damaged = 0
        self._fault = ""
        self._is_index = False
        self._is_ended = False
        self.is_odd = False
        """Whether it is not quite XML, though all of its entries may have been read."""

    def __iter__(self) -> Iterator[SitemapEntry]:
        pieces = as_utf8(self._pieces())
        first = next(pieces, b"")
        read = self._of_xml if has_tags(first) else self._of_text
        for entry in read(chain((first,), pieces)):
            self._named += 1
            yield entry

    @property
    def fault(self) -> str | None:
        """Why not all of it could be read, without its subject; None where all could."""
        if not self._named:
            return f"lists no address: {self._fault}" if self._fault else "lists no address"
        if self._fault:
            return f"is no whole sitemap: {self._fault}"
        if not self._is_ended:
            return "is no whole sitemap: it is cut off"
        if self._damaged:
            return f"has damaged entries: {self._damaged}, beside {self._named} that could be read"
        return None

    def _of_xml(self, pieces: Iterator[bytes]) -> Iterator[SitemapEntry]:
        for unit in units(pieces, "url", "sitemap"):
            self._is_index |= _INDEX.search(unit.data) is not None
            self._is_ended = unit.ends("urlset", "sitemapindex")
            is_head = not unit.name and _HEAD.fullmatch(unit.data) is not None
            self.is_odd |= not unit.is_quite_xml or not (unit.name or is_head)
            yield from self._of_unit(unit)

    def _of_unit(self, unit: Unit) -> Iterator[SitemapEntry]:
        """The entry of a unit; two where it ran together with the next one."""
        locs = [one for one in unit.elements("loc") if one.prefix == unit.prefix]
        self._damaged += _is_damaged(unit, locs)
        for part in unit.parts(*(one.place for one in locs[1:])):
            loc = next((one for one in part.elements("loc") if one.prefix == unit.prefix), None)
            address = _CONTROL.sub("", loc.text) if loc else ""
            if address and ">" not in address:
                yield SitemapEntry(
                    loc=address,
                    lastmod=changed.day if (changed := _time(part, "lastmod")) else None,
                    is_sitemap=unit.name == "sitemap" or (not unit.name and self._is_index),
                    published=_time(part, "publication_date"),
                )

    def _of_text(self, pieces: Iterator[bytes]) -> Iterator[SitemapEntry]:
        self._is_ended = True
        for line in _lines(pieces):
            found = _ADDRESS.fullmatch(line)
            if found is not None:
                yield SitemapEntry(line.decode(errors="replace"), None, is_sitemap=False)
            elif b"://" in line:
                self._damaged += 1
            else:
                self.is_odd = True

    def _pieces(self) -> Iterator[bytes]:
        if not self._payload.startswith(_GZIP):
            stream = io.BytesIO(self._payload)
            yield from iter(lambda: stream.read(_PIECE_BYTES), b"")
            return
        given = 0
        try:
            packed = gzip.GzipFile(fileobj=io.BytesIO(self._payload))
            while piece := packed.read1(_PIECE_BYTES):
                given += len(piece)
                if given > _MAX_BYTES:
                    self._fault = f"it is larger than {_MAX_BYTES} bytes"
                    return
                yield piece
        except (EOFError, OSError, zlib.error) as error:
            self._fault = str(error)
            yield decoded_as_far_as_it_goes(self._payload, "gzip")[given:]


def has_root(begin: bytes) -> bool:
    """Whether what a document begins with has the root of a sitemap."""
    return _ROOT.search(begin) is not None


def has_tags(begin: bytes) -> bool:
    """Whether what a document begins with has any tag of a sitemap."""
    return _TAG.search(begin) is not None


def may_be_one(begin: bytes) -> bool:
    """Whether what a document begins with may be a sitemap without a root: packed as a file, with
    other tags of one, or a text with an address a line.
    """
    is_text = _ADDRESS_LINE.search(begin) is not None
    return begin.startswith(_GZIP) or has_tags(begin) or is_text


def _is_damaged(unit: Unit, locs: list[Element]) -> bool:
    if not unit.name:  # then the start tag of the first entry may be lost
        return unit.ends("url", "sitemap", "loc") or bool(locs)
    if not locs:
        return _EMPTY.fullmatch(unit.data) is None
    is_whole = unit.is_whole and unit.is_balanced("loc") and len(locs) == 1
    return not is_whole or any(map(_is_no_address, locs))


def _is_no_address(loc: Element) -> bool:
    is_odd = _CONTROL.search(loc.text) or ">" in loc.text or (loc.attributes and not loc.text)
    return bool(is_odd) or not loc.is_closed


def _time(part: Unit, name: str) -> Published | None:
    return machine_date(next((one.text for one in part.elements(name)), None))


def _lines(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The lines of a text, without those that hold nothing."""
    rest = b""
    for piece in pieces:
        *whole, rest = (rest + piece).splitlines(keepends=True) or [b""]
        yield from filter(None, map(bytes.strip, whole))
        rest = rest[:_PIECE_BYTES]
    yield from filter(None, map(bytes.strip, (rest,)))
