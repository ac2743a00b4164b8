"""Items of a backfill wait for their stories, and what follows is as if none had waited."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from pipeline.export.increments import cursor
from pipeline.export.selection import Selection
from pipeline.ingest import settle, unsettled
from pipeline.ingest.batch import Batch, Ingested
from pipeline.ingest.ingest import ingest
from pipeline.ingest.open_sources import open_sources
from pipeline.ingest.settle import settle_all
from pipeline.ingest.unsettled import count_unsettled, is_any_unsettled
from pipeline.model.capture import ClassifiedCapture
from pipeline.store.database import Store
from tests.pipeline.export.test_increments import Records, applied, full, increment
from tests.pipeline.worlds.bounds import low_bounds
from tests.pipeline.worlds.captures import (
    NOW,
    SOURCES,
    decision,
    derived,
    exported,
    imported,
    items,
    kaz,
    moved,
    new_database,
    page,
    prose,
    sen,
    take,
    world,
)
from tests.pipeline.worlds.pieces import check_pieces, worlds_of_pieces
from tests.pipeline.worlds.random_worlds import worlds

_SIZE = settings(
    max_examples=20, deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip
_BODY = prose("а", 60)
_SELECTIONS = (Selection(), Selection(every_item=True))

_Base = tuple[str, list[Records]]
"""A cursor, and the exports at that moment."""


@pytest.fixture(autouse=True, scope="module")
def _low_bounds() -> Iterator[None]:
    with low_bounds() as patch:
        patch.setattr(unsettled, "MOST_UNSETTLED", 7)
        yield


def _add(db: Database, *examined: ClassifiedCapture) -> Ingested:
    """Take captures of one source in that may wait."""
    source = SOURCES[examined[0].capture.source]
    return ingest(db, source, Batch(examined=examined), now=NOW, may_wait=True)


def _check_valid(db: Database) -> None:
    """Readers see whole records: each in a story, of which there is a row with its number."""
    sizes: dict[str, int] = {}
    for one in items(db).values():
        assert one["story"]
        assert one["piece"]
        assert one["relation"]
        sizes[one["story"]] = sizes.get(one["story"], 0) + 1
    assert dict(db.conn.execute("SELECT id, items FROM stories").fetchall()) == sizes
    exported(db)


def _check_any_way(captures: Sequence[ClassifiedCapture], data: st.DataObject) -> None:
    """In any order, in any batches that wait or do not, settled at any time, also by a process
    after one that was killed.
    """
    db = new_database()
    earlier: list[_Base] = []
    left = data.draw(st.permutations(list(captures)))
    while left:
        size = data.draw(st.integers(1, 6))
        batch, left = left[:size], left[size:]
        for source in SOURCES.values():
            own = [one for one in batch if one.capture.source == source.name]
            ingest(db, source, Batch(examined=own), now=NOW, may_wait=data.draw(st.booleans()))
            _check_valid(db)
        then = data.draw(st.sampled_from(("go on", "go on", "settle", "killed", "cut short")))
        if then == "cut short":
            _fail_to_settle(db)
        if then in ("killed", "cut short"):
            db = Store(db.conn)
        if then == "settle":
            settle_all(db, now=NOW)
            check_pieces(db)
        earlier.append((cursor(db), [full(db, one) for one in _SELECTIONS]))
    settle_all(db, now=NOW)
    _check_increments(db, earlier)
    at_once = world(*captures)
    assert exported(db) == exported(at_once)
    assert derived(db) == derived(at_once)


def _check_increments(db: Database, earlier: Sequence[_Base]) -> None:
    """Each earlier export, with the increment since its cursor, is the present one."""
    for at, bases in earlier:
        for selection, base in zip(_SELECTIONS, bases, strict=True):
            assert applied(base, increment(db, selection, at)) == full(db, selection)


def _fail_to_settle(db: Database) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settle, "number_changes", _fails)
        if is_any_unsettled(db):
            with pytest.raises(KeyboardInterrupt):
                settle_all(db, now=NOW)


def _fails(*_: object) -> None:
    raise KeyboardInterrupt


@_SIZE
@given(worlds(smallest=8, largest=20, decisions=2, told=2), st.data())
def test_whenever_it_is_settled_the_same_follows(
    captures: list[ClassifiedCapture], data: st.DataObject
) -> None:
    _check_any_way(captures, data)


@_SIZE
@given(worlds(smallest=12, largest=30), st.data())
def test_of_pages_alone_most_wait_and_the_same_follows(
    captures: list[ClassifiedCapture], data: st.DataObject
) -> None:
    _check_any_way([one for one in captures if one.reading and not one.text_id], data)


@settings(_SIZE, max_examples=10)
@given(worlds_of_pieces(), st.data())
def test_pieces_that_wait_are_the_same(
    captures: list[ClassifiedCapture], data: st.DataObject
) -> None:
    _check_any_way(captures, data)


def test_an_item_that_waits_is_a_story_of_its_own() -> None:
    db = new_database()
    take(db, page(sen(1), 0, _BODY))
    _add(db, page(kaz("a"), 1, _BODY), page(kaz("b"), 1, prose("б", 60)))
    assert count_unsettled(db) == 2
    found = items(db)[kaz("a")]
    assert (found["story"], found["piece"]) == (found["id"], found["id"])
    assert (found["relation"], found["similarity"]) == ("canonical", 1.0)
    settle_all(db, now=NOW)
    assert count_unsettled(db) == 0
    settled = items(db)
    assert settled[kaz("a")]["story"] == settled[sen(1)]["id"]
    assert settled[kaz("a")]["relation"] == "reprint"
    assert settled[kaz("b")]["story"] == settled[kaz("b")]["id"]


def test_one_that_has_changed_stays_in_its_story_meanwhile() -> None:
    db = world(page(sen(1), 0, _BODY), page(kaz("a"), 1, _BODY))
    changed = page(kaz("a"), 30, prose("б", 60))
    assert _add(db, changed).updated
    found = items(db)
    assert found[kaz("a")]["body"] == prose("б", 60)
    assert found[kaz("a")]["story"] == found[sen(1)]["id"]
    settle_all(db, now=NOW)
    assert items(db)[kaz("a")]["story"] == items(db)[kaz("a")]["id"]


@pytest.mark.parametrize(
    "one",
    [
        imported(prose("в", 40), date(2026, 3, 2)),
        decision("join", kaz("a"), kaz("b"), 3),
        moved(kaz("a"), 3, kaz("c")),
    ],
    ids=["an imported text", "a decision", "a redirect that takes an item out"],
)
def test_what_is_no_plain_page_settles_all(one: ClassifiedCapture) -> None:
    db = new_database()
    pages = [page(kaz(name), at, prose(name, 60)) for at, name in enumerate("cab")]
    _add(db, *pages)
    assert count_unsettled(db) == 3
    _add(db, one)
    assert count_unsettled(db) == 0


def test_so_many_wait_and_no_more() -> None:
    db = new_database()
    for number in range(20):
        _add(db, page(kaz(f"{number}"), 0, prose(f"б{number}", 60)))
        assert count_unsettled(db) <= 7
    assert count_unsettled(db) == 20 - 2 * 8


def test_whoever_opens_the_database_to_write_settles_what_waits(tmp_path: Path) -> None:
    path = tmp_path / "kazpress.db"
    killed = new_database(path)
    _add(killed, page(kaz("a"), 1, _BODY))
    options = {"known": SOURCES.values(), "now": NOW, "recovered": False}
    with open_sources(path, tmp_path, [], "a test", **options) as db:  # type: ignore[arg-type]
        assert count_unsettled(db) == 0
        assert derived(db) == derived(world(page(kaz("a"), 1, _BODY)))
    killed.close()
