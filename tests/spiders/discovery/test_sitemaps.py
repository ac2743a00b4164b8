"""Which sitemaps a crawl reads, and which of their articles become known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kazpress.config import Config
from pipeline.archive.exchange import Exchange
from pipeline.archive.to_capture import capture_of
from pipeline.frontier.entry_points import EntryPoint, add_entry_point, entry_point, note_asked
from pipeline.model.source import Site
from spiders.crawl.lifecycle import Span, open_session
from spiders.crawl.plans import NewsPlan
from spiders.crawl.session import Session
from spiders.discovery.entry_point_notes import EntryPointNotes
from spiders.discovery.sitemaps import SitemapWalks
from spiders.discovery.walk import Walk
from spiders.listing.answer import SitemapArticles, Unusable
from spiders.listing.sitemap_xml import SitemapEntry
from spiders.senate import SENATE

_SITE = Site(SENATE, SENATE.base_url)
_NOON = datetime(2026, 3, 4, 7, tzinfo=UTC)
_MAP = f"{SENATE.base_url}/sitemap.xml"


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return Config(db=tmp_path / "kazpress.db", archive=tmp_path / "archive", sources={})


@pytest.fixture
def session(config: Config) -> Iterator[Session]:
    """A crawl for news."""
    with open_session(config, _SITE, clock=lambda: _NOON) as session:
        yield session


def _urls(numbers: Iterable[int], lastmod: str = "") -> str:
    told = f"<lastmod>{lastmod}</lastmod>" if lastmod else ""
    return "".join(
        f"<url><loc>{SENATE.base_url}/ru-RU/news/details/{number}</loc>{told}</url>"
        for number in numbers
    )


def _take(session: Session, urls: str) -> Unusable | None:
    """Take in a sitemap with these addresses."""
    body = f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{urls}</urlset>".encode()
    exchange = Exchange(target=_MAP, time=_NOON, status=200, headers=(), payload=body)
    capture = session.keep(exchange) or capture_of(exchange, _SITE)
    assert capture is not None
    walk = Walk(EntryPoint(url=_MAP, way="sitemap"), session.plan)
    walks = SitemapWalks(session, EntryPointNotes(session))
    return walks.take(walk, _MAP, SitemapArticles(body, _MAP, _SITE), capture, [capture])


def _known(session: Session) -> set[int]:
    return {row[0] for row in session.db.execute("SELECT number FROM addresses")}


def test_news_takes_what_was_changed_lately_and_what_tells_no_day(session: Session) -> None:
    _take(session, _urls([1], "2026-02-24") + _urls([2], "2026-02-25") + _urls([3]))
    assert _known(session) == {2, 3}


def test_of_a_long_sitemap_without_days_only_the_first_articles_may_be_news(
    session: Session,
) -> None:
    _take(session, _urls(range(1, 1501)))
    assert _known(session) == set(range(1, 1001))
    assert session.health.notes == []


def test_a_site_made_anew_is_left_to_a_backfill(session: Session) -> None:
    _take(session, _urls(range(1, 1501), "2026-03-03"))
    assert _known(session) == set(range(1, 1001))
    assert session.health.notes == [
        "the sitemap names more than 1000 new addresses; a backfill takes them: "
        "kazpress crawl senate --since 2026-02-25"
    ]


def test_a_backfill_takes_all_that_may_be_of_its_days(config: Config) -> None:
    span = Span(since=date(2026, 3, 1))
    with open_session(config, _SITE, clock=lambda: _NOON, span=span) as session:
        _take(session, _urls(range(1, 1501), "2026-03-03") + _urls([1501], "2026-02-28"))
        assert _known(session) == set(range(1, 1501))


def test_what_was_read_before_a_fault_becomes_known(session: Session) -> None:
    fault = _take(session, _urls([1]) + "<url><loc>")
    assert fault is not None
    assert fault.reason == "bad-sitemap"
    assert _known(session) == {1}


def _entry(name: str, lastmod: date | None = None) -> SitemapEntry:
    return SitemapEntry(f"{SENATE.base_url}/{name}.xml", lastmod, is_sitemap=True)


def _due(walks: SitemapWalks, *entries: SitemapEntry) -> list[str]:
    paths = (one.url.removeprefix(SENATE.base_url) for one in walks.due(entries, _MAP))
    return list(paths)


def test_each_sitemap_is_read_once_wherever_it_is_named(session: Session) -> None:
    walks = SitemapWalks(session, EntryPointNotes(session))
    roots = walks.roots([_MAP], [f"{SENATE.base_url}/news.xml", _MAP])
    assert [one.url for one in roots] == [_MAP, f"{SENATE.base_url}/news.xml"]
    assert _due(walks, _entry("news"), _entry("a"), _entry("sitemap")) == ["/a.xml"]
    assert _due(walks, _entry("a"), _entry("b")) == ["/b.xml"]


def test_an_index_leads_to_the_sitemaps_that_were_changed_since(session: Session) -> None:
    walks = SitemapWalks(session, EntryPointNotes(session))
    add_entry_point(session.db, "senate", "sitemap", f"{SENATE.base_url}/read.xml", on=_MAP)
    note_asked(session.db, f"{SENATE.base_url}/read.xml", _NOON)
    read = entry_point(session.db, f"{SENATE.base_url}/read.xml", None)
    assert read is not None
    assert not NewsPlan().wants_sitemap(read, None, _NOON)
    entries = (_entry("old", date(2026, 2, 1)), _entry("new", date(2026, 3, 1)), _entry("read"))
    assert _due(walks, *entries) == ["/new.xml"]


def test_an_index_without_end_is_read_up_to_a_thousand_sitemaps(session: Session) -> None:
    walks = SitemapWalks(session, EntryPointNotes(session))
    assert len(_due(walks, *(_entry(str(number)) for number in range(1200)))) == 1000
