"""The archive: WARC files a source writes once and for ever, and what is in them.

`<source>-articles-<number>.warc.gz` are kept for ever; `<source>-listings-<day>.warc.gz` (listings,
robots.txt, sitemaps, feeds) may be dropped after 30 days. A file is written only by the holder of
the source's lock.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from kazpress.errors import ArchiveError
from pipeline.archive.gzip_members import whole_members
from pipeline.archive.warc_reader import Exchange, exchange_of, record_at
from pipeline.archive.warc_writer import record_bytes, warcinfo_bytes
from pipeline.model.capture import Capture
from pipeline.model.decision import DECISION_URN
from pipeline.model.source import Site
from pipeline.normalize.addresses import article_address, public_url

_LARGEST_FILE = 1_000_000_000
_NAME = re.compile(r"(?P<source>[a-z0-9_-]+?)-(?P<kind>articles|listings)-(?P<part>\d+)\.warc\.gz")


@dataclass(frozen=True, slots=True, kw_only=True)
class Torn:
    """A torn end that was cut off an archive file."""

    file: str
    offset: int
    bytes_cut: int

    @property
    def sentence(self) -> str:
        """What was done, for a person."""
        return f"{self.file}: {self.bytes_cut} bytes of a torn record cut off at byte {self.offset}"


def archive_files(folder: Path, source: str, kind: str = "articles") -> list[str]:
    """The names of a source's files of one kind, in order."""
    if not folder.is_dir():
        return []
    names = sorted(path.name for path in folder.iterdir())
    matches = (_NAME.fullmatch(name) for name in names)
    return [m[0] for m in matches if m and m["source"] == source and m["kind"] == kind]


def capture_of(exchange: Exchange, site: Site) -> Capture | None:
    """What the database keeps of an exchange; None where the address is not the source's."""
    if exchange.status == 0:
        return _imported(exchange, site)
    target = public_url(exchange.target, site.source.base_url, site)
    if target is None:
        return None
    article = article_address(target, site.source)
    location = exchange.header("Location") if exchange.status in (301, 302, 303, 307, 308) else None
    return Capture(
        source=site.source.name,
        url=article.url if article else target,
        target=target,
        time=exchange.time,
        status=exchange.status,
        digest=exchange.digest,
        content_type=exchange.header("Content-Type") or "",
        content_encoding=exchange.header("Content-Encoding") or "",
        etag=exchange.header("ETag"),
        last_modified=exchange.header("Last-Modified"),
        location=location,
        refers_to=exchange.refers_to[1] if exchange.refers_to else None,
        mirror=exchange.mirror,
        article=article is not None,
    )


def _imported(exchange: Exchange, site: Site) -> Capture | None:
    if exchange.source != site.source.name:
        return None
    content = "application/json" if exchange.target == DECISION_URN else "text/plain; charset=utf-8"
    return Capture(
        source=site.source.name, url=exchange.target, target=exchange.target, time=exchange.time,
        status=0, digest=exchange.digest, content_type=content, article=True,
    )  # fmt: skip


def stored_payload(folder: Path, capture: Capture) -> bytes:
    """The payload of a capture, from the archive. Raises ArchiveError where it is not there."""
    return record_at(folder / capture.file, capture.offset).exchange.payload


def stored_captures(
    folder: Path, site: Site, file: str, start: int = 0
) -> Iterator[tuple[Capture, bytes, int]]:
    """The captures of one archive file from an offset on, with payload and the offset after it.

    Raises ArchiveError.
    """
    path = folder / file
    for offset, length, plain in _members(path, start):
        try:
            exchange = exchange_of(plain)
        except ArchiveError as error:
            raise ArchiveError(f"{path}: at byte {offset}: {error}") from error
        capture = capture_of(exchange, site) if exchange else None
        if capture and exchange:
            yield placed(capture, file, offset, length), exchange.payload, offset + length


def placed(capture: Capture, file: str, offset: int, length: int) -> Capture:
    """The capture with its place in the archive."""
    return replace(capture, file=file, offset=offset, length=length)


def mend(folder: Path, file: str, start: int) -> Torn | None:
    """Cut off a file what follows its last whole record, looking from an offset on; None where
    nothing does. Raises ArchiveError.
    """
    path = folder / file
    end = start
    for offset, length, _ in _members(path, start):
        end = offset + length
    try:
        size = path.stat().st_size
        if size <= end:
            return None
        os.truncate(path, end)
    except OSError as error:
        raise ArchiveError(f"{path}: its torn end can't be cut off ({error.strerror})") from error
    return Torn(file=file, offset=end, bytes_cut=size - end)


def _members(path: Path, start: int) -> Iterator[tuple[int, int, bytes]]:
    try:
        yield from whole_members(path, start)
    except OSError as error:
        raise ArchiveError(f"{path}: can't be read ({error.strerror})") from error


class ArchiveWriter:
    """Appends exchanges to one source's files of one kind. Hold the source's lock."""

    def __init__(self, folder: Path, source: str, kind: str, software: str) -> None:
        self._folder = folder
        self._source = source
        self._kind = kind
        self._software = software
        self._descriptor: int | None = None
        self._name = ""
        self._size = 0

    def append(self, exchange: Exchange) -> tuple[str, int, int]:
        """Write one exchange with a single call and give its file, offset and length.

        What a failing write left is cut off again. Raises ArchiveError.
        """
        record = record_bytes(exchange)
        self._open_for(exchange.time)
        offset = self._size
        self._write(record)
        return self._name, offset, len(record)

    def sync(self) -> None:
        """Bring what was appended onto the disk. Raises ArchiveError."""
        if self._descriptor is not None:
            try:
                os.fdatasync(self._descriptor)
            except OSError as error:
                raise self._unwritable(error) from error

    @property
    def position(self) -> tuple[str, int]:
        """The open file's name and size."""
        return self._name, self._size

    def close(self) -> None:
        """Sync and close."""
        if self._descriptor is not None:
            try:
                self.sync()
            finally:
                os.close(self._descriptor)
                self._descriptor = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _open_for(self, time: datetime) -> None:
        try:
            name = self._file_name(time)
            if self._descriptor is not None and name == self._name:
                return
            self.close()
            self._name = name
            self._folder.mkdir(parents=True, exist_ok=True)
            self._descriptor = os.open(
                self._folder / name, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o644
            )
            self._size = os.fstat(self._descriptor).st_size
        except OSError as error:
            raise self._unwritable(error) from error
        if self._size == 0:
            self._write(warcinfo_bytes(name, time, self._software))

    def _file_name(self, time: datetime) -> str:
        if self._kind == "listings":
            return f"{self._source}-listings-{time:%Y%m%d}.warc.gz"
        if self._descriptor is not None and self._size < _LARGEST_FILE:
            return self._name
        known = archive_files(self._folder, self._source)
        if not known:
            return f"{self._source}-articles-000001.warc.gz"
        if (self._folder / known[-1]).stat().st_size < _LARGEST_FILE:
            return known[-1]
        number = int(known[-1].split("-")[-1].split(".")[0]) + 1
        return f"{self._source}-articles-{number:06}.warc.gz"

    def _write(self, record: bytes) -> None:
        assert self._descriptor is not None
        written = 0
        try:
            while written < len(record):
                written += os.write(self._descriptor, record[written:])
        except OSError as error:
            os.ftruncate(self._descriptor, self._size)
            raise self._unwritable(error) from error
        self._size += len(record)

    def _unwritable(self, error: OSError) -> ArchiveError:
        path = self._folder / (self._name or f"{self._source}-{self._kind}")
        return ArchiveError(f"{path}: can't be written ({error.strerror})")
