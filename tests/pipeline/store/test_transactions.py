"""The database is written in one statement, or in one transaction of several."""

import sqlite3
from pathlib import Path

import pytest

from pipeline.store.database import (
    next_number,
    open_for_reading,
    open_for_writing,
    position,
    store_position,
)
from pipeline.store.transactions import snapshot, write, write_many, write_now, writing
from spiders.senate import SENATE

_ADD = "INSERT INTO archive_files VALUES (?, 'senate', 7)"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kazpress.db"


def test_one_statement_is_committed_at_once(path: Path) -> None:
    db, other = open_for_writing(path, [SENATE]), open_for_reading(path)
    write_now(db, _ADD, ("a.warc.gz",))
    assert not db.conn.in_transaction
    assert position(other, "a.warc.gz") == 7
    db.close()
    other.close()


def test_a_statement_by_itself_tells_the_number_of_its_row(path: Path) -> None:
    db = open_for_writing(path, [SENATE])
    add = "INSERT INTO crawls (source, started, replay) VALUES ('senate', 'now', 0)"
    assert [write_now(db, add) for _ in range(2)] == [1, 2]
    db.close()


def test_a_transaction_of_its_own_is_none_inside_of_another(path: Path) -> None:
    db = open_for_writing(path, [SENATE])
    with pytest.raises(sqlite3.OperationalError, match="within a transaction"), writing(db):
        write_now(db, _ADD, ("a.warc.gz",))
    assert position(db, "a.warc.gz") == 0
    db.close()


def test_what_belongs_to_a_transaction_is_not_written_without_one(path: Path) -> None:
    db = open_for_writing(path, [SENATE])
    with pytest.raises(AssertionError, match="outside of a transaction"):
        write(db, _ADD, ("a.warc.gz",))
    with pytest.raises(AssertionError, match="outside of a transaction"):
        write_many(db, _ADD, [("a.warc.gz",)])
    db.close()


def test_a_transaction_that_is_not_kept_leaves_no_trace(path: Path) -> None:
    db = open_for_writing(path, [SENATE])
    with writing(db, keep=False):
        store_position(db, "a.warc.gz", "senate", 7)
        assert position(db, "a.warc.gz") == 7
    assert not db.conn.in_transaction
    assert position(db, "a.warc.gz") == 0
    db.close()


def test_what_a_writing_transaction_read_stays_true_until_it_is_committed(path: Path) -> None:
    one, other = open_for_writing(path, [SENATE]), open_for_writing(path, [SENATE])
    other.conn.execute("PRAGMA busy_timeout = 0")
    with writing(one):
        assert next_number(one, "c") == 1
        with pytest.raises(sqlite3.OperationalError, match="locked"), writing(other):
            pass
    with writing(other):
        assert next_number(other, "c") == 2
    one.close()
    other.close()


def test_a_transaction_that_fails_is_undone(path: Path) -> None:
    db = open_for_writing(path, [SENATE])
    with pytest.raises(sqlite3.IntegrityError), writing(db):
        write_many(
            db, "INSERT INTO archive_files VALUES (?, 'senate', ?)", [("a.warc.gz", 7), ("b", None)]
        )
    assert position(db, "a.warc.gz") == 0
    db.close()


def test_a_reader_keeps_its_view_while_others_write(path: Path) -> None:
    writer, reader = open_for_writing(path, [SENATE]), open_for_reading(path)
    with snapshot(reader):
        count = reader.conn.execute("SELECT count(*) FROM archive_files").fetchone()
        with writing(writer):
            store_position(writer, "a.warc.gz", "senate", 7)
        assert reader.conn.execute("SELECT count(*) FROM archive_files").fetchone() == count
    assert position(reader, "a.warc.gz") == 7
    reader.close()
    writer.close()
