"""`kazpress restore`: a backup, checked, into the database and the archive.

No capture is given up: a file of the archive that has all of the backup's, and more, stays.
"""

import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from kazpress.config import Config
from kazpress.errors import BackupError, UsageError
from kazpress.operations.amounts import megabytes
from kazpress.operations.backup import backups
from kazpress.operations.checksums import DATABASE, LIST, faults, read_list
from pipeline.archive.files import archive_file
from pipeline.archive.lock import Lock, source_lock
from pipeline.counted import counted
from pipeline.store.database import reading_any_version
from pipeline.store.free_space import LEAST_FREE_BYTES, scarcity
from pipeline.store.permissions import shared_with_owner
from pipeline.synced import sync
from spiders.sources import all_sites

_PIECE_BYTES = 1 << 20
_FAULTS_TOLD = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What was restored."""

    files: int
    """Of the archive: those that were written."""
    kept: int
    """Those that had all of the backup's captures already."""
    bytes: int

    @property
    def sentence(self) -> str:
        """What was put in place, as a sentence for a person."""
        kept = f"; {counted(self.kept, 'file')} had all of it already" if self.kept else ""
        return (
            f"restored: the database and {counted(self.files, 'file')} of the archive "
            f"({megabytes(self.bytes)}){kept}"
        )


def restore(config: Config, backup: Path, now: datetime, *, force: bool = False) -> Restored:
    """Check a backup, and put it in place: the archive first, the database last. `force` lets it
    take the place of an existing database.

    Raises UsageError, BackupError, StoreError, ArchiveError; SourceBusy where a crawl or the daemon
    runs. Unless it is an error in writing, nothing was changed then.
    """
    if config.db.exists() and not force:
        raise UsageError(f"{config.db}: is there already; --force puts the backup in its place")
    sums = _checked(backup)
    with ExitStack() as held:
        held.enter_context(shared_with_owner(config.db.resolve(), config.archive))
        _lock(held, config, sums, now)
        try:
            return _put_in_place(config, backup, sums)
        except OSError as error:
            where = error.filename or config.db
            raise BackupError(f"{where}: {error.strerror}; run the restore again") from error


def _checked(backup: Path) -> dict[str, str]:
    """The files of a backup that is whole. Raises BackupError, StoreError."""
    if not (backup / LIST).exists() and (inside := backups(backup)):
        raise BackupError(
            f"{backup}: holds {counted(len(inside), 'backup')}; name one, such as {inside[-1]}"
        )
    sums = read_list(backup)
    if found := faults(backup, sums):
        told = "; ".join(found[:_FAULTS_TOLD]) + "; and others" * (len(found) > _FAULTS_TOLD)
        raise BackupError(f"{backup}: {told}; nothing was restored")
    with reading_any_version(backup / DATABASE):
        return sums


def _lock(held: ExitStack, config: Config, sums: Mapping[str, str], now: datetime) -> None:
    """Keep the daemon and every crawl away."""
    db = config.db.resolve()  # as the daemon names its lock
    daemon = db.with_name(f"{db.name}.daemon.lock")
    held.enter_context(Lock(daemon, f"the daemon's place on {config.db}", "restore", now))
    named = {file.source for one in sums if (file := archive_file(Path(one).name))}
    for source in sorted(named | {one.source.name for one in all_sites(config)}):
        held.enter_context(source_lock(config.archive, source, "restore", now))


def _put_in_place(config: Config, backup: Path, sums: Mapping[str, str]) -> Restored:
    targets = {
        name: config.db.resolve() if name == DATABASE else config.archive / Path(name).name
        for name in sums
    }
    missing = [
        name
        for name in sums
        if name != DATABASE and not _has_all(targets[name], backup / name)
    ]  # fmt: skip
    written = [*missing, DATABASE]
    sizes = {name: (backup / name).stat().st_size for name in written}
    scarce = scarcity(
        {config.db, config.archive}, needed=sum(sizes.values()) + LEAST_FREE_BYTES
    )  # fmt: skip
    if scarce:
        raise BackupError(f"{scarce}; nothing was restored")
    for name in written:
        _copy(backup / name, targets[name], sums[name])
    return Restored(
        files=len(missing), kept=len(sums) - len(written), bytes=sum(sizes.values())
    )  # fmt: skip


def _has_all(there: Path, wanted: Path) -> bool:
    """Whether a file of the archive begins with all that the backup's holds. Raises BackupError
    where neither is the beginning of the other, so that each may have captures of its own.
    """
    if not there.exists():
        return False
    with there.open("rb") as one, wanted.open("rb") as other:
        pieces = zip(_pieces(one), _pieces(other), strict=False)
        if not all(a.startswith(b) or b.startswith(a) for a, b in pieces):
            raise BackupError(
                f"{there}: holds other captures than the backup's file of this name; move it away, "
                "or restore into another --archive. Nothing was restored"
            )
    return there.stat().st_size >= wanted.stat().st_size


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    return iter(lambda: file.read(_PIECE_BYTES), b"")


def _copy(path: Path, to: Path, expected: str) -> None:
    """Put a copy in the place of a file once it is whole, and on the disk. A database's log goes
    with it: it would be taken for the new one's.
    """
    to.parent.mkdir(parents=True, exist_ok=True)
    part = to.with_name(f".{to.name}.part")
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file, part.open("wb") as out:
            for piece in _pieces(file):
                digest.update(piece)
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())
        if digest.hexdigest() != expected:
            raise BackupError(f"{path}: was changed while it was restored; run the restore again")
        for end in ("-wal", "-shm", "-journal"):
            to.with_name(f"{to.name}{end}").unlink(missing_ok=True)
        part.replace(to)
    finally:
        part.unlink(missing_ok=True)
    sync(to.parent)
