"""Locks that let each source have one writer; the kernel frees them when their holder dies."""

import fcntl
import json
import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from kazpress.errors import ArchiveError, SourceBusy
from pipeline.clock import almaty_minute, moment, seconds_stamp


class Lock:
    """An exclusive lock on a file, into which the holder's process and work are written.

    On entry, raises SourceBusy with the holder where another process has it, and ArchiveError
    where the file can't be made. `what` is locked, `doing` is the work, both for messages.
    With `create=False` nothing is made or written; without a file nobody is kept out.
    """

    def __init__(
        self, path: Path, what: str, doing: str, now: datetime, *, create: bool = True
    ) -> None:
        self._path = path
        self._what = what
        self._holder = {"pid": os.getpid(), "doing": doing, "since": seconds_stamp(now)}
        self._create = create
        self._descriptor: int | None = None

    def __enter__(self) -> Self:
        descriptor = self._opened()
        if descriptor is None:
            return self
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = _holder(descriptor)
            os.close(descriptor)
            raise SourceBusy(f"{self._what} is held by {holder}") from error
        self._descriptor = descriptor
        if self._create:
            self._sign(descriptor)
        return self

    def _opened(self) -> int | None:
        """The file's descriptor; None where it may not be made and can't be opened."""
        if not self._create:
            with suppress(OSError):
                return os.open(self._path, os.O_RDONLY | os.O_CLOEXEC)
            return None
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            return os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise ArchiveError(f"{self._path}: can't be made ({error.strerror})") from error

    def _sign(self, descriptor: int) -> None:
        """Write the holder into the file. On a full disk the lock works without."""
        with suppress(OSError):
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, json.dumps(self._holder).encode(), 0)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._descriptor is not None:
            if self._create:
                os.ftruncate(self._descriptor, 0)
            os.close(self._descriptor)
            self._descriptor = None


def source_lock(
    archive: Path, source: str, doing: str, now: datetime, *, create: bool = True
) -> Lock:
    """The lock of a source: its holder alone may write the source's archive and items."""
    return Lock(archive / f"{source}.lock", source, doing, now, create=create)


def _holder(descriptor: int) -> str:
    try:
        holder = json.loads(os.pread(descriptor, 4096, 0))
        since = almaty_minute(moment(holder["since"]))
        return f"process {holder['pid']} ({holder['doing']}, since {since})"
    except (ValueError, KeyError, TypeError):
        return "another process"
