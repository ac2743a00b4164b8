"""pandas reads what we export."""

import json
from pathlib import Path

import pytest

from tests.interop.records import records

pytestmark = pytest.mark.interop


def test_json_lines_are_a_frame(exports: Path) -> None:
    import pandas as pd

    frame = pd.read_json(exports / "stories.jsonl", lines=True)
    told = records(exports)
    assert list(frame.columns) == list(told[0])
    assert frame.id.tolist() == [one["id"] for one in told]
    assert frame.copies.str.len().tolist() == [len(one["copies"]) for one in told]
    assert frame.section.isna().tolist() == [one["section"] is None for one in told]


def test_csv_is_a_frame_whose_lists_are_json(exports: Path) -> None:
    import pandas as pd

    frame = pd.read_csv(exports / "stories.csv")
    told = records(exports)
    assert list(frame.columns) == list(told[0])
    assert frame.words.tolist() == [one["words"] for one in told]
    assert frame.translations.map(json.loads).tolist() == [one["translations"] for one in told]
    assert frame.section.isna().tolist() == [one["section"] is None for one in told]
