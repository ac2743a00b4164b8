"""How well the same piece is told from others, on labelled pairs, compared with other methods.

`python -m bench.stories --pairs FILE` prints a table; with `--json`, `precision`, `recall` and `f1`
of "same piece" (labels `reprint` and `excerpt`), the wrong pairs, each label's pairs and shares,
and the same of every peer that is installed. The form of the file: `bench/labelled.py`. A shingle's
frequency is the number of the file's texts with it; all bounds are the product's.
"""

import argparse
import json
import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.labelled import (
    LABELS,
    FileOfPairsError,
    Labelled,
    LabelledPair,
    Score,
    read_labelled,
    score,
)
from bench.peers import peers
from pipeline.similarity.relatedness import RELATED_FROM, Pair, verdict

_NEAREST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """A labelled pair with what the product says of it."""

    labelled: LabelledPair
    pair: Pair | None

    @property
    def share(self) -> float:
        """The larger share."""
        return max(self.pair.share_a, self.pair.share_b) if self.pair else 0.0

    @property
    def related(self) -> bool:
        return bool(self.pair and self.pair.related)

    def as_json(self) -> dict[str, Any]:
        return {
            "a": self.labelled.one.id, "b": self.labelled.other.id,
            "label": self.labelled.label, "related": self.related, "share": round(self.share, 3),
        }  # fmt: skip


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pairs", type=Path, required=True, help="file of labelled pairs")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    asked = parser.parse_args()
    try:
        labelled = read_labelled(asked.pairs)
    except FileOfPairsError as error:
        raise SystemExit(f"bench.stories: {asked.pairs}: {error}") from None
    for label in sorted({pair.label for pair in labelled.pairs} - LABELS):
        print(f'bench.stories: label "{label}" is taken as another piece', file=sys.stderr)
    found = measured(labelled)
    with suppress(BrokenPipeError):
        print(json.dumps(found, ensure_ascii=False, indent=1) if asked.json else as_text(found))
        sys.stdout.flush()
        return
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def measured(labelled: Labelled) -> dict[str, Any]:
    """What there is to say of a file's pairs."""
    weighed = weigh(labelled)
    ours = score(labelled.pairs, [one.related for one in weighed])
    wrong = [one for one in weighed if one.related != one.labelled.same]
    return {
        **_figures(ours),
        "pairs": len(weighed),
        "formulae": len(labelled.formulae()),
        "related_from": RELATED_FROM,
        "wrong": [one.as_json() for one in wrong],
        "nearest": [
            one.as_json()
            for one in sorted(weighed, key=lambda one: abs(one.share - RELATED_FROM))[:_NEAREST]
        ],
        "labels": {name: _label(weighed, name) for name in _labels(weighed)},
        "peers": {
            name: _figures(score(labelled.pairs, [verdict(pair) for pair in labelled.pairs]))
            for name, verdict in peers()
        },
    }


def weigh(labelled: Labelled) -> list[Weighed]:
    """Every pair, weighed as the product does."""
    formulae = labelled.formulae()
    return [
        Weighed(
            labelled=pair,
            pair=verdict(pair.one, pair.other, formulae).pair,
        )
        for pair in labelled.pairs
    ]


def as_text(found: dict[str, Any]) -> str:
    """The same as tables."""
    rows = {"kazpress": found, **found["peers"]}
    lines = [f"{'':44} precision  recall     F1  wrong"]
    lines += [
        f"{name:44} {row['precision']:9.3f} {row['recall']:7.3f} {row['f1']:6.3f} {_count(row):6}"
        for name, row in rows.items()
    ]
    lines += ["", f"{'label':44}     pairs   right  lowest highest"]
    lines += [
        f"{name:44} {row['pairs']:9} {row['right']:7} {row['lowest']:7.3f} {row['highest']:7.3f}"
        for name, row in found["labels"].items()
    ]
    for title in ("wrong", "nearest"):
        lines += ["", f"{title} (related from {found['related_from']})"]
        lines += [f"  {p['a']} {p['b']} {p['label']} {p['share']:.3f}" for p in found[title]]
    return "\n".join(lines)


def _figures(one: Score) -> dict[str, Any]:
    return {
        "precision": one.precision, "recall": one.recall, "f1": one.f1, "errors": len(one.wrong),
    }  # fmt: skip


def _count(row: dict[str, Any]) -> int:
    return int(row["errors"])


def _labels(weighed: list[Weighed]) -> list[str]:
    return sorted({one.labelled.label for one in weighed})


def _label(weighed: list[Weighed], name: str) -> dict[str, Any]:
    own = [one for one in weighed if one.labelled.label == name]
    return {
        "pairs": len(own),
        "right": sum(one.related == one.labelled.same for one in own),
        "lowest": round(min(one.share for one in own), 3),
        "highest": round(max(one.share for one in own), 3),
    }


if __name__ == "__main__":
    main()
