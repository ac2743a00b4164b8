"""`kazpress status --check`: one line for a monitor, whatever happens."""

import re
import sqlite3
from collections.abc import Callable, Sequence
from datetime import datetime

from kazpress.config import Config
from kazpress.errors import StoreError
from kazpress.status.disk import DiskSpace, disk_findings, disk_spaces
from kazpress.status.finding import Finding
from kazpress.status.source_status import source_statuses
from pipeline.normalize.characters import clean_characters

UNKNOWN = 3


def check_line(
    config: Config, now: datetime, disks: Callable[[Config], Sequence[DiskSpace]] = disk_spaces
) -> tuple[str, int]:
    """One line for a monitor, and the exit status: 0 ok, 1 warning, 2 critical. What is disabled or
    gone does not count. Raises what can't be looked at: KazpressError, sqlite3.Error, OSError.
    """
    spaces = disks(config)
    for disk in spaces:
        if disk.read_only:
            raise StoreError(
                f"{disk.path}: is mounted for reading alone, so no crawl can write the "
                f"{' and '.join(disk.holds)}"
            )
    full = list(disk_findings(spaces))
    try:
        statuses = [one for one in source_statuses(config, now) if one.enabled]
    except (StoreError, sqlite3.Error) as error:
        if not any(one.severity == "critical" for one in full):
            raise
        # SQLite can't even read where it can't make its files beside the database.
        return _line([(one, f"{one.sentence}; {error}") for one in full], "")
    found = [(one, one.sentence) for one in full]
    found += [(one, f"{of.source}: {one.sentence}") for of in statuses for one in of.findings]
    counts = ", ".join(f"{one.source} {one.items} items" for one in statuses)
    return _line(found, counts or "no source is enabled")


def _line(found: Sequence[tuple[Finding, str]], otherwise: str) -> tuple[str, int]:
    """The worst first; `otherwise` is said where nothing is found."""
    critical = [said for one, said in found if one.severity == "critical"]
    warned = [said for one, said in found if one.severity == "warning"]
    if critical:
        return one_line(f"CRITICAL: {'; '.join(critical + warned)}"), 2
    if warned:
        return one_line(f"WARNING: {'; '.join(warned)}"), 1
    return one_line(f"OK: {otherwise}"), 0


def unknown_line(error: BaseException) -> str:
    """The line of a check that could not look."""
    return one_line(f"UNKNOWN: {str(error) or type(error).__name__}")


def one_line(text: str) -> str:
    """A text on one line; without "|", behind which monitors look for numbers."""
    return re.sub(r"\s+", " ", clean_characters(text)).replace("|", "%7C")
