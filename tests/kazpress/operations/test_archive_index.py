"""The archive's index, as `kazpress tidy` and the daemon keep it."""

import json
import logging
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kazpress.config import Config
from kazpress.operations.archive_index import index_archive, index_daily
from pipeline.archive.lock import Lock
from tests.kazpress.conftest import Run

_NOW = datetime(2026, 4, 10, 12, 0, tzinfo=UTC)


@pytest.fixture
def config(recorded: Path) -> Config:
    return Config(db=recorded / "kazpress.db", archive=recorded / "archive", sources={})


def test_it_has_every_page_that_the_database_knows(run: Run, config: Config) -> None:
    ran = run("tidy")
    assert ran.status == 0
    assert "new captures added to the index of 2 files of the archive" in ran.err
    assert run("tidy").err == ""
    told = [
        json.loads(line.split(" ", 2)[2])
        for index in config.archive.glob("*.cdxj")
        for line in index.read_text("utf-8").splitlines()[1:]
    ]
    with closing(sqlite3.connect(config.db)) as db:
        known = db.execute(
            "SELECT target, digest, status, file, offset, length FROM captures"
            " WHERE status NOT IN (0, 304)"
        ).fetchall()
    names = ("url", "digest", "status", "filename", "offset", "length")
    found = {tuple(one[name] for name in names) for one in told}
    assert found == {tuple(map(str, row)) for row in known}
    assert len(told) == len(known) > 40


def test_a_dry_run_makes_none(run: Run, config: Config) -> None:
    assert run("tidy", "--dry-run").status == 0
    assert list(config.archive.glob("*.cdxj")) == []


def test_one_process_at_a_time_is_at_it(config: Config) -> None:
    with Lock(config.archive / "index.lock", "the archive's index", "tidy", _NOW):
        said = index_archive(config, _NOW)
    assert said is not None
    assert said.startswith("the archive's index is held by process ")
    assert list(config.archive.glob("*.cdxj")) == []
    assert index_archive(config, _NOW) is not None


def test_where_nothing_is_archived_nothing_is_made(tmp_path: Path) -> None:
    config = Config(db=tmp_path / "k.db", archive=tmp_path / "none", sources={})
    assert index_archive(config, _NOW) is None
    assert list(tmp_path.iterdir()) == []


def test_the_daemon_goes_as_far_as_its_time_lasts_and_logs_why_it_cannot(
    config: Config, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level("INFO", "kazpress")
    monkeypatch.setattr(logging.getLogger("kazpress"), "propagate", True)
    assert index_archive(config, _NOW, seconds=-1) is None
    index_daily(config, _NOW)
    assert "new captures added to the index of 2 files" in caplog.text
    for index in config.archive.glob("*.cdxj"):
        index.write_text("damaged")
        (config.archive / f".{index.name}.part").mkdir()
    index_daily(config, _NOW)
    assert "the index is not brought up to date: " in caplog.text
    assert ".cdxj: can't be written (Is a directory)" in caplog.text
