"""How well translations are found by numbers and names, on invented news in three languages.

`python -m bench.translations` prints precision and recall over some worlds, the wrong pairs by the
kind of piece that they come from, and with `--bounds` what other thresholds would give.
"""

import argparse
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from bench.inputs.trilingual import Account, Newsroom
from pipeline.translations.entities import entities_in
from pipeline.translations.entity_index import Group
from pipeline.translations.matching import BOUNDS, Bounds, matches

_VARIED: dict[str, tuple[float, ...]] = {
    "score_from": (2.0, 3.0, 3.5, 4.0, 5.0),
    "margin": (1.0, 1.25, 1.5, 2.0),
    "fewer_numbers_from": (0.0, 0.5, 0.75, 0.9),
    "more_numbers_from": (0.0, 0.3, 0.5, 0.7),
    "numbers_from": (0, 1, 2, 3),
    "names_from": (0, 1, 2, 3),
    "rarity_days": (1, 3, 7),
    "third_from": (0.25, 0.5, 9.0),
}


@dataclass(slots=True)
class Figures:
    """What came out."""

    right: int = 0
    missed: int = 0
    wrong: Counter[str] = field(default_factory=Counter)
    """Wrong pairs by kind of the first piece."""

    @property
    def precision(self) -> float:
        joined = self.right + self.wrong.total()
        return self.right / joined if joined else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worlds", type=int, default=5)
    parser.add_argument("--days", type=int, default=14)
    parser.add_argument("--pieces", type=int, nargs="+", default=[0, 2, 10, 30])
    parser.add_argument("--russian", type=float, default=1.0, help="share of pieces in Russian")
    parser.add_argument("--bounds", action="store_true", help="vary one bound at a time")
    asked = parser.parse_args()
    for pieces in asked.pieces:
        worlds = [made(seed, asked.days, pieces, asked.russian) for seed in range(asked.worlds)]
        _print(f"{pieces} plain pieces a day", measured(worlds))
        for bound, values in _VARIED.items() if asked.bounds else ():
            for value in values:
                varied: dict[str, Any] = {bound: value}
                _print(f"  {bound} {value}", measured(worlds, replace(BOUNDS, **varied)))


World = list[tuple[Account, Group]]


def made(seed: int, days: int, pieces: int, russian: float = 1.0) -> World:
    """A world's accounts, each with what the product sees of it."""
    return [
        (
            told,
            Group(
                url=f"/{seed}/{number:05}", language=told.language, day=told.day.toordinal(),
                languages=frozenset({told.language}),
                entities=entities_in(told.body, told.language),
            ),
        )
        for number, told in enumerate(Newsroom(seed, russian).accounts(days, pieces))
    ]  # fmt: skip


def measured(worlds: Iterable[World], bounds: Bounds = BOUNDS) -> Figures:
    """The product's pairs against the true ones."""
    found = Figures()
    for world in worlds:
        true_of = {account.url: told for told, account in world}
        printed = Counter(told.number for told, _ in world)
        true = sum(many * (many - 1) // 2 for many in printed.values())
        joined = matches((account for _, account in world), bounds)
        pairs = [(true_of[one.url], true_of[one.target]) for one in joined]
        right = sum(one.number == other.number for one, other in pairs)
        found.right += right
        found.missed += true - right
        found.wrong.update(one.kind for one, other in pairs if one.number != other.number)
    return found


def _print(name: str, found: Figures) -> None:
    print(
        f"{name:28} right {found.right:5}  missed {found.missed:5}  wrong {found.wrong.total():3}"
        f"  precision {found.precision:.4f}  recall {found.recall:.3f}  {dict(found.wrong) or ''}"
    )


if __name__ == "__main__":
    main()
