"""Reads WARC files of any tool as exchanges (WARC/1.0 and 1.1), however they are packed.

What a record says is checked here; where it begins and ends, and its digest, in `pipeline/warc`.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from kazpress.errors import ArchiveError
from pipeline.archive.exchange import Exchange, Reference
from pipeline.archive.record_exchange import NoExchange, exchange_in
from pipeline.warc.members import GZIP, DamagedMember
from pipeline.warc.packages import NoWarc, NoWarcInside, WarcFile, warc_files
from pipeline.warc.passed_over import PassedOver
from pipeline.warc.raw_records import DamagedRecord, RawRecord, raw_records, whole_record
from pipeline.warc.record_walk import FoundRecord, walk

_REQUEST = re.compile(rb"\r\nWARC-Type: request\r")
"""Half of an archive's records; none of them has to be taken apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One exchange, with the place of its record in a WARC file."""

    exchange: Exchange
    offset: int
    """Where it begins in the file, in bytes."""
    is_direct: bool = True
    """Whether `record_at` finds it at its offset: not in a file inside another one, nor in a
    member with several records."""
    record_id: str = ""
    """Its WARC-Record-ID."""


def entries(path: Path) -> Iterator[Record | PassedOver]:
    """All records of a WARC file of any tool, or of the WARC files in a WACZ or other ZIP file.

    Raises ArchiveError where the file can't be read, or is no such file.
    """
    try:
        with path.open("rb") as file:
            for warc in warc_files(file, path.name):
                if isinstance(warc, NoWarcInside):
                    yield _none_inside(path, warc)
                else:
                    yield from _entries(path, warc)
    except NoWarc as error:
        raise ArchiveError(f"{path}: {error}") from error
    except OSError as error:
        raise _unreadable(path, error) from error


def records(path: Path) -> Iterator[Record]:
    """The exchanges of such a file, whatever was passed over. Raises ArchiveError."""
    return (one for one in entries(path) if isinstance(one, Record))


def record_at(path: Path, offset: int) -> Record:
    """The exchange whose record begins at an offset. Raises ArchiveError where there is none."""
    try:
        with path.open("rb") as file:
            return record_in(file, offset)
    except OSError as error:
        raise _unreadable(path, error) from error
    except ArchiveError as error:
        raise ArchiveError(f"{path}: {error}") from error


def record_in(file: BinaryIO, offset: int) -> Record:
    """The exchange whose record begins at an offset of an open file. Raises ArchiveError."""
    file.seek(offset)
    is_gzip = file.read(len(GZIP.magic)) == GZIP.magic
    found = next(walk(file, GZIP if is_gzip else None, offset), None)
    if found is None or found.offset != offset:
        raise ArchiveError(f"no record at byte {offset}")
    exchange = _exchange(found)
    if isinstance(exchange, Exchange):
        return _record(found, exchange, is_direct=True)
    raise ArchiveError(f"no whole record at byte {offset}")


def originals(path: Path, named: set[str]) -> dict[str, Reference]:
    """The exchanges in a file whose records have one of these ids, as what refers to them would
    name them. Raises ArchiveError.
    """
    if not named:
        return {}
    return {
        one.record_id: Reference(
            target=one.exchange.target, time=one.exchange.time, digest=one.exchange.digest or None
        )
        for one in records(path)
        if one.record_id in named
    }


def exchange_of(plain: bytes) -> Exchange | None:
    """The exchange in one decompressed record; None for a request or warcinfo record.

    Raises ArchiveError where it is no whole WARC record.
    """
    if _REQUEST.search(plain, 0, plain.find(b"\r\n\r\n")):
        return None
    record = whole_record(plain) or next(raw_records(io.BytesIO(plain)), None)
    if record is None:
        return None
    exchange = exchange_in(record) if isinstance(record, RawRecord) else record
    if isinstance(exchange, Exchange):
        return exchange
    if exchange.cause == "damage":
        raise ArchiveError(exchange.detail)
    return None


def _entries(path: Path, warc: WarcFile) -> Iterator[Record | PassedOver]:
    name = f"{path}, {warc.name}" if warc.name else str(path)
    try:
        for found in walk(warc.content, warc.compression):
            exchange = _exchange(found)
            if isinstance(exchange, Exchange):
                yield _record(found, exchange, is_direct=_is_direct(warc, found))
            else:
                yield _passed_over(name, found, exchange)
    except DamagedMember as damaged:
        sentence = f"{name}: can't be unpacked further ({damaged})"
        yield PassedOver(cause="damage", reason="damaged", sentence=sentence, target=None)


def _exchange(found: FoundRecord) -> Exchange | NoExchange | DamagedRecord:
    record = found.record
    return exchange_in(record) if isinstance(record, RawRecord) else record


def _record(found: FoundRecord, exchange: Exchange, *, is_direct: bool) -> Record:
    record_id = found.record.headers.get("warc-record-id", "")
    return Record(
        exchange=exchange, offset=found.offset, is_direct=is_direct, record_id=record_id
    )  # fmt: skip


def _is_direct(warc: WarcFile, found: FoundRecord) -> bool:
    return warc.name is None and warc.compression in (None, GZIP) and not found.within


def _passed_over(name: str, found: FoundRecord, why: DamagedRecord | NoExchange) -> PassedOver:
    target = found.record.headers.get("warc-target-uri", "").strip("<>") or None
    reason = why.reason
    of = f" of {target}" if target else ""
    how = "is torn" if reason == "torn" else f"was passed over: {why.detail}"
    return PassedOver(
        cause=why.cause, reason=reason, sentence=f"{name}: the record {found.place}{of} {how}",
        target=target,
    )  # fmt: skip


def _none_inside(path: Path, inside: NoWarcInside) -> PassedOver:
    sentence = f"{path}, {inside.name}: {inside.why}"
    return PassedOver(cause="damage", reason="no-warc", sentence=sentence, target=None)


def _unreadable(path: Path, error: OSError) -> ArchiveError:
    return ArchiveError(f"{path}: can't be read ({error.strerror or error})")
