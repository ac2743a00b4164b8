"""The lines of a list: of items or stories, the newest first, by words too."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from kazpress.errors import StoreError
from pipeline.export.selection import Selection
from pipeline.query.listed_items import count_listed, listed_items
from pipeline.query.listed_stories import listed_stories
from tests.pipeline.worlds.exports import records
from tests.pipeline.worlds.rows import database, item_row

STORY = f"{1:016x}"


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    opened = database(tmp_path / "k.db", [
        item_row(1, source="senate", published="2026-03-04", title="Сенат принял всё",
                 body="О БЮДЖЕТЕ на год."),
        item_row(2, story=STORY, relation="reprint", published="2026-03-05T00:10:00+05:00",
                 title=None, body="Бюджет и Сенат вместе"),
        item_row(3, language="kk", published="2026-03-04T23:50:00+05:00", title="Ғылым ҚАЛАСЫ",
                 body="мәтін"),
        item_row(4, published="2026-03-03T09:00:00+05:00", title="Ещё", body="и все"),
    ])  # fmt: skip
    yield opened
    opened.close()


def _listed(db: Database, limit: int | None = None, **selection: Any) -> list[int]:
    wanted = Selection(**selection)
    found = [int(one.id, 16) for one in listed_items(db, wanted, limit)]
    assert limit or count_listed(db, wanted) == len(found)
    return found


def test_items_and_stories_stand_the_newest_first(db: Database) -> None:
    assert _listed(db, every_item=True) == [2, 3, 1, 4]
    assert _listed(db) == [3, 1, 4]
    assert _listed(db, 2, every_item=True) == [2, 3]


def test_a_story_is_listed_by_the_record_that_the_export_has_of_it(db: Database) -> None:
    for wanted in (
        Selection(),
        Selection(source=("kazpravda",)),
        Selection(since=date(2026, 3, 5)),
    ):
        exported = [(one["id"], len(one["copies"])) for one in records(db, wanted)]
        listed = [(one.id, one.copies) for one in listed_items(db, wanted, None)]
        assert listed == exported[::-1]
        assert listed


def test_a_line_has_what_tells_the_item(db: Database) -> None:
    (one,) = listed_items(db, Selection(source=("senate",)), None)
    assert (one.id, one.day, one.source, one.language, one.title, one.copies, one.story) == (
        STORY, "2026-03-04", "senate", "ru", "Сенат принял всё", 1, STORY,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["бюджет"], [2, 1]),
        (["БЮДЖЕТ", "сенат"], [2, 1]),
        (["сенат", "год"], [1]),
        (["все"], [1, 4]),
        (["ВСЁ"], [1, 4]),
        (["все\u0308"], [1, 4]),
        (["еще"], [4]),
        (["қала", "ҒЫЛЫМ"], [3]),
        (["сенат", "наука"], []),
    ],
)
def test_all_words_stand_in_title_or_body_in_any_letter_case(
    db: Database, words: list[str], found: list[int]
) -> None:
    assert _listed(db, like=tuple(words), every_item=True) == found


def test_of_a_story_the_item_with_the_words_is_listed(db: Database) -> None:
    (one,) = listed_items(db, Selection(like=("бюджет", "вместе")), None)
    assert (int(one.id, 16), one.copies) == (2, 1)


def test_what_is_no_text_is_searched_and_listed(db: Database) -> None:
    with db.conn:
        db.conn.execute("UPDATE items SET title = CAST(x'ffd091' AS TEXT) WHERE id = ?", (STORY,))
    (one,) = listed_items(db, Selection(like=("б", "год"), every_item=True), None)
    assert one.title == "\ufffdБ"


@pytest.mark.parametrize("every_item", [True, False])
def test_no_item_is_left_out_for_lack_of_its_story(db: Database, every_item: bool) -> None:
    with db.conn:
        db.conn.execute("DELETE FROM stories WHERE id = ?", (STORY,))
    with pytest.raises(StoreError, match="the database is damaged: its stories have 2 items"):
        _listed(db, every_item=every_item)
    with pytest.raises(StoreError, match="the database is damaged"):
        list(listed_stories(db, Selection(), None))
