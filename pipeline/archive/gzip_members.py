"""The gzip members of a file, each whole or not at all. A WARC file has one member a record.

Python's gzip reader joins members; warcio's notices neither a torn member nor a wrong checksum.
"""

import logging
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

_log = logging.getLogger(__name__)

MAGIC = b"\x1f\x8b"
"""How a gzip member begins (RFC 1952)."""
_CHUNK_BYTES = 1 << 20
_MAX_MEMBER_BYTES = 1 << 29
"""Of what a member holds, decompressed; more is no record of a page."""
_RECORD_START = b"WARC/"


class DamagedMember(Exception):
    """A member that does not decompress: `offset` in bytes, `torn` if the file ends within it."""

    def __init__(self, offset: int, why: str, *, torn: bool = False) -> None:
        super().__init__(why)
        self.offset = offset
        self.torn = torn


def members(file: BinaryIO, start: int) -> Iterator[tuple[int, int, bytes]]:
    """The members of an open file from an offset on: offset, length, decompressed content.

    Raises DamagedMember at the first one that is not whole.
    """
    file.seek(start)
    offset, waiting = start, b""
    while waiting := waiting or file.read(_CHUNK_BYTES):
        plain, length, waiting = _member(file, offset, waiting)
        yield offset, length, plain
        offset += length


def whole_members(path: Path, start: int) -> Iterator[tuple[int, int, bytes]]:
    """The whole members of one of our WARC files from an offset on: offset, length, content.

    A damaged member that whole records follow is passed over with a warning; a torn one at the end
    ends the iteration.
    """
    offset: int | None = start
    with path.open("rb") as file:
        while offset is not None:
            try:
                yield from members(file, offset)
                return
            except DamagedMember as damaged:
                offset = _next_record(file, damaged.offset + 1)
                if offset is not None:
                    _log.warning(
                        "%s: the record at byte %d is damaged (%s); passed over up to byte %d",
                        path, damaged.offset, damaged, offset,
                    )  # fmt: skip


def _member(file: BinaryIO, offset: int, waiting: bytes) -> tuple[bytes, int, bytes]:
    """One member: its decompressed content, its length, and the bytes that were read beyond it."""
    unpacker = zlib.decompressobj(wbits=31)
    plain = bytearray()
    length = 0
    while not unpacker.eof:
        waiting = waiting or file.read(_CHUNK_BYTES)
        if not waiting:
            raise DamagedMember(offset, "the file ends within it", torn=True)
        try:
            plain += unpacker.decompress(waiting, _CHUNK_BYTES)
        except zlib.error as error:
            raise DamagedMember(offset, str(error)) from error
        if len(plain) > _MAX_MEMBER_BYTES:
            raise DamagedMember(offset, "a gzip member holds more than 512 MB")
        left = unpacker.unused_data or unpacker.unconsumed_tail
        length += len(waiting) - len(left)
        waiting = left
    return bytes(plain), length, waiting


def _next_record(file: BinaryIO, start: int) -> int | None:
    """The offset of the next whole member with a WARC record in it; None if there is none."""
    file.seek(start)
    rest = file.read()
    found = rest.find(MAGIC)
    while found >= 0:
        if _begins_record(rest[found : found + 4096]):
            try:
                next(members(file, start + found))
                return start + found
            except DamagedMember:
                pass
        found = rest.find(MAGIC, found + 1)
    return None


def _begins_record(packed: bytes) -> bool:
    try:
        return zlib.decompressobj(wbits=31).decompress(packed, 64).startswith(_RECORD_START)
    except zlib.error:
        return False
