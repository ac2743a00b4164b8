"""The index of the archive, brought up to date by `kazpress tidy` and once a day by the daemon."""

import logging
import time
from datetime import datetime

from kazpress.config import Config
from kazpress.errors import KazpressError, SourceBusy
from pipeline.archive.lock import Lock
from pipeline.cdxj.archive_indexes import update_indexes
from pipeline.counted import counted
from pipeline.store.permissions import shared_with_owner

_DAEMON_SECONDS = 2.0
"""A day, since the daemon has to end soon when it is told to: enough for thousands of pages."""
_log = logging.getLogger(__name__)


def index_archive(config: Config, now: datetime, *, seconds: float | None = None) -> str | None:
    """Bring the index up to date, in so many seconds at most; a sentence for a person where
    anything was to be done, or another process is at it. Raises ArchiveError.
    """
    if not config.archive.is_dir():
        return None
    until = time.monotonic() + seconds if seconds is not None else None

    def is_over() -> bool:
        return until is not None and time.monotonic() > until

    lock = Lock(config.archive / "index.lock", "the archive's index", "tidy", now)
    try:
        with shared_with_owner(config.db, config.archive), lock:
            files = update_indexes(config.archive, is_over)
    except SourceBusy as busy:
        return f"{busy}; it is left to that one"
    if not files:
        return None
    return f"new captures added to the index of {counted(len(files), 'file')} of the archive"


def index_daily(config: Config, now: datetime) -> None:
    """What the daemon calls once a day."""
    try:
        if sentence := index_archive(config, now, seconds=_DAEMON_SECONDS):
            _log.info("%s", sentence)
    except KazpressError as error:
        _log.warning("the index is not brought up to date: %s", error)
