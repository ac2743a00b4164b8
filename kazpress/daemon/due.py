"""When each source is crawled next, and when it was crawled last."""

from dataclasses import dataclass
from datetime import datetime

from kazpress.config import Config
from kazpress.daemon.schedule import next_run
from pipeline.query import source_state
from pipeline.store.database import reading
from spiders.sources import active_sites


@dataclass(frozen=True, slots=True, kw_only=True)
class NextCrawl:
    """The next crawl of a source, and the schedule that it follows from."""

    source: str
    schedule: str
    at: datetime


def next_crawls(config: Config, now: datetime) -> list[NextCrawl]:
    """The next crawl of each active source, the soonest first."""
    last = last_crawls(config)
    due = [
        NextCrawl(
            source=site.source.name,
            schedule=site.source.schedule,
            at=next_run(site.source.schedule, now, last.get(site.source.name)),
        )
        for site in active_sites(config)
    ]
    return sorted(due, key=lambda one: (one.at.timestamp(), one.source))


def last_crawls(config: Config) -> dict[str, datetime]:
    """When each source's last crawl began. A source that was never crawled is absent."""
    if not config.db.is_file():
        return {}
    with reading(config.db) as db:
        return source_state.last_crawls(db)
