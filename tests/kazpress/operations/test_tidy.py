"""Listings past their days go, nothing else does, and SQLite's log is emptied."""

import logging
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kazpress.config import Config
from kazpress.errors import StoreError
from kazpress.operations.archive_index import index_archive
from kazpress.operations.tidy import tidy, tidy_daily
from pipeline.archive.lock import source_lock
from tests.pipeline.archive.numbered_pages import page, written
from tests.workspace import Workspace

_NOW = datetime(2026, 4, 10, 12, 0, tzinfo=UTC)
_LISTING = "https://kazpravda.kz/novosti/"


@pytest.fixture
def config(recorded: Path) -> Config:
    """With listings of 40, 31, 30 and no days ago, which the database knows."""
    config = Config(db=recorded / "kazpress.db", archive=recorded / "archive", sources={})
    for days in (40, 31, 30, 0):
        time = _NOW - timedelta(days=days)
        listing = page(days, target=_LISTING, time=time)
        ((file, offset, length),) = written(config.archive, listing, kind="listings")
        with closing(sqlite3.connect(config.db)) as db, db:
            db.execute(
                "INSERT INTO captures (source, url, target, time, day, status, digest, article,"
                ' content_type, content_encoding, outcome, file, "offset", length)'
                " VALUES ('kazpravda', ?, ?, ?, ?, 200, '', 0, '', '', 'other', ?, ?, ?)",
                (_LISTING, _LISTING, time.isoformat(), f"{time:%Y-%m-%d}", file, offset, length),
            )
            db.execute(
                "INSERT INTO archive_files VALUES (?, 'kazpravda', ?)", (file, offset + length)
            )
    return config


def _listings(config: Config) -> list[str]:
    return sorted(one.name.split("-")[2][:8] for one in config.archive.glob("*-listings-*"))


def _rows(config: Config, sql: str) -> int:
    with closing(sqlite3.connect(config.db)) as db:
        return int(db.execute(sql).fetchone()[0])


_KNOWN = "SELECT count(*) FROM captures WHERE article = 0"
_FILES = "SELECT count(*) FROM archive_files WHERE name LIKE '%listings%'"


def test_listings_older_than_30_days_go_and_nothing_else(config: Config, recorded: Path) -> None:
    before = Workspace(recorded).export()
    articles = _rows(config, "SELECT count(*) FROM captures WHERE article = 1")
    dropped = ("kazpravda-listings-20260301.warc.gz", "kazpravda-listings-20260310.warc.gz")
    tidied = tidy(config, _NOW)
    assert tidied.files == dropped
    assert tidied.file_bytes > 0
    assert _listings(config) == ["20260311", "20260410"]
    assert (_rows(config, _KNOWN), _rows(config, _FILES)) == (2, 2)
    assert _rows(config, "SELECT count(*) FROM captures WHERE article = 1") == articles
    assert Workspace(recorded).export() == before
    assert tidy(config, _NOW).files == ()


def test_a_dry_run_says_the_same_and_changes_nothing(config: Config) -> None:
    content = {one: one.read_bytes() for one in config.db.parent.rglob("*.*")}
    tidied = tidy(config, _NOW, dry_run=True)
    assert {one: one.read_bytes() for one in config.db.parent.rglob("*.*")} == content
    assert tidied == tidy(config, _NOW)


def test_the_files_of_a_source_that_is_crawled_are_left_for_the_next_time(config: Config) -> None:
    with source_lock(config.archive, "kazpravda", "crawl", _NOW):
        tidied = tidy(config, _NOW)
    assert tidied.files == ()
    assert "kazpravda is held by process" in " ".join(tidied.held)
    assert len(tidy(config, _NOW).files) == 2


def test_one_that_was_broken_off_is_finished_the_next_time(config: Config) -> None:
    for old in config.archive.glob("*-listings-2026030*"):
        old.unlink()
    tidy(config, _NOW)
    assert (_rows(config, _KNOWN), _rows(config, _FILES)) == (2, 2)


def test_the_log_is_written_into_the_database(config: Config) -> None:
    with closing(sqlite3.connect(config.db)) as other:
        other.execute("UPDATE items SET body = body || 'x'")
        other.commit()
        log = config.db.with_name("kazpress.db-wal")
        size = log.stat().st_size
        assert size > 0
        assert tidy(config, _NOW).log_bytes == size
        assert log.stat().st_size == 0


def test_it_makes_no_database(config: Config, tmp_path: Path) -> None:
    none = Config(db=tmp_path / "none.db", archive=config.archive, sources={})
    with pytest.raises(StoreError, match="no such database"):
        tidy(none, _NOW)
    assert not none.db.exists()
    assert len(_listings(config)) == 4


def test_it_says_what_it_freed_and_nothing_where_there_was_nothing(
    config: Config, recorded: Path
) -> None:
    first, *_ = tidy(config, _NOW, dry_run=True).sentences(dry_run=True)
    assert first.startswith("2 files with listings older than 30 days would be dropped (0.0 MB): ")
    tidy(config, datetime(2027, 1, 1, tzinfo=UTC))
    index_archive(config, _NOW)
    ran = Workspace(recorded).run("tidy")
    assert (ran.status, ran.stdout, ran.stderr) == (0, "", "")


def test_the_daemon_logs_what_was_dropped_and_goes_on_where_nothing_can_be(
    config: Config, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level("INFO", "kazpress")
    monkeypatch.setattr(logging.getLogger("kazpress"), "propagate", True)
    tidy_daily(config, _NOW)
    assert "2 files with listings older than 30 days dropped" in caplog.text
    config.db.write_bytes(b"no database")
    tidy_daily(config, _NOW)
    assert "not tidied: " in caplog.text
    assert "is no SQLite database" in caplog.text
