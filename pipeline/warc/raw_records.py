"""The records in the content of a WARC file (ISO 28500:2017), damaged ones passed over.

Where a record ends is told by its Content-Length, and confirmed by what follows or by its digest.
Where neither confirms it, the next record is looked for behind its headers.
"""

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from pipeline.warc.members import PIECE_BYTES, Content
from pipeline.warc.passed_over import Cause

MAX_BLOCK_BYTES = 64 << 20
"""Of a record's block; more is no page, and is passed over without being held in memory."""
_MAX_HEAD_BYTES = 1 << 18
_MAX_GIVEN_BACK_BYTES = 1 << 20
RECORD_START = re.compile(rb"WARC/[0-9]\.[0-9]+\r?\n(?=[A-Za-z-]+[ \t]*:)")
"""How a record begins."""
_LONGEST_START = 64
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_RECORD_END = b"\r\n\r\n"
_BETWEEN = re.compile(rb"[\r\n\0]*")
"""What ends a record, or pads a file."""
_CONTROLS = re.compile(rb"[\0-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LINE_END = re.compile(r"\r?\n(?![ \t])")
_FOLDED = re.compile(r"\s*\r?\n[ \t]+")
_DIGESTS = {"sha1": "sha1", "sha-1": "sha1", "sha256": "sha256", "sha-256": "sha256",
            "sha512": "sha512", "sha-512": "sha512", "md5": "md5"}  # fmt: skip

Damage = Literal["damaged", "digest", "garbage", "headers", "length", "too-large", "torn"]
"""Why a record is passed over; within a torn one the content ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawRecord:
    """A record whose end is certain, and whose digest is that of its block, if it names one."""

    position: int
    """Where in the content it begins, in bytes."""
    headers: Mapping[str, str]
    """By name in lower case."""
    block: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class DamagedRecord:
    """A record, or bytes where one should begin, that is passed over."""

    position: int
    reason: Damage
    detail: str
    """A sentence for a person, without the record."""
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def cause(self) -> Cause:
        """Whether it is damaged, or only too large."""
        return "part" if self.reason == "too-large" else "damage"


def raw_records(content: Content, start: int = 0) -> Iterator[RawRecord | DamagedRecord]:
    """The records in a content that stands at `start`, in its order."""
    stream = _Stream(content, start)
    while stream.skip_to_record():
        yield _next(stream)


def whole_record(content: bytes) -> RawRecord | None:
    """The record that a content is, all of it, in the form that every tool writes; None where it
    is none or in another form: `raw_records` tells what that is. It takes half of the time.
    """
    end = _HEAD_END.search(content, 0, _MAX_HEAD_BYTES)
    if end is None or not RECORD_START.match(content):
        return None
    head, block = content[: end.end()], content[end.end() : -len(_RECORD_END)]
    if RECORD_START.search(head, 1) or _CONTROLS.search(head):
        return None
    headers = _headers(head)
    is_framed = content.endswith(_RECORD_END) and headers.get("content-length") == str(len(block))
    if not is_framed or len(block) > MAX_BLOCK_BYTES:
        return None
    if _is_digest(headers.get("warc-block-digest", ""), block) is False:
        return None
    return RawRecord(position=0, headers=headers, block=block)


class _Stream:
    """A content with what was read ahead."""

    def __init__(self, content: Content, start: int) -> None:
        self._content = content
        self._ahead = b""
        self.position = start

    def ahead(self, size: int) -> bytes:
        """The next bytes without taking them: `size` or more, unless the content ends."""
        if len(self._ahead) < size:
            pieces, length = [self._ahead], len(self._ahead)
            while length < size and (piece := self._content.read(PIECE_BYTES)):
                pieces.append(piece)
                length += len(piece)
            self._ahead = b"".join(pieces)
        return self._ahead

    def take(self, size: int) -> bytes:
        """The next bytes, `size` unless the content ends."""
        taken = self.ahead(size)[:size]
        self._ahead = self._ahead[size:]
        self.position += len(taken)
        return taken

    def skip(self, size: int) -> int:
        """Pass over bytes; how many were there."""
        start = self.position
        while self.position - start < size and self.ahead(1):
            self.take(min(size - (self.position - start), len(self._ahead)))
        return self.position - start

    def give_back(self, taken: bytes) -> None:
        """What was taken last is to be taken again."""
        self.position -= len(taken)
        if len(taken) > _MAX_GIVEN_BACK_BYTES:
            self.seek(self.position)
        else:
            self._ahead = taken + self._ahead

    def seek(self, position: int) -> None:
        """Go to a place."""
        self._content.seek(position)
        self._ahead, self.position = b"", position

    def skip_to_record(self) -> bool:
        """Pass over what stands between records; whether anything follows."""
        while ahead := self.ahead(1):
            between = _BETWEEN.match(ahead)
            self.take(between.end() if between else 0)
            if self._ahead:
                return True
        return False

    def is_between(self) -> bool:
        """Whether what ends a record stands here, be it that the next one begins with damage; or
        else whether a record begins, or the content ends.
        """
        ahead = self.ahead(2 * _LONGEST_START)
        between = _BETWEEN.match(ahead)
        place = between.end() if between else 0
        if ahead.startswith(_RECORD_END):
            return True
        return place == len(ahead) or RECORD_START.match(ahead, place) is not None

    def skip_to_start(self) -> bool:
        """Pass over what is no record, up to where one begins; whether one does."""
        while True:
            ahead = self.ahead(PIECE_BYTES)
            if found := RECORD_START.search(ahead):
                self.take(found.start())
                return True
            if len(ahead) <= _LONGEST_START:
                self.take(len(ahead))
                return False
            self.take(len(ahead) - _LONGEST_START)


def _next(stream: _Stream) -> RawRecord | DamagedRecord:
    """The record that begins here, or why it is passed over; the stream then stands behind it."""
    position = stream.position
    if not RECORD_START.match(stream.ahead(_LONGEST_START)):
        return _garbage(stream)
    end = _HEAD_END.search(stream.ahead(PIECE_BYTES)) or _HEAD_END.search(
        stream.ahead(_MAX_HEAD_BYTES)
    )
    if end is None:
        stream.take(1)
        is_followed = stream.skip_to_start()
        damage: Damage = "headers" if is_followed else "torn"
        return DamagedRecord(position=position, reason=damage, detail="its headers have no end")
    if inside := RECORD_START.search(stream.ahead(end.end()), 1, end.end()):
        stream.take(inside.start())
        return DamagedRecord(
            position=position, reason="headers", detail="its headers have no end"
        )  # fmt: skip
    head = stream.take(end.end())
    headers = _headers(head)
    if _CONTROLS.search(head):
        stream.skip_to_start()
        detail = "its headers hold control characters"
        return DamagedRecord(position=position, reason="headers", detail=detail)
    said = headers.get("content-length", "")
    if not re.fullmatch("[0-9]{1,18}", said):
        stream.skip_to_start()
        detail = f'its Content-Length is "{said}"' if said else "it has no Content-Length"
        return DamagedRecord(
            position=position, reason="headers", detail=detail, headers=headers
        )  # fmt: skip
    return _framed(stream, position, headers, int(said))


def _garbage(stream: _Stream) -> DamagedRecord:
    position = stream.position
    is_followed = stream.skip_to_start()
    length = stream.position - position
    damage: Damage = "garbage" if is_followed or length >= _LONGEST_START else "torn"
    return DamagedRecord(
        position=position, reason=damage, detail=f"{length} bytes there are no record"
    )


def _framed(
    stream: _Stream, position: int, headers: Mapping[str, str], length: int
) -> RawRecord | DamagedRecord:
    """A record whose block begins here and has a certain length by its headers."""

    def damaged(damage: Damage, detail: str) -> DamagedRecord:
        return DamagedRecord(position=position, reason=damage, detail=detail, headers=headers)

    begins = stream.position
    block = stream.take(length) if length <= MAX_BLOCK_BYTES else None
    is_whole = (stream.skip(length) if block is None else len(block)) == length
    is_followed = is_whole and stream.is_between()
    if block is None:
        if is_followed:
            return damaged("too-large", f"it holds {length >> 20} MB, more than a page has")
        stream.seek(begins)
    else:
        is_digest = _is_digest(headers.get("warc-block-digest", ""), block)
        if is_digest is False and is_followed:
            return damaged("digest", "its WARC-Block-Digest is another than its content's")
        if is_whole and (is_digest or is_followed):
            return RawRecord(position=position, headers=headers, block=block)
        stream.give_back(block)
    if not stream.skip_to_start() and not is_whole:
        return damaged("torn", "it is shorter than its Content-Length says")
    return damaged("length", "it is not as long as its Content-Length says")


def _headers(head: bytes) -> dict[str, str]:
    """The headers of a record by name in lower case; of repeated ones the first."""
    headers: dict[str, str] = {}
    for line in _LINE_END.split(head.decode("utf-8", "replace"))[1:]:
        name, colon, value = line.partition(":")
        if colon:
            headers.setdefault(name.strip().lower(), _FOLDED.sub(" ", value.strip()))
    return headers


def _is_digest(said: str, block: bytes) -> bool | None:
    """Whether a digest is that of a block; None where there is none of a known kind."""
    name, _, value = said.strip().partition(":")
    algorithm = _DIGESTS.get(name.strip().lower())
    if algorithm is None or not value:
        return None
    digest = hashlib.new(algorithm, block, usedforsecurity=False)
    base32 = base64.b32encode(digest.digest()).decode().rstrip("=")
    value = value.strip()
    return value.upper().rstrip("=") == base32 or value.lower() == digest.hexdigest()
