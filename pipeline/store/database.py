"""The database file: opened, brought up to date, written in short transactions."""

import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from sqlite_utils import Database

from kazpress.errors import NoDatabase, StoreError
from pipeline.model.source import Source
from pipeline.store.free_space import free_bytes
from pipeline.store.migrations import MIGRATIONS, migration_names
from pipeline.store.read_only import connect_frozen
from pipeline.store.rows import Row
from pipeline.store.transactions import snapshot, write, writing

_Value = TypeVar("_Value", int, str)

RULES_VERSION = 9
"""Rises whenever the same captures may give other readings, items, stories or translations than
before.
"""
BUSY_SECONDS = 90.0
"""How long somebody else may keep the database locked before we give up: a minute costs nothing."""
_CACHE_KIB = 24_576
"""Of pages: the inner ones of an index of 100 million rows fit in."""
_BATCH_VALUES = 900
_SECONDS_BETWEEN_TRIES = 0.05
_SQLITE_NEEDS_BYTES = 1_000_000
"""More than it writes before the first page."""


class Store(Database):
    """A database of ours: without what others plug into sqlite-utils."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__(connection, execute_plugins=False)


def open_for_writing(
    path: Path, sources: Iterable[Source], *, busy_seconds: float = BUSY_SECONDS
) -> Store:
    """The database, made where there is none, with today's tables and the sources' facts.

    Raises StoreError where the file is no database of ours, is from a newer version, or can't be
    written.
    """
    with _opened(path, busy_seconds, make=True) as db:
        _check_ours(db, path)
        with writing(db):
            MIGRATIONS.apply(db)
            for source in sources:
                _store_source(db, source)
            if value(db, "SELECT 1 FROM captures") is None:
                note_rules(db)
        _write_ahead(db)
    return db


@contextmanager
def reading(path: Path, *, busy_seconds: float = BUSY_SECONDS) -> Iterator[Database]:
    """One view of the database, for reading alone, whatever others write meanwhile.

    Raises StoreError, also where a part of the file turns out to be damaged.
    """
    with closing(open_for_reading(path, busy_seconds=busy_seconds)) as db, snapshot(db):
        try:
            yield db
        except sqlite3.Error as error:
            raise StoreError(f"{path}: {_reason(error, path)}") from error


def open_for_reading(path: Path, *, busy_seconds: float = BUSY_SECONDS) -> Database:
    """The database, for reading alone; it is neither made nor changed. Who may not write it sees it
    as it stands now. Raises StoreError.
    """
    with _opened_to_read(path, busy_seconds) as db:
        if MIGRATIONS.pending(db):
            raise StoreError(
                f"{path}: was written by an older version of kazpress; the next crawl, import or "
                "reparse brings it up to date"
            )
    return db


@contextmanager
def reading_any_version(path: Path) -> Iterator[Database]:
    """One view of the database, also where an older version of ours wrote it. Raises StoreError."""
    with _opened_to_read(path, BUSY_SECONDS) as db:
        pass
    with closing(db), snapshot(db):
        try:
            yield db
        except sqlite3.Error as error:
            raise StoreError(f"{path}: {_reason(error, path)}") from error


def note_rules(db: Database) -> None:
    """Note that all that is stored was derived by today's rules."""
    db.conn.execute(f"PRAGMA user_version = {RULES_VERSION}")


def is_by_older_rules(db: Database) -> bool:
    """Whether what is stored was derived by older rules, and may come out otherwise by today's."""
    return int(value(db, "PRAGMA user_version")) < RULES_VERSION


def store_position(db: Database, file: str, source: str, ingested: int) -> None:
    """Note up to which byte the records of an archive file are in the database."""
    write(
        db,
        "INSERT INTO archive_files (name, source, ingested) VALUES (?, ?, ?)"
        " ON CONFLICT (name) DO UPDATE SET source = excluded.source, ingested = excluded.ingested",
        (file, source, ingested),
    )


def position(db: Database, file: str) -> int:
    """Up to which byte the records of an archive file are in the database."""
    return value(db, "SELECT ingested FROM archive_files WHERE name = ?", file) or 0


def known_files(db: Database, source: str | None = None) -> list[str]:
    """The names of a source's archive files that are in the database, or of all sources', wherever
    they are now.
    """
    sql = "SELECT name FROM archive_files WHERE ?1 IS NULL OR source = ?1"
    return sorted(column(db.conn.execute(sql, (source,))))


def next_number(db: Database, counter: str) -> int:
    """The next value of a counter that only rises."""
    row = write(
        db,
        "INSERT INTO counters (name, value) VALUES (?, 1)"
        " ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value",
        (counter,),
    ).fetchone()
    return int(row[0])


def column(cursor: sqlite3.Cursor) -> set[str]:
    """The different values in a query's one column."""
    return {row[0] for row in cursor}


def value(db: Database, sql: str, *values: Any) -> Any:
    """The first column of the first row that a query finds; None where it finds none."""
    row = db.conn.execute(sql, values).fetchone()
    return row[0] if row else None


def in_batches(values: Iterable[_Value]) -> Iterator[tuple[str, Sequence[_Value]]]:
    """Values in order, so that neighbouring pages are asked for one after another, as many at a
    time as one statement takes; each batch behind its question marks, for `IN (…)`.
    """
    ordered = sorted(values)
    for at in range(0, len(ordered), _BATCH_VALUES):
        batch = ordered[at : at + _BATCH_VALUES]
        yield ", ".join("?" * len(batch)), batch


def dict_rows(cursor: sqlite3.Cursor) -> list[Row]:
    """All rows of a query as dictionaries."""
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def dict_row(cursor: sqlite3.Cursor) -> Row | None:
    """The first row of a query as a dictionary; None where it finds none."""
    return next(iter(dict_rows(cursor)), None)


@contextmanager
def _opened(path: Path, busy_seconds: float, *, make: bool) -> Iterator[Store]:
    """A connection to a file, for reading alone unless the file may be made. It is closed again
    where what follows fails. Raises StoreError.
    """
    if path.is_dir():
        raise StoreError(f"{path}: is a folder; name the database's file with --db")
    if not make and not path.is_file():
        raise NoDatabase(f"{path}: no such database; a crawl or an import makes one")
    with ExitStack() as failed:
        try:
            connected = _connected_to_write if make else _connected_to_read
            connection = connected(path, busy_seconds)
            failed.callback(connection.close)
            connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
            yield Store(connection)
        except (sqlite3.Error, OSError) as error:
            raise StoreError(f"{path}: {_reason(error, path)}") from error
        failed.pop_all()


@contextmanager
def _opened_to_read(path: Path, busy_seconds: float) -> Iterator[Store]:
    with _opened(path, busy_seconds, make=False) as db:
        db.conn.execute("PRAGMA query_only = ON")
        _check_ours(db, path)
        if not MIGRATIONS.applied(db):
            raise StoreError(
                f"{path}: holds no tables of kazpress; a crawl or an import makes them"
            )
        yield db


def _connected_to_write(path: Path, busy_seconds: float) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    # Absolute, for a name such as ":memory:" or "file:x" means something else to SQLite.
    connection = sqlite3.connect(path.absolute(), timeout=busy_seconds, check_same_thread=False)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = NORMAL")
    return connection


def _connected_to_read(path: Path, busy_seconds: float) -> sqlite3.Connection:
    """SQLite's readers write beside the database, and remove that again, so who may not write the
    file or its folder reads in another way.
    """
    path = path.resolve()
    if all(os.access(one, os.W_OK, effective_ids=True) for one in (path, path.parent)):
        return sqlite3.connect(
            f"{path.as_uri()}?mode=rw", uri=True, timeout=busy_seconds, check_same_thread=False
        )
    return connect_frozen(path, busy_seconds=busy_seconds)


def _write_ahead(db: Database) -> None:
    """Switch the file to WAL mode, where it is not yet. For this SQLite wants the file to itself
    and calls no busy handler: of several processes that open one new file, all but one fail at
    once and have to try again.
    """
    given_up = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            db.conn.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
            if not busy or time.monotonic() > given_up:
                raise
        time.sleep(_SECONDS_BETWEEN_TRIES)


def _check_ours(db: Database, path: Path) -> None:
    tables = column(db.conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'"))
    if tables and "_sqlite_migrations" not in tables:
        raise StoreError(f"{path}: is another program's database; name another file with --db")
    newer = {step.name for step in MIGRATIONS.applied(db)} - migration_names()
    if newer:
        raise StoreError(
            f"{path}: was written by a newer version of kazpress "
            f"(it knows {', '.join(sorted(newer))}); update kazpress"
        )


def _store_source(db: Database, source: Source) -> None:
    write(
        db,
        "INSERT INTO sources (name, title, rank, host, state) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (name) DO UPDATE SET title = excluded.title, rank = excluded.rank,"
        " host = excluded.host, state = excluded.state",
        (source.name, source.title, source.rank, source.host, source.state),
    )


def _reason(error: sqlite3.Error | OSError, path: Path) -> str:
    text = (error.strerror if isinstance(error, OSError) else None) or str(error)
    if "not a database" in text or "malformed" in text:
        return f"is no SQLite database, or a damaged one ({text}); is there a backup to restore?"
    if "readonly" in text or "unable to open" in text or isinstance(error, PermissionError):
        return f"can't be opened or written ({text}); check the path and the permissions"
    if "is locked" in text:
        return f"is kept locked by another program ({text}); end that, or try again later"
    if "is full" in text or ("I/O error" in text and _is_full(path)):
        return (
            f"can't be written ({text}), for its disk has no room left; make room there: "
            "`kazpress tidy` drops old listings"
        )
    return text


def _is_full(path: Path) -> bool:
    """Whether there is no room for SQLite's own files beside the database: it says of that only
    that something went wrong.
    """
    with suppress(OSError):
        return free_bytes(path) < _SQLITE_NEEDS_BYTES
    return False
