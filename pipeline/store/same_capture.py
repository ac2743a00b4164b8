"""Captures that are the same: those of equal address, moment and payload.

Other tools' WARC files tell times to the second, within which an address may have redirected to its
other spelling and then, with the same few bytes, to another article; and a page may have been
stored once more as a revisit of itself. Of such records the one that says most counts, in whatever
order they come.
"""

from urllib.parse import urljoin

from sqlite_utils import Database

from pipeline.clock import stamp
from pipeline.model.capture import Capture
from pipeline.model.source import Source
from pipeline.normalize.addresses import article_address
from pipeline.store.database import dict_row
from pipeline.store.rows import capture_from_row
from pipeline.store.transactions import write

_NOT_MODIFIED = 304


def is_kept(db: Database, capture: Capture, source: Source) -> bool:
    """Whether a capture is in the database, or one that is the same and says as much."""
    kept = kept_as(db, capture)
    return kept is not None and not says_more(capture, kept, source)


def kept_as(db: Database, capture: Capture) -> Capture | None:
    """The capture in the database that is the same."""
    sql = "SELECT * FROM captures WHERE url = ? AND time = ? AND digest = ?"
    row = dict_row(db.conn.execute(sql, (capture.url, stamp(capture.time), capture.digest)))
    return capture_from_row(row) if row else None


def says_more(one: Capture, other: Capture, source: Source) -> bool:
    """Whether of two captures that are the same this one counts, and not the other."""
    return _rank(one, source) < _rank(other, source)


def leads_to_itself(capture: Capture, source: Source) -> bool:
    """Whether it is a redirect to another spelling of its own address: of the captures that are the
    same, another one may say more.
    """
    if not capture.location:
        return False
    try:
        address = article_address(urljoin(capture.target, capture.location), source)
    except ValueError:
        return False
    return address is not None and address.url == capture.url


def drop(db: Database, capture: Capture) -> str | None:
    """Take a capture out of the database; the article to which it redirected, if it did. Its
    reading stays: it may be that of a capture which a reparse has not come to.
    """
    found = write(
        db,
        "DELETE FROM captures WHERE url = ? AND time = ? AND digest = ? RETURNING redirect_to",
        (capture.url, stamp(capture.time), capture.digest),
    ).fetchone()
    return str(found[0]) if found[0] else None


def _rank(capture: Capture, source: Source) -> tuple[bool, bool, int, str, str, bool, str]:
    """First is what says most. What is no redirect has no location."""
    location, refers_to = capture.location or "", capture.refers_to
    return (
        capture.status == _NOT_MODIFIED,
        leads_to_itself(capture, source),
        capture.status,
        location,
        capture.target,
        refers_to is None,
        stamp(refers_to) if refers_to else "",
    )
