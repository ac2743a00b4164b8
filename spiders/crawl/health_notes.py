"""What a crawl says about its source: whether it failed as a whole, and what needs a look.

Each judgement gives sentences with a measure and its number; the source's name is put before them
where they are shown. What is judged by the source's past says nothing where there is none.
"""

from collections.abc import Callable, Iterator

from pipeline.monitoring.drift import PagesRead, layout_falls, silence, week_falls
from pipeline.monitoring.observations import watched
from pipeline.monitoring.page_failures import same_body, too_many_failed, too_many_unreadable
from pipeline.monitoring.stored_pages import boilerplate_addresses, pages_read, why_no_item
from spiders.crawl.session import Session


def judge(session: Session) -> None:
    """Say what needs a look, and whether the source failed as a whole."""
    if session.health.stopped or session.health.failure:
        return
    if _answers_nowhere(session):
        listings = session.listings
        first = listings.failed[0] if listings.failed else "none was asked"
        session.fail(f"no listing could be read: {first}")
        return
    for judgement in _judgements(session):
        for sentence in judgement(session):
            if judgement in _OF_WHAT_IS_STORED:
                session.health.note_stored(sentence)
            else:
                session.health.note(sentence)


def count_boilerplate(session: Session) -> None:
    """Count the pages whose body is the site's and no item's as failed, not as new or unchanged:
    that shows only once enough of them are in.
    """
    counts = session.counts
    rows = boilerplate_addresses(session.db, session.crawl)
    if not rows:
        return
    withdrawn = counts.new & {row[0] for row in rows}
    counts.new -= withdrawn
    counts.unchanged = max(0, counts.unchanged - (len(rows) - len(withdrawn)))
    counts.failed |= {row[1] for row in rows}
    session.health.note_stored(same_body(len(rows)))


def _judgements(session: Session) -> tuple[Callable[[Session], Iterator[str]], ...]:
    """What a crawl is judged by: one of single articles by these alone, a replay by nothing that
    depends on the site's present or on when we watched it.
    """
    if session.only:
        return (_single_articles,)
    pages = (_no_article_anywhere, _listings_failed, _pages_unreadable, _layout, _articles_failed)
    if session.replay is not None:
        return pages
    own_past = (_listings_changed, _forbidden)
    if session.source.state != "active":
        return (*own_past, *pages)
    return (*own_past, *pages, _freshness)


def _answers_nowhere(session: Session) -> bool:
    return not session.only and session.replay is None and not session.listings.answered


def _single_articles(session: Session) -> Iterator[str]:
    for url in session.only:
        why = why_no_item(session.db, url)
        if why and (session.replay is None or session.replay.holds(url)):
            yield f"{url}: {why}"


def _no_article_anywhere(session: Session) -> Iterator[str]:
    """A shell instead of the site: every page answers, and none links to an article."""
    if _is_shell(session):
        yield (
            "no listing links to any article; the site's addresses or pages have changed "
            f"({session.listings.answered} answered)"
        )


def _listings_changed(session: Session) -> Iterator[str]:
    """Listings that have lost their articles, or most of them, each by itself."""
    if not _is_shell(session):
        for empty in session.listings.empty:
            yield f"{empty} links to no article any more"
        yield from session.listings.fewer


def _is_shell(session: Session) -> bool:
    listings = session.listings
    return bool(listings.answered and not listings.with_articles and not listings.unchanged)


def _listings_failed(session: Session) -> Iterator[str]:
    yield from session.listings.failed


def _forbidden(session: Session) -> Iterator[str]:
    for forbidden in session.listings.forbidden:
        yield f"robots.txt forbids {forbidden}"


def _pages_unreadable(session: Session) -> Iterator[str]:
    counts = session.counts
    if said := too_many_unreadable(counts.unreadable, counts.looked_at):
        yield said


def _layout(session: Session) -> Iterator[str]:
    """The share read by the source's own layouts, with the crawls before where it is about news."""
    counts = session.counts
    if counts.read:
        crawls = [PagesRead(read=counts.read, by_layout=counts.by_layout)]
        if session.replay is None and session.backfill is None:
            crawls += pages_read(session.db, session.source.name, session.crawl)
        if fall := layout_falls(crawls, session.source.expect):
            yield fall


def _articles_failed(session: Session) -> Iterator[str]:
    """Articles that failed for the first time."""
    counts = session.counts
    if said := too_many_failed(len(counts.failed - counts.retried), counts.asked_first):
        yield said


def _freshness(session: Session) -> Iterator[str]:
    """Too little in the last week, or nothing for long; this crawl is the last look."""
    now = session.clock()
    seen = watched(session.db, session.source.name, now)
    for fall in (week_falls(seen, session.source.expect, now), silence(seen, now)):
        if fall:
            yield fall


_OF_WHAT_IS_STORED = frozenset({_pages_unreadable, _layout, _articles_failed, _freshness})
"""Judgements that follow from what is stored, so that `status` judges again by what is then."""
