"""Sources are opened for writing whole or not at all, and closed again in any case."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlite_utils import Database

from kazpress.errors import ArchiveError, SourceBusy, StoreError
from pipeline.archive.appender import ArchiveWriter
from pipeline.archive.exchange import Exchange
from pipeline.archive.lock import source_lock
from pipeline.frontier.crawls import add_crawl
from pipeline.ingest.open_sources import open_sources
from pipeline.model.source import Site
from pipeline.store.database import open_for_writing
from spiders.kazpravda import KAZPRAVDA
from spiders.senate import SENATE

_NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
_SITES = [Site(one, one.base_url) for one in (SENATE, KAZPRAVDA)]
_KNOWN = (SENATE, KAZPRAVDA)


def _open(folder: Path, *, recovered: bool = True) -> int:
    """How many captures the database holds once it is open."""
    opened = open_sources(
        folder / "k.db", folder / "archive", _SITES, "a test", known=_KNOWN, now=_NOW,
        recovered=recovered,
    )  # fmt: skip
    with opened as db:
        assert isinstance(db, Database)
        with pytest.raises(SourceBusy), source_lock(folder / "archive", "senate", "x", _NOW):
            pass
        return int(db.conn.execute("SELECT count(*) FROM captures").fetchone()[0])


def _is_closed(folder: Path) -> bool:
    """Whether every lock is free and no connection is open: SQLite then takes the log away."""
    for source in _KNOWN:
        with source_lock(folder / "archive", source.name, "x", _NOW):
            pass
    return not (folder / "k.db-wal").exists()


def test_what_a_killed_process_left_is_ingested_unless_the_caller_does_that(
    tmp_path: Path,
) -> None:
    url = f"{KAZPRAVDA.base_url}/n/odin/"
    with ArchiveWriter(
        tmp_path / "archive", "kazpravda", "articles", "a test", known=tuple
    ) as writer:
        writer.append(Exchange(target=url, time=_NOW, status=404, payload=b""))
    assert _open(tmp_path, recovered=False) == 0
    assert _is_closed(tmp_path)
    assert _open(tmp_path) == 1
    assert _is_closed(tmp_path)


def test_a_source_that_is_held_leaves_no_lock_and_no_database(tmp_path: Path) -> None:
    with source_lock(tmp_path / "archive", "kazpravda", "crawl", _NOW):
        with pytest.raises(SourceBusy, match=r"kazpravda is held by process \d+ \(crawl"):
            _open(tmp_path)
        with source_lock(tmp_path / "archive", "senate", "x", _NOW):
            pass
    assert not (tmp_path / "k.db").exists()


def test_everything_is_closed_where_recovery_fails(tmp_path: Path) -> None:
    (tmp_path / "archive" / "kazpravda-articles-000001.warc.gz").mkdir(parents=True)
    with pytest.raises(ArchiveError, match=r"000001.warc.gz: can't be read"):
        _open(tmp_path)
    assert _is_closed(tmp_path)


def test_everything_is_closed_where_the_database_is_none(tmp_path: Path) -> None:
    (tmp_path / "k.db").write_bytes(b"garbage" * 999)
    with pytest.raises(StoreError, match=r"k.db: "):
        _open(tmp_path)
    assert _is_closed(tmp_path)


def test_who_takes_the_lock_notes_that_a_crawl_was_killed(tmp_path: Path) -> None:
    _open(tmp_path)
    with closing(open_for_writing(tmp_path / "k.db", _KNOWN)) as db:
        add_crawl(db, "senate", _NOW, is_replay=False)
    _open(tmp_path, recovered=False)
    with closing(open_for_writing(tmp_path / "k.db", _KNOWN)) as db:
        rows = db.conn.execute("SELECT outcome, reason, finished FROM crawls").fetchall()
    assert rows == [
        ("killed", "it was killed, or the machine went down", "2026-03-04T12:00:00.000000Z")
    ]
