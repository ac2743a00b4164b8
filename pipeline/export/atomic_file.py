"""A file that is there whole or not at all."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from kazpress.errors import ExportError

BUFFER_BYTES = 1 << 18
"""Written at once: a record is often larger than what Python takes by itself."""


@contextmanager
def atomic_file(path: Path) -> Iterator[IO[bytes]]:
    """A file that replaces `path` once it is whole and on the disk, and not before.

    What is no file (a device, a pipe) is written to as it is. Raises ExportError.
    """
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            with path.open("wb", BUFFER_BYTES) as out:
                yield out
        else:
            with _replacing(path.resolve()) as out:  # behind a link
                yield out
    except OSError as error:
        raise ExportError(f"{path}: can't be written ({error.strerror or error})") from error


@contextmanager
def _replacing(path: Path) -> Iterator[IO[bytes]]:
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    aside = path.with_name(f".kazpress-{os.getpid()}.part")  # its own name may be as long as any
    with aside.open("wb", BUFFER_BYTES) as out:
        try:
            yield out
            out.flush()
            os.fsync(out.fileno())
            aside.replace(path)
        except BaseException:
            aside.unlink(missing_ok=True)
            raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Bring the new name onto the disk too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
