"""Which addresses are due, by a clock that the test turns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from pipeline.addresses import Site, article_address
from pipeline.ingest import Batch, Found, ingest
from pipeline.records import Failure
from pipeline.store import open_for_writing
from spiders.counts import Limit
from spiders.frontier import Frontier
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


def _find(db: Database, *urls: str, now: datetime = _NOW) -> None:
    addresses = [article_address(url, SENATE) for url in urls]
    found = [Found(address=one, by="listing", on=None) for one in addresses if one]
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
) -> Frontier:
    return Frontier(db, _SITE, crawl, Limit(limit), full=full, only=only, replay=None)


def test_each_address_is_handed_out_once_a_crawl_the_newest_first(db: Database) -> None:
    _find(db, _url(1), _url(2))
    _find(db, _url(4), _url(3), now=_NOW + timedelta(seconds=1))
    frontier = _frontier(db)
    assert frontier.due(_NOW, 3) == [_url(4), _url(3), _url(1)]
    assert frontier.due(_NOW, 3) == [_url(2)]
    assert frontier.due(_NOW, 3) == []
    assert len(_frontier(db, 2).due(_NOW)) == 4


def test_an_older_host_is_never_asked(db: Database) -> None:
    _find(db, _url(23363, "parlam.kz/ru/senate/press-center/article"))
    assert _frontier(db).due(_NOW) == []


def test_a_limit_counts_over_frontiers_what_has_no_item(db: Database) -> None:
    _find(db, *(_url(number) for number in range(1, 6)))
    db.execute("UPDATE addresses SET item = 'x', next_try = ? WHERE number = 5", ("2026-03-01",))
    limit = Limit(3)
    first = Frontier(db, _SITE, 1, limit, full=False, only=(), replay=None)
    assert first.due(_NOW, 2) == [_url(1), _url(2)]
    second = Frontier(db, _SITE, 2, limit, full=True, only=(), replay=None)
    assert second.due(_NOW) == [_url(1), _url(5)]
    assert limit.left == 0


@pytest.mark.parametrize("limit", [0, 1])
def test_a_limit_of_nothing_hands_out_nothing(db: Database, limit: int) -> None:
    _find(db, _url(1), _url(2))
    assert len(_frontier(db, limit=limit).due(_NOW)) == limit


def test_a_failed_address_waits_longer_each_time(db: Database) -> None:
    _find(db, _url(1))
    now = _NOW
    for crawl, hours in enumerate((0, 1, 6, 24, 168, 168), start=1):
        _fail(db, _url(1), now)
        if hours:
            early = now + timedelta(hours=hours, seconds=-1)
            assert _frontier(db, 100 + crawl).due(early) == []
        now += timedelta(hours=hours)
        assert _frontier(db, 200 + crawl).due(now) == [_url(1)]


def test_full_looks_at_everything_again(db: Database) -> None:
    _find(db, _url(1), _url(2))
    for _ in range(3):
        _fail(db, _url(1), _NOW)
    assert _frontier(db, 1).due(_NOW) == [_url(2)]
    assert _frontier(db, 2, full=True).due(_NOW) == [_url(2), _url(1)]


def test_single_addresses_are_handed_out_whatever_their_state(db: Database) -> None:
    _find(db, _url(1), _url(2))
    for _ in range(3):
        _fail(db, _url(1), _NOW)
    assert _frontier(db, only=(_url(1),)).due(_NOW) == [_url(1)]
