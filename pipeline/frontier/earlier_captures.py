"""Captures of earlier requests, as far as they decide how an address is asked now."""

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from pipeline.clock import moment, stamp
from pipeline.store.database import value


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a conditional request names (RFC 9110, section 8.8), with the capture it came with."""

    target: str
    time: datetime
    digest: str
    etag: str | None
    last_modified: str | None


def newest_validators(db: Database, url: str, target: str) -> Validators | None:
    """The validators of the newest capture of exactly this target of an address whose content is
    in the database: of an article that could be read, or a listing whose links were followed.
    """
    row = db.conn.execute(
        "SELECT target, time, digest, etag, last_modified FROM captures"
        " WHERE url = ? AND target = ? AND status = 200 AND refers_to IS NULL"
        " AND (outcome = 'reading' OR followed = 1)"
        " AND (etag IS NOT NULL OR last_modified IS NOT NULL) ORDER BY time DESC LIMIT 1",
        (url, target),
    ).fetchone()
    if row is None:
        return None
    return Validators(
        target=row[0], time=moment(row[1]), digest=row[2], etag=row[3], last_modified=row[4]
    )


def was_followed_since(db: Database, url: str, since: datetime) -> bool:
    """Whether a listing was captured, and its links followed, after this moment."""
    sql = "SELECT 1 FROM captures WHERE url = ? AND followed = 1 AND time > ?"
    return value(db, sql, url, stamp(since)) is not None
