"""`kazpress tidy`: what is past its days goes, and SQLite's own housekeeping is done.

The daemon calls it once a day.
"""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from kazpress.config import Config
from kazpress.errors import KazpressError, SourceBusy, StoreError
from kazpress.operations.amounts import megabytes
from kazpress.operations.archive_index import index_daily
from pipeline.archive.lock import source_lock
from pipeline.counted import counted
from pipeline.ingest.old_listings import drop_listing_files, forget_listings, old_listing_files
from pipeline.store.database import BUSY_SECONDS, open_for_writing
from pipeline.store.permissions import shared_with_owner
from pipeline.store.upkeep import log_bytes, optimize, write_back
from spiders.sources import all_sites

_LISTING_DAYS = 30
_LOG_BYTES_TOLD = 1_000_000
_DAEMON_WAITS_SECONDS = 2.0
"""For a database that is locked: the daemon has to end soon when it is told to."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tidied:
    """What was dropped, or would be."""

    files: tuple[str, ...]
    """Of listings."""
    file_bytes: int
    log_bytes: int
    """Of the write-ahead log, that were written into the database."""
    held: tuple[str, ...]
    """Sources that another process writes, so that their listings wait; a sentence each."""

    def sentences(self, *, dry_run: bool = False) -> Iterator[str]:
        """For a person; none where there was nothing to do."""
        would = "would be " if dry_run else ""
        if self.files:
            more = f" … {self.files[-1]}" if len(self.files) > 1 else ""
            yield (
                f"{counted(len(self.files), 'file')} with listings older than {_LISTING_DAYS} days"
                f" {would}dropped ({megabytes(self.file_bytes)}): {self.files[0]}{more}"
            )
        if self.log_bytes >= _LOG_BYTES_TOLD:
            yield (
                f"{megabytes(self.log_bytes)} of the write-ahead log {would}written into the "
                "database"
            )
        yield from self.held


def tidy(
    config: Config,
    now: datetime,
    *,
    dry_run: bool = False,
    busy_seconds: float = BUSY_SECONDS,
) -> Tidied:
    """Drop the captures of listings that are older than 30 days, and let SQLite tidy up. The files
    of a source that is being crawled are left for the next time. Files go first, since the database
    can't be written where the disk is full.

    Raises StoreError, ArchiveError.
    """
    if not config.db.is_file():
        raise StoreError(f"{config.db}: no such database; name it with --db")
    before = now.date() - timedelta(days=_LISTING_DAYS)
    old: dict[Path, int] = {}
    held: list[str] = []
    for name in (site.source.name for site in all_sites(config)):
        if not old_listing_files(config.archive, name, before):
            continue  # without its lock, which a crawl may want just now
        try:
            with source_lock(config.archive, name, "tidy", now, create=not dry_run):
                for path in old_listing_files(config.archive, name, before):
                    old[path] = path.stat().st_size
                if not dry_run:
                    drop_listing_files(config.archive, name, before)
        except SourceBusy as busy:
            held.append(f"{busy}; its listings are left for the next time")
    return Tidied(
        files=tuple(path.name for path in old),
        file_bytes=sum(old.values()),
        log_bytes=log_bytes(config.db) if dry_run else _tidy_database(config, before, busy_seconds),
        held=tuple(held),
    )


def tidy_daily(config: Config, now: datetime) -> None:
    """What the daemon calls once a day: what was dropped, or why nothing could be, is logged. The
    archive's index is brought up to date, too.
    """
    try:
        tidied = tidy(config, now, busy_seconds=_DAEMON_WAITS_SECONDS)
        for sentence in tidied.sentences():
            _log.info("%s", sentence)
    except KazpressError as error:
        _log.warning("not tidied: %s", error)
    index_daily(config, now)


def _tidy_database(config: Config, before: date, busy_seconds: float) -> int:
    """Forget what is past its days; the bytes of the log that were written back."""
    known = [site.source for site in all_sites(config)]
    log = log_bytes(config.db)
    with (
        shared_with_owner(config.db, config.archive),
        closing(open_for_writing(config.db, known, busy_seconds=busy_seconds)) as db,
    ):
        try:
            for source in known:
                forget_listings(db, source.name, before)
            optimize(db)
            write_back(db)
        except sqlite3.Error as error:
            raise StoreError(f"{config.db}: {error}") from error
        return max(0, log - log_bytes(config.db))
