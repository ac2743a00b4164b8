"""How the database is written: one statement by itself, or several in one transaction.

All that writes goes through `write_now`, or through `write` and `write_many` inside of `writing`.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlite_utils import Database

Values = Sequence[Any] | Mapping[str, Any]


@contextmanager
def writing(db: Database, *, keep: bool = True) -> Iterator[None]:
    """One write transaction, taken at once (BEGIN IMMEDIATE), so that what is read in it stays
    true until it is committed. Without `keep` it is rolled back at the end.
    """
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        db.conn.rollback()
        raise
    if keep:
        db.conn.commit()
    else:
        db.conn.rollback()


@contextmanager
def snapshot(db: Database) -> Iterator[None]:
    """One view of the database, whatever others write meanwhile; the one that is open already where
    there is one.
    """
    if db.conn.in_transaction:
        yield
        return
    db.conn.execute("BEGIN")
    try:
        yield
    finally:
        db.conn.rollback()


def write_now(db: Database, sql: str, values: Values = ()) -> int | None:
    """Execute one statement in a transaction of its own; the number of the row that it inserted.

    Inside of a transaction it is refused by SQLite.
    """
    with writing(db):
        return write(db, sql, values).lastrowid


def write(db: Database, sql: str, values: Values = ()) -> sqlite3.Cursor:
    """Execute a statement of the transaction that is open."""
    assert db.conn.in_transaction, f"written outside of a transaction: {sql}"
    return db.conn.execute(sql, values)


def write_many(db: Database, sql: str, rows: Iterable[Values]) -> None:
    """Execute a statement of the transaction that is open once for each row of values."""
    assert db.conn.in_transaction, f"written outside of a transaction: {sql}"
    db.conn.executemany(sql, rows)
