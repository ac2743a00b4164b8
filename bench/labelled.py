"""Labelled pairs of texts, from a file of the form of `--pairs`, and what a verdict is worth.

    {"texts": {"t1": {"runs": ["0123456789abcdef", …]}, …},
     "pairs": [{"a": "t1", "b": "t2", "label": "reprint"}, …]}

`runs` are the hashes of a text's shingles, each three successive words; `digits`, if any, the
positions of the words that hold a digit, from 0. Labels `reprint` and
`excerpt` say that both are the same piece, `series`, `different` and any other that they are not.
"""

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from pipeline.similarity.compared_text import Text
from pipeline.similarity.particulars import Particulars
from pipeline.similarity.shares import is_formula
from pipeline.similarity.shingles import SHINGLE_WORDS

SAME = frozenset({"reprint", "excerpt"})
_RUN = re.compile(r"[0-9a-fA-F]{16}")
_KINDS: dict[type, str] = {list: "a list", dict: "an object", str: "a string"}
_T = TypeVar("_T")

LABELS = SAME | {"series", "different"}


class FileOfPairsError(ValueError):
    """A file that can't be read, or is not of the form; says where and what is expected."""


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
        """The shingles that stand in so many of the texts that they are formulae."""
        counts = Counter(
            shingle for text in self.texts.values() for shingle in set(text.four_word_shingles)
        )
        return frozenset(shingle for shingle, count in counts.items() if is_formula(count))


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    precision: float
    recall: float
    f1: float
    wrong: list[LabelledPair]


def read_labelled(path: Path) -> Labelled:
    """The pairs of a file. Every text is taken as of a source and of a day of its own: what is
    measured is the comparison of texts. Raises FileOfPairsError.
    """
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise FileOfPairsError(f"can't be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise FileOfPairsError(f"is no JSON file in UTF-8: {error}") from error
    texts = {
        name: _text(name, _field(facts, "runs", list, f'text "{name}"'), _digits(facts, name))
        for name, facts in _field(read, "texts", dict, "the file").items()
    }
    listed = _field(read, "pairs", list, "the file")
    if not listed:
        raise FileOfPairsError('holds no pairs: "pairs" is empty')
    pairs = [_pair(pair, f"pair {number}", texts) for number, pair in enumerate(listed, 1)]
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


def _pair(facts: object, where: str, texts: dict[str, Text]) -> LabelledPair:
    names = [_field(facts, name, str, where) for name in ("a", "b")]
    for name in names:
        if name not in texts:
            raise FileOfPairsError(f'{where}: there is no text "{name}"')
    if names[0] == names[1]:
        raise FileOfPairsError(f'{where}: "a" and "b" are the same text')
    label = _field(facts, "label", str, where)
    return LabelledPair(one=texts[names[0]], other=texts[names[1]], label=label)


def _field(facts: object, name: str, kind: type[_T], where: str) -> _T:
    """A value of a JSON object."""
    value = facts.get(name) if isinstance(facts, dict) else None
    if not isinstance(value, kind):
        raise FileOfPairsError(f'{where}: "{name}" has to be {_KINDS[kind]}')
    return value


def _digits(facts: dict[str, object], name: str) -> Particulars:
    """The numbers of a text. What they are is not known, so no two are the same."""
    found = _field(facts, "digits", list, f'text "{name}"') if "digits" in facts else []
    if any(not isinstance(at, int) or at < 0 for at in found):
        raise FileOfPairsError(f'text "{name}": each of "digits" has to be a position from 0')
    return Particulars(numbers={at: f"{name} {at}" for at in found}, names={})


def _text(name: str, runs: Sequence[object], found_in: Particulars) -> Text:
    found = [run for run in runs if isinstance(run, str) and _RUN.fullmatch(run)]
    if len(found) < len(runs):
        raise FileOfPairsError(f'text "{name}": each of "runs" has to be 16 hexadecimal digits')
    return Text(
        id=name, source=name, day=date(2026, 1, 1), title=(), words=len(found) + SHINGLE_WORDS - 1,
        digest=" ".join(found), shingles=tuple(int(run, 16) for run in found),
        find_particulars=lambda: found_in,
    )  # fmt: skip
