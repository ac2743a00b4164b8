"""A record of a revision: what an item said in one state, and what was edited before."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from itertools import permutations
from typing import Any

import pytest
from pyarrow import parquet
from sqlite_utils import Database

from kazpress.errors import StoreError, UsageError
from pipeline.export.selection import Selection
from pipeline.formats.known_formats import FileKind, Format
from pipeline.formats.write import write
from pipeline.history.revision_records import REVISION_FIELDS, select_revisions
from pipeline.model.press_item import FIELDS
from pipeline.store.transactions import writing
from tests.pipeline.worlds.captures import (
    imported,
    items,
    kaz,
    new_database,
    page,
    prose,
    sen,
    take,
    world,
)

EDITED, ONCE = kaz("odin"), sen(1)
FIRST = f"Приняли 146 законов. {prose('и', 12)}."
CAPTURES = (
    page(EDITED, 0, FIRST, tags=("a",), section="Общество"),
    page(EDITED, 5, FIRST.replace("146", "147"), tags=("b",), section="Общество"),
    page(EDITED, 9, FIRST.replace("146", "147"), tags=("c",), section="Общество"),
    page(ONCE, 3, f"{prose('к', 12)}.", published="2026-02-01T10:00:00+05:00"),
    imported(f"{prose('л', 30)}.", date(2026, 3, 4)),
)


@pytest.fixture(scope="module")
def db() -> Database:
    return world(*CAPTURES)


def _records(db: Database, selection: Selection | None = None) -> list[dict[str, Any]]:
    table = select_revisions(db, selection or Selection())
    names = [column.name for column in table.columns]
    return [dict(zip(names, record, strict=True)) for record in table.records]


def _exported(db: Database, kind: Format, selection: Selection | None = None) -> bytes:
    out = io.BytesIO()
    write(db, selection or Selection(), FileKind(kind), out, of="revisions")
    return out.getvalue()


def test_its_keys_are_those_of_a_record_that_a_state_can_have(db: Database) -> None:
    assert REVISION_FIELDS == (
        "id", "source", "url", "language", "title", "lead", "body", "authors", "tags", "section",
        "image_url", "image_credit", "attribution", "access", "published", "day",
        "published_precision", "modified", "seen_from", "seen_until", "revision", "reading",
        "words", "content_sha256", "edits",
    )  # fmt: skip
    assert {tuple(one) for one in _records(db)} == {REVISION_FIELDS}


def test_the_newest_state_says_what_the_item_says(db: Database) -> None:
    newest = {one["url"] or one["id"]: one for one in _records(db)}
    for name, item in items(db).items():
        same = set(FIELDS) & set(REVISION_FIELDS)
        assert {key: newest[name][key] for key in same} == {key: item[key] for key in same}
        assert newest[name]["seen_from"] == item["last_changed"]


def test_each_state_has_its_own_text_and_what_was_edited(db: Database) -> None:
    first, second = [one for one in _records(db) if one["url"] == EDITED]
    assert (first["body"], first["tags"], first["edits"]) == (FIRST, ["a"], [])
    assert (first["seen_from"], first["seen_until"]) == ("2026-03-02T06:00:00Z",) * 2
    assert (second["seen_from"], second["seen_until"]) == (
        "2026-03-02T11:00:00Z", "2026-03-02T15:00:00Z",
    )  # fmt: skip
    assert (second["revision"], second["tags"]) == (2, ["c"])
    (edit,) = second["edits"]
    assert list(edit) == ["kind", "field", "before", "after", "was", "now"]
    assert (edit["kind"], edit["was"], edit["now"]) == ("number", "146", "147")


def test_they_stand_by_the_items_publication_then_by_number(db: Database) -> None:
    assert [(one["url"], one["revision"]) for one in _records(db)] == [
        (ONCE, 1), (EDITED, 1), (EDITED, 2), (None, 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("selection", "urls"),
    [
        (Selection(source=("senate",)), {ONCE}),
        (Selection(since=date(2026, 3, 1), until=date(2026, 3, 3)), {EDITED}),
        (Selection(section=("Общество",)), {EDITED}),
        (Selection(language=("kk",)), set()),
        (Selection(like=("147",)), {EDITED}),
    ],
)
def test_items_are_selected_with_all_their_states(
    db: Database, selection: Selection, urls: set[str]
) -> None:
    found = _records(db, selection)
    assert {one["url"] for one in found} == urls
    assert len(found) == sum(2 if url == EDITED else 1 for url in urls)


def test_a_sample_is_one_of_items(db: Database) -> None:
    sampled = _records(db, Selection(sample=2))
    assert len({one["id"] for one in sampled}) == 2


def test_fields_are_chosen_by_their_names(db: Database) -> None:
    found = _records(db, Selection(fields=("revision", "id", "edits")))
    assert {tuple(one) for one in found} == {("revision", "id", "edits")}
    assert "body" not in _records(db, Selection(with_body=False))[0]
    with pytest.raises(UsageError, match='there is no field "story"'):
        select_revisions(db, Selection(fields=("story",)))


def test_the_same_captures_give_the_same_bytes_in_any_order(db: Database) -> None:
    expected = _exported(db, "jsonl")
    for order in permutations(CAPTURES[:3]):
        other = new_database()
        for capture in (*order, *CAPTURES[3:]):
            take(other, capture)
        assert _exported(other, "jsonl") == expected


def test_each_format_has_the_edits(db: Database) -> None:
    expected = _records(db)
    lines = _exported(db, "jsonl").splitlines()
    assert [json.loads(line) for line in lines] == expected
    rows = csv.DictReader(io.StringIO(_exported(db, "csv").decode("utf-8-sig"), newline=""))
    assert [json.loads(row["edits"]) for row in rows] == [one["edits"] for one in expected]
    table = parquet.read_table(io.BytesIO(_exported(db, "parquet")))
    assert table["edits"].to_pylist() == [one["edits"] for one in expected]
    assert table["revision"].to_pylist() == [one["revision"] for one in expected]
    assert _exported(db, "xlsx") == _exported(db, "xlsx")


def test_what_was_stored_before_edits_were_told_is_told_now() -> None:
    db = world(*CAPTURES)
    expected = _records(db)
    with writing(db):
        db.conn.execute("DELETE FROM edits")
        db.conn.execute("UPDATE revisions SET edits = NULL WHERE revision > 1")
    assert _records(db) == expected


def test_damage_is_told() -> None:
    db = world(*CAPTURES)
    with writing(db):
        db.conn.execute("UPDATE readings SET fields = '{'")
    with pytest.raises(StoreError, match="the database is damaged: a reading can't be read"):
        _records(db)
