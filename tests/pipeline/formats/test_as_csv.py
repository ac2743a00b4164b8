"""CSV that opens in a spreadsheet and starts no formula there."""

import csv
import io
import json
import re
import sys
from typing import Any

import pytest
from sqlite_utils import Database

from pipeline.export.columns import Record, Table, column
from pipeline.export.selection import Selection
from pipeline.formats.as_csv import _SUSPECT, cell_text, write_csv
from pipeline.formats.spreadsheets import LongTexts
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


def test_the_first_characters_of_formulas_are_all_known() -> None:
    """So that the others, which nearly all texts begin with, need no closer look."""
    every = (chr(code) for code in range(sys.maxunicode + 1))
    assert {
        one for one in every if re.match(r"[\s\"'=+\-@\uff1d\uff0b\uff0d\uff20]", one)
    } == _SUSPECT


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_another_delimiter_may_stand_between_cells(delimiter: str) -> None:
    titles = ("Сенат; палата", "\tкрасная строка", "а|б,в")
    columns, out = (column("id"), column("title")), io.BytesIO()
    records = [(f"{n}", title) for n, title in enumerate(titles)]
    assert write_csv(Table(columns, iter(records)), out, delimiter=delimiter) == 3
    lines = io.StringIO(out.getvalue().decode("utf-8-sig"), newline="")
    rows = list(csv.DictReader(lines, delimiter=delimiter))
    assert [cell_text(row["title"]) for row in rows] == list(titles)


def test_what_is_unknown_is_empty_and_an_empty_list_is_none() -> None:
    columns = tuple(column(name) for name in ("id", "title", "tags", "similarity", "removed"))
    out = io.BytesIO()
    records: list[Record] = [("1", "Заголовок", [], 1.0, None), ("2", None, None, None, True)]
    write_csv(Table(columns, iter(records)), out)
    assert out.getvalue().decode("utf-8-sig").splitlines()[1:] == [
        "1,Заголовок,[],1.0,",
        "2,,,,true",
    ]


def test_texts_that_no_cell_holds_are_written_whole_and_noted() -> None:
    columns = tuple(column(name) for name in ("id", "title", "body", "tags"))
    longest, long = "ы" * 32_767, LongTexts()
    records: list[Record] = [
        ("1", "Заголовок", longest, []),
        ("2", None, longest + "ы", []),
        ("3", None, "😀" * 16_384, [longest]),
    ]
    out = io.BytesIO()
    assert write_csv(Table(columns, iter(records)), out, long_texts=long) == 3
    assert (long.count, long.ids) == (3, ["2", "3"])
    rows = csv.reader(io.StringIO(out.getvalue().decode("utf-8-sig"), newline=""))
    assert [row[2] for row in rows][1:] == [body for _, _, body, _ in records]


def test_a_table_without_records_is_a_header() -> None:
    out = io.BytesIO()
    assert write_csv(Table((column("id"), column("day")), iter(())), out) == 0
    assert out.getvalue() == b"\xef\xbb\xbfid,day\r\n"


def _csv_rows(record: dict[str, Any]) -> list[dict[str, str]]:
    out = io.BytesIO()
    write_csv(table_of(record), out)
    return list(csv.DictReader(io.StringIO(out.getvalue().decode("utf-8-sig"), newline="")))


def test_a_failing_csv_leaves_the_output_open() -> None:
    out = io.BytesIO()
    with pytest.raises(KeyError):
        write_csv(table_of({}), out)
    assert not out.closed
