"""Stories of more than one item, by what they are made of."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from pipeline.export.selection import Selection
from pipeline.query.listed_stories import count_stories, decided_pairs, listed_stories
from tests.pipeline.worlds.captures import decision, items, kaz, page, prose, sen, world
from tests.pipeline.worlds.rows import database, item_row

FIRST, SECOND = f"{1:016x}", f"{4:016x}"


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    opened = database(tmp_path / "k.db", [
        item_row(1, source="senate", published="2026-03-04"),
        item_row(2, story=FIRST, relation="reprint", published="2026-03-06"),
        item_row(3, published="2026-03-07"),
        item_row(4, published="2026-03-05", language="kk"),
        item_row(5, story=SECOND, relation="reprint", published="2026-03-05", language="kk"),
    ])  # fmt: skip
    yield opened
    opened.close()


def _listed(db: Database, limit: int | None = None, **selection: Any) -> list[int]:
    wanted = Selection(**selection)
    found = [int(one.id, 16) for one in listed_stories(db, wanted, limit)]
    assert limit or count_stories(db, wanted) == len(found)
    return found


def test_stories_of_several_items_stand_by_the_day_of_the_canonical_one(db: Database) -> None:
    assert _listed(db) == [4, 1]
    assert _listed(db, 1) == [4]
    (story,) = listed_stories(db, Selection(source=("senate",)), None)
    assert (story.id, story.day, story.items, story.sources) == (
        FIRST, "2026-03-04", 2, ("senate", "kazpravda"),
    )  # fmt: skip


def test_a_selected_item_is_enough(db: Database) -> None:
    assert _listed(db, since=date(2026, 3, 6)) == [1]
    assert _listed(db, language=("kk",)) == [4]
    assert _listed(db, since=date(2026, 3, 7)) == []


def test_decisions_that_are_overruled_or_taken_back_are_not_listed() -> None:
    a, b, c = kaz("a"), kaz("b"), sen(1)
    pages = (page(url, 0, prose(seed, 40)) for url, seed in ((a, "а"), (b, "б"), (c, "в")))
    db = world(*pages, decision("join", a, b, 1), decision("join", b, c, 2),
               decision("part", a, c, 3), decision("join", a, kaz("never"), 4))  # fmt: skip
    assert [(one.decision, {item.url for item in one.items}) for one in
            decided_pairs(db, Selection())] == [("part", {a, c}), ("join", {b, c})]  # fmt: skip
    ids = {row["url"]: row["id"] for row in items(db).values()}
    (only,) = decided_pairs(db, Selection(source=("senate",), since=date(2026, 3, 2)))[1:]
    assert ids[c] in {item.id for item in only.items}
