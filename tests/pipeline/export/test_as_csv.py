"""CSV that opens in a spreadsheet and starts no formula there."""

import csv
import io
import json
from typing import Any

import pytest
from sqlite_utils import Database

from pipeline.export.as_csv import cell_text, write_csv
from pipeline.export.selection import Selection
from pipeline.model.press_item import FIELDS
from tests.pipeline.export.conftest import CONTRACT, table_of
from tests.pipeline.worlds.exports import exported


def test_csv_opens_in_a_spreadsheet(db: Database) -> None:
    written = exported(db, "csv", Selection())
    assert written.startswith(b"\xef\xbb\xbfid,source,url,")
    assert written.endswith(b"\r\n")
    assert written.count(b"\n") == written.count(b"\r\n") == 3
    first, second = csv.DictReader(io.StringIO(written.decode("utf-8-sig"), newline=""))
    assert list(first) == [*CONTRACT, "copies"]
    assert (first["similarity"], first["lead"], first["authors"]) == ("1.0", "", "[]")
    assert [copy["relation"] for copy in json.loads(second["copies"])] == ["excerpt", "reprint"]
    assert b"copies" not in exported(db, "csv", Selection(every_item=True))


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+7 777", "-1", "@cmd", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", '"=1', "'=1",
     "' \"=1", "\uff1d1", "\uff0b1", "\uff0d1", "\uff201", "\ttext"],
)  # fmt: skip
def test_no_cell_can_start_a_formula(text: str) -> None:
    record = dict.fromkeys(FIELDS) | {"title": text}
    (row,) = _csv_rows(record)
    assert row["title"] == f"'{text}"
    assert cell_text(row["title"]) == text


@pytest.mark.parametrize("text", ["– сказал он", "— сказал он", "'слово'", '"слово"', "a=1", "5"])
def test_a_cell_that_starts_no_formula_stays(text: str) -> None:
    (row,) = _csv_rows(dict.fromkeys(FIELDS) | {"title": text})
    assert row["title"] == text


def _csv_rows(record: dict[str, Any]) -> list[dict[str, str]]:
    out = io.BytesIO()
    write_csv(table_of(record), out)
    return list(csv.DictReader(io.StringIO(out.getvalue().decode("utf-8-sig"), newline="")))


def test_a_failing_csv_leaves_the_output_open() -> None:
    out = io.BytesIO()
    with pytest.raises(KeyError):
        write_csv(table_of({}), out)
    assert not out.closed
