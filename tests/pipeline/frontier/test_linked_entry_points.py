"""Entry points that pages link to: when one without articles is asked again, what is forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from pipeline.frontier import linked_entry_points as linked
from pipeline.frontier.entry_points import (
    EntryPoint,
    add_entry_point,
    entry_points,
    note_asked,
    note_news,
)
from pipeline.frontier.failures import store_failure
from pipeline.frontier.linked_entry_points import LONGEST_PAUSE, in_turn, is_paused
from pipeline.model.capture import Failure
from pipeline.store.database import open_for_writing
from pipeline.store.transactions import writing
from spiders.kazpravda import KAZPRAVDA

_SITE = "https://kazpravda.kz"
_FRONT = f"{_SITE}/"
_NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    db = open_for_writing(tmp_path / "kazpress.db", [KAZPRAVDA])
    yield db
    db.close()


def _url(name: object) -> str:
    return f"{_SITE}/r/{name}/"


def _link(db: Database, *names: object, at: datetime | None = _NOW, on: str = _FRONT) -> list[str]:
    urls = [_url(name) for name in names]
    found = linked.link_entry_points(db, "kazpravda", "listing", urls, on=on, at=at, backfill=None)
    return [one.url for one in found]


def _still(db: Database, at: datetime, on: str = _FRONT) -> list[str]:
    found = linked.linked_entry_points(db, on, at=at, backfill=None)
    return [one.url for one in found]


def _known(db: Database) -> dict[str, EntryPoint]:
    found = entry_points(db, "kazpravda", "listing", None)
    return {one.url.removeprefix(f"{_SITE}/r/").strip("/"): one for one in found}


def _asked(known_for: timedelta, ago: timedelta, **facts: Any) -> EntryPoint:
    asked = _NOW - ago
    usual: dict[str, Any] = {"complete_at": asked, "articles": 0, "found_at": asked - known_for}
    facts = usual | facts
    return EntryPoint(url=_url("a"), way="listing", found_on=_FRONT, asked_at=asked, **facts)


@pytest.mark.parametrize(
    ("entry_point", "paused"),
    [
        (_asked(timedelta(), _HOUR / 2), True),
        (_asked(timedelta(), _HOUR), False),
        (_asked(3 * _HOUR, 2 * _HOUR), True),
        (_asked(3 * _HOUR, 3 * _HOUR), False),
        (_asked(90 * _DAY, 23 * _HOUR), True),
        (_asked(90 * _DAY, _DAY), False),
        (_asked(_DAY, _HOUR, articles=1), False),
        (_asked(_DAY, _HOUR, articles=None), True),
        (_asked(_DAY, _HOUR, complete_at=None), False),
        (_asked(_DAY, _HOUR, complete_at=_NOW - 2 * _HOUR), False),
        (_asked(_DAY, -_HOUR), False),
        (_asked(_DAY, _HOUR, found_at=None), False),
        (_asked(_DAY, _HOUR / 2, found_at=None), True),
        (EntryPoint(url=_url("a"), way="listing", found_on=_FRONT, found_at=_NOW), False),
    ],
)
def test_one_without_articles_waits_as_long_as_it_has_been_known(
    entry_point: EntryPoint, paused: bool
) -> None:
    assert is_paused(entry_point, _NOW) == paused


@given(st.integers(1, 24 * 60))
def test_one_without_articles_is_asked_ever_more_rarely_but_once_a_day(minutes: int) -> None:
    step = timedelta(minutes=minutes)
    looks: list[datetime] = []
    for number in range(30 * _DAY // step):
        now = _NOW + number * step
        last = looks[-1] if looks else None
        one = EntryPoint(
            url=_url("a"), way="listing", found_on=_FRONT, found_at=_NOW, asked_at=last,
            complete_at=last, articles=0,
        )  # fmt: skip
        if not is_paused(one, now):
            looks.append(now)
    waits = [later - earlier for earlier, later in pairwise(looks)]
    assert all(wait < LONGEST_PAUSE + step for wait in waits)
    assert len(looks) <= 30 + 6
    assert all(later > earlier - step for earlier, later in pairwise(waits))


def test_the_ones_that_wait_longest_go_first() -> None:
    def one(name: str, **facts: Any) -> EntryPoint:
        return EntryPoint(url=name, way="listing", **facts)

    names = [
        one("new", found_at=_NOW),
        one("late", asked_at=_NOW),
        one("early", asked_at=_NOW - _DAY, found_at=_NOW),
        one("older", found_at=_NOW - _HOUR),
    ]
    assert [found.url for found in in_turn(names, 3)] == ["older", "new", "early"]
    assert in_turn(names, 0) == []


def test_links_are_known_once_in_whatever_spelling_and_named_ones_stay_named(db: Database) -> None:
    add_entry_point(db, "kazpravda", "listing", _url("sport"), on=None)
    assert _link(db, "a", "sport", "a") == [_url("a"), _url("sport")]
    bare = linked.link_entry_points(
        db, "kazpravda", "listing", [f"{_SITE}/r/a", f"{_SITE}/r/sport"], on=_FRONT,
        at=_NOW + _HOUR, backfill=None,
    )  # fmt: skip
    assert [one.url for one in bare] == [_url("a"), _url("sport")]
    found = _known(db)
    assert found.keys() == {"a", "sport"}
    assert (found["a"].is_linked, found["sport"].is_linked) == (True, False)
    assert (found["a"].found_at, found["a"].linked_at) == (_NOW, _NOW + _HOUR)
    add_entry_point(db, "kazpravda", "listing", _url("a"), on=None)
    assert not _known(db)["a"].is_linked


def test_a_page_that_has_not_changed_links_to_what_it_linked_to_last(db: Database) -> None:
    kazakh = f"{_SITE}/kk/"
    assert _still(db, _NOW) == []
    _link(db, "a", "b", "c")
    _link(db, "b", "x", on=kazakh)
    _link(db, "a", at=_NOW + _HOUR)
    assert _still(db, _NOW + 2 * _HOUR) == [_url("a")]
    assert _still(db, _NOW + 3 * _HOUR) == [_url("a")]
    assert _still(db, _NOW + 3 * _HOUR, kazakh) == [_url("b"), _url("x")]
    assert {name: one.linked_at for name, one in _known(db).items()} == {
        "a": _NOW + 3 * _HOUR, "b": _NOW + 3 * _HOUR, "c": _NOW, "x": _NOW + 3 * _HOUR
    }  # fmt: skip


def test_files_say_nothing_of_what_pages_link_to_now(db: Database) -> None:
    _link(db, "a")
    assert _link(db, "a", "b", at=None) == [_url("a"), _url("b")]
    assert [one.linked_at for one in _known(db).values()] == [_NOW, None]
    assert _still(db, _NOW + _HOUR) == [_url("a")]


def test_what_no_page_links_to_is_forgotten_with_its_failure(db: Database) -> None:
    add_entry_point(db, "kazpravda", "listing", _url("named"), on=None)
    _link(db, "old", "led", "leads")
    note_news(db, _url("led"), _NOW)
    note_news(db, _url("leads"), _NOW + 20 * _DAY)
    _link(db, "week", at=_NOW + _DAY)
    for name in ("old", "week", "named"):
        failure = Failure(url=_url(name), stage="listing", reason="x", detail="")
        with writing(db):
            store_failure(db, failure, "kazpravda", "2026-03-04")
    for days, kept in (
        (6, {"named", "old", "led", "leads", "week"}),
        (7, {"named", "led", "leads", "week"}),
        (9, {"named", "led", "leads"}),
        (31, {"named", "leads"}),
        (51, {"named"}),
    ):
        linked.forget_unlinked(db, "kazpravda", _NOW + days * _DAY + timedelta(seconds=1))
        assert _known(db).keys() == kept
    assert [row[0] for row in db.execute("SELECT url FROM failures")] == [_url("named")]


def test_so_many_that_no_page_links_to_are_kept_the_ones_with_news_first(db: Database) -> None:
    _link(db, *range(300))
    _link(db, *range(300, 450), at=_NOW + _HOUR)
    note_news(db, _url(7), _NOW)
    _link(db, "now", *range(450, 950), at=_NOW + 2 * _HOUR)
    linked.forget_unlinked(db, "kazpravda", _NOW + 2 * _HOUR)
    kept = _known(db).keys()
    assert len(kept) == 400 + 501
    assert {"7", "now", *map(str, range(300, 950))} <= kept


def test_a_backfill_walks_what_a_page_links_to_once(db: Database) -> None:
    _link(db, "a")
    note_asked(db, _url("a"), _NOW)
    found = linked.link_entry_points(
        db, "kazpravda", "listing", [_url("a")], on=_FRONT, at=_NOW, backfill=7
    )
    assert [(one.asked_at, one.done) for one in found] == [(_NOW, False)]
