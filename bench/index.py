"""What an incoming item costs as the index grows, ours and datasketch's: time, disk, memory.

`python -m bench.index --items 10000 100000 400000 --peer 10000 50000` fills one database on disk,
in transactions of 20 items of 300 words (one item in twenty reprints an earlier one with 5 % of its
words changed), and prints a row as each number of items is reached: the cost of the last 2,000
items before it. Measured is what the index does for an item: cutting it into shingles, adding them,
looking up which are formulae and which items have the others. Then datasketch's MinHashLSH, which
is in memory, takes the same items, if it is installed. Each of the two runs in its own process.
"""

import argparse
import multiprocessing
import random
import resource
import tempfile
import time
from array import array
from collections.abc import Callable, Iterator
from itertools import accumulate, islice
from pathlib import Path

from bench.peers import indexes
from pipeline.similarity.index_cache import ShingleIndex, index_of
from pipeline.similarity.shingle_index import add_document, candidates, formulae_among
from pipeline.similarity.shingles import indexed_shingles, shingles_of
from pipeline.store.database import open_for_writing
from pipeline.store.transactions import writing
from spiders.sources import SOURCES

_BATCH = 20
_MEASURED = 2000
_WORDS = 300
_LEXICON = 200_000
_KEPT = 2000
_PEER = "datasketch MinHashLSH, 128 permutations, 0.3"
_HEAD = (
    "| items | items/s | ms per item | of this, processor | times the first | neighbours found |"
    " disk MB | memory MB |"
)

Take = Callable[[list[tuple[str, str]]], int]
"""Takes a batch of items in; how many neighbours they have."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, nargs="+", default=[10_000, 50_000])
    parser.add_argument("--peer", type=int, nargs="*", default=[10_000], help="items of datasketch")
    parser.add_argument("--folder", type=Path, help="where the database is made, then deleted")
    asked = parser.parse_args()
    for name, make, marks in (
        ("kazpress", _ours, asked.items), ("datasketch MinHashLSH", _datasketch, asked.peer),
    ):  # fmt: skip
        if marks and make is _datasketch and _PEER not in dict(indexes()):
            print(f"\n{name} is left out: pip install -e '.[bench]'")
        elif marks:
            process = multiprocessing.get_context("spawn").Process(
                target=_measure, args=(name, make, sorted(marks), asked.folder)
            )
            process.start()
            process.join()
            if process.exitcode:
                raise SystemExit(process.exitcode)


def _measure(name: str, make: Callable[[Path], Take], marks: list[int], within: Path) -> None:
    with tempfile.TemporaryDirectory(dir=within) as folder:
        print(f"\n{name}\n\n{_HEAD}\n|{'---:|' * 8}", flush=True)
        for row in _rows(make(Path(folder) / "bench.db"), marks, Path(folder)):
            print(f"| {' | '.join(row)} |", flush=True)


def _rows(take: Take, marks: list[int], folder: Path) -> Iterator[list[str]]:
    texts = _texts()
    done, first = 0, 0.0
    for mark in marks:
        measured = min(_MEASURED, mark - done)
        _run(take, texts, mark - done - measured)
        seconds, busy, found = _run(take, texts, measured)
        each, busy_each = seconds / measured * 1000, busy / measured * 1000
        done = mark
        first = first or busy_each
        disk = sum(file.stat().st_size for file in folder.iterdir()) / 1e6
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
        yield [
            str(mark), f"{1000 / each:.0f}", f"{each:.2f}", f"{busy_each:.2f}",
            f"{busy_each / first:.2f}", f"{found} of {measured}", f"{disk:.0f}", f"{memory:.0f}",
        ]  # fmt: skip


def _run(take: Take, texts: Iterator[tuple[str, str]], items: int) -> tuple[float, float, int]:
    """Take so many items in; seconds and processor seconds, making them up aside, and neighbours
    found.
    """
    seconds, busy, found = 0.0, 0.0, 0
    while items > 0:
        batch = list(islice(texts, min(_BATCH, items)))
        start, busy_start = time.perf_counter(), time.process_time()
        found += take(batch)
        seconds += time.perf_counter() - start
        busy += time.process_time() - busy_start
        items -= len(batch)
    return seconds, busy, found


def _ours(path: Path) -> Take:
    db = open_for_writing(path, SOURCES.values())

    def take(batch: list[tuple[str, str]]) -> int:
        with writing(db):
            index = index_of(db)
            for name, body in batch:
                add_document(index, name, body)
            return sum(found(index, name, body) for name, body in batch)

    def found(index: ShingleIndex, name: str, body: str) -> int:
        shingles = indexed_shingles(body)
        return len(candidates(index, shingles - formulae_among(db, shingles)) - {name})

    return take


def _datasketch(_folder: Path) -> Take:
    index = dict(indexes())[_PEER]
    return lambda batch: sum(index(name, set(shingles_of(body.split()))) for name, body in batch)


def _texts() -> Iterator[tuple[str, str]]:
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
