"""`python -m bench.stories --pairs FILE --json`: its form, and that it judges as the product."""

import hashlib
import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from bench.altered import LANGUAGES, Press, Sentences, flat
from bench.labelled import read_labelled, score
from bench.stories import as_text, measured
from tests.workspace import ROOT


def _runs(text: Sentences) -> list[str]:
    """As the contract has them: SHA-256 of three words joined by a space, 16 digits of it."""
    words = flat(text)
    return [
        hashlib.sha256(" ".join(words[at : at + 3]).encode()).hexdigest()[:16]
        for at in range(len(words) - 2)
    ]


def _file(path: Path, pairs: list[tuple[Sentences, Sentences, str]]) -> Path:
    texts: dict[str, Any] = {}
    listed: list[dict[str, str]] = []
    for number, (one, other, label) in enumerate(pairs):
        names = f"t{number}a", f"t{number}b"
        for name, text in zip(names, (one, other), strict=True):
            texts[name] = {"host": "example.kz", "language": "ru", "runs": _runs(text)}
        listed.append({"a": names[0], "b": names[1], "label": label, "note": "made up"})
    path.write_text(json.dumps({"about": "made up", "texts": texts, "pairs": listed}))
    return path


def _made(language: str) -> list[tuple[Sentences, Sentences, str]]:
    press = Press(language, seed=2)
    pairs: list[tuple[Sentences, Sentences, str]] = []
    for _ in range(8):
        text = press.text()
        pairs += [
            (text, press.reworded(text, 0.15), "reprint"),
            (text, press.reordered(text), "reprint"),
            (text, press.cut(text, 0.4), "excerpt"),
            (text, press.text(), "different"),
        ]
    form = list(press.series(12, 0.6))
    return [*pairs, *((one, other, "series") for one, other in pairwise(form))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_altered_texts_are_told_from_others_and_from_a_series(
    tmp_path: Path, language: str
) -> None:
    found = measured(read_labelled(_file(tmp_path / "pairs.json", _made(language))))
    assert found["wrong"] == []
    assert (found["precision"], found["recall"], found["f1"]) == (1.0, 1.0, 1.0)
    assert found["formulae"] > 0
    assert found["labels"]["excerpt"]["pairs"] == 8


def test_the_command_prints_figures_and_wrong_pairs(tmp_path: Path) -> None:
    press = Press("kk", seed=3)
    text = press.text(200)
    pairs = [(text, text, "reprint"), (text, press.text(), "reprint"), (text, text, "series")]
    command = [sys.executable, "-m", "bench.stories", "--pairs"]
    file = str(_file(tmp_path / "pairs.json", pairs))
    run = subprocess.run(
        [*command, file, "--json"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    found = json.loads(run.stdout)
    assert (found["precision"], found["recall"], found["f1"]) == (0.5, 0.5, 0.5)
    assert [(pair["a"], pair["label"]) for pair in found["wrong"]] == [
        ("t1a", "reprint"), ("t2a", "series"),
    ]  # fmt: skip
    assert "exact Jaccard ≥ 0.3" in found["peers"]
    table = as_text(found)
    assert "kazpress" in table
    assert "t1a t1b reprint 0.000" in table


def test_without_a_verdict_nothing_is_missed() -> None:
    assert score([], []).f1 == 1.0
