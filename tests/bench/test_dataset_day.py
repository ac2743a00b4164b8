"""What a day more costs: the measurement, on few items."""

import json
from random import Random

import pytest

from bench import dataset_day
from bench.inputs.chunks import chunks, new_bytes


def test_a_day_is_measured(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["dataset_day", "--items", "600", "--json"])
    dataset_day.main()
    found = json.loads(capsys.readouterr().out)
    assert (found["items"], found["months"]) == (360, 1)
    assert 0 < found["jsonl: new in chunks"] < found["jsonl: new in whole files"] == 1


def test_chunks_are_the_file_and_end_where_the_content_says() -> None:
    content = Random(1).randbytes(1_000_000)
    assert b"".join(chunks(content)) == content
    assert len(list(chunks(content))) == pytest.approx(1_000_000 / 65_536, rel=0.5)
    assert new_bytes(content, content) == 0
    assert 0 < new_bytes(content, content[:500_000] + b"more" + content[500_000:]) <= 2 * 131_072
    assert new_bytes(b"", content) == 1_000_000
