"""Each format: the same bytes from the same data, and any text comes back."""

import csv
import io
import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlite_utils import Database

from pipeline.export.selection import Selection
from pipeline.formats.as_csv import cell_text, write_csv
from pipeline.formats.as_jsonl import write_jsonl
from pipeline.formats.known_formats import Format
from pipeline.model.press_item import FIELDS
from tests.pipeline.export.conftest import table_of
from tests.pipeline.worlds.exports import exported

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@pytest.mark.parametrize("kind", ["jsonl", "csv", "atom"])
def test_the_same_data_gives_the_same_bytes(db: Database, kind: Format) -> None:
    assert exported(db, kind, Selection()) == exported(db, kind, Selection())


@given(ANY_TEXT, ANY_TEXT, st.lists(ANY_TEXT, max_size=3))
@example("'=1", "''=1", ["=1"])
@example('\x00,"\r\n\u2028\x85', "\x1c", ["\n"])
def test_any_text_comes_back_from_both_formats(title: str, body: str, tags: list[str]) -> None:
    record: dict[str, Any] = dict.fromkeys(FIELDS) | {"title": title, "body": body, "tags": tags}
    (row,) = _csv_rows(record)
    assert (cell_text(row["title"]), cell_text(row["body"])) == (title, body)
    assert json.loads(row["tags"]) == tags
    out = io.BytesIO()
    write_jsonl(table_of(record), out)
    assert out.getvalue().count(b"\n") == 1
    assert json.loads(out.getvalue()) == record


def _csv_rows(record: dict[str, Any]) -> list[dict[str, str]]:
    out = io.BytesIO()
    write_csv(table_of(record), out)
    return list(csv.DictReader(io.StringIO(out.getvalue().decode("utf-8-sig"), newline="")))
