"""`kazpress backup`: the database and the archive, in a dated folder that is whole or not there.

The database is copied first, so every capture that it knows is in the files that are copied then.
"""

import errno
import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kazpress.config import Config
from kazpress.errors import BackupError, StoreError
from kazpress.operations.amounts import megabytes
from kazpress.operations.checksums import ARCHIVE, DATABASE, read_list, write_list
from pipeline.archive.files import ArchiveFile, all_files, away, whole_end
from pipeline.archive.lock import Lock
from pipeline.counted import counted
from pipeline.digests import file_sha256
from pipeline.store.database import known_files, position, reading_any_version
from pipeline.store.database_copy import copy_database
from pipeline.store.free_space import LEAST_FREE_BYTES, scarcity
from pipeline.store.permissions import shared_with_group
from pipeline.synced import sync

_PREFIX = "kazpress-"
_PART = ".part"
_NO_LINK = {errno.EXDEV, errno.EPERM, errno.EMLINK, errno.EOPNOTSUPP, errno.EACCES}
"""Why a file system, or its owner, makes no hard link: the file is copied then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A backup that was made."""

    folder: Path
    files: int
    """Of the archive."""
    linked: int
    """Those of them that take no room of their own."""
    bytes: int
    """Of the database and the archive together, linked files included."""
    away: int
    """Files of the archive that were moved away, and are not in it."""

    @property
    def sentence(self) -> str:
        """What it holds, as a sentence for a person."""
        linked = f", {self.linked} of them as hard links" if self.linked else ""
        away = f"; without {counted(self.away, 'file')} not at hand" if self.away else ""
        return (
            f"backed up: the database and {counted(self.files, 'file')} of the archive{linked} "
            f"({megabytes(self.bytes)}){away}"
        )


def back_up(config: Config, into: Path, now: datetime) -> Backup:
    """Make a backup in a folder of its own, named for the moment. What an earlier backup that was
    broken off left there is removed.

    Raises BackupError, StoreError, ArchiveError; SourceBusy where another backup is being made.
    """
    if not config.db.is_file():
        raise StoreError(f"{config.db}: no such database; name it with --db")
    folder = into / f"{_PREFIX}{now:%Y%m%dT%H%M%SZ}"
    with shared_with_group(), Lock(into / "backup.lock", str(into), "backup", now):
        try:
            for left in into.glob(f".{_PREFIX}*{_PART}"):
                shutil.rmtree(left)
            if folder.exists():
                raise BackupError(f"{folder}: is there already; try again in a second")
            return _made(config, folder)
        except OSError as error:
            where = error.filename or into
            raise BackupError(f"{where}: {error.strerror}; no backup was made") from error


def backups(into: Path) -> list[Path]:
    """The backups in a folder, the newest last."""
    return sorted(one for one in into.glob(f"{_PREFIX}*") if one.is_dir())


def _made(config: Config, folder: Path) -> Backup:
    part = folder.with_name(f".{folder.name}{_PART}")
    try:
        (part / ARCHIVE).mkdir(parents=True)
        copying = _Copying(config, part, backups(folder.parent)[-1:])
        copying.take_database()
        copying.take_archive()
        write_list(part, copying.sums)
        for made in (part / ARCHIVE, part):
            sync(made)
        part.rename(folder)
    except BaseException:
        with suppress(OSError):
            shutil.rmtree(part)
        raise
    sync(folder.parent)
    return Backup(
        folder=folder,
        files=len(copying.sums) - 1,
        linked=copying.linked,
        bytes=sum((folder / name).stat().st_size for name in copying.sums),
        away=copying.away,
    )


class _Copying:
    """A backup that is being filled."""

    def __init__(self, config: Config, part: Path, earlier: list[Path]) -> None:
        self._config = config
        self._part = part
        self._earlier = earlier[0] if earlier else part
        self._earlier_sums: dict[str, str] = {}
        with suppress(BackupError):
            self._earlier_sums = read_list(self._earlier)
        self.sums: dict[str, str] = {}
        self.linked = 0
        self.away = 0

    def take_database(self) -> None:
        """Raises StoreError, BackupError, OSError."""
        self._refuse_without_room(self._config.db.stat().st_size)
        copy_database(self._config.db, self._part / DATABASE)
        self.sums[DATABASE] = file_sha256(self._part / DATABASE)

    def take_archive(self) -> None:
        """The whole records of all files as they are now. Raises ArchiveError, BackupError."""
        found = all_files(self._config.archive)
        with reading_any_version(self._part / DATABASE) as db:
            known = {file.name: position(db, file.name) for file in found}
            self.away = len(away(self._config.archive, known_files(db)))
        growing = _growing(found)
        for file in found:
            try:
                self._take(file, known[file.name], grows=file in growing)
            except FileNotFoundError:
                if file.kind == "articles":
                    raise  # old listings may be dropped meanwhile

    def _take(self, file: ArchiveFile, known: int, *, grows: bool) -> None:
        path, name = self._config.archive / file.name, f"{ARCHIVE}/{file.name}"
        size = path.stat().st_size
        start = known if known <= size else 0
        if self._link_earlier(path, name) or (
            not grows and whole_end(path, start) == size and self._link(path, name)
        ):
            self.linked += 1
        else:
            self._copy(path, name, start)
        self.sums[name] = file_sha256(self._part / name)

    def _link_earlier(self, path: Path, name: str) -> bool:
        """Whether the last backup's file was linked, which is what the archive's still is."""
        expected, earlier = self._earlier_sums.get(name), self._earlier / name
        if expected is None or file_sha256(path) != expected or not earlier.exists():
            return False
        return file_sha256(earlier) == expected and self._link(earlier, name)

    def _link(self, path: Path, name: str) -> bool:
        """Whether a file could be linked."""
        try:
            os.link(path, self._part / name)
        except OSError as error:
            if error.errno not in _NO_LINK:
                raise
            return False
        return True

    def _copy(self, path: Path, name: str, start: int) -> None:
        """Copy a file that may grow meanwhile, up to its last whole record."""
        self._refuse_without_room(path.stat().st_size)
        copy = self._part / name
        shutil.copyfile(path, copy)
        os.truncate(copy, whole_end(copy, start))
        sync(copy)

    def _refuse_without_room(self, needed: int) -> None:
        if scarce := scarcity([self._part], needed=needed + LEAST_FREE_BYTES):
            raise BackupError(f"{scarce}; no backup was made")


def _growing(archive: list[ArchiveFile]) -> list[ArchiveFile]:
    """The files to which a crawl may write just now: each source's last articles, and listings."""
    last = {file.source: file for file in archive if file.kind == "articles"}
    return [one for one in archive if one.kind == "listings" or last[one.source] == one]
