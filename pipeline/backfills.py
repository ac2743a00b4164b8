"""Backfills: which days they look for, whether they are finished, which days are proven."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlite_utils import Database

from pipeline.clock import almaty_day, stamp
from pipeline.store import column, writing


@dataclass(frozen=True, slots=True, kw_only=True)
class Backfill:
    """A search for everything that was published from one day to another, both included."""

    id: int
    since: date
    until: date

    @property
    def days(self) -> list[date]:
        """Its days, newest first."""
        count = (self.until - self.since).days + 1
        return [self.until - timedelta(days=back) for back in range(count)]


def open_backfill(
    db: Database, source: str, since: date, until: date | None, now: datetime
) -> Backfill:
    """The interrupted backfill of these days, to go on with, or a new one.

    Without `until` it reaches up to today, also where it was begun on an earlier day.
    """
    named = until.isoformat() if until else None
    row = db.conn.execute(
        "SELECT id, until FROM backfills WHERE source = ? AND since = ? AND finished IS NULL"
        " AND open_end = (? IS NULL) AND (? IS NULL OR until = ?) ORDER BY id DESC LIMIT 1",
        (source, since.isoformat(), named, named, named),
    ).fetchone()
    last = until or almaty_day(now)
    if row is None:
        made = db.execute(
            "INSERT INTO backfills (source, since, until, open_end, started)"
            " VALUES (?, ?, ?, ?, ?)",
            (source, since.isoformat(), last.isoformat(), until is None, stamp(now)),
        ).lastrowid
        assert made is not None
        return Backfill(id=made, since=since, until=last)
    if row[1] != last.isoformat():
        _reach_on(db, row[0], last)
    return Backfill(id=row[0], since=since, until=last)


def _reach_on(db: Database, backfill: int, until: date) -> None:
    """Let a backfill reach up to a later day: what has no day of its own is walked anew."""
    with writing(db):
        db.conn.execute(
            "UPDATE backfills SET until = ? WHERE id = ?", (until.isoformat(), backfill)
        )
        db.conn.execute(
            "UPDATE places SET done = 0, next_page = NULL WHERE backfill = ? AND day IS NULL",
            (backfill,),
        )


def finish_backfill(
    db: Database, source: str, backfill: Backfill, now: datetime, *, complete: bool
) -> None:
    """Nothing is left to ask; another one of the same days begins anew. Where every way of finding
    came to its end, the days of which no address is left without an answer, and that were over
    by then, are proven complete.
    """
    with writing(db):
        db.conn.execute(
            "UPDATE backfills SET finished = ?, complete = ? WHERE id = ?",
            (stamp(now), int(complete), backfill.id),
        )
        if not complete:
            return
        open_days = unanswered_days(db, source)
        today = almaty_day(now)
        db.conn.executemany(
            "INSERT OR REPLACE INTO proven_days (source, day, at) VALUES (?, ?, ?)",
            [
                (source, day.isoformat(), stamp(now))
                for day in backfill.days
                if day < today and day.isoformat() not in open_days
            ],
        )


def unanswered_days(db: Database, source: str) -> set[str]:
    """The days of which an address was not asked yet, or failed."""
    return column(
        db.conn.execute(
            "SELECT DISTINCT latest_day FROM addresses WHERE source = ? AND latest_day IS NOT NULL"
            " AND state IN ('found', 'failed', 'refused')",
            (source,),
        )
    )


def proven_days(db: Database, source: str) -> set[str]:
    """The days that are proven complete."""
    return column(db.conn.execute("SELECT day FROM proven_days WHERE source = ?", (source,)))
