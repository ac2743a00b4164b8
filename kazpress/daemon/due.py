"""When each source is crawled next. It follows from the `crawls` table alone, so the daemon, its
`--list` and `status` say the same, however often the daemon was started again.
"""

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType

from sqlite_utils import Database

from kazpress.config import Config
from kazpress.daemon.schedule import Cron, Schedule, read_schedule
from pipeline.archive.lock import source_holder
from pipeline.clock import ALMATY, seconds_stamp
from pipeline.frontier.crawls import PastCrawls, past_crawls
from pipeline.model.source import Source
from pipeline.store.database import reading
from spiders.sources import active_sites

_JITTER_SECONDS = 30
"""Of what is due on a whole minute, when everybody comes."""
_FIRST_PAUSE = timedelta(minutes=1)
_LONGEST_PAUSE = timedelta(hours=6)
_START_TAKES = timedelta(minutes=1)
"""At most, from a child's start to its crawl's."""
_NO_SETTING = timedelta(seconds=1)
"""So little two clocks may differ without anybody's doing."""
BUSY_SECONDS = 2.0
"""The daemon has to be able to stop; it looks again soon."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """The start of a crawl, by two clocks."""

    at: datetime
    """As the clock showed it."""
    ago: timedelta
    """How long ago it was, by a clock that is never set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NextCrawl:
    """The next crawl of a source, and the schedule that it follows from."""

    source: str
    schedule: str
    at: datetime
    """In Almaty's time; the present moment where it is due."""
    held_by: str | None = None
    """The process that works on the source now: the next crawl waits for its end."""


def next_crawls(
    config: Config, now: datetime, begun: Mapping[str, Begun] = MappingProxyType({})
) -> list[NextCrawl]:
    """The next crawl of each active source, the soonest first. `begun` is the start of the last
    crawl of some. Raises StoreError.
    """
    sources = [site.source for site in active_sites(config)]
    with ExitStack() as opened:
        db = None
        if config.db.is_file():
            db = opened.enter_context(reading(config.db, busy_seconds=BUSY_SECONDS))
        found = [
            next_crawl(db, config.archive, source, now, begun.get(source.name))
            for source in sources
        ]
    return sorted(found, key=lambda one: (one.at.timestamp(), one.source))


def next_crawl(
    db: Database | None,
    archive: Path,
    source: Source,
    now: datetime,
    begun: Begun | None = None,
) -> NextCrawl:
    """The next crawl of a source, by its crawls so far; it has none without a database."""
    holder = source_holder(archive, source.name)
    past = PastCrawls()
    if db is not None:
        past = past_crawls(db, source.name, is_held=holder is not None)
    due = due_at(read_schedule(source.schedule), source.name, past, now, begun)
    return NextCrawl(
        source=source.name, schedule=source.schedule, held_by=holder,
        at=max(due, now).astimezone(ALMATY),
    )  # fmt: skip


def due_at(
    schedule: Schedule,
    source: str,
    past: PastCrawls,
    now: datetime,
    begun: Begun | None = None,
) -> datetime:
    """When a source is due by its schedule, counted from its last crawl's start; at once if it was
    never crawled. One whose crawls were killed is due after a pause, longer each time.
    """
    due = _scheduled(schedule, source, past.started, now, begun) if past.started else now
    if past.killed_at is None or past.killed_at > now:
        return due
    return max(due, past.killed_at + pause(past.killed))


def pause(times: int) -> timedelta:
    """How long to wait after a crawl was killed for so many times in a row."""
    doublings: int = 2 ** min(times - 1, 20)
    return min(_FIRST_PAUSE * doublings, _LONGEST_PAUSE)


def jitter(source: str, due: datetime) -> timedelta:
    """How much later than a due time a source is crawled, so that not all sources, and not all who
    ask a site, come in the same second. The same for the same due time, whoever asks.
    """
    digest = sha256(f"{source} {seconds_stamp(due)}".encode()).digest()
    return timedelta(seconds=digest[0] % _JITTER_SECONDS)


def _scheduled(
    schedule: Schedule, source: str, last: datetime, now: datetime, begun: Begun | None
) -> datetime:
    """The due time after the last crawl's start, with its jitter.

    If the clock was set back since, by less than the time between two crawls, the due times up to
    then have had theirs, and none is made twice. If by more, there would be none for long, so that
    time is waited for without the clock; where it is not known how much of it has passed, not at
    all.
    """
    due = schedule.after(last)
    interval = due - last
    if isinstance(schedule, Cron):
        due += jitter(source, due)
    if begun and abs(last - begun.at) > _START_TAKES:
        begun = None  # of another crawl
    set_back = begun.ago - (now - begun.at) if begun else last - now
    if set_back > _NO_SETTING and set_back >= interval:
        return now + (due - begun.at) - begun.ago if begun else now
    return due
