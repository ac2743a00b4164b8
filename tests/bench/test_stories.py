"""`python -m bench.stories --pairs FILE --json`: its form, and that it judges as the product."""

import hashlib
import json
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from bench.inputs.altered import LANGUAGES, Press, Sentences, flat
from bench.labelled import FileOfPairsError, read_labelled, score
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


_TEXTS = {"t1": {"runs": ["0" * 16]}, "t2": {"runs": ["f" * 16]}}
_PAIR = {"a": "t1", "b": "t2", "label": "series"}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is no JSON file in UTF-8"),
        (b"\xff\xfe", "is no JSON file in UTF-8"),
        (b"[" * 100_000, "is no JSON file in UTF-8"),
        (None, '"texts" has to be an object'),
        ({"texts": [], "pairs": []}, 'the file: "texts" has to be an object'),
        ({"texts": _TEXTS}, 'the file: "pairs" has to be a list'),
        ({"texts": _TEXTS, "pairs": []}, "holds no pairs"),
        ({"texts": _TEXTS, "pairs": [None]}, 'pair 1: "a" has to be a string'),
        ({"texts": _TEXTS, "pairs": [_PAIR, _PAIR | {"b": "t3"}]}, 'pair 2: there is no text "t3"'),
        ({"texts": _TEXTS, "pairs": [_PAIR | {"b": "t1"}]}, "the same text"),
        ({"texts": _TEXTS, "pairs": [_PAIR | {"label": None}]}, '"label" has to be a string'),
        ({"texts": _TEXTS | {"t1": {}}, "pairs": [_PAIR]}, 'text "t1": "runs" has to be a list'),
        ({"texts": _TEXTS | {"t1": {"runs": "abc"}}, "pairs": [_PAIR]}, 'has to be a list'),
        ({"texts": _TEXTS | {"t1": {"runs": ["xyz"]}}, "pairs": [_PAIR]}, "16 hexadecimal digits"),
        ({"texts": _TEXTS | {"t1": {"runs": [7]}}, "pairs": [_PAIR]}, "16 hexadecimal digits"),
    ],
)  # fmt: skip
def test_a_file_of_another_form_is_refused_in_one_sentence(
    tmp_path: Path, content: object, said: str
) -> None:
    path = tmp_path / "pairs.json"
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    with pytest.raises(FileOfPairsError, match=re.escape(said)):
        read_labelled(path)


def test_the_command_names_the_file_and_labels_that_it_does_not_know(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bench.stories", "--json", "--pairs"]
    missing = subprocess.run(
        [*command, "none.json"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (missing.returncode, missing.stdout) == (1, "")
    assert missing.stderr == "bench.stories: none.json: can't be read: No such file or directory\n"
    path = tmp_path / "pairs.json"
    path.write_text(json.dumps({"texts": _TEXTS, "pairs": [_PAIR | {"label": "Reprint"}]}))
    ran = subprocess.run(
        [*command, str(path)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0
    assert ran.stderr == 'bench.stories: label "Reprint" is taken as another piece\n'
