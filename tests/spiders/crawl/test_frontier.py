"""Which addresses are due, by a clock that the test turns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from pipeline.frontier.backfills import Backfill
from pipeline.frontier.crawls import add_crawl
from pipeline.frontier.next_addresses import NEWEST_FIRST
from pipeline.ingest.batch import Batch
from pipeline.ingest.ingest import ingest
from pipeline.items.address_states import visit_in_time
from pipeline.model.capture import Capture, ClassifiedCapture, Failure, Found
from pipeline.model.reading import Reading
from pipeline.model.source import Site
from pipeline.normalize.addresses import article_address
from pipeline.store.database import open_for_writing
from spiders.crawl.counts import Limit
from spiders.crawl.frontier import Frontier
from spiders.crawl.plans import BackfillPlan, NewsPlan, plan_for
from spiders.senate import SENATE

_NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
_SITE = Site(SENATE, SENATE.base_url)


def _url(number: int, host: str = "senate.parlam.kz/ru-RU/news/details") -> str:
    return f"https://{host}/{number}"


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    db = open_for_writing(tmp_path / "kazpress.db", [SENATE])
    yield db
    db.close()


def _find(
    db: Database,
    *urls: str,
    now: datetime = _NOW,
    day: date | None = None,
    backfill: int | None = None,
) -> None:
    addresses = [article_address(url, SENATE) for url in urls]
    found = [
        Found(address=one, by="listing", on=None, earliest=day, latest=day, backfill=backfill)
        for one in addresses
        if one
    ]
    assert len(found) == len(urls)
    ingest(db, SENATE, Batch(found=found), now=now)


def _fail(db: Database, url: str, now: datetime) -> None:
    failure = Failure(url=url, stage="fetch", reason="timeout", detail="no answer in time")
    ingest(db, SENATE, Batch(unanswered=[failure]), now=now)


def _frontier(
    db: Database,
    crawl: int = 1,
    *,
    limit: int | None = None,
    full: bool = False,
    only: tuple[str, ...] = (),
    backfill: Backfill | None = None,
) -> Frontier:
    plan = plan_for(full=full, replay=None, backfill=backfill)
    return Frontier(db, _SITE, crawl, Limit(limit), plan, only=only)


def test_each_address_is_handed_out_once_a_crawl_the_newest_first(db: Database) -> None:
    _find(db, _url(1), _url(2))
    _find(db, _url(4), _url(3), now=_NOW + timedelta(seconds=1))
    frontier = _frontier(db)
    assert frontier.new(3) == [_url(4), _url(3), _url(2)]
    assert frontier.new(3) == [_url(1)]
    assert frontier.new(3) == []
    assert len(_frontier(db, 2).new()) == 4


def test_days_go_before_numbers_and_a_backfill_asks_for_its_own_days(db: Database) -> None:
    days = {1: date(2026, 3, 4), 2: date(2026, 3, 1), 3: None, 4: date(2026, 3, 2)}
    for number, day in days.items():
        _find(db, _url(number), day=day)
    assert _frontier(db).new() == [_url(1), _url(4), _url(2), _url(3)]
    backfill = Backfill(id=1, since=date(2026, 3, 1), until=date(2026, 3, 2))
    assert _frontier(db, 2, backfill=backfill).new() == [_url(4), _url(2), _url(3)]
    assert _frontier(db, 3, backfill=backfill).left(_NOW) == 3


def test_what_is_left_is_what_was_never_asked_and_what_is_due_again(db: Database) -> None:
    _find(db, *map(_url, range(1, 6)))
    _fail(db, _url(5), _NOW)
    assert _frontier(db).left(_NOW - timedelta(days=1)) == 4
    assert _frontier(db).left(_NOW) == 5
    assert _frontier(db, limit=3).left(_NOW) == 4
    assert _frontier(db, only=(_url(1), _url(5))).left(_NOW) == 2
    frontier = _frontier(db, limit=3)
    frontier.new(2)
    assert frontier.left(_NOW) == 2
    frontier.due(_NOW)
    assert frontier.left(_NOW) == 0, "the limit counts those without an item"


def test_a_backfill_asks_again_for_its_own_days_alone(db: Database) -> None:
    days = {1: date(2026, 3, 4), 2: date(2026, 3, 1), 3: None}
    for number, day in days.items():
        _find(db, _url(number), day=day)
        _fail(db, _url(number), _NOW)
    backfill = Backfill(id=1, since=date(2026, 3, 1), until=date(2026, 3, 2))
    assert set(_frontier(db).due(_NOW)) == {_url(1), _url(2), _url(3)}
    for full in (False, True):
        frontier = _frontier(db, 2 + full, full=full, backfill=backfill)
        assert set(frontier.due(_NOW)) == {_url(2), _url(3)}


def test_what_was_changed_after_a_backfills_days_is_asked_late(db: Database) -> None:
    for number, day in ((1, 4), (2, 1)):
        address = article_address(_url(number), SENATE)
        assert address is not None
        latest = date(2026, 3, day)
        found = Found(address=address, by="sitemap", on=None, latest=latest, backfill=1)
        ingest(db, SENATE, Batch(found=[found]), now=_NOW)
    backfill = Backfill(id=1, since=date(2026, 3, 1), until=date(2026, 3, 2))
    for days, first in ((0, [_url(2)]), (-3, [_url(1), _url(2)])):
        frontier = Frontier(
            db, _SITE, 9 + days, Limit(), BackfillPlan(span=backfill),
            began=_NOW + timedelta(days=days),
        )  # fmt: skip
        assert frontier.new() == first
        assert frontier.new(with_modified_later=True, exclude_languages=frozenset({"ru"})) == []
        assert frontier.new(with_modified_later=True) == ([] if len(first) == 2 else [_url(1)])


def test_what_a_backfill_found_is_left_to_it_until_it_is_news(db: Database) -> None:
    _find(db, _url(1), _url(2), backfill=7)
    assert _frontier(db).new() == []
    _find(db, _url(1))
    assert _frontier(db).new() == [_url(1)]
    _find(db, _url(1), backfill=7)
    assert _frontier(db, 2).new() == [_url(1)]


def test_the_newest_are_found_by_an_index(db: Database) -> None:
    rows = db.execute(
        "EXPLAIN QUERY PLAN SELECT url FROM addresses WHERE source = ? AND state = 'found'"
        f" AND backfill IS NULL AND (asked_in IS NULL OR asked_in != ?) ORDER BY {NEWEST_FIRST}",
        ("senate", 1),
    ).fetchall()
    plan = " ".join(row[3] for row in rows)
    assert "addresses_new" in plan
    assert "TEMP B-TREE" not in plan


def test_an_older_host_is_never_asked(db: Database) -> None:
    _find(db, _url(23363, "parlam.kz/ru/senate/press-center/article"))
    assert _frontier(db).new() == []


def test_a_limit_counts_over_frontiers_what_has_no_item(db: Database) -> None:
    _find(db, *(_url(number) for number in range(1, 6)))
    db.execute(
        "UPDATE addresses SET item = 'x', state = 'stored', next_try = ? WHERE number = 5",
        ("2026-03-01",),
    )
    limit = Limit(3)
    first = Frontier(db, _SITE, 1, limit, NewsPlan())
    assert first.new(2) == [_url(4), _url(3)]
    second = Frontier(db, _SITE, 2, limit, NewsPlan(full=True))
    assert second.new() == [_url(4)]
    assert second.due(_NOW) == [_url(5)]
    assert limit.left == 0


@pytest.mark.parametrize("limit", [0, 1])
def test_a_limit_of_nothing_hands_out_nothing(db: Database, limit: int) -> None:
    _find(db, _url(1), _url(2))
    assert len(_frontier(db, limit=limit).new()) == limit


def test_a_failed_address_waits_longer_each_time(db: Database) -> None:
    _find(db, _url(1))
    _fail(db, _url(1), _NOW)
    soon = _NOW + timedelta(seconds=1)
    assert _frontier(db).due(soon) == [_url(1)]
    _fail(db, _url(1), soon)
    for crawl, hours in enumerate((1, 6, 24, 168, 336), start=1):
        due = _NOW + timedelta(hours=hours)
        assert _frontier(db, 100 + crawl).due(due - timedelta(seconds=1)) == []
        assert _frontier(db, 200 + crawl).due(due) == [_url(1)]
        _fail(db, _url(1), due)


def _answer(db: Database, number: int, time: datetime, status: int) -> None:
    capture = Capture(
        source="senate", url=_url(number), target=_url(number), time=time, status=status,
        digest=f"sha1:{time}", article=True,
    )  # fmt: skip
    failure = Failure(url=_url(number), stage="read", reason=f"http-{status}", detail="")
    classified = ClassifiedCapture(capture=capture, outcome="failed", failure=failure)
    if status == 301:
        classified = ClassifiedCapture(capture=capture, outcome="redirect", redirect_to=_url(2))
    ingest(db, SENATE, Batch(examined=[classified]), now=time)


@pytest.mark.parametrize("minutes", [1, 3, 15, 50])
@pytest.mark.parametrize("answers", ["", "500", "500 500 500", "403", "500 -", "403 -", "301 -"])
def test_however_close_crawls_are_a_failing_address_is_asked_by_its_age(
    db: Database, minutes: int, answers: str
) -> None:
    _find(db, _url(1))
    asked = []
    for crawl in range(int(26 * 60 / minutes)):
        now = _NOW + crawl * timedelta(minutes=minutes)
        frontier = _frontier(db, add_crawl(db, "senate", now, is_replay=False))
        if _url(1) not in [*frontier.new(), *frontier.due(now)]:
            continue
        asked.append(now)
        for second, answer in enumerate(answers.split() or ["-"], start=1):
            time = now + timedelta(seconds=second)
            if answer == "-":
                _fail(db, _url(1), time)
            else:
                _answer(db, 1, time, int(answer))
    step = timedelta(minutes=minutes)
    assert asked[:2] == [_NOW, _NOW + step]
    for hours, late in zip((1, 6, 24), asked[2:], strict=True):
        assert timedelta() < late - _NOW - timedelta(hours=hours) <= step + timedelta(seconds=1)


def test_full_looks_at_everything_again(db: Database) -> None:
    _find(db, _url(1), _url(2))
    for seconds in range(3):
        _fail(db, _url(1), _NOW + timedelta(seconds=seconds))
    assert _frontier(db, 1).new() == [_url(2)]
    assert _frontier(db, 1).due(_NOW) == []
    full = _frontier(db, 2, full=True)
    assert (full.new(), full.due(_NOW)) == ([_url(2)], [_url(1)])


def test_single_addresses_are_handed_out_whatever_their_state(db: Database) -> None:
    _find(db, _url(1), _url(2))
    for seconds in range(3):
        _fail(db, _url(1), _NOW + timedelta(seconds=seconds))
    assert _frontier(db, only=(_url(1),)).due(_NOW) == [_url(1)]


def _store(db: Database, number: int, published: datetime, asked: datetime) -> None:
    """An article with an item, published and last asked for at these moments."""
    url = _url(number)
    reading = Reading(
        language="ru", title=f"Заголовок {number}", body=f"Текст номер {number}.",
        published=published.isoformat(), published_precision="minute",
        read_by=(("title", "layout"), ("published", "layout"), ("body", "layout")),
    )  # fmt: skip
    captures = []
    for time in dict.fromkeys((published, asked)):
        capture = Capture(
            source="senate", url=url, target=url, time=time, status=200, digest=f"sha1:{time}",
            article=True,
        )  # fmt: skip
        captures.append(ClassifiedCapture(capture=capture, outcome="reading", reading=reading))
    ingest(db, SENATE, Batch(examined=captures), now=asked)


def test_failed_addresses_come_before_visits_and_of_these_the_most_overdue(db: Database) -> None:
    hour, day = timedelta(hours=1), timedelta(days=1)
    _store(db, 1, _NOW - 400 * day, _NOW - 189 * day)  # due since 10 days of 180
    _store(db, 2, _NOW - hour, _NOW - hour)  # since half an hour of half an hour
    _store(db, 3, _NOW - 8 * day, _NOW - 4 * day)  # since a day of three
    _store(db, 4, _NOW - 1000 * day, _NOW - 600 * day)  # since more than a year
    _store(db, 5, _NOW - 2 * hour, _NOW - hour)  # not due
    _find(db, _url(6))
    _fail(db, _url(6), _NOW)
    assert _frontier(db).due(_NOW) == [_url(number) for number in (6, 4, 2, 3, 1)]


def test_a_crawl_looks_at_so_many_again_and_the_rest_stays_due(db: Database) -> None:
    for number in range(1, 26):
        _store(db, number, _NOW - timedelta(hours=1), _NOW - timedelta(hours=1))
    _find(db, _url(99))
    _fail(db, _url(99), _NOW)
    frontier = _frontier(db)
    assert frontier.left(_NOW, delay_seconds=60) == 21
    first = frontier.due(_NOW, 15, delay_seconds=60) + frontier.due(_NOW, 15, delay_seconds=60)
    assert first[0] == _url(99)
    assert len(first) == 21
    assert frontier.left(_NOW, delay_seconds=60) == 0
    assert frontier.due(_NOW, delay_seconds=60) == []
    assert frontier.retried == {_url(99)}
    assert len(_frontier(db, 2).due(_NOW)) == 26
    assert len(_frontier(db, 3, full=True).due(_NOW, delay_seconds=60)) == 26


def test_a_backfill_looks_at_what_is_due_beside_it_once_an_hour(db: Database) -> None:
    _store(db, 1, _NOW - timedelta(hours=1), _NOW - timedelta(hours=1))
    span = Backfill(id=1, since=date(2020, 3, 1), until=date(2020, 3, 2))
    plan = BackfillPlan(span=span)
    frontier = Frontier(db, _SITE, 1, Limit(), plan, began=_NOW)
    assert frontier.due(_NOW) == []
    assert frontier.beside(_NOW + timedelta(minutes=59)) == []
    assert frontier.beside(_NOW + timedelta(minutes=60)) == [_url(1)]
    assert frontier.beside(_NOW + timedelta(minutes=61)) == []
    assert _frontier(db, 2).beside(_NOW + timedelta(hours=9)) == []


def test_a_clock_that_ran_ahead_puts_no_visit_off(db: Database) -> None:
    ahead = _NOW + timedelta(days=400)
    _store(db, 1, _NOW - timedelta(hours=2), ahead)
    _store(db, 2, ahead, ahead)
    assert _frontier(db).due(_NOW) == []
    visit_in_time(db, "senate", _NOW)
    assert set(_frontier(db).due(_NOW)) == {_url(1), _url(2)}
    _store(db, 1, _NOW - timedelta(hours=2), _NOW)
    visit_in_time(db, "senate", _NOW)
    assert _frontier(db, 2).due(_NOW + timedelta(minutes=59)) == [_url(2)]
    assert _frontier(db, 3).due(_NOW + timedelta(minutes=60)) == [_url(2), _url(1)]
