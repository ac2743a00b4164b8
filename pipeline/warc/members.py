"""The members of a compressed file, each whole or not at all: gzip members, Zstandard frames.

A WARC file usually has one a record. Python's gzip reader joins members; warcio's notices neither a
torn member nor a wrong checksum.
"""

import logging
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pipeline.warc.decoders import Decoder, DecodingFault, Inflater

_log = logging.getLogger(__name__)

PIECE_BYTES = 1 << 14
"""How much is read, and given, at a time."""
_MAX_MEMBER_BYTES = 1 << 29
"""Of what a member of our own holds, decompressed; more is no record of a page."""
_SCANNED_BYTES = 1 << 20
_RECORD_START = b"WARC/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Compression:
    """How the members of a file are compressed."""

    magic: bytes
    """How each begins."""
    decoder: Callable[[], Decoder]


GZIP = Compression(magic=b"\x1f\x8b", decoder=lambda: Inflater(zlib.MAX_WBITS | 16))


class Content(Protocol):
    """What is read piece by piece: a file, or what is packed in one."""

    def read(self, size: int = PIECE_BYTES, /) -> bytes:
        """The next bytes, `size` at most; none at the end."""

    def seek(self, position: int, /) -> object:
        """Go to a place, in bytes."""


class DamagedMember(Exception):
    """A member that does not decompress: `offset` in bytes, `torn` if the file ends within it."""

    def __init__(self, offset: int, why: str, *, torn: bool = False) -> None:
        super().__init__(why)
        self.offset = offset
        self.torn = torn


class Packed:
    """A file's bytes from a place on; what was read too far can be given back."""

    def __init__(self, file: Content, start: int = 0) -> None:
        self._file = file
        self.seek(start)

    def seek(self, offset: int) -> None:
        """Go to a place in the file, in bytes."""
        self._file.seek(offset)
        self._waiting = b""
        self.position = offset

    def read(self) -> bytes:
        """The next bytes; none at the end."""
        piece = self._waiting or self._file.read(PIECE_BYTES)
        self._waiting = b""
        self.position += len(piece)
        return piece

    def give_back(self, rest: bytes) -> None:
        """What of the last piece is to be read again."""
        self._waiting = rest
        self.position -= len(rest)

    @property
    def is_at_end(self) -> bool:
        """Whether nothing more follows."""
        self.give_back(self.read())
        return not self._waiting

    def skip_zeros(self) -> bool:
        """Go on to the next byte that is not zero, as files are padded; whether there is one."""
        while piece := self.read():
            if rest := piece.lstrip(b"\0"):
                self.give_back(rest)
                return True
        return False


class Member:
    """The content of the member that begins where `packed` stands; `packed` goes with it."""

    def __init__(self, packed: Packed, compression: Compression) -> None:
        self.offset = packed.position
        self._packed = packed
        self._compression = compression
        self._decoder = compression.decoder()

    def read(self, size: int = PIECE_BYTES) -> bytes:
        """The next bytes, `size` at most; none at the end, where all that was given is known to be
        whole. Raises DamagedMember.
        """
        while self._decoder.rest() is None:
            piece = b"" if self._decoder.has_more else self._packed.read()
            if not piece and not self._decoder.has_more:
                raise DamagedMember(self.offset, "the file ends within it", torn=True)
            try:
                content = self._decoder.feed(piece, size)
            except DecodingFault as fault:
                raise DamagedMember(self.offset, str(fault)) from fault
            rest = self._decoder.rest()
            if rest is not None:
                self._packed.give_back(rest)
            if content:
                return content
        return b""

    def seek(self, position: int) -> None:
        """Go to a place in the content, in bytes; it is read again up to there."""
        self._packed.seek(self.offset)
        self._decoder = self._compression.decoder()
        while position > 0 and (content := self.read(min(position, PIECE_BYTES))):
            position -= len(content)


def next_record(file: Content, start: int, compression: Compression) -> int | None:
    """The offset of the next member whose content begins as a WARC record does; None without."""
    overlap = len(compression.magic) - 1
    file.seek(start)
    window = file.read(_SCANNED_BYTES)
    while len(window) > overlap:
        found = window.find(compression.magic)
        while found >= 0:
            if _begins_record(file, start + found, compression):
                return start + found
            found = window.find(compression.magic, found + 1)
        start += len(window) - overlap
        file.seek(start)
        window = file.read(_SCANNED_BYTES)
    return None


def whole_members(path: Path, start: int) -> Iterator[tuple[int, int, bytes]]:
    """The whole members of one of our WARC files from an offset on: offset, length, content.

    A damaged member that a record follows is passed over with a warning; a torn one at the end
    ends the iteration.
    """
    with path.open("rb") as file:
        packed, offset = Packed(file, start), start
        while not packed.is_at_end:
            try:
                content = _whole(Member(packed, GZIP))
                yield offset, packed.position - offset, content
                offset = packed.position
            except DamagedMember as damaged:
                following = next_record(file, offset + 1, GZIP)
                if following is None:
                    return
                _log.warning(
                    "%s: the record at byte %d is damaged (%s); passed over up to byte %d",
                    path, offset, damaged, following,
                )  # fmt: skip
                offset = following
                packed.seek(offset)


def _whole(member: Member) -> bytes:
    content = bytearray()
    while piece := member.read():
        content += piece
        if len(content) > _MAX_MEMBER_BYTES:
            raise DamagedMember(member.offset, "a gzip member holds more than 512 MB")
    return bytes(content)


def _begins_record(file: Content, offset: int, compression: Compression) -> bool:
    member = Member(Packed(file, offset), compression)
    begins = b""
    try:
        while len(begins) < len(_RECORD_START) and (piece := member.read(64)):
            begins += piece
    except DamagedMember:
        return False
    return begins.startswith(_RECORD_START)
