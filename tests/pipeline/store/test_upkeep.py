"""SQLite's log is emptied, as far as nobody reads it."""

import sqlite3
from contextlib import closing
from pathlib import Path

from pipeline.store.upkeep import log_bytes, optimize, write_back
from tests.pipeline.store.test_read_only import add_rows, opened


def test_the_log_is_emptied(tmp_path: Path) -> None:
    path = tmp_path / "k.db"
    assert log_bytes(path) == 0
    with closing(opened(path)) as db:
        add_rows(db, 1)
        assert log_bytes(path) > 0
        optimize(db)
        write_back(db)
        assert log_bytes(path) == 0


def test_a_reader_keeps_what_it_reads_in_the_log(tmp_path: Path) -> None:
    path = tmp_path / "k.db"
    with closing(opened(path)) as db, closing(sqlite3.connect(path)) as reader:
        reader.execute("BEGIN")
        assert reader.execute("SELECT count(*) FROM archive_files").fetchone() == (0,)
        add_rows(db, 1)
        write_back(db)
        assert log_bytes(path) > 0
        assert reader.execute("SELECT count(*) FROM archive_files").fetchone() == (0,)
