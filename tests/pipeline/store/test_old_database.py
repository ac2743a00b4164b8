"""A database of an earlier version is brought up to date and exports the same bytes as before."""

import gzip
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree

import pytest
from sqlite_utils import Database

from kazpress.errors import StoreError
from pipeline.export.selection import Selection
from pipeline.ingest.reparse import reparse
from pipeline.model.source import Site
from pipeline.store.database import open_for_reading, open_for_writing
from pipeline.store.migrations import MIGRATIONS, migration_names
from spiders.kazpravda import KAZPRAVDA
from spiders.senate import SENATE
from tests.pipeline.worlds.exports import exported

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
    return _export(db, every_item=True) == (_OLD / "expected.all.jsonl").read_bytes() and (
        _export(db, every_item=False) == (_OLD / "expected.default.jsonl").read_bytes()
    )


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


def test_it_exports_the_same_bytes(migrated: Database) -> None:
    assert _exports_as_before(migrated)


def test_read_again_it_exports_the_same_bytes(migrated: Database, tmp_path: Path) -> None:
    _reparse(migrated, tmp_path)
    assert _exports_as_before(migrated)


def test_its_archive_alone_gives_the_same_bytes(tmp_path: Path) -> None:
    db = open_for_writing(tmp_path / "new.db", _SOURCES)
    _reparse(db, tmp_path)
    assert _exports_as_before(db)
    db.close()
