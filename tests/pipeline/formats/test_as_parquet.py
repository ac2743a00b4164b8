"""Parquet: typed, the same bytes from the same data, readable whatever is in the records."""

import errno
import io
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet
from sqlite_utils import Database

from kazpress.errors import StoreError
from pipeline.export.columns import Record, Table, chosen_columns, column
from pipeline.export.selection import Selection, select
from pipeline.formats.as_parquet import ROWS_IN_GROUP, parquet_schema, write_parquet

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


def _written(names: Iterable[str], records: Iterable[Record]) -> bytes:
    out = io.BytesIO()
    write_parquet(Table(tuple(column(name) for name in names), iter(records)), out)
    return out.getvalue()


def _read(written: bytes) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = parquet.read_table(io.BytesIO(written)).to_pylist()
    return rows


def _numbered(count: int) -> list[Record]:
    return [(f"{n:016x}", f"Слово {n} " * 20) for n in range(count)]


def test_values_have_their_types(db: Database) -> None:
    out = io.BytesIO()
    assert write_parquet(select(db, Selection()), out) == 2
    other, release = _read(out.getvalue())
    assert (release["published"], release["published_at"]) == ("2026-03-04", None)
    assert other["published_at"] == datetime(2026, 3, 3, 4, tzinfo=UTC)
    assert str(other["published_at"]) == "2026-03-03 09:00:00+05:00"
    assert release["first_seen"] == datetime(2026, 3, 4, 6, tzinfo=UTC)
    assert (release["words"], release["similarity"], release["tags"]) == (300, 1.0, [])
    assert [copy["relation"] for copy in release["copies"]] == ["excerpt", "reprint"]
    assert release["copies"][0]["similarity"] == 0.9


def test_the_schema_says_what_each_column_is() -> None:
    columns = chosen_columns(with_copies=True)
    schema = parquet_schema((*(one for one in columns if one.name != "day"), column("day")))
    names = schema.names
    assert names[names.index("published") + 1] == "published_at"
    types = {name: str(schema.field(name).type) for name in names}
    assert {name: kind for name, kind in types.items() if kind != "string"} == {
        "day": "date32[day]",
        "published_at": "timestamp[us, tz=Asia/Almaty]",
        "first_seen": "timestamp[us, tz=UTC]",
        "last_changed": "timestamp[us, tz=UTC]",
        "gone": "timestamp[us, tz=UTC]",
        "revision": "int64",
        "words": "int64",
        "similarity": "double",
        "authors": "list<item: string>",
        "tags": "list<item: string>",
        "attribution": "list<item: string>",
        "translations": "list<item: struct<language: string, id: string, url: string>>",
        "copies": "list<item: struct<id: string, source: string, url: string, title: string, "
        "published: string, relation: string, similarity: double>>",
    }


def test_no_value_may_lack_that_the_contract_promises() -> None:
    def required(*, removed: bool) -> set[str]:
        schema = parquet_schema(chosen_columns(with_copies=True, removed=removed))
        return {field.name for field in schema if not field.nullable}

    assert {"id", "body", "published", "tags", "copies", "words"} < required(removed=False)
    nullable = {"url", "title", "lead", "published_at", "gone", "reading"}
    assert nullable & required(removed=False) == set()
    assert required(removed=True) == set()
    with pytest.raises(StoreError, match=r"a body is wrong \(a value is missing\)"):
        _written(["id", "body"], [("1", None)])


def test_a_removed_record_lacks_all_but_its_mark() -> None:
    written = _written(["id", "body", "tags", "day", "removed"], [("1", None, None, None, True)])
    assert _read(written) == [{"id": "1", "body": None, "tags": None, "day": None, "removed": True}]


@pytest.mark.parametrize(
    ("name", "value"), [("day", "2026-02-30"), ("gone", "soon"), ("words", "x")]
)
def test_a_value_of_another_kind_is_told(name: str, value: str) -> None:
    with pytest.raises(StoreError, match=f"the database is damaged: a {name} is wrong"):
        _written(["id", name], [("1", value)])


def test_a_column_that_others_add_is_a_string() -> None:
    names = ("day", "capture_digest")
    assert _read(_written(names, [("2026-03-04", "sha256:ab")])) == [
        {"day": date(2026, 3, 4), "capture_digest": "sha256:ab"}
    ]


def test_a_table_without_records_has_its_schema() -> None:
    columns = chosen_columns(with_copies=True)
    out = io.BytesIO()
    assert write_parquet(Table(columns, iter(())), out) == 0
    read = parquet.read_table(io.BytesIO(out.getvalue()))
    assert (read.num_rows, read.schema.equals(parquet_schema(columns))) == (0, True)


@given(ANY_TEXT, st.none() | ANY_TEXT, st.lists(ANY_TEXT, max_size=3))
def test_any_text_comes_back(body: str, title: str | None, tags: list[str]) -> None:
    records = [("1", title, body, tags)]
    written = _written(["id", "title", "body", "tags"], records)
    assert [tuple(row.values()) for row in _read(written)] == records
    assert _written(["id", "title", "body", "tags"], records) == written


def test_a_file_is_made_for_those_who_read_a_part_of_it() -> None:
    names = ("id", "source", "day", "body", "tags")
    records = [(f"{n}", "senate", "2026-03-04", "Текст", ["закон"]) for n in range(50)]
    group = parquet.ParquetFile(io.BytesIO(_written(names, records))).metadata.row_group(0)
    parts = {group.column(n).path_in_schema: group.column(n) for n in range(group.num_columns)}
    assert {part.compression for part in parts.values()} == {"ZSTD"}
    assert {name for name, part in parts.items() if "RLE_DICTIONARY" in part.encodings} == {
        "source", "day", "tags.list.element",
    }  # fmt: skip
    assert {name for name, part in parts.items() if part.is_stats_set} == {"id", "source", "day"}
    assert all(parts[name].has_column_index for name in ("id", "source", "day"))


def test_new_rows_leave_the_whole_groups_before_them_as_they_were() -> None:
    records = _numbered(ROWS_IN_GROUP + 40)
    before = _written(["id", "title"], records[: ROWS_IN_GROUP + 5])
    after = _written(["id", "title"], records)
    metadata = parquet.ParquetFile(io.BytesIO(after)).metadata
    assert [metadata.row_group(n).num_rows for n in range(2)] == [ROWS_IN_GROUP, 40]
    start = metadata.row_group(1).column(0).data_page_offset
    assert before[:start] == after[:start]


def test_records_are_asked_for_a_group_at_a_time() -> None:
    asked: list[int] = []
    written_before: list[int] = []
    out = io.BytesIO()

    def records() -> Iterable[Record]:
        for n in range(ROWS_IN_GROUP + 1):
            asked.append(n)
            if n == ROWS_IN_GROUP:
                written_before.append(out.tell())
            yield (f"{n}",)

    write_parquet(Table((column("id"),), iter(records())), out)
    assert written_before[0] > 1_000


class _FullDisk(io.BytesIO):
    def write(self, data: Any, /) -> int:
        if self.tell() > 10_000:
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().write(data)


def test_a_full_disk_is_told_as_such_and_the_output_stays_open() -> None:
    out = _FullDisk()
    table = Table((column("id"), column("title")), iter(_numbered(3 * ROWS_IN_GROUP)))
    with pytest.raises(OSError, match="No space left on device") as caught:
        write_parquet(table, out)
    assert caught.value.errno == errno.ENOSPC
    assert not out.closed
