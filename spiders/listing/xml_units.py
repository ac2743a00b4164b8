"""XML read unit by unit, such as the entries of a sitemap or a feed: damage to one unit leaves the
others, which no parser of the whole document can promise.

Nothing is fetched, and no entity is spelled out but the five of XML and the numeric ones.
"""

import codecs
import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain, pairwise

from pipeline.normalize.text_encoding import utf_16

_LARGEST_UNIT = 1 << 20
_LONGEST_COMMENT = 1 << 16
"""One that is longer was never closed, and neither was one with another inside."""
_COMMENT = re.compile(rb"<!--(?:(?!<!--|-->).)*-->", re.DOTALL)
_CDATA = re.compile(rb"<!\[CDATA\[((?:(?!<!\[CDATA\[|\]\]>).)*)\]\]>", re.DOTALL)
_REFERENCE = re.compile(r"&(?:amp|lt|gt|quot|apos|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_STRAY = re.compile(rb"[\0-\x08\x0b\x0c\x0e-\x1f]|&(?!(?:amp|lt|gt|quot|apos|#\w{1,7});)")


@dataclass(frozen=True, slots=True)
class Element:
    """An element of a unit that holds nothing but text."""

    prefix: str
    """That of its namespace; empty where it has none."""
    attributes: str
    text: str
    is_closed: bool
    """Whether its end tag follows its text."""
    place: int
    """Where it begins in its unit."""

    def attribute(self, name: str) -> str | None:
        """The value of one of its attributes."""
        found = re.search(rf"\b{name}\s*=\s*([\"'])(.*?)\1", self.attributes, re.IGNORECASE)
        return _spelled_out(found[2]).strip() if found else None


@dataclass(frozen=True, slots=True)
class Unit:
    """What stands from one start tag of a kind up to the next."""

    name: str
    """That of its start tag, in small letters; empty for what stands before the first one."""
    prefix: str
    data: bytes
    """In UTF-8, as far as it is in one encoding at all; CDATA is escaped as other text is."""

    @property
    def is_whole(self) -> bool:
        """Whether it has its end tag, or needs none, and no other's."""
        return self.name != "" and self.is_balanced(self.name)

    @property
    def is_quite_xml(self) -> bool:
        """Whether it has no control characters and no `&` that is not escaped."""
        return _STRAY.search(self.data) is None

    def ends(self, *names: str) -> bool:
        """Whether the end tag of one of these names stands in it."""
        return _end_tag("|".join(names)).search(self.data) is not None

    def is_balanced(self, name: str) -> bool:
        """Whether it has as many start tags of this name as end tags."""
        begun, ended = _begin_tag(name).findall(self.data), _end_tag(name).findall(self.data)
        return len(begun) == len(ended)

    def elements(self, name: str) -> Iterator[Element]:
        """Its elements of this name, whatever their namespace."""
        for found in _element(name).finditer(self.data):
            yield Element(
                prefix=_text(found["prefix"] or b""),
                attributes=_text(found["attributes"] or b"").strip(),
                text=_spelled_out(_text(found["text"] or b"")).strip(),
                is_closed=found["text"] is None or found["end"] is not None,
                place=found.start(),
            )

    def parts(self, *places: int) -> Iterator["Unit"]:
        """It, cut at these places."""
        for begin, end in pairwise((0, *places, len(self.data))):
            yield Unit(self.name, self.prefix, self.data[begin:end])


def units(pieces: Iterable[bytes], *names: str) -> Iterator[Unit]:
    """The units of a document in UTF-8, each begun by a start tag of one of these names, as it is
    read; before them what stands before the first. Comments are left out.
    """
    start, rest = _start_tag("|".join(names)), b""
    for piece in pieces:
        rest = _COMMENT.sub(b"", rest + piece)
        comment = rest.rfind(b"<!--")
        is_open = comment >= 0 and len(rest) - comment < _LONGEST_COMMENT
        *whole, rest = _split(rest, start, comment if is_open else len(rest))
        if len(rest) > _LARGEST_UNIT:
            whole, rest = [*whole, rest], b""
        yield from (_unit(data, start) for data in whole)
    yield from (_unit(data, start) for data in _split(rest, start, len(rest)))


def as_utf8(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces of a document that may be in UTF-16, in UTF-8 and without byte order mark."""
    rest = iter(pieces)
    first = next(rest, b"")
    is_marked = first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    encoding = "utf-16" if is_marked else utf_16(first)
    if encoding is None:
        yield first.removeprefix(codecs.BOM_UTF8)
        yield from rest
        return
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    for piece in chain((first,), rest):
        yield decoder.decode(piece).replace("\ufeff", "").encode("utf-8", "replace")


def _split(data: bytes, start: re.Pattern[bytes], end: int) -> list[bytes]:
    """The bytes, cut before each start tag up to a place; one part at least."""
    places = [found.start() for found in start.finditer(data, 0, end)]
    return [data[one:other] for one, other in pairwise((0, *places, len(data))) if one < other] or [
        b""
    ]


def _unit(data: bytes, start: re.Pattern[bytes]) -> Unit:
    found = start.match(data)
    data = _CDATA.sub(lambda cdata: html.escape(_text(cdata[1])).encode(), data)
    data = data.replace(b"<![CDATA[", b"")  # one that is never closed
    if found is None:
        return Unit("", "", data)
    return Unit(_text(found["name"]).lower(), _text(found["prefix"] or b""), data)


def _text(data: bytes) -> str:
    """The text of a few bytes, in UTF-8 or else in cp1251."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("cp1251", errors="replace")


def _spelled_out(text: str) -> str:
    return _REFERENCE.sub(lambda found: html.unescape(found[0]), text)


@cache
def _start_tag(names: str) -> re.Pattern[bytes]:
    return _tag(r"<(?:(?P<prefix>[\w.-]+):)?(?P<name>%s)(?=[\s/>])", names)


@cache
def _begin_tag(name: str) -> re.Pattern[bytes]:
    """A start tag that has an end tag."""
    return _tag(r"<(?:[\w.-]+:)?%s(?:\s[^<>]*)?(?<!/)>", name)


@cache
def _end_tag(names: str) -> re.Pattern[bytes]:
    return _tag(r"</(?:[\w.-]+:)?(?:%s)\s*>", names)


@cache
def _element(name: str) -> re.Pattern[bytes]:
    """An element with text alone. A text that no tag follows is cut off, and so is none."""
    return _tag(
        r"<(?:(?P<prefix>[\w.-]+):)?%s(?P<attributes>\s[^<>]*?)?"
        r"(?:/>|>(?P<text>[^<]*)(?=<)(?P<end></(?:[\w.-]+:)?%s\s*>)?)",
        name,
    )


def _tag(pattern: str, names: str) -> re.Pattern[bytes]:
    return re.compile(pattern.replace("%s", names).encode(), re.IGNORECASE)
