"""polars reads what we export."""

import json
from pathlib import Path

import polars as pl
import pytest

from tests.interop.records import days, records, times


@pytest.mark.parametrize("name", ["stories", "items"])
def test_parquet_is_a_frame_with_days_times_and_lists(exports: Path, name: str) -> None:
    frame = pl.read_parquet(exports / f"{name}.parquet")
    assert frame["day"].to_list() == days(exports, name)
    assert frame["published_at"].to_list() == times(exports, name)
    timed = frame.drop_nulls("published_at")
    assert timed["published_at"].dt.date().to_list() == timed["day"].to_list()
    assert frame.drop("day", "published_at", "first_seen", "last_changed", "gone").to_dicts() == [
        {key: one[key] for key in one if key not in ("day", "first_seen", "last_changed", "gone")}
        for one in records(exports, name)
    ]


def test_json_lines_are_a_frame(exports: Path) -> None:
    frame = pl.read_ndjson(exports / "stories.jsonl", infer_schema_length=None)
    assert frame.to_dicts() == records(exports)
    assert frame["day"].str.to_date().to_list() == days(exports)


@pytest.mark.parametrize(("name", "separator"), [("items.csv", ","), ("semicolons.csv", ";")])
def test_csv_is_a_frame_whose_lists_are_json(exports: Path, name: str, separator: str) -> None:
    frame = pl.read_csv(exports / name, separator=separator, try_parse_dates=True)
    told = records(exports, "items")
    assert frame.columns == list(told[0])
    assert frame["day"].to_list() == days(exports, "items")
    assert frame["body"].to_list() == [one["body"] for one in told]
    assert [json.loads(one) for one in frame["tags"]] == [one["tags"] for one in told]
    assert frame["section"].to_list() == [one["section"] for one in told]
