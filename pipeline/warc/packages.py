"""Opens what holds WARC records: a WARC file in any form, a WACZ or other ZIP file of WARC files.

Nothing is unpacked to the disk, and no more is held in memory than one record.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

from pipeline.warc.decoders import DecodingFault, ZstandardDecoder
from pipeline.warc.file_kinds import HEAD_BYTES, WarcForm, foreign_kind, warc_form
from pipeline.warc.members import (
    GZIP,
    Compression,
    Content,
    DamagedMember,
    Member,
    Packed,
    next_record,
)
from pipeline.warc.raw_records import RECORD_START, DamagedRecord, raw_records
from pipeline.warc.zip_entries import BadEntry, BadZip, ZipEntry, zip_entries

_ZSTANDARD_MAGIC = b"\x28\xb5\x2f\xfd"
_DICTIONARY_FRAME = b"\x5d\x2a\x4d\x18"
"""How the skippable frame with the dictionary of a .warc.zst begins."""
_MAX_DICTIONARY_BYTES = 64 << 20
_SHOWN_NAMES = 3


class NoWarc(Exception):
    """A file without WARC records; its argument follows the file's name in a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WarcFile:
    """A WARC file, open, alone or inside another file."""

    name: str | None
    """Its name inside another file."""
    content: Content
    compression: Compression | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoWarcInside:
    """A file inside another one that should be a WARC file, and is none."""

    name: str
    why: str
    """A sentence without its subject."""


def warc_files(file: BinaryIO, name: str) -> Iterator[WarcFile | NoWarcInside]:
    """The WARC files in an open file of this name: itself, or those in it.

    Raises NoWarc, OSError.
    """
    head = _head(file)
    if not head:
        raise NoWarc("is empty")
    form = warc_form(head, name)
    if form == "zip":
        yield from _zipped(file)
    else:
        yield WarcFile(name=None, content=file, compression=_compression(file, form, head))


def _zipped(file: BinaryIO) -> Iterator[WarcFile | NoWarcInside]:
    try:
        entries = zip_entries(file)
    except BadZip as error:
        raise NoWarc(str(error)) from error
    held = [entry for entry in entries if entry.is_warc]
    if not held:
        raise NoWarc(f"is a ZIP file without a WARC file in it; it holds {_listed(entries)}")
    for entry in held:
        try:
            content = entry.content(file)
            head = _head(content)
            compression = _compression(content, warc_form(head, entry.name), head)
        except (BadEntry, NoWarc, DamagedMember) as error:
            yield NoWarcInside(name=entry.name, why=str(error))
        else:
            yield WarcFile(name=entry.name, content=content, compression=compression)


def _listed(entries: list[ZipEntry]) -> str:
    others = len(entries) - _SHOWN_NAMES
    shown = ", ".join(entry.name for entry in entries[:_SHOWN_NAMES]) or "nothing"
    return f"{shown} and {others} more" if others > 0 else shown


def _head(content: Content) -> bytes:
    content.seek(0)
    head = b""
    while len(head) < HEAD_BYTES and (piece := content.read(HEAD_BYTES - len(head))):
        head += piece
    return head


def _compression(file: Content, form: WarcForm | None, head: bytes) -> Compression | None:
    """How a WARC file is compressed, if it is. Raises NoWarc."""
    if form == "plain":
        if not RECORD_START.match(head.lstrip(b"\r\n")):
            _check_records(file)
        return None
    if form == "gzip":
        compression = GZIP
    elif form == "zstandard":
        compression = _zstandard(file)
    elif form == "zip":
        raise NoWarc("is a ZIP file inside another one; unpack it, and import what it holds")
    else:
        raise NoWarc(f"is {foreign_kind(head) or 'a text, not a WARC file'}")
    _check_content(file, form, compression)
    return compression


def _check_records(content: Content) -> None:
    """Raises NoWarc where no record begins."""
    content.seek(0)
    found = list(islice(raw_records(content), 2))
    if len(found) < 2 and all(isinstance(one, DamagedRecord) for one in found):
        raise NoWarc("is no WARC file: no record begins in it")


def _check_content(file: Content, form: WarcForm, compression: Compression) -> None:
    """Raises NoWarc where neither the first member nor any other begins with a record."""
    packed = "gzipped" if form == "gzip" else "Zstandard-compressed"
    content = Member(Packed(file), compression)
    head, fault = b"", None
    try:
        while len(head) < HEAD_BYTES and (piece := content.read(HEAD_BYTES)):
            head += piece
    except DamagedMember as damaged:
        fault = damaged
    if RECORD_START.match(head.lstrip(b"\r\n")) or next_record(file, 1, compression) is not None:
        return
    if fault is not None and not head:
        raise NoWarc(f"is {packed}, but can't be unpacked ({fault})")
    what = foreign_kind(head) or ("a text, not a WARC file" if head.strip() else "nothing")
    raise NoWarc(f"is {packed}, and inside {what}")


def _zstandard(file: Content) -> Compression:
    """Zstandard with the dictionary that may stand in the first frame. Raises NoWarc."""
    file.seek(0)
    dictionary = None
    if file.read(4) == _DICTIONARY_FRAME:
        size = int.from_bytes(file.read(4), "little")
        if size > _MAX_DICTIONARY_BYTES:
            raise NoWarc("is Zstandard-compressed, with a dictionary that is too large")
        dictionary = file.read(size)
    try:
        if dictionary and dictionary.startswith(_ZSTANDARD_MAGIC):
            dictionary = ZstandardDecoder().feed(dictionary, _MAX_DICTIONARY_BYTES)
        ZstandardDecoder(dictionary)
    except DecodingFault as fault:
        raise NoWarc(f"is Zstandard-compressed, but can't be unpacked ({fault})") from fault
    return Compression(magic=_ZSTANDARD_MAGIC, decoder=lambda: ZstandardDecoder(dictionary))
