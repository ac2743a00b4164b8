"""Promise 4: reading the archive again gives the same, into an empty database and in place."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from sqlite_utils import Database

from kazpress.errors import ArchiveError
from pipeline.archive.appender import ArchiveWriter
from pipeline.archive.exchange import Exchange
from pipeline.archive.files import located
from pipeline.archive.to_capture import capture_of
from pipeline.archive.warc_reader import records
from pipeline.ingest.batch import Batch
from pipeline.ingest.ingest import ingest
from pipeline.ingest.reparse import derive_again, reparse
from pipeline.model.source import Site
from pipeline.reading.classify import classify
from pipeline.reading.imported_text import read_imported, text_exchange
from pipeline.store.database import dict_rows, is_by_older_rules, position
from pipeline.store.transactions import writing
from tests.pipeline.worlds.captures import (
    NOW,
    SOURCES,
    at,
    batches,
    derived,
    exported,
    imported,
    items,
    kaz,
    moved,
    new_database,
    page,
    prose,
    world,
)
from tests.seeds.recorded_site import RECORDED, SEED

SITES = tuple(Site(source, source.base_url) for source in SOURCES.values())


@dataclass(frozen=True)
class Live:
    """The recorded site, as crawls would have taken it in."""

    archive: Path
    db: Database


@pytest.fixture
def live(tmp_path: Path) -> Iterator[Live]:
    archive = tmp_path / "archive"
    db = new_database(tmp_path / "live.db")
    exchanges = [record.exchange for record in records(RECORDED)]
    content = SEED.read_bytes()
    for site in SITES:
        own = [*exchanges]
        if site.source.name == "kazpravda":
            own.insert(7, text_exchange(content, read_imported(content), site.source))
        _crawl(db, archive, site, own)
    yield Live(archive, db)
    db.close()


def _crawl(db: Database, archive: Path, site: Site, exchanges: list[Exchange]) -> None:
    with ArchiveWriter(archive, site.source.name, "articles", "a test", known=tuple) as writer:
        for at_once in range(0, len(exchanges), 9):
            examined = []
            for exchange in exchanges[at_once : at_once + 9]:
                capture = capture_of(exchange, site)
                if capture is not None and capture.article:
                    there = located(capture, *writer.append(exchange))
                    examined.append(classify(there, exchange.payload, site))
            batch = Batch(examined=examined, positions=[writer.position] if examined else [])
            ingest(db, site.source, batch, now=at(0))


def test_into_an_empty_database_it_gives_what_the_crawls_gave(live: Live, tmp_path: Path) -> None:
    db = new_database(tmp_path / "again.db")
    result = reparse(db, live.archive, SITES, now=NOW)
    assert result.items == result.new == len(items(live.db)) > 20
    assert (result.changed, result.removed) == (0, 0)
    assert exported(db) == exported(live.db)
    assert derived(db) == derived(live.db)
    for (name,) in live.db.conn.execute("SELECT name FROM archive_files"):
        assert position(db, name) == position(live.db, name) > 0
    db.close()


def test_in_place_it_changes_nothing(live: Live) -> None:
    before = exported(live.db), derived(live.db), _own_history(live.db)
    result = reparse(live.db, live.archive, SITES, now=NOW)
    assert (result.new, result.changed, result.removed) == (0, 0, 0)
    assert (exported(live.db), derived(live.db), _own_history(live.db)) == before


def test_afterwards_all_is_by_todays_rules_unless_it_was_a_dry_run(live: Live) -> None:
    assert not is_by_older_rules(live.db)
    live.db.conn.execute("PRAGMA user_version = 1")
    reparse(live.db, live.archive, SITES, now=NOW, dry_run=True)
    assert is_by_older_rules(live.db)
    reparse(live.db, live.archive, SITES, now=NOW)
    assert not is_by_older_rules(live.db)


def test_opening_does_not_make_older_rules_todays(live: Live, tmp_path: Path) -> None:
    live.db.conn.execute("PRAGMA user_version = 1")
    again = new_database(tmp_path / "live.db")
    assert is_by_older_rules(again)
    again.close()


def test_a_dry_run_tells_and_leaves_no_trace(live: Live, tmp_path: Path) -> None:
    live.db.conn.execute("UPDATE items SET title = 'read otherwise'")
    live.db.conn.execute("UPDATE record_versions SET record = 'x'")
    live.db.conn.execute("DELETE FROM pairs")
    live.db.conn.commit()
    before = list(live.db.conn.iterdump())
    result = reparse(live.db, live.archive, SITES, now=NOW, dry_run=True)
    assert result.changed == result.items
    assert list(live.db.conn.iterdump()) == before
    empty = new_database(tmp_path / "empty.db")
    assert reparse(empty, live.archive, SITES, now=NOW, dry_run=True).new == result.items
    assert items(empty) == {}
    empty.close()


def test_what_is_read_otherwise_is_numbered_anew_and_nothing_else(live: Live) -> None:
    last = _highest(live.db)
    item = min(one["id"] for one in items(live.db).values())
    live.db.conn.execute("UPDATE items SET title = 'as it was once read' WHERE id = ?", (item,))
    live.db.conn.execute("UPDATE record_versions SET record = 'x' WHERE id = ?", (item,))
    live.db.conn.commit()
    assert reparse(live.db, live.archive, SITES, now=NOW).changed == 1
    raised = live.db.conn.execute("SELECT id FROM items WHERE changed_seq > ?", (last,)).fetchall()
    assert raised == [(item,)]


def test_an_exception_leaves_the_database_as_it_was(live: Live) -> None:
    before = list(live.db.conn.iterdump())
    (live.archive / "senate-articles-000002.warc.gz").mkdir()
    with pytest.raises(ArchiveError, match="directory"):
        reparse(live.db, live.archive, SITES, now=NOW)
    assert list(live.db.conn.iterdump()) == before


A, B, C = kaz("a"), kaz("b"), kaz("c")


def _again(db: Database, *captures: object) -> None:
    with writing(db):
        derive_again(db, batches(captures), now=NOW)  # type: ignore[arg-type]


def test_addresses_keep_their_history_and_those_without_captures_are_asked_again() -> None:
    db = world(page(A, 0, prose("а", 40)), page(B, 0, prose("б", 40)))
    db.conn.execute("UPDATE addresses SET found_by = 'listing', found_at = 'then'")
    db.conn.commit()
    _again(db, page(A, 0, prose("а", 40)))
    rows = dict_rows(db.conn.execute("SELECT * FROM addresses ORDER BY url"))
    assert {row["found_by"] for row in rows} == {"listing"}
    assert {row["found_at"] for row in rows} == {"then"}
    assert [(row["state"], row["item"] is None) for row in rows] == [
        ("stored", False),
        ("found", True),
    ]


def test_a_redirect_that_is_read_otherwise_takes_the_item_apart() -> None:
    pages = [page(A, 0, prose("а", 40)), page(B, 2, prose("б", 40))]
    db = world(*pages, moved(A, 1, B))
    assert len(items(db)) == 1
    _again(db, *pages)
    assert items(db).keys() == {A, B}
    assert exported(db) == exported(world(*pages))


def test_a_story_whose_id_goes_stays_resolvable() -> None:
    text = prose("а", 40)
    db = world(page(A, 0, text), page(B, 1, text))
    old, kept = items(db)[A]["id"], items(db)[B]["id"]
    other = page(A, 0, prose("я", 40))
    _again(db, replace(other, capture=replace(other.capture, time=at(5))), page(B, 1, text))
    stories = {one["story"] for one in items(db).values()}
    assert stories == {old, kept}
    assert db.conn.execute("SELECT * FROM story_ids").fetchall() == []
    _again(db, page(C, 0, text), moved(C, 1, A), page(B, 1, text))
    assert [row[:2] for row in db.conn.execute("SELECT * FROM story_ids ORDER BY old")] == sorted(
        [(old, items(db)[C]["id"]), (kept, items(db)[C]["id"])]
    )


def test_pairs_are_there_again_for_what_comes_later() -> None:
    text = prose("а", 60)
    captures = [page(A, 0, text), page(B, 1, f"{text} {prose('б', 20)}")]
    db = world(*captures)
    _again(db, *captures)
    assert derived(db) == derived(world(*captures))


def test_texts_are_folded_again() -> None:
    text = prose("а", 40)
    captures = [imported(text, date(2026, 3, 2)), page(A, 0, text)]
    db = world(*captures)
    _again(db, captures[0])
    assert exported(db) == exported(world(captures[0]))
    _again(db, *captures)
    assert exported(db) == exported(world(*captures))


def _own_history(db: Database) -> list[list[dict[str, object]]]:
    return [
        dict_rows(db.conn.execute(sql))
        for sql in (
            "SELECT id, changed_seq FROM items ORDER BY id",
            "SELECT * FROM record_versions ORDER BY id, since",
            "SELECT * FROM changes",
            "SELECT id, found_by, found_on, found_at, asked_in FROM addresses ORDER BY id",
            "SELECT * FROM story_ids ORDER BY rowid",
            "SELECT * FROM archive_files ORDER BY name",
        )
    ]


def _highest(db: Database) -> int:
    return int(db.conn.execute("SELECT max(changed_seq) FROM items").fetchone()[0])
