"""Labelled pairs of texts, from a file of the form of `--pairs`, and what a verdict is worth.

    {"texts": {"t1": {"runs": ["0123456789abcdef", …]}, …},
     "pairs": [{"a": "t1", "b": "t2", "label": "reprint"}, …]}

`runs` are the hashes of a text's successive runs of three words. Labels `reprint` and `excerpt` say
that both are the same piece, `series`, `different` and any other that they are not.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.link import Text, is_formula
from pipeline.shingles import RUN_WORDS

SAME = frozenset({"reprint", "excerpt"})


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledPair:
    one: Text
    other: Text
    label: str

    @property
    def same(self) -> bool:
        return self.label in SAME


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    texts: dict[str, Text]
    pairs: list[LabelledPair]

    def formulae(self) -> frozenset[int]:
        """The runs that stand in so many of the texts that they are formulae."""
        counts = Counter(run for text in self.texts.values() for run in set(text.long_runs))
        return frozenset(run for run, count in counts.items() if is_formula(count))


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    precision: float
    recall: float
    f1: float
    wrong: list[LabelledPair]


def read_labelled(path: Path) -> Labelled:
    """The pairs of a file. Every text is taken as of a source and of a day of its own: what is
    measured is the comparison of texts.
    """
    read = json.loads(path.read_text(encoding="utf-8"))
    texts = {name: _text(name, facts["runs"]) for name, facts in read["texts"].items()}
    pairs = [
        LabelledPair(one=texts[pair["a"]], other=texts[pair["b"]], label=pair["label"])
        for pair in read["pairs"]
    ]
    return Labelled(texts=texts, pairs=pairs)


def score(pairs: Sequence[LabelledPair], verdicts: Sequence[bool]) -> Score:
    """Precision, recall and their harmonic mean of "same piece"."""
    judged = list(zip(pairs, verdicts, strict=True))
    right = sum(said and pair.same for pair, said in judged)
    said_same = sum(verdicts)
    same = sum(pair.same for pair in pairs)
    return Score(
        precision=right / said_same if said_same else 1.0,
        recall=right / same if same else 1.0,
        f1=2 * right / (said_same + same) if said_same + same else 1.0,
        wrong=[pair for pair, said in judged if said != pair.same],
    )


def _text(name: str, runs: Sequence[str]) -> Text:
    return Text(
        id=name, source=name, day=date(2026, 1, 1), title=(), words=len(runs) + RUN_WORDS - 1,
        digest=" ".join(runs), runs=tuple(int(run, 16) for run in runs),
    )  # fmt: skip
