"""Captures of earlier requests, as far as they decide how an address is asked now."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from sqlite_utils import Database

from pipeline.clock import moment, stamp
from pipeline.store.database import dict_rows, value
from pipeline.store.rows import Row

MOST_CLAIMS = 4
"""After so many 304s in a row an address is asked without validators: they may be untrue."""
DISTRUSTED_FOR = timedelta(days=30)
"""So long no 304 is asked of a source after one was proven to be false."""

_LOOKED_BACK = 40
_ENTITY_TAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e]{0,1000}"')
"""RFC 9110, section 8.8.3, as far as ASCII goes. Above all no `*`, which any page would match."""

_HTTP_DATE = re.compile(r"[A-Za-z]{3,9},? [0-9A-Za-z :+-]{10,40}")
"""The three forms of RFC 9110, section 5.6.7, and what looks like them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a conditional request names (RFC 9110, section 8.8), with the capture it came with."""

    target: str
    time: datetime
    digest: str
    content: str
    """What the capture showed: an article's `content_sha256`, else the digest of the bytes."""
    etag: str | None
    last_modified: str | None
    """One of the two at least is there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """How an address is asked."""

    validators: Validators | None = None
    """Those that the request names."""
    withheld: Validators | None = None
    """Those that it does not name although they are held, so that the answer tests them."""


def asking(db: Database, source: str, url: str, target: str, now: datetime) -> Asking:
    """How exactly this target of an address is asked: conditionally, where its newest answers are a
    page whose content is in the database (an article that could be read, a listing whose links
    were followed) and, maybe, 304s of that; unless the 304s of its source are not to be trusted.
    """
    held, claims = _held(_rows(db, url, target, now))
    if held is None:
        return Asking()
    if claims >= MOST_CLAIMS or _has_lied(db, source, now - DISTRUSTED_FOR):
        return Asking(withheld=held)
    return Asking(validators=held)


def was_followed_since(db: Database, url: str, since: datetime) -> bool:
    """Whether a listing was captured, and its links followed, after this moment."""
    sql = "SELECT 1 FROM captures WHERE url = ? AND followed = 1 AND time > ?"
    return value(db, sql, url, stamp(since)) is not None


def _rows(db: Database, url: str, target: str, now: datetime) -> Iterator[Row]:
    """The newest captures of a target, the newest first; none that a clock which ran ahead has put
    into the future.
    """
    yield from dict_rows(
        db.conn.execute(
            "SELECT c.target, c.time, c.status, c.digest, c.etag, c.last_modified, c.outcome,"
            " c.article, c.followed, c.refers_to, r.content_sha256 AS content FROM captures c"
            " LEFT JOIN readings r ON r.id = c.reading"
            " WHERE c.url = ? AND c.target = ? AND c.time <= ?"
            f" ORDER BY c.time DESC LIMIT {_LOOKED_BACK}",
            (url, target, stamp(now)),
        )
    )


def _held(rows: Iterable[Row]) -> tuple[Validators | None, int]:
    """The validators of the newest page, and how many 304s have confirmed it since. Those that
    changed from the page before it to this one although the content did not are worth nothing.
    """
    newest: Row | None = None
    claims = 0
    for row in rows:
        if row["status"] == 304:
            claims += newest is None
        elif row["status"] == 200 and (row["outcome"] == "reading" or row["followed"]):
            if newest is not None:
                return _validators(newest, before=row), claims
            newest = row
        elif newest is None and row["article"] and row["status"] < 500:
            return None, 0
    return (None if newest is None else _validators(newest, before=None)), claims


def _validators(row: Row, *, before: Row | None) -> Validators | None:
    captured, content = moment(row["time"]), _content(row)
    etag, modified = row["etag"], row["last_modified"]
    if not (etag and _ENTITY_TAG.fullmatch(etag)):
        etag = None
    if not (modified and _says_before(modified, captured)):
        modified = None
    if before is not None and _content(before) == content:
        if etag and _opaque(etag) != _opaque(before["etag"] or ""):
            etag = None
        if modified != before["last_modified"]:
            modified = None
    if etag is None and modified is None:
        return None
    return Validators(
        target=row["target"], time=captured, digest=row["digest"], content=content, etag=etag,
        last_modified=modified,
    )  # fmt: skip


def _content(row: Row) -> str:
    return str(row["content"] or row["digest"])


def _opaque(etag: str) -> str:
    """What two tags are compared by in a conditional request: whether one is weak is no matter."""
    return etag.removeprefix("W/")


def _says_before(text: str, captured: datetime) -> bool:
    """Whether it is an HTTP date of a second that was over when the page came: within that second
    the page may have changed once more, and a time to come says nothing.
    """
    if not _HTTP_DATE.fullmatch(text):
        return False
    try:
        said = parsedate_to_datetime(text)
        said = said.replace(tzinfo=UTC) if said.tzinfo is None else said
        return said + timedelta(seconds=1) <= captured
    except (TypeError, ValueError, OverflowError):
        return False


def _has_lied(db: Database, source: str, since: datetime) -> bool:
    """Whether a 304 of a source was proven to be false after this moment."""
    sql = "SELECT 1 FROM addresses WHERE source = ? AND lied_at > ? LIMIT 1"
    return value(db, sql, source, stamp(since)) is not None
