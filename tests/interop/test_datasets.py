"""The library `datasets` of Hugging Face reads what we export."""

from pathlib import Path

import pytest

from tests.interop.records import days, records, times

pytestmark = pytest.mark.interop


@pytest.mark.parametrize(("name", "kind"), [("items.jsonl", "json"), ("items.parquet", "parquet")])
def test_an_export_is_a_dataset(exports: Path, tmp_path: Path, name: str, kind: str) -> None:
    from datasets import load_dataset

    loaded = load_dataset(
        kind, data_files=str(exports / name), split="train", cache_dir=str(tmp_path)
    )
    told = records(exports, "items")
    assert loaded["id"][:] == [one["id"] for one in told]
    assert loaded["body"][:] == [one["body"] for one in told]
    assert loaded["tags"][:] == [one["tags"] for one in told]
    assert loaded["translations"][:] == [one["translations"] for one in told]


def test_parquet_has_days_and_times(exports: Path, tmp_path: Path) -> None:
    from datasets import load_dataset

    path = str(exports / "items.parquet")
    loaded = load_dataset("parquet", data_files=path, split="train", cache_dir=str(tmp_path))
    assert loaded["day"][:] == days(exports, "items")
    assert loaded["published_at"][:] == times(exports, "items")
