"""A file that is there whole or not at all."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from kazpress.errors import ExportError
from pipeline.synced import sync

BUFFER_BYTES = 1 << 18
"""Written at once: a record is often larger than what Python takes by itself."""


@contextmanager
def atomic_file(path: Path) -> Iterator[IO[bytes]]:
    """A file that replaces `path` once it is whole and on the disk, and not before.

    What is no file (a device, a pipe) is written to as it is. Raises ExportError.
    """
    with _told_by_name(path):
        if path.exists() and not path.is_file() and not path.is_dir():
            with path.open("wb", BUFFER_BYTES) as out:
                yield out
        else:
            with _replacing(path) as aside, aside.open("wb", BUFFER_BYTES) as out:
                yield out


@contextmanager
def atomic_path(path: Path) -> Iterator[Path]:
    """A place beside `path` for a file that replaces it once the block has ended well; for what has
    to be written by name. Raises ExportError, also where `path` is a device or a pipe.
    """
    with _told_by_name(path):
        if path.exists() and not path.is_file() and not path.is_dir():
            raise ExportError(f"{path}: is no file; this format can't be written to anything else")
        with _replacing(path) as aside:
            yield aside


@contextmanager
def _told_by_name(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ExportError(f"{path}: can't be written ({error.strerror or error})") from error


@contextmanager
def _replacing(path: Path) -> Iterator[Path]:
    path = path.resolve()  # behind a link
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    aside = path.with_name(f".kazpress-{os.getpid()}.part")  # its own name may be as long as any
    aside.unlink(missing_ok=True)  # of a killed process that had this number
    try:
        yield aside
        sync(aside)
        aside.replace(path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    sync(path.parent)
