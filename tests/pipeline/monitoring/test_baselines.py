"""A source's past: what a crawl of a copy is told of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlite_utils import Database

from pipeline.frontier.entry_points import archive_form, entry_points
from pipeline.frontier.newest_addresses import highest_number
from pipeline.frontier.rests import rest_until, resting
from pipeline.monitoring.baselines import copy_past, idle_seconds
from pipeline.store.database import open_for_writing
from pipeline.store.transactions import writing
from spiders.senate import SENATE

_NOW = datetime(2026, 3, 4, 7, tzinfo=UTC)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    db = open_for_writing(tmp_path / "old.db", [SENATE])
    yield db
    db.close()


@pytest.fixture
def new(tmp_path: Path) -> Iterator[Database]:
    db = open_for_writing(tmp_path / "new.db", [SENATE])
    yield db
    db.close()


def _crawl(started: str, finished: str | None, replay: int = 0) -> dict[str, object]:
    return {"source": "senate", "started": started, "finished": finished, "replay": replay}


def test_nothing_is_copied_of_a_source_without_a_past(db: Database, new: Database) -> None:
    copy_past(db, new, "senate")
    assert entry_points(new, "senate", "listing", None) == []
    assert new.table("crawls").count == new.table("addresses").count == 0
    assert resting(new, "senate", _NOW) is None


def test_a_copy_knows_how_the_source_may_be_asked_and_what_is_usual(
    db: Database, new: Database
) -> None:
    address: dict[str, object] = {
        "source": "senate", "language": "ru", "kind": "news", "state": "stored",
        "found_by": "listing", "found_at": "2026-03-01", "ways": "listing",
    }  # fmt: skip
    place = {"url": "https://x/", "source": "senate", "way": "listing", "usual": 12, "head": "a b"}
    with writing(db):
        db.table("places").insert(place | {"complete_at": "2026-03-04", "asked_at": "2026-03-04"})
        db.table("ways").insert({"source": "senate", "way": "archive", "form": "%d.%m.%Y"})
        db.table("crawls").insert_all(
            [_crawl("2026-03-04T06:00:00Z", "2026-03-04T06:59:00Z"), _crawl("2026-03-04", None),
             _crawl("2026-03-04T06:59:30Z", "2026-03-04T06:59:40Z", replay=1)]
        )  # fmt: skip
        db.table("addresses").insert_all(
            address | {"id": f"i{n}", "url": f"https://x/{n}", "number": n, "item": item}
            for n, item in ((7, "i7"), (5, "i5"), (9, None))
        )
    rest_until(db, "senate", "refused", _NOW.replace(hour=9))
    copy_past(db, new, "senate")
    (listing,) = entry_points(new, "senate", "listing", None)
    assert (listing.typical_count, listing.complete_at, listing.asked_at) == (12, None, None)
    assert archive_form(new, "senate") == "%d.%m.%Y"
    assert idle_seconds(new, "senate", _NOW) == 60
    assert highest_number(new, "senate", "ru") == 7
    assert str(resting(new, "senate", _NOW)).startswith("refused; it is left alone until")
