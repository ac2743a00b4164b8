"""Appends exchanges to one source's WARC files."""

import os
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from kazpress.errors import ArchiveError
from pipeline.archive.exchange import Exchange
from pipeline.archive.files import article_file, last_number, unshare
from pipeline.archive.warc_writer import record_bytes, warcinfo_bytes

_MAX_FILE_BYTES = 1_000_000_000


class ArchiveWriter:
    """Appends exchanges to one source's files of one kind, `articles` or `listings`.

    Only the holder of the source's lock may have one. Listings go to one file a day; articles to
    the last file until it has `max_file_bytes`, then to the next. `known` tells the names of
    the files that the database knows: the number of one that was moved away is not given again.
    """

    def __init__(
        self, folder: Path, source: str, kind: str, software: str,
        *, known: Callable[[], Iterable[str]], max_file_bytes: int = _MAX_FILE_BYTES,
    ) -> None:  # fmt: skip
        self._folder = folder
        self._source = source
        self._kind = kind
        self._software = software
        self._known = known
        self._max_file_bytes = max_file_bytes
        self._descriptor: int | None = None
        self._name = ""
        self._size = 0
        self._synced_size = 0

    def append(self, exchange: Exchange) -> tuple[str, int, int]:
        """Write one exchange in one piece; its file, offset and length in bytes.

        The part that a failing write leaves is cut off again. Raises ArchiveError.
        """
        record = record_bytes(exchange)
        self._open_for(exchange)
        offset = self._size
        self._write(record)
        return self._name, offset, len(record)

    def sync(self) -> None:
        """Wait until all that was appended is on the disk. Raises ArchiveError."""
        if self._descriptor is not None and self._synced_size != self._size:
            try:
                os.fdatasync(self._descriptor)
            except OSError as error:
                raise self._unwritable(error) from error
            self._synced_size = self._size

    @property
    def position(self) -> tuple[str, int]:
        """The open file's name, and its size in bytes."""
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

    def _open_for(self, exchange: Exchange) -> None:
        try:
            name = self._file_name(exchange.time)
            if self._descriptor is not None and name == self._name:
                return
            self.close()
            self._name = name
            self._folder.mkdir(parents=True, exist_ok=True)
            unshare(self._folder / name)
            self._descriptor = os.open(
                self._folder / name, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o644
            )
            self._size = self._synced_size = os.fstat(self._descriptor).st_size
        except OSError as error:
            raise self._unwritable(error) from error
        if self._size == 0:
            part_of = f"{self._source}-{self._kind}"
            self._write(
                warcinfo_bytes(
                    name, exchange.time, self._software, agent=exchange.agent, part_of=part_of
                )
            )

    def _file_name(self, time: datetime) -> str:
        if self._kind == "listings":
            return f"{self._source}-listings-{time:%Y%m%d}.warc.gz"
        if self._descriptor is not None and self._size < self._max_file_bytes:
            return self._name
        number = last_number(self._folder, self._source, self._known())
        last = article_file(self._source, number)
        path = self._folder / last
        if path.exists() and path.stat().st_size < self._max_file_bytes:
            return last
        return article_file(self._source, number + 1)

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
