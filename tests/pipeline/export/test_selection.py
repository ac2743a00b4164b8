"""Datasets: the contract of the record, which items, in which order, and files that are whole."""

import csv
import io
import itertools
import json
import os
import threading
import tracemalloc
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import IO, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlite_utils import Database

from kazpress.errors import ExportError
from pipeline.export.as_csv import cell_text
from pipeline.export.atomic_file import written_aside
from pipeline.export.formats import write
from pipeline.export.selection import Selection, records
from pipeline.model.press_item import FIELDS
from tests.pipeline.worlds.rows import database, item_row

CONTRACT = (
    "id", "source", "url", "language", "title", "lead", "body", "authors", "tags", "section",
    "image_url", "image_credit", "attribution", "access", "published", "published_precision",
    "modified", "first_seen", "last_changed", "revision", "gone", "story", "relation", "similarity",
    "translations", "reading", "words", "content_sha256",
)  # fmt: skip
COPY = ("id", "source", "url", "title", "published", "relation", "similarity")
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    opened = database(tmp_path / "items.db", _story())
    yield opened
    opened.close()


def _story() -> list[dict[str, Any]]:
    """A release with a reprint and an excerpt, and an item that stands alone."""
    return [
        item_row(1, source="senate", url="https://senate.parlam.kz/ru-RU/news/details/1",
                 published="2026-03-04", published_precision="day", words=300),
        item_row(2, story=f"{1:016x}", relation="reprint", similarity=0.95,
                 published="2026-03-05T00:10:00+05:00"),
        item_row(3, story=f"{1:016x}", relation="excerpt", similarity=0.9,
                 published="2026-03-04T23:50:00+05:00"),
        item_row(4, language="kk", published="2026-03-03T09:00:00+05:00"),
    ]  # fmt: skip


def _ids(db: Database, **selection: Any) -> list[int]:
    return [int(row["id"], 16) for row in records(db, Selection(**selection))]


def _written(db: Database, kind: Any, **selection: Any) -> bytes:
    chosen, out = Selection(**selection), io.BytesIO()
    write(records(db, chosen), kind, out, with_copies=not chosen.every_item)
    return out.getvalue()


def test_a_record_has_the_keys_of_the_contract_in_their_order(db: Database) -> None:
    assert FIELDS == CONTRACT
    lines = _written(db, "jsonl").splitlines()
    assert [list(json.loads(line)) for line in lines] == [[*CONTRACT, "copies"]] * 2
    lines = _written(db, "jsonl", every_item=True).splitlines()
    assert [list(json.loads(line)) for line in lines] == [list(CONTRACT)] * 4


def test_values_have_the_types_of_the_contract(db: Database) -> None:
    record = json.loads(_written(db, "jsonl").splitlines()[1])
    lists = {name for name in record if isinstance(record[name], list)}
    assert lists == {"authors", "tags", "attribution", "translations", "copies"}
    assert {name for name in record if record[name] is None} == {
        "lead", "section", "image_url", "image_credit", "modified", "gone",
    }  # fmt: skip
    assert (record["similarity"], record["revision"], record["words"]) == (1.0, 1, 300)
    assert [list(copy) for copy in record["copies"]] == [list(COPY)] * 2


def test_copies_stand_by_day_then_id_not_by_the_hour(db: Database) -> None:
    (record,) = records(db, Selection(source=("senate",)))
    assert record["copies"] == []
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
    assert [int(copy["id"], 16) for copy in record["copies"]] == [2]


def test_days_are_those_of_almaty_both_included(db: Database) -> None:
    day = date(2026, 3, 4)
    assert _ids(db, since=day, until=day, every_item=True) == [1, 3]
    assert _ids(db, since=date(2026, 3, 5)) == [2]
    assert _ids(db, until=date(2026, 3, 3)) == [4]
    assert _ids(db, until=date(2025, 1, 1)) == []


def test_languages_and_sources_may_be_several(db: Database) -> None:
    assert _ids(db, language=("kk",)) == [4]
    assert _ids(db, language=("kk", "ru"), source=("senate", "kazpravda")) == [4, 1]


@pytest.mark.parametrize("kind", ["jsonl", "csv"])
def test_the_same_data_gives_the_same_bytes(db: Database, kind: str) -> None:
    assert _written(db, kind) == _written(db, kind)


@pytest.mark.parametrize("every_item", [False, True])
def test_records_are_read_one_at_a_time(tmp_path: Path, every_item: bool) -> None:
    body = "слово " * 300
    db = database(tmp_path / "many.db", (item_row(n, body=body) for n in range(5_000)))
    first = itertools.islice(records(db, Selection(every_item=every_item)), 500)
    tracemalloc.start()
    try:
        count = write(first, "csv", io.BytesIO(), with_copies=not every_item)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
        db.close()
    assert count == 500
    assert peak < 4_000_000, "the bodies of all are 16 MB"


def test_csv_opens_in_a_spreadsheet(db: Database) -> None:
    written = _written(db, "csv")
    assert written.startswith(b"\xef\xbb\xbfid,source,url,")
    assert written.endswith(b"\r\n")
    assert written.count(b"\n") == written.count(b"\r\n") == 3
    first, second = csv.DictReader(io.StringIO(written.decode("utf-8-sig"), newline=""))
    assert list(first) == [*CONTRACT, "copies"]
    assert (first["similarity"], first["lead"], first["authors"]) == ("1.0", "", "[]")
    assert [copy["relation"] for copy in json.loads(second["copies"])] == ["excerpt", "reprint"]
    assert b"copies" not in _written(db, "csv", every_item=True)


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+7 777", "-1", "@cmd", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", '"=1', "'=1",
     "' \"=1", "\uff1d1", "\uff0b1", "\uff0d1", "\uff201", "\ttext"],
)  # fmt: skip
def test_no_cell_can_start_a_formula(text: str) -> None:
    record = dict.fromkeys(FIELDS, "x") | {"title": text}
    (row,) = _csv_rows(record)
    assert row["title"] == f"'{text}"
    assert cell_text(row["title"]) == text


@pytest.mark.parametrize("text", ["– сказал он", "— сказал он", "'слово'", '"слово"', "a=1", "5"])
def test_a_cell_that_starts_no_formula_stays(text: str) -> None:
    (row,) = _csv_rows(dict.fromkeys(FIELDS, "x") | {"title": text})
    assert row["title"] == text


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


def test_a_failing_csv_leaves_the_output_open() -> None:
    out = io.BytesIO()
    with pytest.raises(KeyError):
        write(iter([{}]), "csv", out, with_copies=False)
    assert not out.closed


def test_a_file_takes_its_place_once_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "items.jsonl"
    path.write_bytes(b"old")
    with written_aside(path) as out:
        out.write(b"new")
        assert path.read_bytes() == b"old"
    assert path.read_bytes() == b"new"
    assert _names(tmp_path) == ["items.jsonl"]


def test_a_write_that_fails_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "items.jsonl"
    path.write_bytes(b"old")
    with pytest.raises(ExportError, match=r"items\.jsonl: can't be written \(disk full\)"):
        _fail(path, OSError("disk full"))
    with pytest.raises(ValueError, match="of another kind"):
        _fail(path, ValueError("of another kind"))
    assert path.read_bytes() == b"old"
    assert _names(tmp_path) == ["items.jsonl"]


def _fail(path: Path, error: Exception) -> None:
    with written_aside(path) as out:
        out.write(b"half")
        raise error


@pytest.mark.parametrize("name", ["nowhere/items", "file/items", ".", "n" * 300])
def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ExportError, match="can't be written"), written_aside(tmp_path / name):
        pass
    assert _names(tmp_path) == ["file"]


def test_a_link_stays_a_link_to_the_new_file(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    link = tmp_path / "items"
    link.symlink_to(tmp_path / "data" / "items")
    with written_aside(link) as out:
        out.write(b"new")
    assert link.is_symlink()
    assert (tmp_path / "data" / "items").read_bytes() == b"new"


def test_what_is_no_file_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    with written_aside(pipe) as out:
        _write(out)
    reader.join()
    assert got == [b"through"]
    assert pipe.is_fifo()


def _write(out: IO[bytes]) -> None:
    out.write(b"through")


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())
