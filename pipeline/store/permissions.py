"""Whose the files are that are written, and who may read them."""

import os
import pwd
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kazpress.errors import UsageError

_ROOT = 0
_GROUP_READS = 0o050
_STRANGERS_WRITE = 0o002


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


def refuse_foreign_root(
    places: Iterable[Path],
    *,
    user: Callable[[], int] = os.geteuid,
    owner: Callable[[Path], int] = lambda path: path.stat().st_uid,
) -> None:
    """Raises UsageError for root, where a file or folder, or the one in which it will be, belongs
    to another user: what root writes there, that user could not write any more.
    """
    if user() != _ROOT:
        return
    for place in places:
        path = place.absolute()
        there = next(one for one in (path, *path.parents) if one.exists())
        if (its := owner(there)) != _ROOT:
            name = _name(its)
            raise UsageError(
                f"{there}: belongs to {name}, who could not write what root writes there; "
                f"run kazpress as {name}, such as by sudo -u '{name}'"
            )


def _name(user: int) -> str:
    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return f"#{user}"
