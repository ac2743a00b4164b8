"""DuckDB reads what we export."""

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.interop.records import days, records, times


def _column(path: Path, expression: str) -> list[Any]:
    return [row[0] for row in duckdb.sql(f"SELECT {expression} FROM '{path}'").fetchall()]


def _types(path: Path) -> dict[str, str]:
    return dict(
        duckdb.sql(f"SELECT column_name, column_type FROM (DESCRIBE FROM '{path}')").fetchall()
    )


@pytest.mark.parametrize("name", ["stories", "items"])
def test_parquet_is_a_table_with_days_times_and_lists(exports: Path, name: str) -> None:
    path = exports / f"{name}.parquet"
    types = _types(path)
    assert types["day"] == "DATE"
    assert types["published_at"] == "TIMESTAMP WITH TIME ZONE"
    assert types["tags"] == "VARCHAR[]"
    assert _column(path, "day") == days(exports, name)
    told = times(exports, name)
    assert _column(path, "epoch(published_at)") == [one and one.timestamp() for one in told]
    at = "strftime(timezone('Asia/Almaty', published_at), '%Y-%m-%d') = day::VARCHAR"
    assert set(_column(path, at)) == {True, None}
    assert _column(path, "translations") == [one["translations"] for one in records(exports, name)]


@pytest.mark.parametrize(
    "name", ["items.csv", "semicolons.csv", "items.csv.gz", "items.jsonl", "items.jsonl.gz",
             "items.jsonl.zst"],
)  # fmt: skip
def test_text_is_a_table_whose_days_are_days(exports: Path, name: str) -> None:
    told = records(exports, "items")
    path = exports / name
    assert list(_types(path)) == list(told[0])
    assert _types(path)["day"] == "DATE"
    assert _column(path, "day") == days(exports, "items")
    assert _column(path, "body") == [one["body"] for one in told]
    assert _column(path, "section") == [one["section"] for one in told]
    tags = _column(path, "tags")
    lists = [json.loads(one) for one in tags] if ".csv" in name else tags
    assert lists == [one["tags"] for one in told]
