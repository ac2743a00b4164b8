"""The newest edits come first, and those that are selected alone."""

from __future__ import annotations

from datetime import date

import pytest
from sqlite_utils import Database

from pipeline.history.listed_edits import EditSelection, count_edits, listed_edits
from pipeline.store.database import value
from tests.pipeline.worlds.captures import items, kaz, page, prose, sen, world

OLD, NEW, RELEASE = kaz("staraya"), kaz("novaya", "kk"), sen(1)


@pytest.fixture(scope="module")
def db() -> Database:
    """Edits of three items: at eleven in Almaty, at four the next morning, at eleven that day."""
    return world(
        *(
            page(url, hours + later, f"Сенат принял {number} законов. {prose(url[-3], 12)}.")
            for url, hours in ((OLD, 0), (NEW, 17), (RELEASE, 24))
            for later, number in ((-1, 146), (0, 147))
        )
    )


def _urls(db: Database, selection: EditSelection, limit: int | None = None) -> list[str | None]:
    found = [one.url for one in listed_edits(db, selection, limit)]
    if limit is None:
        assert len(found) == count_edits(db, selection)
    return list(dict.fromkeys(found))


def test_the_newest_come_first_and_of_one_revision_in_the_order_of_the_text(db: Database) -> None:
    assert _urls(db, EditSelection()) == [RELEASE, NEW, OLD]
    assert _urls(db, EditSelection(), limit=1) == [RELEASE]
    told = [(one.at, one.item, one.number) for one in listed_edits(db, EditSelection(), None)]
    in_text = sorted(told, key=lambda one: one[2])
    assert told == sorted(in_text, key=lambda one: one[:2], reverse=True)


def test_an_edit_says_where_it_was_made(db: Database) -> None:
    one = next(listed_edits(db, EditSelection(), 1))
    assert (one.item, one.title) == (items(db)[RELEASE]["id"], "Заголовок")
    assert (one.revision, one.number, one.at) == (2, 1, "2026-03-03T06:00:00Z")
    assert (one.source, one.language, one.url) == ("senate", "ru", RELEASE)


@pytest.mark.parametrize(
    ("selection", "urls"),
    [
        (EditSelection(source=("kazpravda",)), [NEW, OLD]),
        (EditSelection(source=("kazpravda", "senate"), language=("ru",)), [RELEASE, OLD]),
        (EditSelection(language=("en",)), []),
        (EditSelection(since=date(2026, 3, 3)), [RELEASE, NEW]),
        (EditSelection(until=date(2026, 3, 2)), [OLD]),
        (EditSelection(since=date(2026, 3, 2), until=date(2026, 3, 3)), [RELEASE, NEW, OLD]),
        (EditSelection(since=date.min, until=date.max), [RELEASE, NEW, OLD]),
    ],
)
def test_edits_are_selected_by_source_language_and_the_day_in_almaty(
    db: Database, selection: EditSelection, urls: list[str]
) -> None:
    assert _urls(db, selection) == urls


def test_edits_are_selected_by_kind(db: Database) -> None:
    kinds = {one.edit.kind for one in listed_edits(db, EditSelection(), None)}
    for kind in kinds:
        found = list(listed_edits(db, EditSelection(kinds=(kind,)), None))
        assert {one.edit.kind for one in found} == {kind}
    assert count_edits(db, EditSelection(kinds=tuple(kinds))) == count_edits(db, EditSelection())


def test_the_newest_are_found_without_sorting_all(db: Database) -> None:
    asked: list[str] = []
    db.conn.set_trace_callback(asked.append)
    list(listed_edits(db, EditSelection(kinds=("number",), since=date(2026, 3, 1)), 5))
    db.conn.set_trace_callback(None)
    plan = [row[3] for row in db.conn.execute(f"EXPLAIN QUERY PLAN {asked[-1]}")]
    assert any("USING INDEX edits_by_time" in step for step in plan)
    assert "USE TEMP B-TREE FOR ORDER BY" not in plan
    assert value(db, "SELECT count(*) FROM edits") > 0
