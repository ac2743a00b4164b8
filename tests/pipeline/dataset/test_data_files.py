"""The data files of a dataset: what is in them, and the version that follows from them."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow.parquet
import pytest
from sqlite_utils import Database

from kazpress.errors import StoreError
from pipeline.dataset.data_files import (
    DATA_PATH,
    by_month,
    data_path,
    dataset_table,
    version,
    write_month,
)
from pipeline.export.columns import Table, column
from pipeline.export.selection import Selection
from pipeline.model.press_item import FIELDS
from tests.pipeline.worlds.captures import imported, kaz, page, prose, sen, unchanged, world
from tests.pipeline.worlds.rows import database, item_row


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    months = ("2026-04-01", "2026-03-31T23:00:00+05:00", "2025-12-01", "2026-03-01")
    rows = (item_row(number, published=when) for number, when in enumerate(months))
    opened = database(tmp_path / "items.db", rows)
    yield opened
    opened.close()


def test_a_record_is_an_item_with_the_digest_of_its_capture_last(db: Database) -> None:
    table = dataset_table(db, Selection())
    assert [one.name for one in table.columns] == [*FIELDS, "capture_digest"]
    assert [record[-1] for record in table.records] == [None] * 4


def test_months_come_in_order_each_once(db: Database) -> None:
    months = [(month, len(list(table.records))) for month, table in by_month(
        dataset_table(db, Selection())
    )]  # fmt: skip
    assert months == [("2025-12", 1), ("2026-03", 2), ("2026-04", 1)]


@pytest.mark.parametrize("days", [("2026-04-01", "2026-03-01"), ("2026-03-01", ""), ("x", "y")])
def test_an_item_out_of_order_would_overwrite_a_month_and_is_an_error(days: list[str]) -> None:
    table = Table((column("day"),), iter([(day,) for day in days]))
    with pytest.raises(StoreError, match="the database is damaged"):
        [list(month.records) for _, month in by_month(table)]


def test_both_formats_hold_the_same_records(db: Database, tmp_path: Path) -> None:
    files = [
        write_month(table, month, tmp_path / "out")
        for month, table in by_month(dataset_table(db, Selection()))
    ]
    for lines, columnar in files:
        texts = (tmp_path / "out" / lines.path).read_text("utf-8").splitlines()
        records = [json.loads(text) for text in texts]
        rows = pyarrow.parquet.read_table(tmp_path / "out" / columnar.path).to_pylist()
        assert [one["id"] for one in records] == [row["id"] for row in rows]
        assert [one["body"] for one in records] == [row["body"] for row in rows]
        assert lines.rows == columnar.rows == len(records)
        for file in (lines, columnar):
            assert file.bytes == (tmp_path / "out" / file.path).stat().st_size
            assert DATA_PATH.fullmatch(file.path)


def test_the_digest_is_that_of_the_first_capture_that_gave_what_the_record_has() -> None:
    again = page(kaz("new"), 3, prose("б", 40))
    other_bytes = replace(again, capture=replace(again.capture, digest="sha1:OTHER"))
    new, old = kaz("new"), kaz("old")
    db = world(
        page(new, 0, prose("а", 40)),
        page(new, 2, prose("б", 40)),
        other_bytes,
        page(old, 0, prose("в", 40)),
        page(old, 2, prose("г", 40)),
        unchanged(old, 4, of=0),
        page(sen(1), 0, prose("д", 40)),
        imported(prose("е", 40), date(2026, 3, 2)),
    )
    at = {row[0]: row[1] for row in db.conn.execute("SELECT url || time, digest FROM captures")}
    table = dataset_table(db, Selection())
    place = [one.name for one in table.columns].index("url")
    found = {record[place]: record[-1] for record in table.records}
    assert found == {
        new: at[f"{new}2026-03-02T08:00:00.000000Z"],
        old: at[f"{old}2026-03-02T06:00:00.000000Z"],  # what was confirmed last
        sen(1): at[f"{sen(1)}2026-03-02T06:00:00.000000Z"],
        None: next(digest for name, digest in at.items() if name.startswith("urn:sha256:")),
    }


def test_a_version_follows_from_the_data_alone(db: Database, tmp_path: Path) -> None:
    files = [
        file
        for month, table in by_month(dataset_table(db, Selection()))
        for file in write_month(table, month, tmp_path)
    ]
    named = version("2026-03-04", files)
    assert named.startswith("2026.3.4+")
    assert len(named) == len("2026.3.4+") + 12
    assert version("2026-03-04", reversed(files)) == named
    assert version("2026-03-04", files[1:]) != named
    assert version("2026-03-04", [replace(files[0], sha256="0" * 64), *files[1:]]) != named
    assert version(None, []).startswith("0.0.0+")


def test_a_path_of_data_is_told_from_any_other() -> None:
    assert DATA_PATH.fullmatch(data_path("2026-03", "jsonl"))
    for other in (
        "data/jsonl/2026-03.parquet", "data/jsonl/notes.jsonl", "../data/jsonl/2026-03.jsonl",
        "README.md", "data/parquet/../2026-03.parquet", "data/jsonl/2026-03.jsonl\n",
    ):  # fmt: skip
        assert not DATA_PATH.fullmatch(other)
