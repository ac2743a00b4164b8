"""A source that refuses us is left alone: until when, and why, stands in its row of `sources`."""

from datetime import datetime

from sqlite_utils import Database

from pipeline.clock import almaty_minute, moment, stamp
from pipeline.frontier.retries import rest_wait
from pipeline.store.database import value
from pipeline.store.transactions import write_now


def rest_after_refusal(db: Database, source: str, reason: str, now: datetime) -> str:
    """Leave a source alone, longer each time; the sentence that says so."""
    before = value(db, "SELECT refusals FROM sources WHERE name = ?", source)
    until = now + rest_wait(before + 1)
    write_now(db, "UPDATE sources SET refusals = refusals + 1 WHERE name = ?", (source,))
    return rest_until(db, source, reason, until)


def rest_until(db: Database, source: str, reason: str, until: datetime) -> str:
    """Leave a source alone until then; the sentence that says so."""
    write_now(
        db,
        "UPDATE sources SET rest_until = ?, rest_reason = ? WHERE name = ?",
        (stamp(until), reason, source),
    )
    return _sentence(reason, until)


def end_rest(db: Database, source: str) -> None:
    """The source answers again."""
    sql = "SELECT refusals > 0 OR rest_until IS NOT NULL FROM sources WHERE name = ?"
    if value(db, sql, source):
        write_now(
            db,
            "UPDATE sources SET refusals = 0, rest_until = NULL, rest_reason = NULL WHERE name = ?",
            (source,),
        )


def resting(db: Database, source: str, now: datetime) -> str | None:
    """Why a source may not be asked now, as a sentence; None where it may."""
    until, reason = db.conn.execute(
        "SELECT rest_until, rest_reason FROM sources WHERE name = ?", (source,)
    ).fetchone()
    return _sentence(reason, moment(until)) if until and moment(until) > now else None


def rest_reason(db: Database, source: str) -> str | None:
    """Why a source was left alone last, without until when; None since it has answered."""
    reason: str | None = value(db, "SELECT rest_reason FROM sources WHERE name = ?", source)
    return reason


def _sentence(reason: str, until: datetime) -> str:
    return f"{reason}; it is left alone until {almaty_minute(until)}"
