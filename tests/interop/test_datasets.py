"""The library `datasets` of Hugging Face reads what we export."""

from pathlib import Path

import pytest

from tests.interop.records import records

pytestmark = pytest.mark.interop


@pytest.fixture(autouse=True)
def nothing_outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))


def test_json_lines_are_a_dataset(exports: Path, tmp_path: Path) -> None:
    from datasets import load_dataset

    loaded = load_dataset(
        "json", data_files=str(exports / "items.jsonl"), split="train", cache_dir=str(tmp_path)
    )
    told = records(exports, "items")
    assert loaded["id"][:] == [one["id"] for one in told]
    assert loaded[0]["body"] == told[0]["body"]
    assert loaded["tags"][:] == [one["tags"] for one in told]
