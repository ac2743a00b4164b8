"""Each format: the same bytes from the same data, and any text comes back."""

import csv
import io
import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlite_utils import Database

from pipeline.export.as_csv import cell_text
from pipeline.export.formats import write
from pipeline.model.press_item import FIELDS
from tests.pipeline.export.conftest import exported

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@pytest.mark.parametrize("kind", ["jsonl", "csv"])
def test_the_same_data_gives_the_same_bytes(db: Database, kind: str) -> None:
    assert exported(db, kind) == exported(db, kind)


@given(ANY_TEXT, ANY_TEXT, st.lists(ANY_TEXT, max_size=3))
@example("'=1", "''=1", ["=1"])
@example('\x00,"\r\n\u2028\x85', "\x1c", ["\n"])
def test_any_text_comes_back_from_both_formats(title: str, body: str, tags: list[str]) -> None:
    record: dict[str, Any] = dict.fromkeys(FIELDS) | {"title": title, "body": body, "tags": tags}
    (row,) = _csv_rows(record)
    assert (cell_text(row["title"]), cell_text(row["body"])) == (title, body)
    assert json.loads(row["tags"]) == tags
    out = io.BytesIO()
    write(iter([record]), "jsonl", out, with_copies=False)
    assert out.getvalue().count(b"\n") == 1
    assert json.loads(out.getvalue()) == record


def _csv_rows(record: dict[str, Any]) -> list[dict[str, str]]:
    out = io.BytesIO()
    write(iter([record]), "csv", out, with_copies=False)
    return list(csv.DictReader(io.StringIO(out.getvalue().decode("utf-8-sig"), newline="")))
