"""What a crawl says of its source at its end, by a clock that the test turns."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from kazpress.config import Config
from pipeline.clock import stamp
from pipeline.frontier.backfills import Backfill
from pipeline.model.reading import Reading, Step
from pipeline.model.source import Site, Source
from pipeline.store.database import open_for_writing
from pipeline.store.rows import reading_to_row
from pipeline.store.transactions import writing
from spiders.crawl.lifecycle import CrawlResult, end_session, open_session
from spiders.crawl.plans import BackfillPlan
from spiders.crawl.session import Session
from spiders.senate import SENATE
from tests.pipeline.worlds.rows import item_row

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
DAY = timedelta(days=1)
FROZEN = replace(SENATE, state="frozen")
NEVER = "nothing new was published since 2026-02-25; usually there is something every 24 hours"


class Past:
    """A database in which a source has been watched for a while."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.now = NOW
        """When the next crawl is made."""
        self._items = 0

    def store(self, table: str, *rows: dict[str, Any]) -> None:
        db = open_for_writing(self.config.db, [SENATE])
        with writing(db):
            db.table(table).insert_all(rows)
        db.close()

    def crawls(self, days: int, **facts: Any) -> None:
        """A crawl on each of the last days, oldest first."""
        for ago in range(days, 0, -1):
            at = stamp(NOW - ago * DAY)
            row = {"source": "senate", "started": at, "finished": at, "outcome": "done"}
            self.store("crawls", row | {"replay": 0} | facts)

    def pages(self, at: datetime, *, read: int, by_layout: int) -> None:
        """Captures of that moment, so many of which gave a reading."""
        rows = [_reading_row(f"{at}{number}", number < by_layout) for number in range(read)]
        self.store("readings", *rows)
        self.store("captures", *(
            {
                "source": "senate", "url": f"{at}{number}", "target": "", "time": stamp(at),
                "day": "", "status": 200, "digest": "", "content_type": "",
                "content_encoding": "", "article": 1, "outcome": "reading", "reading": row["id"],
                "file": "", "offset": 0, "length": 0,
            }
            for number, row in enumerate(rows)
        ))  # fmt: skip

    def items(self, *days_ago: int) -> None:
        """An item of each of these days, seen on that day."""
        for ago in days_ago:
            self._items += 1
            at = NOW - ago * DAY
            facts = {"published": f"{at:%Y-%m-%d}", "first_seen": stamp(at), "source": "senate"}
            self.store("items", item_row(self._items, **facts))

    @contextmanager
    def crawl(self, source: Source = SENATE, **options: Any) -> Iterator[Session]:
        """A crawl whose listings answered well."""
        site = Site(source, source.base_url)
        with open_session(self.config, site, clock=lambda: self.now, **options) as session:
            session.listings.answered = session.listings.with_articles = 1
            yield session

    def ended(self, source: Source = SENATE, **options: Any) -> CrawlResult:
        with self.crawl(source, **options) as session:
            return end_session(session)


@pytest.fixture
def past(tmp_path: Path) -> Past:
    return Past(Config(db=tmp_path / "k.db", archive=tmp_path / "archive", sources={}))


def _reading_row(title: str, by_layout: bool) -> dict[str, Any]:
    step: Step = "layout" if by_layout else "generic"
    return reading_to_row(Reading(
        language="ru", title=title, body="Текст", published="2026-03-04",
        published_precision="day", read_by=(("body", step), ("title", "layout")),
    ))  # fmt: skip


def _read(session: Session, by_layout: int, read: int) -> tuple[str, ...]:
    session.counts.looked_at = read
    session.counts.not_by_layout = read - by_layout
    return end_session(session).notes


def test_a_silent_source_is_noted_unless_it_is_frozen(past: Past) -> None:
    past.items(7, 8, 9, 10, 11, 12)
    assert past.ended().notes == (), "the first crawl has watched for no time"
    past.crawls(20)
    assert past.ended().notes == (NEVER,)
    assert past.ended(FROZEN).notes == ()
    past.items(1)
    assert past.ended().notes == ()


def test_watching_counts_only_crawls_of_the_whole_site_that_ended_well(past: Past) -> None:
    past.items(7, 8, 9, 10, 11, 12)
    for facts in ({"outcome": "failed"}, {"replay": 1}, {"single": 1}, {"outcome": None}):
        past.crawls(2, **facts)
        assert past.ended().notes == ()
    with past.crawl(only=("https://senate.parlam.kz/ru-RU/news/details/1",)) as session:
        assert end_session(session).notes == ()


def test_an_address_without_an_item_yet_breaks_the_silence(past: Past) -> None:
    past.items(7, 8, 9, 10, 11, 12)
    past.crawls(20)
    url = "https://senate.parlam.kz/ru-RU/news/details/99"
    past.store("addresses", {
        "id": "a", "url": url, "source": "senate", "language": "ru", "kind": "news",
        "state": "failed", "found_by": "listing", "ways": "listing", "found_at": stamp(NOW - DAY),
    })  # fmt: skip
    assert past.ended().notes == ()


def test_a_poor_week_is_noted_unless_the_source_is_frozen(past: Past) -> None:
    past.crawls(60)
    for week in range(1, 8):
        past.items(*[3 + 7 * week] * 12)
    past.items(4, 1)
    said = "only 1 item in the week from 2026-02-23; the 7 weeks before had about 12"
    assert past.ended().notes == (said,)
    assert past.ended(FROZEN).notes == ()
    expected = replace(SENATE.expect, items_per_week=(1, 9))
    assert past.ended(replace(SENATE, expect=expected)).notes == ()


def test_a_fall_of_the_layout_is_noted_over_crawls_and_kept_with_each(past: Past) -> None:
    for by_layout, read, noted in ((60, 60, False), (0, 2, False), (1, 3, True), (5, 5, False)):
        past.now += timedelta(hours=1)
        with past.crawl() as session:
            notes = _read(session, by_layout, read)
        past.pages(past.now, read=read, by_layout=by_layout)
        assert bool(notes) is noted, notes
    with past.crawl() as session:
        assert _read(session, 0, 0) == ()
        rows = session.db.execute("SELECT looked_at, unreadable, by_layout, single FROM crawls")
        assert rows.fetchall() == [(60, 0, 60, 0), (2, 0, 0, 0), (3, 0, 1, 0), (5, 0, 5, 0),
                                   (0, 0, 0, 0)]  # fmt: skip


def test_what_the_layout_reads_is_said_with_the_past(past: Past) -> None:
    past.crawls(5, looked_at=10, unreadable=0, by_layout=0)
    for ago in range(1, 6):
        past.pages(NOW - ago * DAY, read=10, by_layout=10)
    with past.crawl() as session:
        (said,) = _read(session, 2, 8)
    assert said == (
        "only 2 of 8 pages were read by the source's own layout, of the 50 before them 50; "
        "95% are expected"
    )


def test_a_backfill_is_judged_by_its_own_pages(past: Past) -> None:
    past.crawls(5, looked_at=10, unreadable=0, by_layout=0)
    for ago in range(1, 6):
        past.pages(NOW - ago * DAY, read=10, by_layout=0)
    with past.crawl() as session:
        session.plan = BackfillPlan(span=Backfill(id=1, since=NOW.date(), until=NOW.date()))
        assert _read(session, 4, 4) == ()


def test_only_one_sentence_tells_of_a_shell(past: Past) -> None:
    with past.crawl(FROZEN) as session:
        session.listings.answered, session.listings.with_articles = 3, 0
        session.listings.empty = ["https://senate.parlam.kz/", "https://senate.parlam.kz/ru-RU"]
        assert end_session(session).notes == (
            "no listing links to any article; the site's addresses or pages have changed "
            "(3 answered)",
        )


def test_what_stopped_or_failed_is_not_judged(past: Past) -> None:
    past.items(7, 8, 9, 10, 11, 12)
    past.crawls(20)
    with past.crawl() as session:
        session.health.stopped = True
        assert end_session(session).notes == ()
    with past.crawl() as session:
        session.fail("down")
        assert end_session(session).notes == ()


@pytest.mark.parametrize(
    ("failed", "retried", "noted"),
    [(4, 0, False), (5, 0, True), (5, 5, False), (9, 5, False), (10, 5, True)],
)
def test_articles_that_fail_for_the_first_time_are_noted_from_five_on(
    past: Past, failed: int, retried: int, noted: bool
) -> None:
    urls = [f"https://senate.parlam.kz/ru-RU/news/details/{number}" for number in range(20)]
    with past.crawl() as session:
        for url in urls:
            session.counts.add_asked(url)
        session.counts.failed |= set(urls[:failed])
        session.counts.retried |= set(urls[:retried])
        notes = end_session(session).notes
    said = f"{failed - retried} of {20 - retried} articles asked for gave none"
    assert any(note.startswith(said) for note in notes) is noted


@pytest.mark.parametrize(("unreadable", "noted"), [(0, False), (3, False), (4, True), (20, True)])
def test_a_fifth_of_the_pages_without_title_date_or_body_is_noted(
    past: Past, unreadable: int, noted: bool
) -> None:
    with past.crawl() as session:
        session.counts.looked_at, session.counts.unreadable = 20, unreadable
        notes = end_session(session).notes
    said = f"{unreadable} of 20 pages lack a title, date or body"
    assert any(note.startswith(said) for note in notes) is noted


def test_a_crawl_without_any_listing_has_failed(past: Past) -> None:
    with past.crawl() as session:
        session.listings.answered = session.listings.with_articles = 0
        session.listings.failed = ["https://senate.parlam.kz/: the listing answers 500"]
        ended = end_session(session)
    assert ended.summary.outcome == "failed"
    assert ended.reason == (
        "no listing could be read: https://senate.parlam.kz/: the listing answers 500"
    )


def test_what_is_forbidden_or_has_lost_its_articles_is_noted(past: Past) -> None:
    with past.crawl() as session:
        session.listings.forbidden = ["https://senate.parlam.kz/kk-KZ"]
        session.listings.empty = ["https://senate.parlam.kz/en-US"]
        session.listings.fewer = ["https://senate.parlam.kz/ links to 1 articles, usually to 9"]
        assert end_session(session).notes == (
            "https://senate.parlam.kz/en-US links to no article any more",
            "https://senate.parlam.kz/ links to 1 articles, usually to 9",
            "robots.txt forbids https://senate.parlam.kz/kk-KZ",
        )
