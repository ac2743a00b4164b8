"""A copy is of one moment, whatever is written meanwhile."""

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from kazpress.errors import StoreError
from pipeline.store.database_copy import copy_database
from tests.pipeline.store.test_read_only import ROWS, add_rows, opened


def _rows(path: Path) -> int:
    with closing(sqlite3.connect(path)) as db:
        return int(db.execute("SELECT count(*) FROM archive_files").fetchone()[0])


def test_it_is_whole_while_others_write(tmp_path: Path) -> None:
    path = tmp_path / "k.db"
    opened(path).close()
    copies = [tmp_path / f"copy-{number}.db" for number in range(10)]
    done = threading.Event()

    def write_on() -> None:
        with closing(opened(path)) as db:
            number = 0
            while not done.is_set():
                add_rows(db, number)
                number += 1

    writer = threading.Thread(target=write_on)
    writer.start()
    try:
        for copy in copies:
            copy_database(path, copy)
    finally:
        done.set()
        writer.join()
    counts = [_rows(copy) for copy in copies]
    assert counts == sorted(counts)
    assert {count % ROWS for count in counts} == {0}


def test_it_stands_alone(tmp_path: Path) -> None:
    with closing(opened(tmp_path / "k.db")) as db:
        add_rows(db, 1)
        copy_database(tmp_path / "k.db", tmp_path / "copy.db")
    assert [one.name for one in tmp_path.glob("copy*")] == ["copy.db"]
    assert _rows(tmp_path / "copy.db") == ROWS
    assert [one.name for one in tmp_path.glob("copy*")] == ["copy.db"]


def test_a_damaged_index_is_told(tmp_path: Path) -> None:
    path = tmp_path / "k.db"
    with closing(opened(path)) as db:
        db.conn.execute("PRAGMA writable_schema = ON")
        db.conn.execute(
            "UPDATE sqlite_master SET sql = replace(sql, 'redirect_to IS NOT NULL', 'status = 200')"
            " WHERE name = 'captures_by_redirect'"
        )
        db.conn.execute(
            "INSERT INTO captures (source, url, target, time, day, status, digest, content_type,"
            ' content_encoding, article, outcome, file, "offset", length)'
            " VALUES ('senate', 'u', 'u', '', '', 200, '', '', '', 0, 'other', '', 0, 0)"
        )
        db.conn.commit()
    with pytest.raises(StoreError, match=r"k\.db: is damaged .*captures_by_redirect.*kazpress rep"):
        copy_database(path, tmp_path / "copy.db")


def test_where_the_copy_cannot_be_written_both_are_named(tmp_path: Path) -> None:
    opened(tmp_path / "k.db").close()
    with pytest.raises(StoreError, match=r"k\.db: can't be copied to .*none/copy\.db"):
        copy_database(tmp_path / "k.db", tmp_path / "none" / "copy.db")
