"""Datasets: the contract of the record, which items, in which order."""

import io
import itertools
import json
import tracemalloc
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from kazpress.errors import StoreError, UsageError
from pipeline.export.columns import Table
from pipeline.export.selection import Selection, select
from pipeline.formats.as_csv import write_csv
from pipeline.model.press_item import FIELDS
from tests.pipeline.export.conftest import CONTRACT
from tests.pipeline.worlds.exports import exported, records
from tests.pipeline.worlds.rows import database, item_row

COPY = ("id", "source", "url", "title", "published", "relation", "similarity")


def _ids(db: Database, **selection: Any) -> list[int]:
    return [int(row["id"], 16) for row in records(db, Selection(**selection))]


def test_a_record_has_the_keys_of_the_contract_in_their_order(db: Database) -> None:
    assert FIELDS == CONTRACT
    lines = exported(db, "jsonl", Selection()).splitlines()
    assert [list(json.loads(line)) for line in lines] == [[*CONTRACT, "copies"]] * 2
    lines = exported(db, "jsonl", Selection(every_item=True)).splitlines()
    assert [list(json.loads(line)) for line in lines] == [list(CONTRACT)] * 4


def test_values_have_the_types_of_the_contract(db: Database) -> None:
    record = json.loads(exported(db, "jsonl", Selection()).splitlines()[1])
    lists = {name for name in record if isinstance(record[name], list)}
    assert lists == {"authors", "tags", "attribution", "translations", "copies"}
    assert {name for name in record if record[name] is None} == {
        "lead", "section", "image_url", "image_credit", "modified", "gone",
    }  # fmt: skip
    assert (record["similarity"], record["revision"], record["words"]) == (1.0, 1, 300)
    assert [list(copy) for copy in record["copies"]] == [list(COPY)] * 2


def test_copies_stand_by_day_then_id_not_by_the_hour(db: Database) -> None:
    record = list(records(db, Selection()))[1]
    assert [int(copy["id"], 16) for copy in record["copies"]] == [3, 2]
    assert [copy["relation"] for copy in record["copies"]] == ["excerpt", "reprint"]


def test_records_stand_by_published_as_a_string_then_id(tmp_path: Path) -> None:
    times = ("2026-03-04T10:00:00+05:00", "2026-03-04", "2024-02-29T23:00:00+06:00", "2026-03-04")
    with database(tmp_path / "b.db", (item_row(9 - n, published=t) for n, t in enumerate(times))):
        pass
    db = database(tmp_path / "b.db")
    assert _ids(db) == _ids(db, every_item=True) == [7, 6, 8, 9]
    db.close()


def test_a_story_is_told_by_its_first_selected_member_by_rank(db: Database) -> None:
    (record,) = records(db, Selection(source=("kazpravda",), language=("ru",)))
    assert int(record["id"], 16) == 3  # by day before the reprint, which has the smaller id
    assert (record["relation"], record["similarity"]) == ("excerpt", 0.9)
    assert [int(copy["id"], 16) for copy in record["copies"]] == [1, 2]


def test_days_are_those_of_almaty_both_included(db: Database) -> None:
    day = date(2026, 3, 4)
    assert _ids(db, since=day, until=day, every_item=True) == [1, 3]
    assert _ids(db, since=date(2026, 3, 5)) == [2]
    assert _ids(db, until=date(2026, 3, 3)) == [4]
    assert _ids(db, until=date(2025, 1, 1)) == []


def test_languages_and_sources_may_be_several(db: Database) -> None:
    assert _ids(db, language=("kk",)) == [4]
    assert _ids(db, language=("kk", "ru"), source=("senate", "kazpravda")) == [4, 1]


@pytest.mark.parametrize("every_item", [False, True])
def test_records_are_read_one_at_a_time(tmp_path: Path, every_item: bool) -> None:
    body = "слово " * 300
    db = database(tmp_path / "many.db", (item_row(n, body=body) for n in range(5_000)))
    table = select(db, Selection(every_item=every_item))
    first = Table(table.columns, itertools.islice(table.records, 500))
    tracemalloc.start()
    try:
        count = write_csv(first, io.BytesIO())
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
        db.close()
    assert count == 500
    assert peak < 4_000_000, "the bodies of all are 16 MB"


def test_copies_are_all_other_items_of_the_story_selected_or_not(db: Database) -> None:
    (record,) = records(db, Selection(source=("senate",)))
    assert [int(copy["id"], 16) for copy in record["copies"]] == [3, 2]
    (record,) = records(db, Selection(since=date(2026, 3, 5)))
    assert [int(copy["id"], 16) for copy in record["copies"]] == [1, 3]


def test_sections_are_those_that_are_stored_so(tmp_path: Path) -> None:
    sections = ("Общество", "ОБЩЕСТВО", "Экономика", None)
    rows = (item_row(n, section=section) for n, section in enumerate(sections))
    with database(tmp_path / "sections.db", rows) as db:
        pass
    db = database(tmp_path / "sections.db")
    assert _ids(db, section=("ОБЩЕСТВО",)) == [1]
    assert _ids(db, section=("Общество", "Экономика"), every_item=True) == [0, 2]
    db.close()


@pytest.mark.parametrize("every_item", [False, True])
def test_a_sample_stays_the_same_and_mostly_when_others_come(
    tmp_path: Path, every_item: bool
) -> None:
    rows = [item_row(n, id=f"{n * 7919 % 1000:016x}") for n in range(300)]
    db = database(tmp_path / "sample.db", rows[:200])
    wanted = {"every_item": every_item, "sample": 20}
    first = _ids(db, **wanted)
    assert len(first) == 20
    assert _ids(db, **wanted) == first
    db.close()
    db = database(tmp_path / "sample.db", rows[200:])
    later = set(_ids(db, **wanted))
    assert len(later) == 20
    assert max(later) <= max(first), "what comes in takes the place of the last ones alone"
    db.close()


def test_the_newest_records_are_those_published_last(db: Database) -> None:
    assert _ids(db, newest=1) == [1]
    assert _ids(db, newest=3, every_item=True) == [1, 3, 2]
    assert _ids(db, newest=1, until=date(2026, 3, 3)) == [4]
    assert _ids(db, newest=0) == []
    assert _ids(db, newest=9) == [4, 1]


def test_fields_are_those_asked_for_in_that_order(db: Database) -> None:
    (first, *_) = records(db, Selection(fields=("title", "id", "copies")))
    assert list(first) == ["title", "id", "copies"]
    (first, *_) = records(db, Selection(with_body=False))
    assert list(first) == [name for name in (*CONTRACT, "copies") if name != "body"]
    with pytest.raises(UsageError, match='there is no field "titel"; did you mean "title"'):
        select(db, Selection(fields=("titel",)))
    with pytest.raises(UsageError, match="the text alone is asked for, and left out"):
        select(db, Selection(fields=("body",), with_body=False))
    with pytest.raises(UsageError, match="copies stand in records of stories alone"):
        select(db, Selection(fields=("copies",), every_item=True))


def test_what_is_no_text_is_told_as_such(tmp_path: Path) -> None:
    with database(tmp_path / "odd.db", map(item_row, range(9))) as db, db.conn:
        db.conn.execute('UPDATE items SET tags = \'["\\ud800", "a\\ud83d\\ude00"]\'')
        db.conn.execute("UPDATE items SET title = CAST(x'eda080' AS TEXT) WHERE id LIKE '%4'")
    db = database(tmp_path / "odd.db")
    found = list(records(db, Selection()))
    assert [int(one["id"], 16) for one in found] == list(range(9))
    assert [one["title"] for one in found if "\ufffd" in one["title"]] == ["\ufffd\ufffd\ufffd"]
    assert all(one["tags"] == ["\ufffd", "a\U0001f600"] for one in found)
    db.close()


def test_what_is_no_text_in_a_copy_alone_is_told_as_such(db: Database) -> None:
    """Nothing but the list of copies reads its title."""
    with db.conn:
        db.conn.execute("UPDATE items SET title = CAST(x'61eda080' AS TEXT) WHERE id LIKE '%2'")
    (_, record) = records(db, Selection())
    assert [copy["title"] for copy in record["copies"]] == ["Заголовок 3", "a\ufffd\ufffd\ufffd"]


@pytest.mark.parametrize(
    ("column", "damaged"),
    [
        ("tags", '["a", 1]'), ("tags", "[null]"), ("authors", "[NaN]"), ("authors", '[["a"]]'),
        ("attribution", '{"a": 1}'), ("tags", "[" * 100_000), ("translations", '["a"]'),
        ("translations", '[{"language": "kk", "id": "1"}]'),
        ("translations", '[{"language": "kk", "id": null, "url": null}]'),
        ("translations", '[{"language": "kk", "id": "1", "url": null, "title": "a"}]'),
    ],
)  # fmt: skip
def test_a_list_of_something_else_is_damage_that_is_told(
    db: Database, column: str, damaged: str
) -> None:
    with db.conn:
        db.conn.execute(f"UPDATE items SET {column} = ? WHERE id LIKE '%4'", (damaged,))
    with pytest.raises(StoreError, match=f"the database is damaged: item {4:016x} can't be read"):
        list(records(db, Selection(every_item=True)))


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM stories WHERE items > 1",
        "UPDATE stories SET items = 1",
        "DELETE FROM items WHERE relation = 'reprint'",
    ],
)
def test_stories_that_are_not_what_the_items_say_are_damage_that_is_told(
    db: Database, damage: str
) -> None:
    with db.conn:
        db.conn.execute(damage)
    with pytest.raises(StoreError, match="the database is damaged: its stories have "):
        select(db, Selection())
    assert list(records(db, Selection(every_item=True)))


def test_no_story_is_left_out_for_lack_of_its_source(db: Database) -> None:
    db.conn.execute("PRAGMA foreign_keys = OFF")
    with db.conn:
        db.conn.execute("DELETE FROM sources WHERE name = 'kazpravda'")
    assert _ids(db) == [4, 1]
    with db.conn:
        db.conn.execute("DELETE FROM sources")
    assert _ids(db) == [4, 1]
