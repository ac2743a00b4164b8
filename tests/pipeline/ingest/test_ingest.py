"""Section 5 through the database: identity, redirects, boilerplate, faulty days, numbering."""

import sqlite3
from pathlib import Path

import pytest
from sqlite_utils import Database

from kazpress.errors import UnknownItem
from pipeline.ingest.batch import Batch
from pipeline.ingest.ingest import ingest
from pipeline.model.capture import Address, ClassifiedCapture, Failure, Found
from pipeline.normalize.addresses import address_id
from pipeline.query.stored_items import resolve
from spiders.kazpravda import KAZPRAVDA
from tests.pipeline.worlds.captures import (
    NOW,
    at,
    derived,
    exported,
    item,
    items,
    kaz,
    missing,
    moved,
    new_database,
    page,
    prose,
    sen,
    take,
    unchanged,
    world,
)

A, B, C, D, T = (kaz(name) for name in "abcdt")
TEXT = prose("т", 60)


def failures(db: Database) -> dict[str, str]:
    return dict(db.conn.execute("SELECT url, reason FROM failures").fetchall())


def seqs(db: Database) -> dict[str, int]:
    return dict(db.conn.execute("SELECT url, changed_seq FROM items").fetchall())


def test_the_id_is_the_hash_of_the_first_address_that_gave_a_reading() -> None:
    db = world(missing(B, 0), page(A, 1, TEXT), moved(A, 2, B), page(B, 3, TEXT))
    assert item(db)["id"] == address_id(A)
    assert item(db)["url"] == B
    assert item(db)["first_seen"] == "2026-03-02T07:00:00Z"


def test_an_earlier_capture_that_comes_late_changes_the_id_and_old_ids_resolve() -> None:
    db = world(page(B, 3, TEXT), moved(A, 2, B))
    assert item(db)["id"] == address_id(B)
    take(db, page(A, 1, TEXT))
    assert item(db)["id"] == address_id(A)
    for name in (address_id(A), address_id(B), A, B):
        assert resolve(db, name) == address_id(A)
    moves = db.conn.execute("SELECT old, new FROM story_ids").fetchall()
    assert moves == [(address_id(B), address_id(A))]
    assert db.conn.execute("SELECT id FROM stories").fetchall() == [(address_id(A),)]


@pytest.mark.parametrize(
    "redirects",
    [
        [moved(A, 2, B)],
        [moved(B, 2, A)],
        [moved(A, 2, C), moved(C, 2, B)],
        [moved(A, 2, C), moved(A, 3, B)],
        [moved(A, 2, B), moved(B, 3, A)],
        [moved(A, 2, C), moved(B, 2, C)],
    ],
    ids=["to the new", "to the old", "chain", "twice", "cycle", "to a third"],
)
def test_redirects_make_one_item(redirects: list[ClassifiedCapture]) -> None:
    pages = [page(A, 0, TEXT), page(B, 5, TEXT)]
    assert len(items(world(*pages))) == 2
    for captures in ([*pages, *redirects], [*redirects, *pages], [pages[1], *redirects, pages[0]]):
        db = new_database()
        for one in captures:
            take(db, one)
        assert item(db)["id"] == address_id(A)
        assert item(db)["url"] == B
        assert item(db)["revision"] == 1


def test_two_addresses_with_one_content_and_no_redirect_are_two_items_of_one_story() -> None:
    found = items(world(page(A, 0, TEXT), page(B, 5, TEXT)))
    assert len(found) == 2
    assert {one["story"] for one in found.values()} == {address_id(A)}


def test_a_third_redirect_to_one_address_makes_all_of_them_soft_404s() -> None:
    pages = [page(A, 0, TEXT), page(B, 1, prose("б", 60)), page(T, 2, prose("ц", 60))]
    db = world(*pages, moved(A, 10, T), moved(B, 40, T), moved(A, 50, T))
    assert len(items(db)) == 1
    take(db, moved(C, 60, T))
    assert {url: one["gone"] for url, one in items(db).items()} == {
        A: "2026-03-02T16:00:00Z",
        B: None,
        T: None,
    }
    assert failures(db) == {A: "soft-404", B: "soft-404", C: "soft-404"}
    assert resolve(db, A) == address_id(A)
    assert resolve(db, B) == address_id(B)
    with pytest.raises(UnknownItem):
        resolve(db, C)


def test_a_split_takes_pairs_stories_and_translations_apart() -> None:
    kazakh = kaz("k", "kk")
    pages = [
        page(T, 5, prose("ц", 60)),
        page(kazakh, 6, prose("қ", 60), alternates=(A,)),
        page(sen(1), 7, TEXT),
        moved(A, 1, T),
        moved(B, 2, T),
    ]
    db = world(*pages, page(A, 0, TEXT))
    assert items(db)[T]["translations"][0]["id"] == address_id(kazakh)
    take(db, moved(C, 60, T))
    found = items(db)
    assert found[A]["story"] == found[sen(1)]["story"]
    assert found[T]["translations"] == []
    assert found[A]["translations"][0]["id"] == address_id(kazakh)
    assert [one["url"] for one in found[kazakh]["translations"]] == [A]
    assert derived(db) == derived(world(*pages, page(A, 0, TEXT), moved(C, 60, T)))


def test_a_target_without_readings_leaves_its_addresses_translations_behind() -> None:
    kazakh = kaz("k", "kk")
    captures = [
        page(T, 5, TEXT), page(kazakh, 6, prose("қ", 60), alternates=(A,)), moved(A, 1, T),
        moved(B, 2, T),
    ]  # fmt: skip
    db = world(*captures)
    assert items(db)[kazakh]["translations"][0]["id"] == address_id(T)
    take(db, moved(C, 60, T))
    assert items(db)[kazakh]["translations"] == []
    assert items(db)[T]["translations"] == []


def test_a_redirect_to_itself_is_no_redirect_and_no_miss() -> None:
    captures = [page(T, 0, TEXT), moved(T, 30, T), moved(T, 60, T)]
    captures += [moved(url, 1, T) for url in (A, B, C)]
    assert item(world(*captures))["gone"] is None


def test_a_304_that_comes_before_its_capture_counts_once_that_is_there() -> None:
    db = world(page(A, 1, TEXT), unchanged(A, 2, of=0))
    assert item(db)["revision"] == 1
    take(db, page(A, 0, prose("б", 60)))
    assert item(db)["revision"] == 3
    assert item(db)["body"] == prose("б", 60)
    assert item(db)["last_changed"] == "2026-03-02T08:00:00Z"


def test_nineteen_addresses_with_one_body_are_items_and_twenty_are_none() -> None:
    pages = [page(kaz(f"x{n}"), n, TEXT) for n in range(20)]
    db = world(*pages[:19])
    assert len(items(db)) == 19
    take(db, pages[19])
    assert items(db) == {}
    assert set(failures(db).values()) == {"boilerplate"}
    assert len(failures(db)) == 20
    assert derived(db) == derived(world(*reversed(pages)))


def test_of_several_revisions_only_the_boilerplate_one_vanishes() -> None:
    pages = [page(kaz(f"x{n}"), n, TEXT) for n in range(19)]
    own = [page(A, 1, prose("б", 60)), page(A, 2, TEXT), page(A, 3, prose("ц", 60))]
    db = world(*pages, own[0], own[2])
    assert items(db)[A]["revision"] == 2
    take(db, own[1])
    assert item(db)["revision"] == 2
    assert A not in failures(db)
    assert "boilerplate" in failures(world(*pages, *own[:2])).values()
    assert failures(world(*pages, *own[:2]))[A] == "boilerplate"


def test_boilerplate_is_counted_for_each_source_alone() -> None:
    pages = [page(kaz(f"x{n}"), n, TEXT) for n in range(10)]
    pages += [page(sen(n), n, TEXT) for n in range(10)]
    assert len(items(world(*pages))) == 20


def test_a_304_to_boilerplate_leaves_the_failure_standing() -> None:
    pages = [page(kaz(f"x{n}"), n, TEXT) for n in range(20)]
    db = world(*pages, unchanged(kaz("x0"), 50, of=0))
    assert failures(db)[kaz("x0")] == "boilerplate"


def test_a_faulty_day_in_almaty_makes_no_item_gone_until_it_is_none() -> None:
    own = [page(A, 0, TEXT), missing(A, 24), missing(A, 49)]
    crowd = [missing(kaz(f"x{n}"), 24 + n / 60) for n in range(19)]
    db = world(*own)
    assert item(db)["gone"] == "2026-03-03T06:00:00Z"
    take(db, *crowd)
    assert item(db)["gone"] is None
    take(db, *_different(20, 25))
    assert items(db)[A]["gone"] == "2026-03-03T06:00:00Z"


def test_a_day_is_almatys() -> None:
    evening = [missing(kaz(f"x{n}"), 12.9) for n in range(10)]
    after_midnight = [missing(kaz(f"z{n}"), 13.1) for n in range(10)]
    db = world(*evening, *after_midnight, *_different(10, 13.2))
    assert db.conn.execute("SELECT day, at_fault FROM days ORDER BY day").fetchall() == [
        ("2026-03-02", 0), ("2026-03-03", 0),
    ]  # fmt: skip


def test_soft_404_redirects_can_make_a_day_faulty() -> None:
    captures = _different(20, 0)
    captures += [moved(kaz(f"y{n}"), 30 + 25 * day, T) for n in range(20) for day in (0, 1)]
    db = world(*captures)
    assert len(items(db)) == 20
    assert {one["gone"] for one in items(db).values()} == {None}


def test_changed_seq_rises_with_exported_fields_alone() -> None:
    db = world(page(A, 0, TEXT), page(B, 0, prose("б", 60)))
    first = seqs(db)
    take(db, unchanged(A, 5, of=0), page(B, 1, prose("б", 60)))
    assert seqs(db) == first
    take(db, page(A, 6, TEXT, tags=("закон",)))
    assert seqs(db)[A] > max(first.values())
    assert seqs(db)[B] == first[B]


def test_changed_seq_rises_by_another_items_arrival() -> None:
    db = world(page(A, 5, TEXT), page(B, 0, prose("б", 60)))
    first = seqs(db)
    take(db, page(sen(1), 1, TEXT), page(kaz("k", "kk"), 1, prose("қ", 60), alternates=(B,)))
    assert min(seqs(db)[A], seqs(db)[B]) > max(first.values())
    second = seqs(db)
    take(db, page(C, 1, prose("ф", 60)))
    assert {url: seqs(db)[url] for url in second} == second


def test_a_transaction_is_one_change_where_it_changes_a_record() -> None:
    db = new_database()
    change = "SELECT number FROM changes ORDER BY number"
    assert db.conn.execute(change).fetchall() == [(0,)]
    take(db, page(A, 0, TEXT), page(B, 0, prose("б", 60)))
    assert set(seqs(db).values()) == {1}
    take(db, unchanged(A, 5, of=0))
    assert db.conn.execute(change).fetchall() == [(0,), (1,)]
    take(db, page(A, 6, TEXT, tags=("закон",)), moved(B, 7, A))
    versions = "SELECT url, since, until FROM record_versions ORDER BY url, since"
    assert db.conn.execute(versions).fetchall() == [(A, 1, 2), (A, 2, None), (B, 1, 2)]


def test_what_is_new_updated_and_gone_is_told() -> None:
    db = new_database()
    assert take(db, page(A, 1, TEXT)).new == {address_id(A)}
    assert take(db, page(A, 2, prose("б", 60))).updated == {address_id(A)}
    assert take(db, missing(A, 10), missing(A, 40)).gone == {address_id(A)}
    earlier = take(db, page(B, 0, TEXT), moved(B, 1, A))
    assert (earlier.captures, earlier.new) == (2, frozenset())


def test_an_exception_leaves_the_database_as_it_was() -> None:
    db = world(page(A, 0, TEXT))
    before = list(db.conn.iterdump())
    batch = Batch(
        examined=[page(B, 1, TEXT)],
        found=[Found(address=_address(C), by="listing", on=None)],
        positions=[("a file", None)],  # type: ignore[list-item]  # fails last of all
    )
    with pytest.raises(sqlite3.IntegrityError):
        ingest(db, KAZPRAVDA, batch, now=NOW)
    assert list(db.conn.iterdump()) == before
    take(db, page(B, 1, TEXT))
    assert len(items(db)) == 2


def test_two_connections_that_write_in_turn_give_the_same(tmp_path: Path) -> None:
    captures = [
        page(A, 0, TEXT), page(sen(1), 2, TEXT), moved(A, 3, B), page(sen(2), 3, TEXT),
        page(B, 4, prose("б", 60)), moved(C, 5, B), moved(D, 6, B),
    ]  # fmt: skip
    one, other = (new_database(tmp_path / "kazpress.db") for _ in range(2))
    for number, capture in enumerate(captures):
        take(other if number % 2 else one, capture)
    assert exported(one) == exported(other) == exported(world(*captures))
    one.close()
    other.close()


def test_a_writer_waits_for_the_other_and_sees_what_it_wrote(tmp_path: Path) -> None:
    one, other = (new_database(tmp_path / "kazpress.db") for _ in range(2))
    one.conn.execute("BEGIN IMMEDIATE")
    other.conn.execute("PRAGMA busy_timeout = 1")
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        take(other, page(A, 0, TEXT))
    one.conn.rollback()
    take(other, page(A, 0, TEXT))
    assert take(one, page(A, 0, TEXT)).captures == 0
    one.close()
    other.close()


def test_a_request_without_an_answer_is_on_the_list_and_asked_again_later() -> None:
    db = world(page(A, 0, TEXT))
    failure = Failure(url=A, stage="fetch", reason="timeout", detail="no answer")
    ingest(db, KAZPRAVDA, Batch(unanswered=[failure]), now=at(1))
    assert failures(db) == {A: "timeout"}
    state, tries = db.conn.execute("SELECT state, tries FROM addresses").fetchone()
    assert (state, tries) == ("stored", 1)
    take(db, page(B, 2, TEXT), moved(B, 0.5, A), page(A, 0.7, TEXT))
    assert failures(db) == {A: "timeout"}
    take(db, page(A, 3, TEXT))
    assert failures(db) == {}


def _address(url: str) -> Address:
    return Address(url=url, language="ru", kind="news")


def _different(count: int, hours: float) -> list[ClassifiedCapture]:
    """Pages at as many addresses, each with a text of its own."""
    return [page(kaz(f"y{n}"), hours, prose("щ" * (n + 1), 40)) for n in range(count)]
