"""Whose the files are that are written, and who may read them."""

import logging
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.store.free_space import nearest_existing

_ROOT = 0
_GROUP_READS = 0o050
_STRANGERS_WRITE = 0o002
_IN_ARCHIVE = (".warc.gz", ".cdxj", ".lock", ".reading")
_BESIDE_DATABASE = ("", "-wal", "-shm", ".daemon.lock")
_log = logging.getLogger(__name__)


@contextmanager
def shared_with_group() -> Iterator[None]:
    """What is made inside can be read by its group and written by no stranger, whatever the umask
    says of these.
    """
    before = os.umask(0o022)
    os.umask(before & ~_GROUP_READS | _STRANGERS_WRITE)
    try:
        yield
    finally:
        os.umask(before)


@contextmanager
def shared_with_owner(
    db: Path,
    archive: Path,
    *,
    user: Callable[[], int] = os.geteuid,
    give: Callable[[Path, int, int], None] = os.lchown,
) -> Iterator[Callable[[], None]]:
    """The same of a database and an archive. What root makes there belongs at the end to whoever
    owns the folder that was there before, and could not write it otherwise; and at once, where what
    is yielded is called.
    """
    homes = [(place, nearest_existing(place)) for place in (db.absolute(), archive.absolute())]
    owners = [home.stat() for _, home in homes]  # before anything is put in their place

    def give_away() -> None:
        if user() == _ROOT:
            for (place, home), owner in zip(homes, owners, strict=True):
                _give_away(_made(place, home), owner, give)

    with shared_with_group():
        try:
            yield give_away
        finally:
            give_away()


def _give_away(
    made: Iterable[Path], owner: os.stat_result, give: Callable[[Path, int, int], None]
) -> None:
    """Give what belongs to root to another user."""
    for path in made:
        try:
            said = path.lstat()
            is_alone = stat.S_ISDIR(said.st_mode) or said.st_nlink == 1  # not a file elsewhere too
            if said.st_uid == _ROOT != owner.st_uid and is_alone:
                give(path, owner.st_uid, owner.st_gid)
        except FileNotFoundError:
            pass  # SQLite's log, which goes with the last who has the database open
        except OSError as error:
            _log.warning("%s: its owner can't be kept (%s)", path, error.strerror)


def _made(place: Path, home: Path) -> Iterator[Path]:
    """A place with the folders above it, and what is in it, or, of a database, beside it."""
    if home != place:
        yield from place.parents[: place.parents.index(home)]
    if place.is_dir():
        yield place
        yield from (one for one in place.iterdir() if one.name.endswith(_IN_ARCHIVE))
    elif place.parent.is_dir():
        ours = [place.with_name(f"{place.name}{end}") for end in _BESIDE_DATABASE]
        yield from (one for one in ours if one.exists())
