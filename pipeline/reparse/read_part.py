"""Reads one part of a WARC file: a function of the file's bytes and the source's facts, without
database, network, clock or globals. Any engine can run it, on any machine that sees the file.
"""

import logging
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from kazpress.errors import ArchiveError
from pipeline.archive.files import stored_captures
from pipeline.digests import body_sha256
from pipeline.model.capture import Capture, ClassifiedCapture
from pipeline.model.source import Site
from pipeline.reading.classify import classify
from pipeline.reparse.parts import Part, PartRead
from pipeline.similarity.shingles import cut_body
from pipeline.warc.members import GZIP, next_record, whole_members

Read = Callable[[Capture, bytes, Site], ClassifiedCapture]
"""How one capture is read."""

_PIECE_BYTES = 1 << 20


def read_part(part: Part, read: Read = classify) -> PartRead:
    """The captures of the part's source in it, each with what it gave. Raises ArchiveError."""
    with _told() as warnings:
        begin = _first_record(part.path, part.start)
        captures: list[ClassifiedCapture] = []
        following = begin
        if begin is not None and begin < part.end:
            last = begin
            folder, name = part.path.parent, part.path.name
            for capture, payload, after in stored_captures(
                folder, part.site, name, begin, part.end
            ):
                captures.append(read(capture, payload, part.site))
                last = after
            following = _record_from(part.path, last, part.end)
    return PartRead(
        part=part, captures=tuple(captures), begin=begin, following=following,
        checksum=checksum(part.path, part.start, part.end), warnings=tuple(dict.fromkeys(warnings)),
    )  # fmt: skip


def with_cuts(read: PartRead) -> PartRead:
    """The same, with its bodies as they are compared: work that is done where there is time."""
    bodies = {one.reading.body for one in read.captures if one.reading}
    cuts = {body_sha256(body): cut_body(body) for body in bodies}
    return replace(read, cuts=tuple(sorted(cuts.items())))


def checksum(path: Path, start: int, end: int) -> int:
    """CRC-32 of a range of a file's bytes. Raises ArchiveError."""
    found = 0
    try:
        with path.open("rb") as file:
            file.seek(start)
            while start < end and (piece := file.read(min(_PIECE_BYTES, end - start))):
                found = zlib.crc32(piece, found)
                start += len(piece)
    except OSError as error:
        raise _unreadable(path, error) from error
    return found


def _first_record(path: Path, start: int) -> int | None:
    """Where the first record from a byte on begins. A file begins with one."""
    if start == 0:
        return 0
    try:
        with path.open("rb") as file:
            return next_record(file, start, GZIP)
    except OSError as error:
        raise _unreadable(path, error) from error


def _record_from(path: Path, record: int, end: int) -> int | None:
    """Where the first record from byte `end` on begins, coming from the record at another byte."""
    try:
        found = (offset for offset, _, _ in whole_members(path, record) if offset >= end)
        return next(found, None)
    except OSError as error:
        raise _unreadable(path, error) from error


@contextmanager
def _told() -> Iterator[list[str]]:
    """What this thread is warned of: another process has nobody to tell, so its caller is told."""
    handler = _Collected(threading.get_ident())
    logger = logging.getLogger("pipeline")
    level = logger.level
    if not logger.isEnabledFor(logging.WARNING):
        logger.setLevel(logging.WARNING)  # whatever a worker of a cluster logs
    logger.addHandler(handler)
    try:
        yield handler.messages
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)


class _Collected(logging.Handler):
    def __init__(self, thread: int) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []
        self._thread = thread

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self._thread:
            self.messages.append(record.getMessage())


def _unreadable(path: Path, error: OSError) -> ArchiveError:
    return ArchiveError(f"{path}: can't be read ({error.strerror or error})")
