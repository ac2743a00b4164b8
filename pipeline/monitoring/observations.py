"""What the database knows of a source by watching it: crawls, days, ways of finding."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlite_utils import Database

from pipeline.clock import ALMATY, almaty_day, moment, stamp
from pipeline.monitoring.drift import News, Watched, WayUse
from pipeline.monitoring.gaps import DayCount, Span
from pipeline.store.database import column, value

_WATCHED_FOR = timedelta(weeks=10)
_NEWEST_ITEMS = 200
_NEWS_FOR = timedelta(days=90)
_IS_WHOLE_CRAWL = "source = ?1 AND replay = 0 AND single = 0 AND outcome = 'done'"
"""SQL for the crawls of the whole live site of a source, ?1, that came to their end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneCrawl:
    """A crawl that came to its end."""

    id: int
    finished: datetime


def watched(db: Database, source: str, at: datetime) -> Watched:
    """What was seen of a source in the ten weeks before a moment."""
    since = stamp(at - _WATCHED_FOR)
    days = db.conn.execute(
        f"SELECT DISTINCT substr(started, 1, 10) FROM crawls WHERE {_IS_WHOLE_CRAWL}"
        " AND started >= ?2",
        (source, since),
    )
    newest = db.conn.execute(
        "SELECT published, first_seen FROM items WHERE source = ? ORDER BY published DESC LIMIT ?",
        (source, _NEWEST_ITEMS),
    ).fetchall()
    unread = value(
        db,
        "SELECT max(found_at) FROM addresses WHERE source = ? AND backfill IS NULL"
        " AND ways != '' AND item IS NULL AND found_at >= ?",
        source,
        since,
    )
    seen = [moment(text) for text in (*(row[1] for row in newest), unread) if text]
    return Watched(
        first_crawl=_first_good_crawl(db, source),
        crawl_days=frozenset(map(date.fromisoformat, column(days))),
        items=_items_by_day(db, source, almaty_day(at - _WATCHED_FOR)),
        published=[_publication_moment(row[0]) for row in newest],
        newly_seen=max(seen, default=None),
    )


def last_good_crawl(db: Database, source: str) -> datetime | None:
    """When the newest crawl of the site itself that came to its end began."""
    last = value(db, f"SELECT max(started) FROM crawls WHERE {_IS_WHOLE_CRAWL}", source)
    return moment(last) if last else None


def last_done_crawl(db: Database, source: str) -> DoneCrawl | None:
    """The newest crawl of the site itself, of whatever size, that came to its end."""
    row = db.conn.execute(
        "SELECT id, finished FROM crawls WHERE source = ? AND replay = 0 AND outcome = 'done'"
        " ORDER BY id DESC LIMIT 1",
        (source,),
    ).fetchone()
    return DoneCrawl(id=row[0], finished=moment(row[1])) if row else None


def ways_used(db: Database, source: str) -> list[WayUse]:
    """The ways of finding that were used to look for news. Numbers are counted in backfills only.
    An entry point that answers that nothing has changed still gives what it gave.
    """
    rows = db.conn.execute(
        "SELECT w.way, w.asked_at, max(coalesce(w.found_at, ''), coalesce((SELECT"
        " max(p.answered_at) FROM places p WHERE p.source = w.source AND p.way = w.way"
        " AND p.articles > 0), '')) FROM ways w"
        " WHERE w.source = ? AND w.asked_at IS NOT NULL AND w.way != 'number' ORDER BY w.way",
        (source,),
    )
    return [
        WayUse(way=row[0], asked=moment(row[1]), gave=moment(row[2]) if row[2] else None)
        for row in rows
    ]


def news(db: Database, source: str, at: datetime) -> list[News]:
    """The addresses that became known in the last ninety days, other than in backfills."""
    rows = db.conn.execute(
        "SELECT found_at, ways FROM addresses WHERE source = ? AND backfill IS NULL"
        " AND found_at >= ? AND ways != ''",
        (source, stamp(at - _NEWS_FOR)),
    )
    return [News(found=moment(row[0]), ways=frozenset(row[1].split(","))) for row in rows]


def day_counts(db: Database, source: str) -> list[DayCount]:
    """What is known of each day, from the view `coverage`."""
    rows = db.conn.execute(
        "SELECT day, found, captured, stored, failed FROM coverage WHERE source = ?", (source,)
    )
    return [
        DayCount(
            day=date.fromisoformat(row[0]), found=row[1], captured=row[2], stored=row[3],
            failed=row[4],
        )
        for row in rows
    ]  # fmt: skip


def watched_spans(db: Database, source: str, today: date) -> list[Span]:
    """The days that were watched: those after the first crawl of the site, and those of each
    backfill that has nothing left to ask.
    """
    first = _first_good_crawl(db, source)
    rows = db.conn.execute(
        "SELECT since, until FROM backfills WHERE source = ? AND finished IS NOT NULL", (source,)
    )
    spans = [Span(first=date.fromisoformat(a), last=date.fromisoformat(b)) for a, b in rows]
    if first:
        spans.append(Span(first=almaty_day(first) + timedelta(days=1), last=today))
    return spans


def _first_good_crawl(db: Database, source: str) -> datetime | None:
    first = value(db, f"SELECT min(started) FROM crawls WHERE {_IS_WHOLE_CRAWL}", source)
    return moment(first) if first else None


def _items_by_day(db: Database, source: str, since: date) -> dict[date, int]:
    """Items by their day, and the addresses that are still to be asked by the day told of them."""
    counts: dict[date, int] = {}
    for sql in (
        "SELECT day, count(*) FROM items WHERE source = ? AND published >= ? GROUP BY day",
        "SELECT latest_day, count(*) FROM addresses WHERE source = ? AND state = 'found'"
        " AND latest_day >= ? GROUP BY latest_day",
    ):
        for day, count in db.conn.execute(sql, (source, since.isoformat())):
            at = date.fromisoformat(day)
            counts[at] = counts.get(at, 0) + count
    return counts


def _publication_moment(published: str) -> datetime:
    """When an item was published; of one with a day alone, the beginning of that day in Almaty."""
    if len(published) > len("2026-03-04"):
        return moment(published)
    day = date.fromisoformat(published)
    return datetime(day.year, day.month, day.day, tzinfo=ALMATY).astimezone(UTC)
