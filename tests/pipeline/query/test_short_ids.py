"""An item is found by the beginning of its id, or of an id that it had; several are named."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from kazpress.errors import AmbiguousId, UnknownItem
from pipeline.query import short_ids
from pipeline.query.stored_items import resolve
from pipeline.store.transactions import writing
from tests.pipeline.worlds.rows import database, item_row

A, B, C = "abcd000000000000", "abcd111111111111", "abce000000000000"
OLD, FOUND = "0123456789abcdef", "0124000000000000"
TEXT, FOLDED = "text:abcd222222222222", "text:9999000000000000"
STORY, FORMER = "5555000000000000", "6666000000000000"


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    opened = database(tmp_path / "k.db", [
        item_row(1, id=A, title="Первое\x1b[2J\nдело", story=STORY),
        item_row(2, id=B, title="Второе", published="2026-03-05", relation="reprint", story=STORY),
        item_row(3, id=C), item_row(4, id=TEXT, url=None, title=None),
    ])  # fmt: skip
    with writing(opened):
        opened.table("addresses").insert_all({
            "id": id_, "url": f"https://kazpravda.kz/n/{id_}/", "source": "kazpravda",
            "language": "ru", "kind": "news", "item": item, "state": "stored",
            "found_by": "listing", "found_at": "2026-03-04",
        } for id_, item in ((A, A), (OLD, A), (FOUND, None)))  # fmt: skip
        text = {"urn": "u", "source": "kazpravda", "language": "ru"}
        opened.table("texts").insert_all([
            {"id": TEXT, "item": TEXT} | text, {"id": FOLDED, "item": C} | text,
        ])  # fmt: skip
        opened.table("story_ids").insert({"old": FORMER, "new": STORY, "at": "2026"})
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("begun", "item"),
    [
        ("abcd0", A), ("ABCD1", B), (" abce\n", C), ("0123", A), (OLD.upper(), A),
        ("text:abcd", TEXT), ("text:9999", C), ("5555", A), ("66660", A),
    ],
)  # fmt: skip
def test_a_beginning_of_four_digits_stands_for_the_only_item(
    db: Database, begun: str, item: str
) -> None:
    assert resolve(db, begun) == item


@pytest.mark.parametrize(
    "begun", ["abc", "text:999", "0124", "", "abcdx", "abcd%", "text:", "дело"]
)
def test_what_begins_no_id_of_an_item_is_unknown(db: Database, begun: str) -> None:
    with pytest.raises(UnknownItem):
        resolve(db, begun)


def test_the_items_that_begin_so_are_named(db: Database) -> None:
    with pytest.raises(AmbiguousId) as error:
        resolve(db, "abcd")
    assert str(error.value).splitlines() == [
        "abcd: the ids of 2 items begin so; name more digits:",
        f"  {A}  2026-03-04  Первое дело",
        f"  {B}  2026-03-05  Второе",
    ]


def test_ten_are_named_and_the_others_counted(tmp_path: Path) -> None:
    rows = [item_row(n, id=f"abcd{n:012x}", title=None) for n in range(13)]
    db = database(tmp_path / "many.db", rows)
    with pytest.raises(AmbiguousId) as error:
        resolve(db, "abcd")
    _, *named, more = str(error.value).splitlines()
    assert named == [f"  abcd{n:012x}  2026-03-04" for n in range(10)]
    assert more == "  and 3 more"
    db.close()


def test_a_whole_id_goes_before_any_beginning(tmp_path: Path) -> None:
    db = database(tmp_path / "k.db", [item_row(1, id="abcd"), item_row(2, id=A)])
    assert resolve(db, "abcd") == "abcd"
    assert resolve(db, "abcd0") == A
    db.close()


def test_beginnings_are_found_by_indexes(db: Database) -> None:
    plan = [row[3] for row in db.conn.execute(f"EXPLAIN QUERY PLAN {short_ids._IDS}", ("abcd",))]
    assert sum("SEARCH" in step for step in plan) == 5
    assert not any("SCAN" in step for step in plan)
