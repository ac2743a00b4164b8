"""Promise 3 with two processes that write at once: the bytes of the exports are one process's."""

import random
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from pipeline.export.selection import Selection
from pipeline.model.capture import ClassifiedCapture
from tests.pipeline.ingest.two_writers import Writer, two_writers
from tests.pipeline.stories.every_relation import everything
from tests.pipeline.worlds.captures import derived, new_database, world
from tests.pipeline.worlds.exports import exported

_Writers = tuple[Writer, Writer]


Result = tuple[bytes, dict[str, list[dict[str, Any]]]]
"""The exports, and the derived rows by table."""


@pytest.fixture(scope="module")
def writers() -> Iterator[_Writers]:
    with two_writers() as both:
        yield both


@pytest.fixture(scope="module")
def alone() -> Iterator[Result]:
    """What one process makes of it, in one batch a source."""
    db = world(*everything())
    yield export_bytes(db), derived(db)
    db.close()


def export_bytes(db: Database) -> bytes:
    """Both exports, as they are written to a file."""
    kinds = [Selection(every_item=every_item) for every_item in (True, False)]
    return b"".join(exported(db, "jsonl", kind) for kind in kinds)


def batches(source: str, rng: random.Random, largest: int) -> list[Sequence[ClassifiedCapture]]:
    """One source's captures and decisions, shuffled and cut into batches."""
    own = [one for one in everything() if one.capture.source == source]
    rng.shuffle(own)
    cut: list[Sequence[ClassifiedCapture]] = []
    while own:
        size = rng.randint(1, largest)
        cut.append(own[:size])
        own = own[size:]
    return cut


def check(path: Path, alone: Result) -> None:
    db = new_database(path)
    found = export_bytes(db), derived(db)
    db.close()
    assert found == alone


def test_both_write_captures_and_decisions() -> None:
    for source in ("senate", "kazpravda"):
        own = [one for one in everything() if one.capture.source == source]
        assert any(one.decision for one in own)
        assert any(one.reading for one in own)


@pytest.mark.parametrize("seed", range(4))
def test_turn_by_turn_the_bytes_are_the_same(
    writers: _Writers,
    alone: Result,
    tmp_path: Path,
    seed: int,
) -> None:
    """The interleaving is given: after each batch of the one comes a batch of the other."""
    rng = random.Random(seed)
    path = tmp_path / "kazpress.db"
    for writer in writers:
        writer.open(path)
    turns = zip_longest(*(batches(writer.source, rng, rng.choice((3, 12))) for writer in writers))
    for turn in turns:
        for writer, batch in rng.sample([*zip(writers, turn, strict=True)], 2):
            if batch:
                writer.start([batch])
                writer.wait()
    check(path, alone)


@pytest.mark.parametrize("seed", range(4))
def test_at_once_the_bytes_are_the_same(
    writers: _Writers,
    alone: Result,
    tmp_path: Path,
    seed: int,
) -> None:
    """Both run freely and wait for each other's transactions, whichever comes first."""
    rng = random.Random(seed)
    path = tmp_path / "kazpress.db"
    for writer in writers:
        writer.open(path)
    for writer in writers:
        writer.start(batches(writer.source, rng, rng.choice((1, 4))))
    for writer in writers:
        writer.wait()
    check(path, alone)


def test_what_a_process_fails_at_is_told(writers: _Writers, tmp_path: Path) -> None:
    """The other tests would pass, were a writer's errors lost and nothing written."""
    with pytest.raises(AssertionError, match="Error"):
        writers[0].open(tmp_path)
    writers[0].open(tmp_path / "kazpress.db")
    db = new_database(tmp_path / "kazpress.db")
    assert db.conn.execute("SELECT count(*) FROM items").fetchone() == (0,)
    assert export_bytes(db) != export_bytes(world(*everything()))
    db.close()


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 200))
def test_at_once_many_times(
    writers: _Writers,
    alone: Result,
    tmp_path: Path,
    seed: int,
) -> None:
    test_at_once_the_bytes_are_the_same(writers, alone, tmp_path, seed)
