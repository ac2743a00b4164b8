"""What a source gave in the past, for a crawl or a check to compare with."""

import math
from collections.abc import Mapping
from datetime import date, datetime

from sqlite_utils import Database

from pipeline.clock import almaty_day, moment
from pipeline.model.source import Way
from pipeline.store.database import value
from pipeline.store.transactions import write_many, writing

_NEWEST_ITEMS = 200
_MIN_ITEMS = 20
"""Of fewer items no share is taken."""
_COPIED = (
    (
        "places (url, source, way, found_on, usual)",
        "SELECT url, source, way, found_on, usual FROM places WHERE source = ? AND day IS NULL",
    ),
    (
        "ways (source, way, form)",
        "SELECT source, way, form FROM ways WHERE source = ? AND form IS NOT NULL",
    ),
    (
        "crawls (source, started, replay, finished)",
        "SELECT source, started, replay, max(finished) FROM crawls WHERE source = ? AND replay = 0"
        " GROUP BY source HAVING max(finished) IS NOT NULL",
    ),
    (
        "addresses (id, url, source, language, kind, found_at, number, state, found_by)",
        "SELECT id, url, source, language, kind, found_at, max(number), 'found', 'number'"
        " FROM addresses WHERE source = ? AND item IS NOT NULL AND kind = 'news'"
        " GROUP BY language HAVING max(number) IS NOT NULL",
    ),
)
"""Into which columns of a table what is copied: of addresses those with the highest numbers."""
_OPTIONAL_FIELDS = ("lead", "authors", "tags", "section", "image_url", "image_credit")


def typical_counts(db: Database, source: str) -> dict[str, int]:
    """How many articles each entry point of a source usually names, by its address."""
    rows = db.conn.execute(
        "SELECT url, usual FROM places WHERE source = ? AND day IS NULL AND usual > 0", (source,)
    )
    return {row[0]: row[1] for row in rows}


def last_found(db: Database, source: str) -> dict[Way, date]:
    """The last day, in Almaty, on which each way of finding led to articles."""
    rows = db.conn.execute(
        "SELECT way, found_at FROM ways WHERE source = ? AND found_at IS NOT NULL", (source,)
    )
    return {row[0]: almaty_day(moment(row[1])) for row in rows}


def shares_of_fields(db: Database, source: str) -> Mapping[str, float]:
    """How many of a source's newest items have each of the optional fields, as shares (0 to 1);
    empty where there are too few items.
    """
    sums = ", ".join(f"avg(coalesce({name}, '') NOT IN ('', '[]'))" for name in _OPTIONAL_FIELDS)
    row = db.conn.execute(
        f"SELECT count(*), {sums} FROM (SELECT * FROM items WHERE source = ?"
        " AND url IS NOT NULL ORDER BY day DESC LIMIT ?)",
        (source, _NEWEST_ITEMS),
    ).fetchone()
    return dict(zip(_OPTIONAL_FIELDS, row[1:], strict=True)) if row[0] >= _MIN_ITEMS else {}


def idle_seconds(db: Database, source: str, now: datetime) -> float:
    """How long ago the last crawl of a source ended: so much of the delay between two requests has
    passed already.
    """
    last = value(db, "SELECT max(finished) FROM crawls WHERE source = ? AND replay = 0", source)
    return max(0.0, (now - moment(last)).total_seconds()) if last else math.inf


def copy_past(db: Database, into: Database, source: str) -> None:
    """Copy what a crawl has to know of a source's past into a new database that has its facts: how
    it may be asked, its entry points, the form of its archive's days, when it was last asked, and
    its highest numbers. Not its other addresses, its captures and items.
    """
    rests = "SELECT rest_until, refusals, rest_reason, name FROM sources WHERE name = ?"
    with writing(into):
        write_many(
            into,
            "UPDATE sources SET rest_until = ?, refusals = ?, rest_reason = ? WHERE name = ?",
            db.conn.execute(rests, (source,)).fetchall(),
        )
        for columns, select in _COPIED:
            rows = db.conn.execute(select, (source,)).fetchall()
            marks = ", ".join("?" * (columns.count(",") + 1))
            write_many(into, f"INSERT OR REPLACE INTO {columns} VALUES ({marks})", rows)
