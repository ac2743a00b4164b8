"""What was exported at a change and the increment since then are the export of now."""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from pipeline.export.increments import change_of, changed_since, cursor
from pipeline.export.selection import Selection
from pipeline.ingest.afresh import derive_again
from pipeline.items import history
from pipeline.model.capture import ClassifiedCapture
from pipeline.similarity import shares
from pipeline.store.transactions import writing
from tests.pipeline.worlds.captures import NOW, batches, new_database, take
from tests.pipeline.worlds.exports import records
from tests.pipeline.worlds.random_worlds import worlds

_SIZE = settings(
    max_examples=30, deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip
_CHOSEN: tuple[dict[str, Any], ...] = (
    {}, {"source": ("kazpravda",)}, {"source": ("senate",)}, {"language": ("ru",)},
    {"language": ("kk", "en"), "source": ("kazpravda",)}, {"since": date(2026, 3, 2)},
    {"until": date(2026, 3, 2)}, {"since": date(2026, 3, 2), "until": date(2026, 3, 3)},
    {"section": ("Общество",)},
)  # fmt: skip
SELECTIONS = [
    Selection(every_item=every_item, **chosen) for chosen in _CHOSEN for every_item in (False, True)
]

Records = dict[str, str]
"""The records of an export by their ids, as JSON."""


@pytest.fixture(autouse=True, scope="module")
def _low_bounds() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shares, "FORMULA_ADDRESSES", 4)
        patch.setattr(history, "BOILERPLATE_ADDRESSES", 4)
        patch.setattr(history, "FAULTY_DAY_MISSES", 2)
        yield


def full(db: Database, selection: Selection) -> Records:
    return {one["id"]: json.dumps(one) for one in records(db, selection)}


def increment(db: Database, selection: Selection, text: str) -> list[dict[str, Any]]:
    table = changed_since(db, selection, change_of(db, text))
    names = [column.name for column in table.columns]
    return [dict(zip(names, record, strict=True)) for record in table.records]


def applied(base: Records, told: Sequence[dict[str, Any]]) -> Records:
    """A base export with an increment put on it. Each record is told once, and only what the base
    has not, or has otherwise."""
    after = dict(base)
    assert len({one["id"] for one in told}) == len(told)
    for one in told:
        if one.pop("removed"):
            assert one["id"] in base
            assert json.loads(base[one["id"]])["url"] == one["url"]
            del after[one["id"]]
        else:
            record = json.dumps(one)
            assert base.get(one["id"]) != record
            after[one["id"]] = record
    return after


def check(db: Database, earlier: list[tuple[str, list[Records]]]) -> None:
    """From the first and from the last earlier states, by their cursors, to the present one; which
    is added to them.
    """
    present = [full(db, selection) for selection in SELECTIONS]
    for text, bases in [*earlier[:1], *earlier[1:][-2:]]:
        for selection, base, now in zip(SELECTIONS, bases, present, strict=True):
            told = increment(db, selection, text)
            kept = [one for one in told if not one["removed"]]
            gone = [one for one in told if one["removed"]]
            assert told == kept + gone
            assert kept == sorted(kept, key=lambda one: (one["published"], one["id"]))
            assert gone == sorted(gone, key=lambda one: one["id"])
            assert applied(base, told) == now
    earlier.append((cursor(db), present))


@_SIZE
@given(worlds(smallest=8, largest=24, decisions=3, told=2), st.data())
def test_base_and_increment_are_the_present_export(
    captures: list[ClassifiedCapture], data: st.DataObject
) -> None:
    db = new_database()
    earlier: list[tuple[str, list[Records]]] = []
    check(db, earlier)
    waiting = data.draw(st.permutations(captures))
    while waiting:
        size = data.draw(st.integers(1, 9))
        batch, waiting = waiting[:size], waiting[size:]
        take(db, *batch)
        check(db, earlier)
    db.close()


@settings(_SIZE, max_examples=15)
@given(worlds(), worlds(smallest=1, largest=10, decisions=1), worlds(smallest=1, largest=6))
def test_so_they_are_after_reading_the_archive_again(
    captures: list[ClassifiedCapture],
    others: list[ClassifiedCapture],
    later: list[ClassifiedCapture],
) -> None:
    db = new_database()
    earlier: list[tuple[str, list[Records]]] = []
    take(db, *captures)
    check(db, earlier)
    for read in (captures, captures[1:], others, captures):
        with writing(db):
            derive_again(db, batches(read), now=NOW)
        check(db, earlier)
    take(db, *later)
    check(db, earlier)
    db.close()
