"""How a source was asked, day by day: what one would show a publisher who asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

from sqlite_utils import Database

from pipeline.store.database import dict_row, dict_rows

_NEWEST_DAYS = 366
_SUMS = (
    "requests", "unanswered", "bytes", "not_modified", "refusals", "pauses", "robots_asked",
    "robots_closed", "robots_forbidden", "too_early",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class PolitenessDay:
    """How a source was asked on one day in Almaty. Seconds are those between the end of one
    exchange and the next request.
    """

    day: str
    requests: int
    """Sent, robots.txt and repeated ones included."""
    unanswered: int
    bytes: int
    """Of the bodies, as they came."""
    not_modified: int
    """Answers 304: nothing has changed, and no body was sent."""
    not_modified_share: float
    """Of the answers, 0 to 1, to four places."""
    refusals: int
    pauses: int
    """Answers with a Retry-After, which was kept."""
    robots_asked: int
    robots_closed: int
    """Times that robots.txt could not be had, or refused us, so that nothing else was asked."""
    robots_forbidden: int
    """Addresses that robots.txt forbids, and that were not asked for."""
    due_seconds: float
    """The longest wait that was due: ours, or the Crawl-delay of robots.txt."""
    least_wait_seconds: float | None
    median_wait_seconds: float | None
    """To two digits."""
    too_early: int
    """Requests that were sent before they were due."""


def politeness(db: Database, source: str) -> list[PolitenessDay]:
    """The ledger of a source, the newest day first; of a year at most."""
    rows = dict_rows(
        db.conn.execute(
            f"SELECT day, {', '.join(_SUMS)}, due_seconds,"
            " round(least_wait_seconds, 3) AS least_wait_seconds FROM politeness"
            " WHERE source = ? ORDER BY day DESC LIMIT ?",
            (source, _NEWEST_DAYS),
        )
    )
    medians = _medians(db, source, rows[-1]["day"]) if rows else {}
    return [
        PolitenessDay(
            **row,
            not_modified_share=_share(row["not_modified"], row["requests"] - row["unanswered"]),
            median_wait_seconds=medians.get(row["day"]),
        )
        for row in rows
    ]


def politeness_totals(db: Database, source: str) -> dict[str, int]:
    """The sums of the whole ledger of a source."""
    sums = ", ".join(f"coalesce(sum({name}), 0) AS {name}" for name in _SUMS)
    row = dict_row(db.conn.execute(f"SELECT {sums} FROM politeness WHERE source = ?", (source,)))
    return row or {}


def _medians(db: Database, source: str, since: str) -> dict[str, float]:
    rows = db.conn.execute(
        "SELECT day, wait_seconds, requests FROM politeness_waits WHERE source = ? AND day >= ?"
        " ORDER BY day, wait_seconds",
        (source, since),
    ).fetchall()
    return {day: _median([row[1:] for row in of]) for day, of in groupby(rows, lambda row: row[0])}


def _median(waits: Sequence[tuple[float, int]]) -> float:
    """The lower median of waits, each with how often it was kept, the shortest first."""
    so_far = accumulate(count for _, count in waits)
    half = (sum(count for _, count in waits) + 1) // 2
    return next(wait for (wait, _), count in zip(waits, so_far, strict=True) if count >= half)


def _share(part: int, of: int) -> float:
    return round(part / of, 4) if of > 0 else 0.0
