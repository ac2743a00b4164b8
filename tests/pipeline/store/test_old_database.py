"""A database of an earlier version is brought up to date and exports the same as before, with the
fields that a record has got since.
"""

import gzip
import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from sqlite_utils import Database

from kazpress.errors import StoreError, UsageError
from pipeline.export.increments import change_of, changed_since, cursor
from pipeline.export.selection import Selection
from pipeline.history.stored_revisions import count_without_edits
from pipeline.ingest.reparse import reparse
from pipeline.model.press_item import FIELDS
from pipeline.model.source import Site
from pipeline.store.database import open_for_reading, open_for_writing
from pipeline.store.migrations import MIGRATIONS, migration_names
from pipeline.store.rows import to_json
from spiders.kazpravda import KAZPRAVDA
from spiders.senate import SENATE
from tests.pipeline.worlds.exports import exported, records
from tests.pipeline.worlds.pieces import pieces_of

_OLD = Path(__file__).parent / "old_database"
_SOURCES = (SENATE, KAZPRAVDA)
_NOW = datetime(2027, 1, 1, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "kazpress.db"
    path.write_bytes(gzip.decompress((_OLD / "kazpress.db.gz").read_bytes()))
    return path


@pytest.fixture
def migrated(path: Path) -> Iterator[Database]:
    db = open_for_writing(path, _SOURCES)
    yield db
    db.close()


def _exports_as_before(db: Database) -> bool:
    return _export(db, every_item=True) == _expected("all") and (
        _export(db, every_item=False) == _expected("default")
    )


def _expected(kind: str) -> bytes:
    """What that version exported, as today's records are."""
    pieces = pieces_of(_records("all"))
    return b"".join(
        to_json(_with_new_fields(one, pieces)).encode() + b"\n" for one in _records(kind)
    )


def _records(kind: str) -> list[dict[str, Any]]:
    lines = (_OLD / f"expected.{kind}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def _with_new_fields(record: dict[str, Any], pieces: dict[str, str]) -> dict[str, Any]:
    whole = record | {"day": record["published"][:10], "piece": pieces[record["id"]]}
    for one in (whole, *whole.get("copies", ())):
        if (one["relation"], one["similarity"]) == ("reprint", 0.0):
            one |= {"relation": "joined", "similarity": None}
    return {name: whole[name] for name in (*FIELDS, "copies") if name in whole}


def test_it_has_what_has_got_a_field_since() -> None:
    records = [json.loads(line) for line in _expected("all").splitlines()]
    assert Counter(one["relation"] for one in records)["joined"] == 1
    assert len({one["piece"] for one in records}) < len({one["story"] for one in records}) == 12


def _export(db: Database, *, every_item: bool) -> bytes:
    return exported(db, "jsonl", Selection(every_item=every_item))


def _reparse(db: Database, folder: Path) -> None:
    sites = [Site(source, source.base_url) for source in _SOURCES]
    archive = copytree(_OLD / "archive", folder / "archive")
    reparse(db, archive, sites, now=_NOW)


def test_it_has_all_tables_of_today(migrated: Database, path: Path, tmp_path: Path) -> None:
    assert {step.name for step in MIGRATIONS.applied(migrated)} == migration_names()
    new = open_for_writing(tmp_path / "new.db", _SOURCES)
    assert _columns(migrated) == _columns(new)
    new.close()
    open_for_reading(path).close()


def _columns(db: Database) -> dict[str, list[tuple[object, ...]]]:
    """Each table's and view's columns, with their types and constraints."""
    names = db.conn.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")
    return {
        name: sorted(db.conn.execute("SELECT * FROM pragma_table_info(?)", (name,)).fetchall())
        for (name,) in names.fetchall()
    }


def test_a_reader_leaves_it_alone_and_says_what_brings_it_up_to_date(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(StoreError, match="by an older version of kazpress; the next crawl"):
        open_for_reading(path)
    assert path.read_bytes() == before


def test_it_exports_the_same(migrated: Database) -> None:
    assert _exports_as_before(migrated)


def test_increments_begin_where_it_is_brought_up_to_date(
    migrated: Database, tmp_path: Path
) -> None:
    begin = cursor(migrated)
    base = {one["id"]: one for one in records(migrated, Selection())}
    assert list(_changed_since(migrated, begin)) == []
    with pytest.raises(UsageError, match=r"what changed is known since 20.*; make a full export"):
        change_of(migrated, "2026-03-04")
    versions = "SELECT id, since FROM record_versions WHERE until IS NULL ORDER BY id"
    numbers = "SELECT id, changed_seq FROM items ORDER BY id"
    rows = migrated.conn.execute(versions).fetchall()
    assert rows == migrated.conn.execute(numbers).fetchall() != []
    _reparse(migrated, tmp_path)
    told = {one["id"]: one for one in _changed_since(migrated, begin)}
    assert {one.pop("removed") for one in told.values()} == {None}
    assert {**base, **told} == {one["id"]: one for one in records(migrated, Selection())}
    assert list(_changed_since(migrated, cursor(migrated))) == []


def _changed_since(db: Database, text: str) -> Iterator[dict[str, Any]]:
    table = changed_since(db, Selection(), change_of(db, text))
    names = [column.name for column in table.columns]
    return (dict(zip(names, record, strict=True)) for record in table.records)


def test_read_again_it_exports_the_same(migrated: Database, tmp_path: Path) -> None:
    _reparse(migrated, tmp_path)
    assert _exports_as_before(migrated)


def test_its_archive_alone_gives_the_same(tmp_path: Path) -> None:
    db = open_for_writing(tmp_path / "new.db", _SOURCES)
    _reparse(db, tmp_path)
    assert _exports_as_before(db)
    db.close()


def test_what_was_edited_is_told_once_it_is_read_again(migrated: Database, tmp_path: Path) -> None:
    edited = migrated.conn.execute("SELECT count(*) FROM revisions WHERE revision > 1").fetchone()
    assert (count_without_edits(migrated),) == edited != (0,)
    _reparse(migrated, tmp_path)
    assert count_without_edits(migrated) == 0
