"""How well stories are told apart in generated worlds whose truth is known.

`python -m bench.worlds --seeds 1 2 3` ingests each world (`bench/inputs/worlds/world.py`) as a
crawl does, in no order of time, and compares its stories with the true pieces: the adjusted Rand
index, pairs wrongly joined by form, pairs missed by kind of copy, precision and recall of pairs.
Beside that the verdict on bare pairs, as if nothing else had been seen yet: on all pairs of items
of one form, matter or piece, without formulae. The prints of one release at thirty addresses make
more pairs than all other copies together, so they count among the missed, and nowhere else unless
that is said.

With `--held-out`, forms, wording, lengths and copies are others: thresholds are chosen without a
look at these. With `--wrong`, the wrong pairs of a form, matter or kind are printed in full.
"""

import argparse
import json
import os
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from itertools import combinations
from math import comb
from pathlib import Path
from typing import Any

from bench.inputs.captured_items import captured_item, item_address
from bench.inputs.worlds.world import ORIGINAL, RELEASE, Item, world
from bench.inputs.worlds.writings import held_out, known
from pipeline.clock import utc_now
from pipeline.ingest.batch import Batch
from pipeline.ingest.ingest import ingest
from pipeline.model.capture import ClassifiedCapture
from pipeline.similarity.compared_text import Text, as_compared
from pipeline.similarity.relatedness import verdict
from pipeline.store.database import open_for_writing
from spiders.sources import SOURCES

_BATCH = 20
Together = Callable[[Item, Item], bool]


@dataclass(slots=True)
class Judged:
    """Pairs of items, by what is true and what was said of them."""

    right: int = 0
    wrong: Counter[str] = field(default_factory=Counter)
    """Pairs wrongly joined, by form or matter."""
    missed: Counter[str] = field(default_factory=Counter)
    """True pairs not joined, by kind of copy."""
    others: Counter[str] = field(default_factory=Counter)
    """Pairs of two pieces, by form or matter."""
    true: Counter[str] = field(default_factory=Counter)
    """True pairs, by kind of copy."""
    wrong_pairs: list[tuple[Item, Item]] = field(default_factory=list)

    def add(self, one: Item, other: Item, *, joined: bool) -> None:
        if one.piece == other.piece:
            name = kind_of(one, other)
            self.true[name] += 1
            self.right += joined and name != RELEASE
            self.missed[name] += not joined
        else:
            name = " and ".join(sorted({one.group, other.group}))
            self.others[name] += 1
            self.wrong[name] += joined
        if joined != (one.piece == other.piece):
            self.wrong_pairs.append((one, other))

    def update(self, other: "Judged") -> None:
        """Take another world's pairs in."""
        self.right += other.right
        for own, more in (
            (self.wrong, other.wrong), (self.missed, other.missed),
            (self.others, other.others), (self.true, other.true),
        ):  # fmt: skip
            own.update(more)
        self.wrong_pairs += other.wrong_pairs

    @property
    def precision(self) -> float:
        said = self.right + self.wrong.total()
        return self.right / said if said else 1.0

    @property
    def recall(self) -> float:
        true = self.true.total() - self.true[RELEASE]
        return self.right / true if true else 1.0

    def as_json(self) -> dict[str, Any]:
        precision, recall = self.precision, self.recall
        both = precision + recall
        return {
            "precision": round(precision, 3),
            "recall": round(recall, 3),
            "f1": round(2 * precision * recall / both if both else 0.0, 3),
            "wrong": self.wrong.total(),
            "missed": self.missed.total(),
            "wrong_by_form": _parts(self.wrong, self.others),
            "missed_by_kind": _parts(self.missed, self.true),
        }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--items", type=int, default=300, help="about so many in each world")
    parser.add_argument("--held-out", action="store_true", help="worlds written by another hand")
    parser.add_argument(
        "--wrong", metavar="NAME", help="print the wrong pairs of this form or kind"
    )
    parser.add_argument("--json", action="store_true", help="print JSON instead of tables")
    asked = parser.parse_args()
    writing = held_out() if asked.held_out else known()
    made = {seed: world(seed, asked.items, writing) for seed in asked.seeds}
    stories, bare = Judged(), Judged()
    rows = []
    for seed, items in made.items():
        told = stories_of(items)
        judged = judge(combinations(items, 2), _same(told))
        stories.update(judged)
        bare.update(judge(_akin(items), _related(items)))
        rows.append({"seed": seed, **_partition(items, told), **judged.as_json()})
    found = {"worlds": rows, "stories": stories.as_json(), "bare_pairs": bare.as_json()}
    lines = [json.dumps(found, ensure_ascii=False, indent=1) if asked.json else as_text(found)]
    if asked.wrong:
        lines += _in_full(asked.wrong, stories.wrong_pairs, bare.wrong_pairs)
    with suppress(BrokenPipeError):
        print(*lines, sep="\n")
        sys.stdout.flush()
        return
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def stories_of(items: Sequence[Item]) -> dict[int, str]:
    """The story of each item, by its number, once all are ingested in this order."""
    with tempfile.TemporaryDirectory() as folder:
        db = open_for_writing(Path(folder) / "bench.db", SOURCES.values())
        for start in range(0, len(items), _BATCH):
            batch = items[start : start + _BATCH]
            for source in SOURCES:
                examined = [_captured(item) for item in batch if item.source == source]
                ingest(db, SOURCES[source], Batch(examined=examined), now=utc_now())
        told = dict(db.conn.execute("SELECT url, story FROM items").fetchall())
        db.close()
    return {item.number: told[item_address(item.source, item.number)] for item in items}


def judge(pairs: Iterable[tuple[Item, Item]], together: Together) -> Judged:
    """What is said of pairs, beside what is true."""
    judged = Judged()
    for one, other in pairs:
        judged.add(one, other, joined=together(one, other))
    return judged


def kind_of(one: Item, other: Item) -> str:
    """The kind of copy by which two items of one piece differ."""
    kinds = sorted({one.kind, other.kind} - {ORIGINAL})
    return f"two {kinds[0]}" if one.kind == other.kind != RELEASE else " and ".join(kinds)


def adjusted_rand_index(true: Sequence[Hashable], found: Sequence[Hashable]) -> float:
    """How well two partitions agree: 1 where they are the same, about 0 by chance (Hubert and
    Arabie 1985).
    """
    together = _pairs(Counter(zip(true, found, strict=True)))
    in_true, in_found = _pairs(Counter(true)), _pairs(Counter(found))
    by_chance = in_true * in_found / max(comb(len(true), 2), 1)
    most = (in_true + in_found) / 2
    return 1.0 if most == by_chance else (together - by_chance) / (most - by_chance)


def as_text(found: Mapping[str, Any]) -> str:
    """The same as tables."""
    lines = ["seed  items pieces stories    ARI  without release  precision recall  wrong missed"]
    lines += [
        f"{row['seed']:4} {row['items']:6} {row['pieces']:6} {row['stories']:7} {row['ari']:6.3f}"
        f" {row['ari_without_release']:16.3f} {row['precision']:10.3f} {row['recall']:6.3f}"
        f" {row['wrong']:6} {row['missed']:6}"
        for row in found["worlds"]
    ]
    for name in ("stories", "bare_pairs"):
        part = found[name]
        figures = ", ".join(f"{key} {part[key]:.3f}" for key in ("precision", "recall", "f1"))
        lines += ["", f"{name.replace('_', ' ')}: {figures}"]
        for key, title in (("wrong_by_form", "wrongly joined"), ("missed_by_kind", "missed")):
            lines.append(f"  {title}: {part[key.partition('_')[0]]}")
            lines += [f"    {row[0]:5} of {row[1]:5}  {name}" for name, row in part[key].items()]
    return "\n".join(lines)


def _partition(items: Sequence[Item], told: Mapping[int, str]) -> dict[str, Any]:
    """What a world and its stories amount to."""
    besides = [item for item in items if item.group != RELEASE]
    return {
        "items": len(items),
        "pieces": len({item.piece for item in items}),
        "stories": len(set(told.values())),
        "ari": round(_agreement(items, told), 3),
        "ari_without_release": round(_agreement(besides, told), 3),
    }


def _agreement(items: Sequence[Item], told: Mapping[int, str]) -> float:
    return adjusted_rand_index(
        [item.piece for item in items], [told[item.number] for item in items]
    )


def _same(told: Mapping[int, str]) -> Together:
    return lambda one, other: told[one.number] == told[other.number]


def _related(items: Iterable[Item]) -> Together:
    """The product's verdict on two texts before any form has been seen."""
    texts = {item.number: _text(item) for item in items}
    return lambda one, other: verdict(texts[one.number], texts[other.number], frozenset()).related


def _akin(items: Iterable[Item]) -> Iterator[tuple[Item, Item]]:
    """All pairs within a form, a matter or a piece."""
    groups: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        groups[item.group].append(item)
    for group in groups.values():
        yield from combinations(group, 2)


def _text(item: Item) -> Text:
    return as_compared(
        item_address(item.source, item.number), item.source, item.day, item.title, item.body
    )


def _captured(item: Item) -> ClassifiedCapture:
    seen = datetime.combine(item.day, time(6), UTC) + timedelta(seconds=item.number)
    return captured_item(
        item.source, item.number, item.body, seen, language=item.language, title=item.title
    )


def _parts(hit: Mapping[str, int], of: Mapping[str, int]) -> dict[str, list[int]]:
    """What was hit of each, most first; where wrong pairs are none, a name is left out."""
    return {
        name: [count, of[name]]
        for name, count in sorted(hit.items(), key=lambda one: (-one[1], one[0]))
        if count
    }


def _in_full(name: str, *judged: Iterable[tuple[Item, Item]]) -> Iterator[str]:
    for title, pairs in zip(("stories", "bare pairs"), judged, strict=True):
        for one, other in pairs:
            if name in {one.group, other.group, one.kind, other.kind}:
                yield f"\n== {title}: {name}"
                for item in (one, other):
                    yield f"-- {item.number} {item.kind} {item.source} {item.day} {item.title}"
                    yield item.body


def _pairs(counts: Mapping[Any, int]) -> int:
    return sum(comb(count, 2) for count in counts.values())


if __name__ == "__main__":
    main()
