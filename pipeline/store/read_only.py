"""A database that its user may read and not write, as it stood when it was opened.

SQLite keeps writers from what is being read by two files beside the database, `-wal` and `-shm`.
Where both are there, that holds for a reader who may not write them too. Where one is missing, such
a reader can't make it, and works on a copy: nobody has the database open then, for whoever opens it
makes both files first, and whoever closes it last removes them only while nobody holds a shared
lock on the database. A copy made under this lock is whole if the same files are there afterwards.
"""

import fcntl
import shutil
import sqlite3
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from kazpress.errors import StoreError

_WAL_FILES = ("-wal", "-shm")
_COPIED_TOO = ("-wal", "-journal")
_SHARED_FIRST, _SHARED_SIZE = 0x40000002, 510
"""The bytes that SQLite's readers lock (SHARED_FIRST and SHARED_SIZE in its os_unix.c)."""
_COPY_BYTES = 1 << 20
_SECONDS_BETWEEN_TRIES = 0.05
_NOT_YET = {sqlite3.SQLITE_READONLY_RECOVERY, sqlite3.SQLITE_READONLY_CANTINIT}
"""What SQLite says while a writer has made `-shm` and not filled it yet."""


class _FrozenConnection(sqlite3.Connection):
    """A connection in one read transaction. It keeps a file open that holds the shared lock: to
    close that file would give up SQLite's own locks too (fcntl(2), "record locks").
    """

    locked: BinaryIO | None = None

    def close(self) -> None:
        super().close()
        if self.locked:
            self.locked.close()


def connect_frozen(path: Path, *, busy_seconds: float) -> sqlite3.Connection:
    """A connection to a database as it stands, whatever others write later. Nothing is written
    beside it; a copy goes to the folder of temporary files (TMPDIR) and is gone with the
    connection. Raises StoreError, sqlite3.Error, OSError.
    """
    path = path.resolve()
    give_up = time.monotonic() + busy_seconds
    while True:
        locked = path.open("rb")
        try:
            connection = _connected(path, locked, give_up, busy_seconds)
        except BaseException:
            locked.close()
            raise
        if connection:
            return connection
        locked.close()
        time.sleep(_SECONDS_BETWEEN_TRIES)


def _connected(
    path: Path, locked: BinaryIO, give_up: float, busy_seconds: float
) -> sqlite3.Connection | None:
    """None where it has to be tried again."""
    if not _shared_lock(locked):
        if time.monotonic() > give_up:
            raise StoreError(f"{path}: is locked by another process; try again later")
        return None
    while len(there := _wal_files(path)) < len(_WAL_FILES):
        copy = _copied(path, locked)
        if _wal_files(path) == there:
            locked.close()
            return copy
        copy.close()
    try:
        return _beside_writers(path, locked, busy_seconds)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode not in _NOT_YET or time.monotonic() > give_up:
            raise
        return None


def _shared_lock(file: BinaryIO) -> bool:
    try:
        fcntl.lockf(file, fcntl.LOCK_SH | fcntl.LOCK_NB, _SHARED_SIZE, _SHARED_FIRST)
    except BlockingIOError:
        return False
    return True


def _wal_files(path: Path) -> list[str]:
    return [end for end in _WAL_FILES if _beside(path, end).exists()]


def _beside(path: Path, end: str) -> Path:
    return path.with_name(f"{path.name}{end}")


def _beside_writers(path: Path, locked: BinaryIO, busy_seconds: float) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.as_uri()}?mode=ro", uri=True, factory=_FrozenConnection, timeout=busy_seconds,
        check_same_thread=False,
    )  # fmt: skip
    try:
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException:
        connection.close()
        raise
    connection.locked = locked
    return connection


def _copied(path: Path, file: BinaryIO) -> sqlite3.Connection:
    """A connection to a copy that has no name any more. Raises StoreError, sqlite3.Error."""
    try:
        with TemporaryDirectory(prefix="kazpress-") as folder:
            copy = Path(folder) / "copy.db"
            _copy(path, file, copy)
            return _alone(copy)
    except OSError as error:
        raise StoreError(
            f"{path}: may not be written, and can't be copied to be read ({error.strerror}); "
            "set TMPDIR to a folder with room for it"
        ) from error


def _copy(path: Path, file: BinaryIO, copy: Path) -> None:
    file.seek(0)
    with copy.open("wb") as out:
        shutil.copyfileobj(file, out, _COPY_BYTES)
    for end in _COPIED_TOO:
        if _beside(path, end).exists():
            shutil.copyfile(_beside(path, end), _beside(copy, end))


def _alone(copy: Path) -> sqlite3.Connection:
    """A connection that needs no file beside the copy, nor its name."""
    connection = sqlite3.connect(copy, check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode = DELETE")
    except BaseException:
        connection.close()
        raise
    return connection
