"""Entry points: listings, feeds, sitemaps and the pages of a day archive, where addresses of
articles are found; and how far each was walked. Their table is `places`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlite_utils import Database

from pipeline.clock import moment, stamp
from pipeline.model.source import Way
from pipeline.store.database import dict_rows, value
from pipeline.store.rows import Row
from pipeline.store.transactions import write, write_now, writing

_DECAY = 8
"""A much smaller count lowers the typical one by an eighth a time, so that it is noticed for a
while.
"""

_MANY = 8
"""A first page that usually names fewer articles than this may name any number of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPoint:
    """A listing, a feed, a sitemap or a day of a day archive, with its further pages."""

    url: str
    """The public address of its first page."""
    way: Way
    day: date | None = None
    """The day of publication that a page of a day archive is about."""
    found_on: str | None = None
    """The page that links to it; None where the source's facts name it, or robots.txt does."""
    found_at: datetime | None = None
    """When a page linked to it first."""
    linked_at: datetime | None = None
    """When the crawl began that last read such a page."""
    news_at: datetime | None = None
    """When it last led to an article that was not known yet."""
    asked_at: datetime | None = None
    answered_at: datetime | None = None
    articles: int | None = None
    """How many articles its first page named when it last answered."""
    typical_count: int | None = None
    """How many articles its first page usually names."""
    complete_at: datetime | None = None
    """When it was last walked up to its bound or its end."""
    head: frozenset[str] = frozenset()
    """The ids of the addresses that were on its first page then."""
    next_page: str | None = None
    """The page with which the present backfill goes on."""
    walk_head: frozenset[str] = frozenset()
    """The ids of the addresses that were on its first page when the present backfill began it."""
    done: bool = False
    """Whether the present backfill has walked it to its end."""

    @property
    def is_linked(self) -> bool:
        """Whether pages link to it, and the source's facts do not name it."""
        return self.way in ("listing", "feed") and self.found_on is not None

    @property
    def is_complete(self) -> bool:
        """Whether it was walked up to its bound or its end when it was last asked."""
        if self.complete_at is None:
            return False
        return self.asked_at is None or self.complete_at >= self.asked_at


def add_entry_point(
    db: Database,
    source: str,
    way: Way,
    url: str,
    *,
    on: str | None,
    day: date | None = None,
    backfill: int | None = None,
) -> EntryPoint:
    """Make an entry point known; what is known of it, with how far `backfill` has walked it. One
    that the facts name (`on` is None) counts as named from now on, if a page linked to it before.
    """
    with writing(db):
        write(
            db,
            "INSERT OR IGNORE INTO places (url, source, way, day, found_on) VALUES (?, ?, ?, ?, ?)",
            (url, source, way, day and day.isoformat(), on),
        )
        if on is None:
            write(db, "UPDATE places SET found_on = NULL, linked_at = NULL WHERE url = ?", (url,))
    known = entry_point(db, url, backfill)
    assert known is not None
    return known


def entry_point(db: Database, url: str, backfill: int | None) -> EntryPoint | None:
    """An entry point, with how far `backfill` has walked it; None where it is not known."""
    return next(iter(entry_points_where(db, backfill, "url = ?", url)), None)


def entry_points(db: Database, source: str, way: Way, backfill: int | None) -> list[EntryPoint]:
    """The known entry points of a way of finding, less days, in the order in which they came."""
    condition = "source = ? AND way = ? AND day IS NULL"
    return entry_points_where(db, backfill, condition, source, way)


def entry_points_on(db: Database, url: str, backfill: int | None) -> list[EntryPoint]:
    """The entry points that were found on another one."""
    return entry_points_where(db, backfill, "found_on = ?", url)


def entry_points_where(
    db: Database, backfill: int | None, condition: str, *values: str
) -> list[EntryPoint]:
    """The entry points for which a condition in SQL holds, in the order in which they came."""
    rows = db.conn.execute(f"SELECT * FROM places WHERE {condition} ORDER BY rowid", values)
    return [_entry_point(row, backfill) for row in dict_rows(rows)]


def note_asked(db: Database, url: str, at: datetime) -> None:
    """Note that an entry point is asked for."""
    write_now(db, "UPDATE places SET asked_at = ? WHERE url = ?", (stamp(at), url))


def note_first_page(db: Database, url: str, at: datetime, articles: int) -> None:
    """Note that an entry point answered, with so many articles on its first page."""
    with writing(db):
        before = value(db, "SELECT usual FROM places WHERE url = ?", url)
        write(
            db,
            "UPDATE places SET answered_at = ?, articles = ?, usual = ? WHERE url = ?",
            (stamp(at), articles, typical_count(before, articles), url),
        )


def typical_count(before: int | None, now: int) -> int:
    """How many articles a first page usually names, after it named so many.

    A count of at least half of what was typical is what is typical now; a smaller one lowers it
    slowly.

    >>> [typical_count(None, 24), typical_count(24, 12), typical_count(24, 0)]
    [24, 12, 21]
    """
    if before is None or before <= now * 2:
        return now
    return (before * (_DECAY - 1) + now) // _DECAY


def are_far_fewer(articles: int, usual: int | None) -> bool:
    """Whether so many articles are far fewer than a first page usually names. One that names only
    a few may name any number of them.

    >>> are_far_fewer(5, 24), are_far_fewer(6, 24), are_far_fewer(0, 7), are_far_fewer(0, None)
    (True, False, False, False)
    """
    return usual is not None and usual >= _MANY and articles * 4 < usual


def note_news(db: Database, url: str, at: datetime) -> None:
    """Note that an entry point led to an article that was not known yet."""
    write_now(db, "UPDATE places SET news_at = ? WHERE url = ?", (stamp(at), url))


def note_progress(
    db: Database, url: str, backfill: int, next_page: str, head: Iterable[str]
) -> None:
    """Note that a backfill's walk, which began with these ids on the first page, goes on with this
    page.
    """
    write_now(
        db,
        "UPDATE places SET backfill = ?, next_page = ?, walk_head = ?, done = 0 WHERE url = ?",
        (backfill, next_page, " ".join(sorted(head)), url),
    )


def note_complete(
    db: Database, url: str, backfill: int | None, at: datetime, head: Iterable[str] | None
) -> None:
    """Note that an entry point was walked up to its bound or its end.

    `head` holds the ids on its first page. An empty one keeps the stored one; None (a backfill
    that skipped the items of the first page) leaves both head and time of completion alone.
    """
    if head is not None:
        write_now(
            db,
            "UPDATE places SET complete_at = :at, head = iif(:head = '', head, :head)"
            " WHERE url = :url",
            {"at": stamp(at), "head": " ".join(sorted(head)), "url": url},
        )
    if backfill is not None:
        write_now(
            db,
            "UPDATE places SET backfill = ?, next_page = NULL, done = 1 WHERE url = ?",
            (backfill, url),
        )


def mark_finished(db: Database, url: str, backfill: int) -> None:
    """Note that a backfill need not ask an entry point again: it is not there."""
    write_now(db, "UPDATE places SET backfill = ?, done = 1 WHERE url = ?", (backfill, url))


def note_unchanged(db: Database, url: str, at: datetime) -> None:
    """Note that an entry point that was walked to its end has nothing new."""
    write_now(
        db,
        "UPDATE places SET answered_at = ?, complete_at = ? WHERE url = ?",
        (stamp(at), stamp(at), url),
    )


def archive_form(db: Database, source: str) -> str | None:
    """The date format in the addresses that a source's day archive answers to, as for `strftime`;
    None before it is known.
    """
    form: str | None = value(
        db, "SELECT form FROM ways WHERE source = ? AND way = 'archive'", source
    )
    return form


def has_day_with_articles(db: Database, begin: str) -> bool:
    """Whether a day's page whose address begins so was walked and named articles."""
    sql = (
        "SELECT 1 FROM places WHERE way = 'archive' AND day IS NOT NULL AND head != ''"
        " AND substr(url, 1, length(?)) = ? LIMIT 1"
    )
    return value(db, sql, begin, begin) is not None


def note_archive_form(db: Database, source: str, form: str) -> None:
    """Remember the date format that a source's day archive answers to."""
    write_now(
        db,
        "INSERT INTO ways (source, way, form) VALUES (?, 'archive', ?)"
        " ON CONFLICT (source, way) DO UPDATE SET form = excluded.form",
        (source, form),
    )


def last_asked(db: Database, source: str, way: Way) -> datetime | None:
    """When a way of finding was last used."""
    asked = value(db, "SELECT asked_at FROM ways WHERE source = ? AND way = ?", source, way)
    return moment(asked) if asked else None


def newest_day_walked(db: Database, source: str) -> date | None:
    """The newest day of a day archive that was walked to its end; None where none was."""
    day = value(
        db,
        "SELECT max(day) FROM places WHERE source = ? AND way = 'archive'"
        " AND complete_at IS NOT NULL",
        source,
    )
    return date.fromisoformat(day) if day else None


def newest_item_day(db: Database, source: str, until: date) -> date | None:
    """The day of a source's newest item up to a day; None where it has none."""
    sql = "SELECT max(day) FROM items WHERE source = ? AND day <= ?"
    day = value(db, sql, source, until.isoformat())
    return date.fromisoformat(day) if day else None


def note_way(db: Database, source: str, way: Way, at: datetime, articles: int) -> None:
    """Note that a way of finding was used, and named so many articles."""
    write_now(
        db,
        "INSERT INTO ways (source, way, asked_at, found_at) VALUES (:source, :way, :at,"
        " iif(:articles > 0, :at, NULL))"
        " ON CONFLICT (source, way) DO UPDATE SET asked_at = :at,"
        " found_at = coalesce(excluded.found_at, found_at)",
        {"source": source, "way": way, "at": stamp(at), "articles": articles},
    )


def _entry_point(row: Row, backfill: int | None) -> EntryPoint:
    in_this = backfill is not None and row["backfill"] == backfill
    return EntryPoint(
        url=row["url"],
        way=row["way"],
        day=date.fromisoformat(row["day"]) if row["day"] else None,
        found_on=row["found_on"],
        found_at=_moment(row["found_at"]),
        linked_at=_moment(row["linked_at"]),
        news_at=_moment(row["news_at"]),
        asked_at=_moment(row["asked_at"]),
        answered_at=_moment(row["answered_at"]),
        articles=row["articles"],
        typical_count=row["usual"],
        complete_at=_moment(row["complete_at"]),
        head=frozenset(row["head"].split()),
        walk_head=frozenset(row["walk_head"].split()) if in_this else frozenset(),
        next_page=row["next_page"] if in_this else None,
        done=bool(row["done"]) and in_this,
    )


def _moment(text: str | None) -> datetime | None:
    return moment(text) if text else None
