"""How the margin on labelled pairs changes with each threshold of the comparison.

`python -m bench.bounds --pairs FILE` varies one threshold at a time and prints the lowest larger
share of pairs of one piece, the highest of other pairs, how many pairs are wrong, and how many are
wrong if R is the middle between the two shares over all pairs but the one that is judged (leave one
out).
"""

import argparse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

from bench.labelled import Labelled, read_labelled
from bench.stories import Weighed, weigh
from pipeline.similarity import passages, shares

_VARIED: tuple[tuple[ModuleType, str, Sequence[float]], ...] = (
    (passages, "GAP_WORDS", (4, 6, 8, 9, 10, 12, 16)),
    (passages, "PASSAGE_WORDS", (3, 8, 10, 12, 14, 16)),
    (shares, "OPENING_WORDS", (0, 20, 25, 30, 40)),
    (shares, "OPENING_WEIGHT", (0.25, 0.5, 0.75)),
)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=Path, required=True, help="file of labelled pairs")
    labelled = read_labelled(parser.parse_args().pairs)
    print(
        "| threshold | value | lowest of the same | highest of another | wrong | left out, wrong |"
    )
    print("|---|---:|---:|---:|---:|---:|")
    for module, name, values in _VARIED:
        for value in values:
            with _changed(module, name, value):
                print(f"| {name} | {value} | {' | '.join(_row(labelled))} |")


def _row(labelled: Labelled) -> Iterator[str]:
    weighed = weigh(labelled)
    yield f"{min(one.share for one in weighed if one.labelled.same):.3f}"
    yield f"{max(one.share for one in weighed if not one.labelled.same):.3f}"
    yield str(sum(one.related != one.labelled.same for one in weighed))
    yield str(sum(_wrong_by_the_others(one, weighed) for one in weighed))


def _wrong_by_the_others(left_out: Weighed, weighed: Sequence[Weighed]) -> bool:
    others = [one for one in weighed if one is not left_out]
    lowest = min(one.share for one in others if one.labelled.same)
    highest = max(one.share for one in others if not one.labelled.same)
    return (left_out.share >= (lowest + highest) / 2) != left_out.labelled.same


@contextmanager
def _changed(module: ModuleType, name: str, value: float) -> Iterator[None]:
    before = getattr(module, name)
    setattr(module, name, value)
    try:
        yield
    finally:
        setattr(module, name, before)


if __name__ == "__main__":
    main()
