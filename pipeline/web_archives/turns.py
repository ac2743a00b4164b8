"""How often an archive is asked, by whichever process, and until when it is left alone."""

from datetime import datetime, timedelta
from typing import Literal

from sqlite_utils import Database

from pipeline.clock import almaty_minute, moment, stamp
from pipeline.store.database import value
from pipeline.store.transactions import write, writing

Turn = Literal["list", "capture"]
"""Lists and captures are asked at rates of their own."""

_LAST: dict[Turn, str] = {
    "list": "SELECT list_at FROM web_archives WHERE name = ?",
    "capture": "SELECT capture_at FROM web_archives WHERE name = ?",
}
_FIRST_REST = timedelta(hours=1)
_LONGEST_REST = timedelta(days=7)
_FORGIVEN_AFTER = timedelta(days=1)


def take_turn(db: Database, archive: str, turn: Turn, gap: timedelta, now: datetime) -> timedelta:
    """How long to wait before an archive may be asked. Nothing: it is our turn, and that is noted.

    A moment in the future, as a clock that was set back leaves it, holds nobody for longer than
    the gap.
    """
    with writing(db):
        write(db, "INSERT OR IGNORE INTO web_archives (name) VALUES (?)", (archive,))
        last = value(db, _LAST[turn], archive)
        wait = moment(last) + gap - now if last else timedelta()
        if timedelta() < wait <= gap:
            return wait
        _note(db, archive, turn, now)
    return timedelta()


def note_answered(db: Database, archive: str, turn: Turn, now: datetime) -> None:
    """From now on the next request waits."""
    with writing(db):
        _note(db, archive, turn, now)


def rest_length(before: timedelta, since_end: timedelta | None, asked: timedelta) -> timedelta:
    """How long an archive is left alone that refuses us: an hour, or twice as long as the rest
    `before` where that has ended less than a day ago; at least for as long as it `asked`.

    >>> hour, day = timedelta(hours=1), timedelta(days=1)
    >>> str(rest_length(timedelta(), None, timedelta()))
    '1:00:00'
    >>> str(rest_length(4 * hour, 2 * hour, timedelta()))
    '8:00:00'
    >>> str(rest_length(4 * hour, 2 * day, 3 * hour))
    '3:00:00'
    """
    is_repeated = since_end is not None and since_end < _FORGIVEN_AFTER
    usual = max(before * 2, _FIRST_REST) if is_repeated else _FIRST_REST
    return min(max(usual, asked), _LONGEST_REST)


def rest(db: Database, archive: str, reason: str, asked: timedelta, now: datetime) -> str:
    """Leave an archive alone, longer each time that it refuses us; the sentence that says so."""
    with writing(db):
        write(db, "INSERT OR IGNORE INTO web_archives (name) VALUES (?)", (archive,))
        ended, seconds = db.conn.execute(
            "SELECT rest_until, rest_seconds FROM web_archives WHERE name = ?", (archive,)
        ).fetchone()
        since_end = now - moment(ended) if ended else None
        length = rest_length(timedelta(seconds=seconds), since_end, asked)
        write(
            db,
            "UPDATE web_archives SET rest_until = ?, rest_reason = ?, rest_seconds = ?"
            " WHERE name = ?",
            (stamp(now + length), reason, length.total_seconds(), archive),
        )
    return _sentence(reason, now + length)


def resting(db: Database, archive: str, now: datetime) -> str | None:
    """Why an archive may not be asked now, as a sentence; None where it may."""
    row = db.conn.execute(
        "SELECT rest_until, rest_reason FROM web_archives WHERE name = ?", (archive,)
    ).fetchone()
    until = moment(row[0]) if row and row[0] else None
    return _sentence(row[1], until) if until and until > now else None


def _note(db: Database, archive: str, turn: Turn, now: datetime) -> None:
    values = (stamp(now), archive)
    if turn == "list":
        write(db, "UPDATE web_archives SET list_at = ? WHERE name = ?", values)
    else:
        write(db, "UPDATE web_archives SET capture_at = ? WHERE name = ?", values)


def _sentence(reason: str, until: datetime) -> str:
    return f"{reason}; it is left alone until {almaty_minute(until)}"
