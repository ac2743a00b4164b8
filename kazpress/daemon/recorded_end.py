"""What the database says of a crawl whose process has ended; and says from now on, where that was
killed.
"""

from contextlib import closing
from datetime import datetime

from kazpress.config import Config
from kazpress.daemon.children import ChildEnd
from kazpress.daemon.due import BUSY_SECONDS
from kazpress.daemon.endings import killed_because
from kazpress.errors import ExitStatus, SourceBusy
from pipeline.archive.lock import source_lock
from pipeline.frontier.crawls import CrawlEnd, newest_crawl, note_killed
from pipeline.store.database import open_for_writing, reading


def newest(config: Config, source: str) -> CrawlEnd | None:
    """The newest crawl of a source. Raises StoreError."""
    if not config.db.is_file():
        return None
    with reading(config.db, busy_seconds=BUSY_SECONDS) as db:
        return newest_crawl(db, source)


def recorded_end(
    config: Config, source: str, end: ChildEnd, before: CrawlEnd | None, now: datetime
) -> CrawlEnd | None:
    """How the crawl ended that began after `before`, None if none did. One that was killed is noted
    as such. Raises StoreError, ArchiveError.
    """
    crawl = None if end.status == ExitStatus.HELD else newest(config, source)
    if crawl is None or (before and crawl.id <= before.id):
        return None
    told_to_stop = end.limit is not None and crawl.outcome == "stopped"
    if crawl.outcome is not None and not told_to_stop:
        return crawl
    try:
        with (
            source_lock(config.archive, source, "daemon", now),
            closing(open_for_writing(config.db, (), busy_seconds=BUSY_SECONDS)) as db,
        ):
            stopped = crawl.id if told_to_stop else None
            note_killed(db, source, now, killed_because(end), stopped=stopped)
    except SourceBusy:  # who has the source now has noted it
        pass
    return newest(config, source)
