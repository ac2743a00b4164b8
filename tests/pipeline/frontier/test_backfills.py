"""Backfills: begun, gone on with, finished; which days are proven by them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from pipeline.frontier import entry_points
from pipeline.frontier.backfills import (
    Backfill,
    finish_backfill,
    has_unanswered_of_any_day,
    open_backfill,
    proven_days,
)
from pipeline.frontier.known_addresses import mark_refused
from pipeline.ingest.batch import Batch
from pipeline.ingest.ingest import ingest
from pipeline.model.capture import Failure, Found
from pipeline.normalize.addresses import article_address
from pipeline.store.database import open_for_writing
from spiders.senate import SENATE

_NOON = datetime(2026, 3, 4, 7, tzinfo=UTC)
_FIRST, _LAST = date(2026, 3, 1), date(2026, 3, 3)
_SITE = "https://senate.parlam.kz"


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    db = open_for_writing(tmp_path / "kazpress.db", [SENATE])
    yield db
    db.close()


def _open(db: Database, until: date | None = _LAST, now: datetime = _NOON) -> Backfill:
    return open_backfill(db, "senate", _FIRST, until, now)


def _finish(
    db: Database, backfill: Backfill, now: datetime = _NOON, *, complete: bool = True
) -> set[str]:
    """The days of March that are proven then."""
    finish_backfill(db, "senate", backfill, now, complete=complete)
    return {day.removeprefix("2026-03-") for day in proven_days(db, "senate")}


def test_an_interrupted_one_is_gone_on_with_and_a_finished_one_begins_anew(db: Database) -> None:
    first = _open(db)
    assert _open(db, now=_NOON + timedelta(days=9)) == first
    assert _open(db, until=None).id != first.id
    assert _open(db, until=date(2026, 3, 2)).id != first.id
    _finish(db, first)
    assert _open(db).id > first.id


def test_days_that_are_over_are_proven_where_every_way_came_to_its_end(db: Database) -> None:
    assert _finish(db, _open(db), complete=False) == set()
    assert _finish(db, _open(db)) == {"01", "02", "03"}


def test_a_day_that_was_not_over_when_it_began_is_not_proven(db: Database) -> None:
    backfill = _open(db, until=None)
    assert backfill.until == date(2026, 3, 4)
    assert _finish(db, backfill, _NOON + timedelta(days=3)) == {"01", "02", "03"}


def test_a_day_in_almaty_begins_five_hours_before_that_of_utc(db: Database) -> None:
    late = datetime(2026, 3, 3, 19, tzinfo=UTC)
    assert _open(db, until=None, now=late).until == date(2026, 3, 4)
    early = open_backfill(db, "senate", date(2026, 2, 1), None, late - timedelta(seconds=1))
    assert early.until == date(2026, 3, 3)


def test_a_day_with_an_address_without_an_answer_is_not_proven(db: Database) -> None:
    backfill = _open(db)
    address = article_address(f"{_SITE}/ru-RU/news/details/17", SENATE)
    assert address is not None
    found = Found(address=address, by="listing", on=None, latest=date(2026, 3, 2))
    ingest(db, SENATE, Batch(found=[found]), now=_NOON)
    assert _finish(db, backfill) == {"01", "03"}


def test_days_that_a_way_of_finding_says_nothing_of_are_not_proven(db: Database) -> None:
    backfill = _open(db)
    finish_backfill(db, "senate", backfill, _NOON, complete=True, unproven={date(2026, 3, 2)})
    assert proven_days(db, "senate") == {"2026-03-01", "2026-03-03"}


def _unanswered(db: Database, *covered: str, now: datetime = _NOON) -> bool:
    return has_unanswered_of_any_day(db, "senate", _SITE, now, covered=covered)


@pytest.mark.parametrize(
    ("earliest", "latest", "is_open"),
    [(None, None, True), (None, date(2020, 1, 1), True), (date(2026, 3, 1), _LAST, False)],
)
def test_an_address_of_no_known_day_that_was_never_asked_may_be_of_any(
    db: Database, earliest: date | None, latest: date | None, is_open: bool
) -> None:
    address = article_address(f"{_SITE}/ru-RU/news/details/17", SENATE)
    assert address is not None
    found = Found(address=address, by="sitemap", on=None, earliest=earliest, latest=latest)
    assert not _unanswered(db)
    ingest(db, SENATE, Batch(found=[found]), now=_NOON)
    assert _unanswered(db) is is_open
    assert not _unanswered(db, "ru", "kk")
    mark_refused(db, address.url)
    assert not _unanswered(db)


def test_so_may_one_that_has_brought_no_page_for_a_week(db: Database) -> None:
    url = f"{_SITE}/ru-RU/news/details/17"
    address = article_address(url, SENATE)
    assert address is not None
    found = Found(address=address, by="sitemap", on=None)
    failure = Failure(url=url, stage="fetch", reason="timeout", detail="no answer in time")
    ingest(db, SENATE, Batch(found=[found], unanswered=[failure]), now=_NOON)
    assert _unanswered(db)
    assert _unanswered(db, now=_NOON + timedelta(days=6))
    assert not _unanswered(db, now=_NOON + timedelta(days=8))


def test_one_that_reaches_a_later_day_reads_again_what_may_be_new_and_walks_no_listing_anew(
    db: Database,
) -> None:
    backfill = _open(db, until=None)
    days = {"listing": None, "sitemap": None, "archive": date(2026, 3, 4)}
    for way, day in days.items():
        entry_points.add_entry_point(db, "senate", way, f"{_SITE}/{way}", on=None, day=day)  # type: ignore[arg-type]
        entry_points.note_complete(db, f"{_SITE}/{way}", backfill.id, _NOON, {"a"})
    entry_points.add_entry_point(
        db, "senate", "archive", f"{_SITE}/3", on=None, day=date(2026, 3, 3)
    )
    entry_points.note_complete(db, f"{_SITE}/3", backfill.id, _NOON, {"a"})
    entry_points.add_entry_point(db, "senate", "listing", f"{_SITE}/long", on=None)
    entry_points.note_progress(db, f"{_SITE}/long", backfill.id, f"{_SITE}/long?p=90", {"a"})
    later = _open(db, until=None, now=_NOON + timedelta(days=2))
    assert (later.id, later.until) == (backfill.id, date(2026, 3, 6))
    again = {
        row[0].rpartition("/")[2] for row in db.execute("SELECT url FROM places WHERE done = 0")
    }
    assert again == {"sitemap", "archive", "long"}
    long = entry_points.entry_point(db, f"{_SITE}/long", backfill.id)
    assert long is not None
    assert long.next_page == f"{_SITE}/long?p=90"
