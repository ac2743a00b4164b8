"""Backfills: which days they look for, whether they are finished, which days are proven."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlite_utils import Database

from pipeline.clock import almaty_day, moment, stamp
from pipeline.store.database import column, dict_rows, value
from pipeline.store.rows import Row
from pipeline.store.transactions import write, write_many, write_now, writing

_GIVEN_UP_AFTER = timedelta(days=7)
"""What has brought no page for so long is not expected to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backfill:
    """A search for all articles that were published from one day to another, both included."""

    id: int
    since: date
    until: date

    @property
    def days(self) -> list[date]:
        """Its days, newest first."""
        count = (self.until - self.since).days + 1
        return [self.until - timedelta(days=back) for back in range(count)]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenBackfill:
    """A backfill that was interrupted, or that left days unproven."""

    since: str
    until: str
    finished: bool
    addresses_left: int
    """Its addresses that were never asked."""
    days_unproven: int
    """Its days that are over and not proven complete."""
    first_unproven: str | None
    last_unproven: str | None
    command: str
    """The command that continues it, or asks for these days again."""


def open_backfill(
    db: Database, source: str, since: date, until: date | None, now: datetime
) -> Backfill:
    """The interrupted backfill of these days, to be continued, or a new one.

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
        made = write_now(
            db,
            "INSERT INTO backfills (source, since, until, open_end, started)"
            " VALUES (?, ?, ?, ?, ?)",
            (source, since.isoformat(), last.isoformat(), until is None, stamp(now)),
        )
        assert made is not None
        return Backfill(id=made, since=since, until=last)
    if row[1] != last.isoformat():
        _reach_on(db, row[0], date.fromisoformat(row[1]), last)
    return Backfill(id=row[0], since=since, until=last)


def _reach_on(db: Database, backfill: int, before: date, until: date) -> None:
    """Let a backfill reach up to a later day.

    Feeds and sitemaps are read anew, and so is the archive's page of the day that was not over
    when it was asked. Listings go on where they were: what is new on them is news.
    """
    with writing(db):
        write(db, "UPDATE backfills SET until = ? WHERE id = ?", (until.isoformat(), backfill))
        write(
            db,
            "UPDATE places SET done = 0, next_page = NULL WHERE backfill = ?"
            " AND (way IN ('feed', 'sitemap') OR day >= ?)",
            (backfill, before.isoformat()),
        )


def finish_backfill(
    db: Database,
    source: str,
    backfill: Backfill,
    now: datetime,
    *,
    complete: bool,
    unproven: Collection[date] = (),
) -> None:
    """Note that a backfill has nothing left to ask; one of the same days begins anew.

    `complete` says that every way of finding came to its end. Then its days are proven complete,
    except `unproven` ones, those that were not over when it began, and those with an address that
    may still answer.
    """
    with writing(db):
        write(db, "UPDATE backfills SET finished = ? WHERE id = ?", (stamp(now), backfill.id))
        if not complete:
            return
        open_days = unanswered_days(db, source) | {day.isoformat() for day in unproven}
        began = value(db, "SELECT started FROM backfills WHERE id = ?", backfill.id)
        today = almaty_day(moment(began))
        write_many(
            db,
            "INSERT OR REPLACE INTO proven_days (source, day, at) VALUES (?, ?, ?)",
            [
                (source, day.isoformat(), stamp(now))
                for day in backfill.days
                if day < today and day.isoformat() not in open_days
            ],
        )


def has_unanswered_of_any_day(
    db: Database, source: str, base_url: str, now: datetime, *, covered: Collection[str]
) -> bool:
    """Whether an address may be of any day and may still answer: its day of publication is not
    known, and it was never asked, or has brought no page for less than a week.

    `covered` are languages whose articles are known day by day, so that these are of other days.
    """
    marks = ", ".join("?" * len(covered))
    sql = (
        "SELECT 1 FROM addresses a WHERE source = ? AND state IN ('found', 'failed')"
        f" AND earliest_day IS NULL AND url LIKE ? AND language NOT IN ({marks})"
        " AND (state = 'found' OR (coalesce(failing_since, ?) > ? AND NOT EXISTS (SELECT 1"
        " FROM captures c WHERE c.url = a.url"
        " AND (c.status = 200 OR c.outcome IN ('gone', 'soft-404')))))"
    )
    given_up = stamp(now - _GIVEN_UP_AFTER)
    found = value(db, sql, source, f"{base_url}/%", *sorted(covered), stamp(now), given_up)
    return found is not None


def unanswered_days(db: Database, source: str) -> set[str]:
    """The days with an address that was not asked yet, or that failed and may still be there."""
    return column(
        db.conn.execute(
            "SELECT DISTINCT latest_day FROM addresses a WHERE source = ?"
            " AND latest_day IS NOT NULL AND state IN ('found', 'failed', 'refused')"
            " AND NOT EXISTS (SELECT 1 FROM captures c WHERE c.url = a.url"
            " AND c.outcome IN ('gone', 'soft-404'))",
            (source,),
        )
    )


def proven_days(db: Database, source: str) -> set[str]:
    """The days that are proven complete."""
    return column(db.conn.execute("SELECT day FROM proven_days WHERE source = ?", (source,)))


def open_backfills(db: Database, source: str, now: datetime) -> list[OpenBackfill]:
    """The backfills with something left to do, the newest first; without those whose days a later
    one covers.
    """
    rows = dict_rows(
        db.conn.execute("SELECT * FROM backfills WHERE source = ? ORDER BY id DESC", (source,))
    )
    proven = proven_days(db, source)
    states = []
    for number, row in enumerate(rows):
        later = rows[:number]
        if not any(one["since"] <= row["since"] and one["until"] >= row["until"] for one in later):
            states.append(_state(db, row, proven, now))
    return [one for one in states if not one.finished or one.days_unproven]


def _state(db: Database, row: Row, proven: set[str], now: datetime) -> OpenBackfill:
    since, until = date.fromisoformat(row["since"]), date.fromisoformat(row["until"])
    over = almaty_day(moment(row["finished"]) if row["finished"] else now)
    days = [
        day.isoformat()
        for day in Backfill(id=row["id"], since=since, until=until).days
        if day < over and day.isoformat() not in proven
    ]
    finished = row["finished"] is not None
    command = f"kazpress crawl {row['source']} --since {days[-1] if finished and days else since}"
    if finished and days:
        command += f" --until {days[0]}"
    elif not row["open_end"]:
        command += f" --until {until}"
    return OpenBackfill(
        since=row["since"],
        until=row["until"],
        finished=finished,
        addresses_left=_addresses_left(db, row),
        days_unproven=len(days),
        first_unproven=days[-1] if days else None,
        last_unproven=days[0] if days else None,
        command=command,
    )


def _addresses_left(db: Database, row: Row) -> int:
    left = db.conn.execute(
        "SELECT count(*) FROM addresses WHERE source = :source AND state = 'found'"
        " AND (latest_day IS NULL OR latest_day >= :since)"
        " AND (earliest_day IS NULL OR earliest_day <= :until)",
        {name: row[name] for name in ("source", "since", "until")},
    ).fetchone()
    return int(left[0])
