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


def _begin(session: Session) -> tuple[SitemapWalks, Walk]:
    walk = Walk(EntryPoint(url=_MAP, way="sitemap"), session.plan)
    return SitemapWalks(session, EntryPointNotes(session)), walk


def _read(walks: SitemapWalks, walk: Walk, session: Session, urls: str) -> None:
    """Take in a sitemap with these addresses by these walks."""
    body = f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{urls}</urlset>".encode()
    exchange = Exchange(target=_MAP, time=_NOON, status=200, headers=(), payload=body)
    capture = session.keep(exchange)
    assert capture is not None
    walks.take(walk, _MAP, SitemapArticles(body, _MAP, _SITE), capture, [capture])


_DAY = Span(since=date(2026, 3, 3), until=date(2026, 3, 3))


def test_what_is_said_to_have_been_changed_before_the_days_is_asked_after_all_else(
    config: Config,
) -> None:
    with open_session(config, _SITE, clock=lambda: _NOON, span=_DAY) as session:
        walks, walk = _begin(session)
        _read(walks, walk, session, _urls([1], "2026-03-02") + _urls([2], "2026-03-03"))
        assert walks.holds(walk)
        assert _known(session) == {2}
        found, ended = walks.take_changed_before(frozenset())
        assert ([one.address.number for one in found], ended) == ([1], [walk])
        assert _known(session) == {1, 2}
        assert set(session.frontier.new()) == {one[0] for one in _addresses(session)}
        assert not walks.holds(walk)
        assert walks.take_changed_before(frozenset()) == ([], [])


def _addresses(session: Session) -> list[tuple[str]]:
    return session.db.execute("SELECT url FROM addresses").fetchall()


def test_of_very_many_the_nearest_are_asked_and_then_the_walk_is_not_at_its_end(
    config: Config,
) -> None:
    with open_session(config, _SITE, clock=lambda: _NOON, span=_DAY) as session:
        walks, walk = _begin(session)
        _read(
            walks,
            walk,
            session,
            _urls(range(150), "2026-03-02") + _urls(range(150, 400), "2020-01-01"),
        )
        found, ended = walks.take_changed_before(frozenset())
        assert {one.address.number for one in found} > set(range(150))
        assert (len(found), ended) == (200, [])


def test_where_a_language_is_known_day_by_day_the_sitemap_may_say_what_it_likes(
    config: Config,
) -> None:
    with open_session(config, _SITE, clock=lambda: _NOON, span=_DAY) as session:
        walks, walk = _begin(session)
        _read(walks, walk, session, _urls(range(300), "2020-01-01"))
        assert walks.take_changed_before({"ru"}) == ([], [walk])


def test_a_change_before_the_sources_first_day_says_nothing(config: Config) -> None:
    with open_session(config, _SITE, clock=lambda: _NOON, span=_DAY) as session:
        walks, walk = _begin(session)
        _read(walks, walk, session, _urls([1], "1970-01-01") + _urls([2], "2012-12-31"))
        assert _known(session) == {1, 2}
        assert not walks.holds(walk)


def test_a_time_of_publication_leaves_out_what_is_of_other_days(config: Config) -> None:
    rows = "".join(
        f"<url><loc>{SENATE.base_url}/ru-RU/news/details/{number}</loc><lastmod>2026-03-03</lastmod>"
        f"<news:news><news:publication_date>{day}</news:publication_date></news:news></url>"
        for number, day in enumerate(["2026-03-01", "2026-03-02", "2026-03-03", "2026-03-04"])
    )
    with open_session(config, _SITE, clock=lambda: _NOON, span=_DAY) as session:
        walks, walk = _begin(session)
        _read(walks, walk, session, rows)
        assert _known(session) == {1, 2}, "a day alone may be that in UTC"
        assert not walks.holds(walk)


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
    assert _due(walks, *entries) == ["/new.xml", "/old.xml"]


def test_of_those_that_are_said_to_be_old_a_few_are_looked_at_in_turn(session: Session) -> None:
    old = [_entry(str(number), date(2026, 2, 1)) for number in range(25)]
    asked: list[str] = []
    for _ in range(4):
        due = _due(SitemapWalks(session, EntryPointNotes(session)), *old)
        for path in due:
            note_asked(session.db, SENATE.base_url + path, _NOON)
        assert len(due) <= 10
        asked += due
    assert sorted(asked) == sorted(one.loc.removeprefix(SENATE.base_url) for one in old)


def test_a_backfill_reads_every_sitemap_whatever_is_said_of_it_the_newest_first(
    config: Config,
) -> None:
    with open_session(config, _SITE, clock=lambda: _NOON, span=_DAY) as session:
        walks = SitemapWalks(session, EntryPointNotes(session))
        entries = (_entry("old", date(2022, 1, 1)), _entry("none"), _entry("new", date(2026, 3, 4)))
        assert _due(walks, *entries) == ["/new.xml", "/old.xml", "/none.xml"]
        many = [_entry(str(number)) for number in range(1500)]
        assert len(_due(walks, *many)) == 997
        later = [one.url for _ in range(200) for one in walks.later(4)]
        assert (len(later), walks.left, walks.is_short) == (503, 0, False)


def test_an_index_without_end_is_read_up_to_a_thousand_sitemaps(session: Session) -> None:
    walks = SitemapWalks(session, EntryPointNotes(session))
    assert len(_due(walks, *(_entry(str(number)) for number in range(1200)))) == 1000
