"""Increments miss nothing and tell nothing twice while other processes write."""

import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.export.increments import change_of, changed_since, cursor
from pipeline.export.selection import Selection, select
from pipeline.model.capture import ClassifiedCapture
from pipeline.store.database import reading
from tests.pipeline.ingest.two_writers import Writer, two_writers
from tests.pipeline.stories.every_relation import everything
from tests.pipeline.worlds.exports import records

_SELECTIONS = (Selection(), Selection(every_item=True), Selection(source=("kazpravda",)))


@pytest.fixture(scope="module")
def writers() -> Iterator[tuple[Writer, Writer]]:
    with two_writers() as both:
        yield both


@pytest.mark.parametrize("selection", _SELECTIONS, ids=["stories", "items", "one source"])
@pytest.mark.parametrize("seed", range(3))
def test_what_comes_in_during_an_increment_is_told_by_the_next(
    writers: tuple[Writer, Writer], tmp_path: Path, selection: Selection, seed: int
) -> None:
    """A batch is begun before each increment and may be committed anywhere in it; another one, of
    the other source, is surely committed in the middle of it.
    """
    rng = random.Random(seed)
    path = tmp_path / "kazpress.db"
    for writer in writers:
        writer.open(path)
    waiting = _batches(rng)
    known: dict[str, str] = {}
    since = None
    while any(waiting.values()) or since != _newest(path):
        beside, inside = rng.sample(writers, 2)
        began = _start(beside, waiting)
        with reading(path) as db:
            table = (
                select(db, selection)
                if since is None
                else changed_since(db, selection, change_of(db, since))
            )
            names = [column.name for column in table.columns]
            told = [next(table.records, None)]
            if _start(inside, waiting):
                inside.wait()
            told += table.records
            since = cursor(db)
            for record in told:
                _apply(known, dict(zip(names, record or (), strict=record is not None)))
            assert known == {one["id"]: json.dumps(one) for one in records(db, selection)}
        if began:
            beside.wait()
    assert known


def _newest(path: Path) -> str:
    with reading(path) as db:
        return cursor(db)


def _batches(rng: random.Random) -> dict[str, list[list[ClassifiedCapture]]]:
    """Each source's captures and decisions, shuffled and cut into batches."""
    cut: dict[str, list[list[ClassifiedCapture]]] = {}
    for source in ("senate", "kazpravda"):
        own = [one for one in everything() if one.capture.source == source]
        rng.shuffle(own)
        size = rng.choice((4, 9))
        cut[source] = [own[at : at + size] for at in range(0, len(own), size)]
    return cut


def _start(writer: Writer, waiting: dict[str, list[list[ClassifiedCapture]]]) -> bool:
    if not waiting[writer.source]:
        return False
    writer.start([waiting[writer.source].pop()])
    return True


def _apply(known: dict[str, str], record: dict[str, object]) -> None:
    """Put one told record on what is known."""
    if not record:
        return
    item = str(record["id"])
    if record.pop("removed", None):
        del known[item]
    else:
        text = json.dumps(record)
        assert known.get(item) != text
        known[item] = text
