"""What an incoming item costs as the index of runs grows: time, disk, memory.

`python -m bench.index --items 10000 100000 400000` fills one database on disk, in transactions of
20 items of 300 words (one item in twenty reprints an earlier one with 5 % of its words changed),
and prints a row as each number of items is reached: the cost of the last items before it. Counted
is what the index does for an item: cutting it into runs, noting them, asking which are formulae
and who else holds the others. With `--peer`, datasketch's MinHashLSH in memory, in a process of
its own.
"""

import argparse
import random
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import accumulate, islice
from pathlib import Path

from pipeline.run_index import RunIndex
from pipeline.runs import formulae_among, neighbours, store_runs
from pipeline.shingles import held_runs, runs_of
from pipeline.store import open_for_writing, run_index, writing
from spiders.sources import SOURCES

_BATCH = 20
_MEASURED = 2000
_WORDS = 300
_LEXICON = 200_000
_HEAD = (
    "| items | items/s | ms an item | of it processor | times the first | neighbours found |"
    " disk MB | memory MB |"
)

Take = Callable[[list[tuple[str, str]]], int]
"""Takes a batch of items in; how many neighbours they have."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, nargs="+", default=[10_000, 50_000])
    parser.add_argument("--peer", action="store_true", help="measure datasketch instead")
    parser.add_argument("--folder", type=Path, help="where the database is made, then deleted")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
        take = _datasketch() if asked.peer else _ours(Path(folder) / "bench.db")
        print(f"{_HEAD}\n|{'---:|' * 8}")
        for row in _rows(take, sorted(asked.items), Path(folder)):
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
            index = run_index(db)
            for name, body in batch:
                store_runs(index, name, body)
            return sum(found(index, name, body) for name, body in batch)

    def found(index: RunIndex, name: str, body: str) -> int:
        runs = held_runs(body)
        return len(neighbours(index, runs - formulae_among(db, runs)) - {name})

    return take


def _datasketch() -> Take:
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=0.3, num_perm=128)

    def take(batch: list[tuple[str, str]]) -> int:
        found = 0
        for name, body in batch:
            sketch = MinHash(num_perm=128)
            sketch.update_batch([run.to_bytes(8, "big") for run in set(runs_of(body.split()))])
            found += len(index.query(sketch))
            index.insert(name, sketch)
        return found

    return take


def _texts() -> Iterator[tuple[str, str]]:
    """Items without end, by name; words by Zipf's frequencies."""
    chance = random.Random(1)
    lexicon = [f"{number:x}".translate(_AS_LETTERS) for number in range(_LEXICON)]
    weights = list(accumulate(1 / (rank + 30) for rank in range(_LEXICON)))
    kept: list[list[str]] = []
    number = 0
    while True:
        words = chance.choices(lexicon, cum_weights=weights, k=_WORDS)
        if number % 20 == 19:
            earlier = chance.choice(kept)
            words = [
                w if chance.random() > 0.05 else n for w, n in zip(earlier, words, strict=True)
            ]
        elif len(kept) < 2000:
            kept.append(words)
        else:
            kept[chance.randrange(2000)] = words
        yield f"{number:016x}", " ".join(words)
        number += 1


_AS_LETTERS = str.maketrans("0123456789abcdef", "абвгдежзиклмнопр")

if __name__ == "__main__":
    main()
