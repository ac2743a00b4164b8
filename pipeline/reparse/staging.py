"""What a reparse has read so far, in a file beside the database: a killed one is taken over by the
next, while the database stays as it was until all is read and derived.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kazpress.errors import StoreError
from pipeline.digests import body_sha256
from pipeline.ingest.reader_version import reader_version
from pipeline.model.capture import ClassifiedCapture
from pipeline.model.decision import Decision
from pipeline.reparse.parts import Part, PartRead
from pipeline.reparse.read_part import checksum
from pipeline.store.database import Store, dict_row, value
from pipeline.store.rows import Row, capture_to_row, classified_from_row, reading_to_row, to_json
from pipeline.store.transactions import write, write_now, writing


class Staging:
    """Parts that were read, each written as soon as it is."""

    def __init__(self, db: Store) -> None:
        self._db = db

    def count(self, part: Part) -> int | None:
        """How many captures were read of a part; None where it was not read, or where its bytes or
        its reader were others.
        """
        row = self._row(part)
        if row is None or row["checksum"] != checksum(part.path, part.start, part.end):
            return None
        return int(row["count"])

    def get(self, part: Part) -> PartRead:
        """What was read of a part that is here."""
        row = self._row(part)
        assert row is not None
        captures = tuple(_capture(one) for one in json.loads(row["captures"]))
        return PartRead(
            part=part, captures=captures, begin=row["begin"], following=row["following"],
            checksum=row["checksum"],
        )  # fmt: skip

    def put(self, read: PartRead) -> None:
        """Keep what was read of a part."""
        source = read.part.site.source
        version = reader_version(source)
        captures = to_json([_row_of(one, version) for one in read.captures])
        write_now(
            self._db,
            "INSERT OR REPLACE INTO parts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                source.name, read.part.path.name, read.part.start, read.part.end, version,
                read.checksum, read.begin, read.following, len(read.captures), captures,
            ),
        )  # fmt: skip

    def _row(self, part: Part) -> Row | None:
        source = part.site.source
        return dict_row(
            self._db.conn.execute(
                'SELECT * FROM parts WHERE source = ? AND file = ? AND start = ? AND "end" = ?'
                " AND reader_version = ?",
                (source.name, part.path.name, part.start, part.end, reader_version(source)),
            )
        )


def staging_file(db: Path) -> Path:
    """Where what was read for a database is kept."""
    return db.with_name(f"{db.name}-reparse")


@contextmanager
def staging(db: Path) -> Iterator[Staging]:
    """What was read for a database, kept until the block has come to its end. Raises StoreError."""
    file = staging_file(db)
    try:
        opened = _opened(file)
    except sqlite3.DatabaseError:
        file.unlink()  # no more than what can be read again
        opened = _opened(file)
    try:
        yield Staging(opened)
    except sqlite3.Error as error:
        raise StoreError(f"{file}: {error}") from error
    finally:
        opened.close()
    with suppress(OSError):
        file.unlink()


def _opened(file: Path) -> Store:
    connection = sqlite3.connect(file.absolute(), check_same_thread=False)
    try:
        db = Store(connection)
        db.conn.execute("PRAGMA synchronous = NORMAL")
        with writing(db):
            write(
                db,
                "CREATE TABLE IF NOT EXISTS parts (source TEXT NOT NULL, file TEXT NOT NULL,"
                ' start INTEGER NOT NULL, "end" INTEGER NOT NULL, reader_version TEXT NOT NULL,'
                " checksum INTEGER NOT NULL, begin INTEGER, following INTEGER,"
                " count INTEGER NOT NULL, captures TEXT NOT NULL,"
                ' PRIMARY KEY (source, file, start, "end", reader_version)) STRICT',
            )
        value(db, "SELECT count(*) FROM parts")
    except BaseException:
        connection.close()
        raise
    return db


def _row_of(one: ClassifiedCapture, version: str) -> Row:
    """A classified capture as a row, with what stands elsewhere in the database."""
    reading = reading_to_row(one.reading) if one.reading else None
    body = body_sha256(one.reading.body) if one.reading else None
    row = capture_to_row(one, reading["id"] if reading else None, body, version)
    decision = one.decision
    return row | {
        "fields": reading["fields"] if reading else None,
        "text_id": one.text_id,
        "decision": [decision.verb, decision.a, decision.b] if decision else None,
    }


def _capture(row: Row) -> ClassifiedCapture:
    decision = (
        Decision(**dict(zip(("verb", "a", "b"), row["decision"], strict=True)))
        if row["decision"]
        else None
    )
    return classified_from_row(row, row["text_id"], decision)
