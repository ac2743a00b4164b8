"""What somebody should know of a source by what is stored of it now."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from sqlite_utils import Database

from kazpress.status.finding import Finding, Kind, warnings
from kazpress.status.gap_sentences import gaps_sentence
from pipeline.clock import almaty_day
from pipeline.frontier.backfills import proven_days
from pipeline.model.source import Source
from pipeline.monitoring import observations as seen
from pipeline.monitoring.drift import layout_falls, silence, stopped_ways, week_falls
from pipeline.monitoring.gaps import Gap, gaps
from pipeline.monitoring.page_failures import same_body, too_many_failed, too_many_unreadable
from pipeline.monitoring.stored_pages import (
    FailedArticle,
    boilerplate_addresses,
    failed_first,
    pages_read,
)
from pipeline.query.source_state import EndedCrawl, SourceOverview
from pipeline.store.database import is_by_older_rules

_REPARSE_DUE = (
    "its items were stored by the rules of an earlier version; `kazpress reparse` reads the "
    "archive again by those of this one"
)


def stored_findings(
    db: Database, source: Source, overview: SourceOverview, days: Sequence[Gap]
) -> Iterator[Finding]:
    """What is the matter with a source's items and pages; what its last crawl noted of listings.
    How pages were read is judged by what is stored now, not by what the crawl noted.
    """
    yield from warnings(
        "reparse-due", _REPARSE_DUE if overview.items and is_by_older_rules(db) else None
    )
    yield from warnings("reader-died", _reader_died(overview.unreadable))
    if overview.judged is not None:
        yield from warnings("crawl-note", *_notes(overview.judged))
    yield from _pages(db, source.name, overview.of_last_day)
    yield from _drift(db, source)
    yield from warnings("gaps", gaps_sentence(source.name, days))


def days_with_gaps(db: Database, source: str, now: datetime) -> Sequence[Gap]:
    """Days with far fewer articles than usual, the newest first."""
    today = almaty_day(now)
    spans = seen.watched_spans(db, source, today)
    if not spans:
        return ()
    proven = set(map(date.fromisoformat, proven_days(db, source)))
    return gaps(seen.day_counts(db, source), spans, today, proven)


def _reader_died(pages: int) -> str | None:
    """What is said of pages that are passed over because their readers died."""
    if not pages:
        return None
    return (
        f"the program was ended twice while it read each of {pages} pages, which are passed over "
        "(reader-died on the list of failures); they stay in the archive"
    )


def _notes(crawl: EndedCrawl) -> Iterator[str]:
    """What a crawl noted that does not follow from what is stored."""
    judged_again = set((crawl.from_stored or "").splitlines())
    for sentence in (crawl.needs_look or "").splitlines():
        if sentence not in judged_again:
            yield sentence


def _pages(db: Database, source: str, crawls: Sequence[EndedCrawl]) -> Iterator[Finding]:
    """What is read today of the articles that each of these crawls asked for; of the newest where
    too many still fail.
    """
    if not crawls:
        return
    failed = failed_first(db, source, crawls[-1].started)
    found: dict[Kind, Finding] = {}
    for crawl in crawls:
        of_it = [one for one in failed if crawl.started <= one.since <= crawl.finished]
        for finding in (*_failed(crawl, of_it), *_same_bodies(db, crawl)):
            found.setdefault(finding.kind, finding)
    yield from found.values()


def _failed(crawl: EndedCrawl, failed: Sequence[FailedArticle]) -> Iterator[Finding]:
    unreadable = sum(one.reason.startswith("no-") for one in failed)
    looked_at = max(crawl.looked_at or 0, unreadable)
    yield from warnings("pages-unreadable", too_many_unreadable(unreadable, looked_at))
    yield from warnings("articles-failed", too_many_failed(len(failed), crawl.asked or 0))


def _same_bodies(db: Database, crawl: EndedCrawl) -> Iterable[Finding]:
    return warnings("boilerplate", same_body(len(boilerplate_addresses(db, crawl.id))))


def _drift(db: Database, source: Source) -> Iterator[Finding]:
    """Where a source falls short of what is expected, as of the last crawl that could tell. Of a
    source that is frozen or gone, only how its pages are read.
    """
    yield from warnings("layout", layout_falls(pages_read(db, source.name), source.expect))
    at = seen.last_good_crawl(db, source.name)
    if at is None or source.state != "active":
        return
    so_far = seen.watched(db, source.name, at)
    yield from warnings("week", week_falls(so_far, source.expect, at))
    yield from warnings("silence", silence(so_far, at))
    used, news = seen.ways_used(db, source.name), seen.news(db, source.name, at)
    yield from warnings("way-stopped", *stopped_ways(used, news))
