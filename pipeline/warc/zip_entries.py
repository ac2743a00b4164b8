"""The entries of a ZIP file, read where they stand, without its checksums.

Python's reader drops the last piece of an entry whose checksum is wrong, and goes back only by
reading all of it again; WARC records have checksums of their own.
"""

import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import BinaryIO

from pipeline.warc.decoders import Inflater
from pipeline.warc.members import PIECE_BYTES, Compression, Content, Member, Packed

_WARC_NAME = re.compile(r"[^/]*\.warc(\.gz|\.zst)?", re.IGNORECASE)
_DEFLATE = Compression(magic=b"", decoder=lambda: Inflater(-zlib.MAX_WBITS))
_LOCAL_HEADER_BYTES = 30
_ENCRYPTED = 1


class BadZip(Exception):
    """A ZIP file that can't be read; its argument is a sentence without its subject."""


class BadEntry(Exception):
    """An entry that can't be read; its argument is a sentence without its subject."""


class _Part:
    """A part of a file."""

    def __init__(self, file: BinaryIO, start: int, size: int) -> None:
        self._file, self._start, self._size = file, start, size
        self._position = 0

    def read(self, size: int = PIECE_BYTES, /) -> bytes:
        """See Content."""
        self._file.seek(self._start + self._position)
        piece = self._file.read(max(0, min(size, self._size - self._position)))
        self._position += len(piece)
        return piece

    def seek(self, position: int, /) -> None:
        """See Content."""
        self._position = position


@dataclass(frozen=True, slots=True)
class ZipEntry:
    """A file in a ZIP file."""

    _info: zipfile.ZipInfo

    @property
    def name(self) -> str:
        """With its folders."""
        return self._info.filename

    @property
    def is_warc(self) -> bool:
        """Whether it is a WARC file by its name."""
        return _WARC_NAME.fullmatch(self.name.rpartition("/")[2]) is not None

    def content(self, file: BinaryIO) -> Content:
        """What it holds. Raises BadEntry."""
        if self._info.flag_bits & _ENCRYPTED:
            raise BadEntry("is encrypted; unpack it, and import what it holds")
        file.seek(self._info.header_offset)
        header = file.read(_LOCAL_HEADER_BYTES)
        if len(header) < _LOCAL_HEADER_BYTES or not header.startswith(b"PK\x03\x04"):
            raise BadEntry("is not where the ZIP file says")
        before = sum(int.from_bytes(header[at : at + 2], "little") for at in (26, 28))
        start = self._info.header_offset + _LOCAL_HEADER_BYTES + before
        part = _Part(file, start, self._info.compress_size)
        if self._info.compress_type == zipfile.ZIP_STORED:
            return part
        if self._info.compress_type == zipfile.ZIP_DEFLATED:
            return Member(Packed(part), _DEFLATE)
        raise BadEntry("is compressed in a rare way; unpack it, and import what it holds")


def zip_entries(file: BinaryIO) -> list[ZipEntry]:
    """The files in a ZIP file, by name. Raises BadZip."""
    try:
        with zipfile.ZipFile(file) as opened:
            infos = [info for info in opened.infolist() if not info.is_dir()]
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise BadZip(
            "is a ZIP file without a directory at its end, perhaps cut off; "
            f"get it again, or unpack what is left of it ({error})"
        ) from error
    return [ZipEntry(info) for info in sorted(infos, key=lambda info: info.filename)]
