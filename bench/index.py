"""What an item costs as the index grows, in bulk and alone, ours and datasketch's: time, disk,
memory.

`python -m bench.index --items 10000 100000 400000 --peer 10000 50000` fills one database on disk
and prints rows as each number of items is reached. Measured are items of 300 words, of which one
in twenty reprints an earlier one with 5 % of its words changed: 6,000 of them 2,000 in a
transaction, as a backfill brings them, then 400 in transactions of 20, and 100 alone. Measured is
what the index does for an item: cutting it into shingles, adding them, looking up which are
formulae and which items have the others. All that comes before is put into the tables at once, as
random shingles in the order of their range.

Then datasketch's MinHashLSH, which is in memory, takes as many items, all of them texts, if it is
installed. Each of the two runs in its own process.
"""

import argparse
import multiprocessing
import random
import resource
import tempfile
import time
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate, islice
from pathlib import Path
from typing import Protocol

from bench.peers import indexes
from pipeline.similarity.index_levels import FURTHER, LEVELS, MOST_ROWS
from pipeline.similarity.shingle_index import add_documents, candidates, formulae_among
from pipeline.similarity.shingles import four_word_shingles, shingles_in, shingles_of
from pipeline.store.database import open_for_writing, value
from pipeline.store.transactions import write, writing
from spiders.sources import SOURCES

_BULK = 2000
_MEASURED = {_BULK: 3 * _BULK, 20: 400, 1: 100}
"""Items measured at each mark, by how many are in a batch."""
_WORDS = 300
_SHINGLES = _WORDS - 3
_COUNT = "WITH RECURSIVE c (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM c WHERE n + 1 < ?1)"
_ROWS = f"{_COUNT} SELECT ?2 + n * ?3 + (random() & ?4), (random() & 1048575) % ?5 + 1 FROM c"
"""In order; every shingle is random within the n-th part of the range."""
_DOCUMENTS = f"INSERT INTO holders (id) {_COUNT} SELECT lower(hex(randomblob(8))) FROM c"
_COUNTED = "INSERT OR REPLACE INTO run_levels (level, rows, next) VALUES (?, ?, 0)"
_LEXICON = 200_000
_KEPT = 2000
_PEER = "datasketch MinHashLSH, 128 permutations, 0.3"
_HEAD = (
    "items", "in", "items/s", "ms per item", "of this, processor", "of this, cutting",
    "times the first", "neighbours found", "disk MB", "memory MB",
)  # fmt: skip

Texts = Iterator[tuple[str, str]]
"""Items without end, by name."""


class Peer(Protocol):
    """An index."""

    cutting: float
    """Processor seconds that cutting items into shingles took so far."""

    def fill(self, items: int, texts: Texts) -> None:
        """Let so many more items be in it, in any way."""

    def take(self, batch: list[tuple[str, str]]) -> int:
        """Take a batch of items in; how many neighbours they have."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, nargs="+", default=[10_000, 50_000])
    parser.add_argument("--peer", type=int, nargs="*", default=[10_000], help="items of datasketch")
    parser.add_argument("--folder", type=Path, help="where the database is made, then deleted")
    asked = parser.parse_args()
    for name, make, marks in (
        ("kazpress", _Ours, asked.items), ("datasketch MinHashLSH", _Datasketch, asked.peer),
    ):  # fmt: skip
        if marks and make is _Datasketch and _PEER not in dict(indexes()):
            print(f"\n{name} is left out: pip install -e '.[bench]'")
        elif marks:
            process = multiprocessing.get_context("spawn").Process(
                target=_measure, args=(name, make, sorted(marks), asked.folder)
            )
            process.start()
            process.join()
            if process.exitcode:
                raise SystemExit(process.exitcode)


def _measure(name: str, make: Callable[[Path], Peer], marks: list[int], within: Path) -> None:
    with tempfile.TemporaryDirectory(dir=within) as folder:
        print(f"\n{name}\n\n| {' | '.join(_HEAD)} |\n|{'---:|' * len(_HEAD)}", flush=True)
        for row in _rows(make(Path(folder) / "bench.db"), marks, Path(folder)):
            print(f"| {' | '.join(row)} |", flush=True)


def _rows(index: Peer, marks: list[int], folder: Path) -> Iterator[list[str]]:
    texts = _texts()
    first: list[_Cost] = []
    done = 0
    for mark in marks:
        measured = {batch: min(items, mark) for batch, items in _MEASURED.items()}
        index.fill(max(0, mark - done - measured[_BULK]), texts)
        costs = [_run(index, texts, items, batch) for batch, items in measured.items()]
        first = first or costs
        done = mark + sum(measured.values()) - measured[_BULK]
        disk = sum(file.stat().st_size for file in folder.iterdir()) / 1e6
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
        for (batch, items), cost, before in zip(measured.items(), costs, first, strict=True):
            yield [
                str(mark), f"batches of {batch}", f"{1000 / cost.ms:.0f}", f"{cost.ms:.2f}",
                f"{cost.busy_ms:.2f}", f"{cost.cutting_ms:.2f}",
                f"{cost.busy_ms / before.busy_ms:.2f}", f"{cost.found} of {items}",
                f"{disk:.0f}", f"{memory:.0f}",
            ]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cost:
    """Of one of several items, in time and in processor time, making it up aside."""

    ms: float
    busy_ms: float
    cutting_ms: float
    """Of the processor time, what cutting took."""
    found: int
    """Neighbours of all of them."""


def _run(index: Peer, texts: Texts, items: int, batch_items: int) -> _Cost:
    """Take so many items in."""
    seconds, busy, found, cut = 0.0, 0.0, 0, index.cutting
    for left in range(items, 0, -batch_items):
        batch = list(islice(texts, min(batch_items, left)))
        start, busy_start = time.perf_counter(), time.process_time()
        found += index.take(batch)
        seconds += time.perf_counter() - start
        busy += time.process_time() - busy_start
    each = 1000 / items
    cutting_ms = (index.cutting - cut) * each
    return _Cost(ms=seconds * each, busy_ms=busy * each, cutting_ms=cutting_ms, found=found)


class _Ours:
    def __init__(self, path: Path) -> None:
        self._db = open_for_writing(path, SOURCES.values())
        self.cutting = 0.0

    def fill(self, items: int, _texts: Texts) -> None:
        if not items:
            return
        with writing(self._db):
            write(self._db, _DOCUMENTS, (items,))
        before = [value(self._db, f"SELECT count(*) FROM {level}") for level in LEVELS]
        rows = sum(before) + items * _SHINGLES
        wanted = [min(MOST_ROWS[0], rows), min(MOST_ROWS[1], rows - MOST_ROWS[0])]
        wanted.append(rows - sum(wanted))
        for number, level in enumerate(LEVELS):
            self._fill(level, wanted[number] - before[number])
            rows = value(self._db, f"SELECT count(*) FROM {level}")
            with writing(self._db):
                write(self._db, _COUNTED, (number, rows))
        self._fill(FURTHER, items * _SHINGLES // 25)

    def _fill(self, table: str, rows: int) -> None:
        """In two passes over each part of the range, which leave pages as full as merges do."""
        documents = value(self._db, "SELECT count(*) FROM holders")
        parts = max(rows, 0) // 1_000_000 + 1
        some = rows // parts // 2
        if some <= 0:
            return
        step = (1 << 64) // parts // some
        for part in range(parts):
            first = (part << 64) // parts - (1 << 63)
            for _ in range(2):
                with writing(self._db):
                    values = (some, first, step, (1 << step.bit_length() - 1) - 1, documents)
                    write(self._db, f"INSERT OR IGNORE INTO {table} (run, holder) {_ROWS}", values)

    def take(self, batch: list[tuple[str, str]]) -> int:
        cut: dict[str, array[int]] = {}
        with writing(self._db):
            add_documents(self._db, self._cutting(batch, cut))
            asked = {name: set(shingles) for name, shingles in cut.items()}
            own = {name: all_ - formulae_among(self._db, all_) for name, all_ in asked.items()}
            found = candidates(self._db, own)
            return sum(len(found[name] - {name}) for name in own)

    def _cutting(self, batch: list[tuple[str, str]], cut: dict[str, "array[int]"]) -> Texts:
        """The items, each cut once: the index finds the last ones cut already."""
        for name, body in batch:
            start = time.process_time()
            cut[name] = array("q", set(four_word_shingles(shingles_in(body))))
            self.cutting += time.process_time() - start
            yield name, body


class _Datasketch:
    def __init__(self, _path: Path) -> None:
        self._index = dict(indexes())[_PEER]
        self.cutting = 0.0

    def fill(self, items: int, texts: Texts) -> None:
        self.take(list(islice(texts, items)))

    def take(self, batch: list[tuple[str, str]]) -> int:
        start = time.process_time()
        cut = [(name, set(shingles_of(body.split()))) for name, body in batch]
        self.cutting += time.process_time() - start
        return sum(self._index(name, shingles) for name, shingles in cut)


def _texts() -> Texts:
    """Items without end, by name; words by Zipf's frequencies."""
    chance = random.Random(1)
    ranks = range(_LEXICON)
    weights = array("d", accumulate(1 / (rank + 30) for rank in ranks))
    kept: list[array[int]] = []
    number = 0
    while True:
        words = array("I", chance.choices(ranks, cum_weights=weights, k=_WORDS))
        if number % 20 == 19:
            earlier = chance.choice(kept)
            both = zip(earlier, words, strict=True)
            words = array("I", (w if chance.random() > 0.05 else n for w, n in both))
        elif len(kept) < _KEPT:
            kept.append(words)
        else:
            kept[chance.randrange(_KEPT)] = words
        yield f"{number:016x}", " ".join(f"{rank:x}".translate(_AS_LETTERS) for rank in words)
        number += 1


_AS_LETTERS = str.maketrans("0123456789abcdef", "абвгдежзиклмнопр")

if __name__ == "__main__":
    main()
