"""The captures of articles that a database had before a reparse, with what was read of them: some
are taken as they are, others are read again, and of others the archive's file is not at hand.

They are kept in temporary tables, while the database's own are emptied and filled again.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlite_utils import Database

from pipeline.archive.exchange import payload_digest
from pipeline.ingest.afresh import OF_ARTICLES
from pipeline.ingest.reader_version import reader_version
from pipeline.model.capture import ClassifiedCapture, Failure
from pipeline.model.decision import DECISION_URN, Decision, decision_payload
from pipeline.model.source import Source
from pipeline.normalize.addresses import article_address
from pipeline.store.database import value
from pipeline.store.rows import Row, classified_from_row
from pipeline.store.transactions import write, write_many

_TABLES = ("captures", "decisions", "texts")
_OF_TODAY = "coalesce(reader_version = ?, 0) AND status != 0"
"""Imported texts and decisions are few, and are always read again: their rows do not say it all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Bytes of an archive's file whose captures were all read by today's reader, or have to be read
    again.
    """

    start: int
    end: int
    is_of_today: bool


def remember_former(db: Database) -> None:
    """Copy what is there now. The caller holds the transaction."""
    for table in _TABLES:
        write(db, f"DROP TABLE IF EXISTS temp.former_{table}")
        of_articles = f" WHERE {OF_ARTICLES}" if table == "captures" else ""
        write(db, f"CREATE TEMP TABLE former_{table} AS SELECT * FROM {table}{of_articles}")
    write(
        db,
        'CREATE INDEX temp.former_captures_by_place ON former_captures (source, file, "offset")',
    )


def forget_former(db: Database) -> None:
    """Remove the copies."""
    for table in _TABLES:
        write(db, f"DROP TABLE temp.former_{table}")


def runs(db: Database, source: Source, file: str, size: int, *, every: bool) -> list[Run]:
    """A file of so many bytes, from its start to its end. With `every`, all of it is read again."""
    found: list[Run] = []
    at = 0
    places = () if every else _places(db, source, file, size)
    for is_of_today, group in groupby(places, key=itemgetter(2)):
        if is_of_today:
            (start, end, _), *rest = group
            if at < start:
                found.append(Run(start=at, end=start, is_of_today=False))
            at = rest[-1][1] if rest else end
            found.append(Run(start=start, end=at, is_of_today=True))
    if at < size:
        found.append(Run(start=at, end=size, is_of_today=False))
    return found


def taken(db: Database, source: Source, file: str, run: Run) -> Iterator[ClassifiedCapture]:
    """The captures of a run, as they were read before."""
    place = 'file = ? AND "offset" >= ? AND "offset" < ?'
    for row in _rows(db, source, place, file, run.start, run.end):
        yield _classified(db, row)
    write(
        db,
        "DELETE FROM temp.former_captures"
        ' WHERE source = ? AND file = ? AND "offset" >= ? AND "offset" < ?',
        (source.name, file, run.start, run.end),
    )


def note_found(db: Database, source: Source, file: str, offsets: Iterable[int]) -> None:
    """Note that these records were read again: what was read of them before is past."""
    write_many(
        db,
        'DELETE FROM temp.former_captures WHERE source = ? AND file = ? AND "offset" = ?',
        [(source.name, file, offset) for offset in offsets],
    )


def left(db: Database, source: Source) -> Iterator[ClassifiedCapture]:
    """The captures that were neither taken nor found: their records are not at hand. They are given
    as today's facts have their addresses; whose address is no article's any more is not given.
    """
    for row in _rows(db, source, "1"):
        found = _readdressed(_classified(db, row), source)
        if found is not None:
            yield found


def _places(db: Database, source: Source, file: str, size: int) -> Iterator[tuple[int, int, bool]]:
    """Where each capture in a file begins and ends, and whether today's reader has read it."""
    rows = db.conn.execute(
        f'SELECT "offset", "offset" + length, {_OF_TODAY} FROM temp.former_captures'
        ' WHERE source = ? AND file = ? AND "offset" + length <= ? ORDER BY "offset"',
        (reader_version(source), source.name, file, size),
    )
    return ((start, end, bool(is_of_today)) for start, end, is_of_today in rows)


def _rows(db: Database, source: Source, which: str, *values: Any) -> Iterator[Row]:
    """These captures with their readings, by file and place in it."""
    cursor = db.conn.execute(
        "SELECT c.*, r.fields FROM temp.former_captures c LEFT JOIN readings r ON r.id = c.reading"
        f' WHERE c.source = ? AND {which} ORDER BY c.file, c."offset"',
        (source.name, *values),
    )
    names = [column[0] for column in cursor.description]
    return (dict(zip(names, row, strict=True)) for row in cursor)


def _classified(db: Database, row: Row) -> ClassifiedCapture:
    if row["status"]:
        return classified_from_row(row)
    if row["url"] == DECISION_URN:
        return classified_from_row(row, decision=_decision(db, row))
    text = value(db, "SELECT id FROM temp.former_texts WHERE urn = ?", row["url"])
    return classified_from_row(row, text_id=text)


def _decision(db: Database, row: Row) -> Decision | None:
    """The decision of a capture: of several of one moment the one with its digest."""
    said = db.conn.execute(
        "SELECT verb, a, b FROM temp.former_decisions WHERE time = ?", (row["time"],)
    )
    decisions = (Decision(verb=verb, a=a, b=b) for verb, a, b in said)
    meant = (one for one in decisions if payload_digest(decision_payload(one)) == row["digest"])
    return next(meant, None)


def _readdressed(one: ClassifiedCapture, source: Source) -> ClassifiedCapture | None:
    capture = one.capture
    if capture.kind != "http" or not capture.article:
        return one
    address = article_address(capture.target, source)
    if address is None:
        return None
    found = replace(one, capture=replace(capture, url=address.url))
    if one.redirect_to is None:
        return found
    target = article_address(one.redirect_to, source)
    if target is not None:
        return replace(found, redirect_to=target.url)
    detail = f"redirects to {one.redirect_to}, which is no article"
    failure = Failure(url=address.url, stage="read", reason="soft-404", detail=detail)
    return replace(found, outcome="soft-404", redirect_to=None, failure=failure)
