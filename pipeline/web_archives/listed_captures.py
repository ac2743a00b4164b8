"""The captures that web archives list: which are to be asked, and what became of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from pipeline.archive.exchange import Reference
from pipeline.clock import moment, stamp
from pipeline.model.capture import Capture
from pipeline.store.database import dict_row, dict_rows, value
from pipeline.store.rows import Row
from pipeline.store.transactions import write_many, write_now, writing
from pipeline.web_archives.archive_lists import add_listed
from pipeline.web_archives.listed_capture import ListedCapture, ListingState, Wanted

_OPEN = "source = ? AND archive = ? AND state IN ('listed', 'failed') AND crawl IS NOT ?"


@dataclass(frozen=True, slots=True, kw_only=True)
class NotHad:
    """Captures of one archive that could not be had, by the reason."""

    reason: str
    captures: int


def take_listed(
    db: Database, source: str, archive: str, crawl: int, wanted: Wanted, count: int = 100
) -> list[ListedCapture]:
    """The next captures that are wanted and were not asked in this crawl, the oldest first; from
    now on they were. Variants are left out.
    """
    where, values = _where(source, archive, crawl, wanted)
    return _taken(db, source, archive, crawl, f"{where} AND variant = 0", (*values, count))


def take_variant(
    db: Database, source: str, archive: str, crawl: int, wanted: Wanted
) -> ListedCapture | None:
    """Likewise, the next variant of an article that has no reading."""
    where, values = _where(source, archive, crawl, wanted)
    where += (
        " AND variant = 1 AND NOT EXISTS (SELECT 1 FROM captures c"
        " WHERE c.url = archive_captures.url AND c.outcome = 'reading')"
    )
    taken = _taken(db, source, archive, crawl, where, (*values, 1))
    return taken[0] if taken else None


def count_listed(db: Database, source: str, archive: str, crawl: int, wanted: Wanted) -> int:
    """How many are still to be asked in this crawl."""
    where, values = _where(source, archive, crawl, wanted)
    sql = f"SELECT count(*) FROM archive_captures WHERE {where} AND variant = 0"
    return int(value(db, sql, *values))


def note_listed(
    db: Database, source: str, one: ListedCapture, state: ListingState, reason: str | None = None
) -> None:
    """Note what became of a listed capture."""
    write_now(
        db,
        "UPDATE archive_captures SET state = ?, reason = ?"
        " WHERE source = ? AND archive = ? AND place = ?",
        (state, reason, source, one.archive, one.place),
    )


def add_other(db: Database, source: str, one: ListedCapture) -> None:
    """Note a capture that no list names, but to which the archive leads."""
    with writing(db):
        add_listed(db, source, one)


def ask_unusable_again(db: Database, source: str, archive: str) -> None:
    """Ask again for what the archive could not give."""
    write_now(
        db,
        "UPDATE archive_captures SET state = 'failed' WHERE source = ? AND archive = ?"
        " AND state = 'unusable'",
        (source, archive),
    )


def not_had(db: Database, source: str, archive: str, crawl: int) -> list[NotHad]:
    """What a crawl asked for and did not get, by the reason; the most frequent first."""
    rows = db.conn.execute(
        "SELECT reason, count(*) FROM archive_captures WHERE source = ? AND archive = ?"
        " AND crawl = ? AND state IN ('failed', 'unusable') AND reason IS NOT NULL"
        " GROUP BY reason ORDER BY count(*) DESC, reason",
        (source, archive, crawl),
    )
    return [NotHad(reason=reason, captures=count) for reason, count in rows]


def earlier_with_same_payload(db: Database, capture: Capture) -> Reference | None:
    """The newest capture of the same address before this one that has the same payload and gave a
    reading, if there is one.
    """
    row = dict_row(
        db.conn.execute(
            "SELECT target, time, digest FROM captures WHERE url = ? AND time < ? AND digest = ?"
            " AND outcome = 'reading' ORDER BY time DESC LIMIT 1",
            (capture.url, stamp(capture.time), capture.digest),
        )
    )
    if row is None:
        return None
    return Reference(target=row["target"], time=moment(row["time"]), digest=row["digest"])


def _taken(
    db: Database,
    source: str,
    archive: str,
    crawl: int,
    where: str,
    values: Sequence[str | int],
) -> list[ListedCapture]:
    with writing(db):
        rows = dict_rows(
            db.conn.execute(
                "SELECT archive, place, url, target, time, digest, status, variant AS is_variant"
                f" FROM archive_captures WHERE {where} ORDER BY time, place LIMIT ?",
                values,
            )
        )
        write_many(
            db,
            "UPDATE archive_captures SET crawl = ? WHERE source = ? AND archive = ? AND place = ?",
            [(crawl, source, archive, row["place"]) for row in rows],
        )
    return [_listed(row) for row in rows]


def _where(
    source: str, archive: str, crawl: int, wanted: Wanted
) -> tuple[str, Sequence[str | int]]:
    where: list[str] = [_OPEN]
    values: list[str | int] = [source, archive, crawl]
    for condition, bound in (("time >= ?", wanted.since), ("time < ?", wanted.before)):
        if bound is not None:
            where.append(condition)
            values.append(stamp(bound))
    if wanted.only:
        where.append(f"url IN ({', '.join('?' * len(wanted.only))})")
        values += sorted(wanted.only)
    return " AND ".join(where), values


def _listed(row: Row) -> ListedCapture:
    known = {"time": moment(row["time"]), "is_variant": bool(row["is_variant"])}
    return ListedCapture(**{**row, **known})
