"""A search of web archives from the source's lock to its row in `crawls`."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from functools import partial

from kazpress.config import Config
from kazpress.errors import StoreError
from pipeline.clock import ALMATY, utc_now
from pipeline.frontier.crawls import add_crawl
from pipeline.ingest.open_sources import open_sources
from pipeline.model.source import Site
from pipeline.monitoring.page_failures import too_many_unreadable
from pipeline.store.free_space import FreeBytes, free_bytes, scarcity
from pipeline.web_archives.listed_capture import Wanted
from spiders.crawl.counts import Limit
from spiders.crawl.lifecycle import CrawlResult, store_row, summary_of
from spiders.sources import all_sites
from spiders.web_archives.archives import WebArchive
from spiders.web_archives.dialect import Search
from spiders.web_archives.prefixes import article_hosts, article_prefixes, prefixes_of
from spiders.web_archives.search_session import ArchiveSession


def search_for(
    site: Site, *, since: date | None, until: date | None, only: Sequence[str] = ()
) -> Search:
    """The search for a source's captures from one day in Almaty to another, both included."""
    wanted = Wanted(
        since=_midnight(since) if since else None,
        before=_midnight(until + timedelta(days=1)) if until else None,
        only=frozenset(only),
    )
    if only:
        prefixes = prefixes_of(only)
        return Search(wanted=wanted, narrow=prefixes, wide=prefixes)
    source = site.source
    return Search(wanted=wanted, narrow=article_prefixes(source), wide=article_hosts(source))


@contextmanager
def open_archive_session(
    config: Config,
    site: Site,
    archives: Sequence[WebArchive],
    search: Search,
    *,
    limit: Limit | None = None,
    full: bool = False,
    clock: Callable[[], datetime] = utc_now,
    free: FreeBytes = free_bytes,
) -> Iterator[ArchiveSession]:
    """A session with the source's lock held and what an earlier crawl left ingested.

    In `crawls` it counts as a replay: its answers are not the site's. Raises SourceBusy,
    StoreError, ArchiveError.
    """
    source, now = site.source, clock()
    scarce = partial(scarcity, (config.db, config.archive), free=free)
    known = [one.source for one in all_sites(config)]
    with open_sources(config.db, config.archive, [site], "crawl", known=known, now=now) as db:
        try:
            crawl = add_crawl(
                db, source.name, now, is_replay=True, is_single=bool(search.wanted.only)
            )
        except sqlite3.Error as error:
            raise StoreError(f"{config.db}: {error}") from error
        session = ArchiveSession(
            site=site, db=db, archive=config.archive, crawl=crawl, clock=clock,
            archives=archives, search=search, limit=limit, full=full, scarce=scarce,
        )  # fmt: skip
        if why := scarce():
            session.fail(why)
        yield session


def end_archive_session(session: ArchiveSession) -> CrawlResult:
    """Close a session and write its row."""
    health, counts = session.health, session.counts
    try:
        session.queue.close()
        if not health.stopped:
            session.queue.settle()
    except (OSError, sqlite3.Error) as error:
        session.fail(f"what was captured can't be written: {error}; the next crawl looks for it")
    if session.refused:
        session.fail("; ".join(session.refused))
    if said := too_many_unreadable(counts.unreadable, counts.looked_at):
        health.note(said)
    try:
        summary = summary_of(session, session.absent)
        store_row(session, summary)
    except sqlite3.Error as error:
        raise StoreError(f"the database can't be written: {error}") from error
    return CrawlResult(summary=summary, reason=health.failure, notes=tuple(health.notes))


def _midnight(day: date) -> datetime:
    """The moment at which a day begins in Almaty."""
    return datetime.combine(day, time(), ALMATY)
