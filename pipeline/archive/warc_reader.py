"""Reads WARC files of any tool as exchanges (WARC/1.0 and 1.1, gzipped or not).

Done here, since warcio does not do it: records that are cut short are noticed, digests checked,
and chunked bodies joined without a change to their Content-Encoding. Each record is read into
memory whole.
"""

import hashlib
import io
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from kazpress.errors import ArchiveError
from pipeline.archive.exchange import MIRROR_HEADER, SOURCE_HEADER, Exchange, payload_digest
from pipeline.archive.gzip_members import MAGIC, DamagedMember, members
from pipeline.archive.http_message import parse_answer
from pipeline.clock import moment
from pipeline.model.decision import DECISION_URN

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One exchange, with the place of its record in a WARC file in bytes."""

    exchange: Exchange
    offset: int
    length: int


class TornRecord(Exception):
    """A WARC file that ends within the record at `offset`, or cannot be read from there on."""

    def __init__(self, path: Path, offset: int) -> None:
        super().__init__(f"{path}: the record at byte {offset} is torn")
        self.path = path
        self.offset = offset


class _Unreadable(Exception):
    """A record that contradicts its own headers, or that the file's end cuts short (`torn`)."""

    def __init__(self, why: str, *, torn: bool = False) -> None:
        super().__init__(why)
        self.torn = torn


def records(path: Path) -> Iterator[Record]:
    """The exchanges of a WARC file of any tool, in the file's order.

    A torn or damaged record ends the walk with a `TornRecord`. Raises ArchiveError where the file
    can't be read, is no WARC, or is not gzipped record by record.
    """
    return _read(path, 0)


def record_at(path: Path, offset: int) -> Record:
    """The exchange whose record begins at an offset. Raises ArchiveError where there is none."""
    try:
        for record in _read(path, offset):
            return record
    except TornRecord as error:
        raise ArchiveError(f"{path}: no whole record at byte {offset}") from error
    raise ArchiveError(f"{path}: no record at byte {offset}")


def exchange_of(plain: bytes) -> Exchange | None:
    """The exchange in one decompressed record; None for a request or warcinfo record.

    Raises ArchiveError where it is no WARC record.
    """
    try:
        return next((one for _, _, one in _plain_records(io.BytesIO(plain))), None)
    except _Unreadable as error:
        raise ArchiveError(str(error)) from error


def _read(path: Path, start: int) -> Iterator[Record]:
    try:
        with path.open("rb") as file:
            file.seek(start)
            begins = file.read(len(MAGIC))
            walk = _gzipped(file, start) if begins == MAGIC else _uncompressed(file, start)
            yield from _walk(walk, path, start)
    except OSError as error:
        raise ArchiveError(f"{path}: can't be read ({error.strerror or error})") from error


def _walk(
    found: Iterator[tuple[int, int, Exchange | None]], path: Path, start: int
) -> Iterator[Record]:
    """The records found; what ends them early is raised as TornRecord, or as ArchiveError where
    already the first record cannot be read.
    """
    end = start
    try:
        for offset, length, exchange in found:
            end = offset + length
            if exchange is not None:
                yield Record(exchange=exchange, offset=offset, length=length)
    except (DamagedMember, _Unreadable) as error:
        if end == start and not error.torn:
            raise ArchiveError(f"{path}: can't be taken as WARC: {error}") from error
        raise TornRecord(path, end) from error


def _gzipped(file: BinaryIO, start: int) -> Iterator[tuple[int, int, Exchange | None]]:
    for offset, length, plain in members(file, start):
        inside = list(_plain_records(io.BytesIO(plain)))
        if len(inside) > 1:
            raise _Unreadable("it is gzipped as a whole; make it anew: warcio recompress OLD NEW")
        yield offset, length, inside[0][2] if inside else None


def _uncompressed(file: BinaryIO, start: int) -> Iterator[tuple[int, int, Exchange | None]]:
    file.seek(start)
    yield from _plain_records(file)


def _plain_records(file: BinaryIO) -> Iterator[tuple[int, int, Exchange | None]]:
    """The records of an uncompressed file from its position on: offset, length, exchange.

    Raises _Unreadable at the first that is torn or contradicts its headers.
    """
    iterator = ArchiveIterator(file, no_record_parse=True)
    iterator.INC_RECORD = ""  # it would print this; err_count says the same
    try:
        for record in iterator:
            if record.format != "warc":
                raise _Unreadable(
                    "it is no WARC; if it is ARC, an older form: warcio recompress OLD NEW"
                )
            block = _block(record)
            length = iterator.get_record_length()
            if iterator.err_count:
                raise _Unreadable("a record is longer than its Content-Length")
            yield iterator.get_record_offset(), length, _exchange(record, block)
    except ArchiveLoadFailed as error:
        raise _Unreadable(str(error).strip().partition("\n")[0]) from error


def _block(record: Any) -> bytes:
    """A record's block, checked against its length and digest. Raises _Unreadable."""
    get = record.rec_headers.get_header
    length = get("Content-Length") or ""
    block = b"".join(iter(lambda: record.raw_stream.read(1 << 16), b""))
    if not re.fullmatch(r"[0-9]+", length) or len(block) != int(length):
        raise _Unreadable("the record is cut short", torn=True)
    name, _, digest = (get("WARC-Block-Digest") or "").partition(":")
    if name.lower() == "sha1" and digest.upper() != payload_digest(block).partition(":")[2]:
        hexadecimal = hashlib.sha1(block, usedforsecurity=False).hexdigest()
        if digest.lower() != hexadecimal:
            raise _Unreadable("the record's digest is another than its content's")
    return block


def _exchange(record: Any, block: bytes) -> Exchange | None:
    """The exchange in a record; None where there is none. Raises _Unreadable."""
    kind = record.rec_type
    get = record.rec_headers.get_header
    target = (get("WARC-Target-URI") or "").strip("<>")
    is_text = kind == "resource" and target.startswith("urn:sha256:")
    if is_text or (kind == "metadata" and target == DECISION_URN):
        return Exchange(
            target=target, time=_time(get("WARC-Date")), status=0, payload=block,
            source=get(SOURCE_HEADER),
        )  # fmt: skip
    found = parse_answer(block) if kind in ("response", "revisit") else None
    if found is None:
        return None
    refers_to = _refers_to(record) if kind == "revisit" else None
    is_bodiless = found.status == 304 or refers_to is not None
    if get("WARC-Truncated") or (found.is_short and not is_bodiless):
        # Part of a page must not pass for the page.
        _log.warning("%s, %s: was cut short when captured; passed over", target, get("WARC-Date"))
        return None
    return Exchange(
        target=target,
        time=_time(get("WARC-Date")),
        status=found.status,
        reason=found.reason,
        protocol=found.protocol,
        headers=found.headers,
        payload=found.body,
        refers_to=refers_to,
        mirror=get(MIRROR_HEADER),
    )


def _refers_to(record: Any) -> tuple[str, datetime, str] | None:
    get = record.rec_headers.get_header
    target, date, digest = (
        get("WARC-Refers-To-Target-URI"), get("WARC-Refers-To-Date"), get("WARC-Payload-Digest"),
    )  # fmt: skip
    if not target or not date or not digest:
        return None
    return target.strip("<>"), _time(date), digest


def _time(text: str | None) -> datetime:
    """The moment of a WARC-Date. Raises _Unreadable."""
    try:
        found = moment(text or "")
    except (ValueError, OverflowError) as error:
        raise _Unreadable(f'WARC-Date "{text}" is no time') from error
    if not 1990 <= found.year < 3000:
        raise _Unreadable(f'WARC-Date "{text}" is before the web, or far in the future')
    return found
