"""The room that is left where the database and the archive are written."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kazpress.config import Config
from kazpress.status.finding import Finding
from pipeline.store.free_space import LEAST_FREE_BYTES, nearest_existing

WARNING_BYTES = 1_000_000_000
"""A first crawl of both sites, with room for the copies that SQLite makes at times."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DiskSpace:
    """The file system of the database, of the archive, or of both."""

    holds: tuple[str, ...]
    """`database`, `archive`."""
    path: str
    free_bytes: int
    """As far as this user may take it up."""
    total_bytes: int
    read_only: bool
    """Whether it is mounted so that nothing can be written."""


def disk_spaces(config: Config) -> list[DiskSpace]:
    """The file systems that are written; one where database and archive are in the same. Of what
    is not there yet, that of the folder in which it will be. Raises OSError.
    """
    places = {"database": config.db.resolve(), "archive": config.archive.resolve()}
    found: dict[int, DiskSpace] = {}
    for name, path in places.items():
        there = nearest_existing(path)
        device = there.stat().st_dev
        before = found.get(device)
        found[device] = _space((*(before.holds if before else ()), name), there)
    return list(found.values())


def disk_findings(disks: Sequence[DiskSpace]) -> Iterator[Finding]:
    """Says where hardly any room is left."""
    for disk in disks:
        if disk.free_bytes < WARNING_BYTES:
            what = " and ".join(disk.holds)
            yield Finding(
                kind="disk-space",
                severity="critical" if disk.free_bytes < LEAST_FREE_BYTES else "warning",
                sentence=f"the disk of the {what} has {megabytes(disk.free_bytes)} left "
                f"({disk.path})",
            )


def megabytes(size: int) -> str:
    """A number of bytes for people."""
    return f"{size / 1_000_000:,.0f} MB" if size else "no room"


def _space(holds: tuple[str, ...], path: Path) -> DiskSpace:
    said = os.statvfs(path)
    return DiskSpace(
        holds=holds,
        path=str(path),
        free_bytes=said.f_bavail * said.f_frsize,
        total_bytes=said.f_blocks * said.f_frsize,
        read_only=bool(said.f_flag & os.ST_RDONLY),
    )
