"""The room that is left on the disks that are written."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path

LEAST_FREE_BYTES = 100_000_000
"""What a crawl leaves free: room to write down how it ended, and for whoever else uses the disk."""

FreeBytes = Callable[[Path], int]


def free_bytes(path: Path) -> int:
    """The room for this user on the disk of a file or folder, or of the folder in which it will be.

    Raises OSError.
    """
    try:
        said = os.statvfs(path)
    except FileNotFoundError:
        said = os.statvfs(nearest_existing(path.absolute()))
    return said.f_bavail * said.f_frsize


def nearest_existing(path: Path) -> Path:
    """A file or folder itself, or the folder in which it will be; of an absolute path."""
    return next(one for one in (path, *path.parents) if one.exists())


def scarcity(
    places: Iterable[Path], *, needed: int = LEAST_FREE_BYTES, free: FreeBytes = free_bytes
) -> str | None:
    """A sentence where one of these places has less room than needed; None where all have it."""
    for place in places:
        left = free(place)
        if left < needed:
            return (
                f"{place}: only {_megabytes(left)} MB are free on its disk, and "
                f"{_megabytes(needed)} MB are needed; make room there"
            )
    return None


def _megabytes(size: int) -> str:
    """Never rounded up to what is needed."""
    return f"{size // 1_000_000:,}"
