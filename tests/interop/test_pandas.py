"""pandas reads what we export."""

import json
from pathlib import Path

import pytest

from tests.interop.records import days, records, times

pytestmark = pytest.mark.interop


@pytest.mark.parametrize("name", ["stories", "items"])
def test_parquet_is_a_frame_with_days_times_and_lists(exports: Path, name: str) -> None:
    import pandas as pd

    frame = pd.read_parquet(exports / f"{name}.parquet")
    told = records(exports, name)
    assert pd.to_datetime(frame.day).dt.date.tolist() == days(exports, name)
    assert [None if pd.isna(one) else one for one in frame.published_at] == times(exports, name)
    timed = frame.dropna(subset="published_at")
    assert (timed.published_at.dt.date == timed.day).all()
    assert frame.similarity.tolist() == [one["similarity"] for one in told]
    assert [one.tolist() for one in frame.tags] == [one["tags"] for one in told]
    assert frame.section.isna().tolist() == [one["section"] is None for one in told]


@pytest.mark.parametrize("name", ["stories.jsonl", "items.jsonl.gz"])
def test_json_lines_are_a_frame(exports: Path, name: str) -> None:
    import pandas as pd

    frame = pd.read_json(exports / name, lines=True)
    told = records(exports, name.partition(".")[0])
    assert list(frame.columns) == list(told[0])
    assert frame.id.tolist() == [one["id"] for one in told]
    assert pd.to_datetime(frame.day).dt.date.tolist() == days(exports, name.partition(".")[0])
    assert frame.translations.str.len().tolist() == [len(one["translations"]) for one in told]
    assert frame.section.isna().tolist() == [one["section"] is None for one in told]


@pytest.mark.parametrize(("name", "sep"), [("items.csv", ","), ("semicolons.csv", ";")])
def test_csv_is_a_frame_whose_lists_are_json(exports: Path, name: str, sep: str) -> None:
    import pandas as pd

    frame = pd.read_csv(exports / name, sep=sep, parse_dates=["day"])
    told = records(exports, "items")
    assert list(frame.columns) == list(told[0])
    assert frame.day.dt.date.tolist() == days(exports, "items")
    assert frame.words.tolist() == [one["words"] for one in told]
    assert frame.body.tolist() == [one["body"] for one in told]
    assert frame.translations.map(json.loads).tolist() == [one["translations"] for one in told]
    assert frame.section.isna().tolist() == [one["section"] is None for one in told]


def test_a_spreadsheet_is_a_frame(exports: Path) -> None:
    import pandas as pd

    frame = pd.read_excel(exports / "stories.xlsx")
    told = records(exports)
    assert frame.id.tolist() == [one["id"] for one in told]
    assert frame.day.dt.date.tolist() == days(exports)
    assert frame.words.tolist() == [one["words"] for one in told]
