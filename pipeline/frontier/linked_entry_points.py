"""Entry points that pages of the site link to and the source's facts do not name: rubrics, tags,
calendars, feeds. A site may link to any number of them, and to others at each visit.

One that has led to an article which nothing else had named is asked in every crawl. Any other is
asked while a page links to it, and one without any article ever more rarely. What no page links to
any more is forgotten.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlite_utils import Database

from pipeline.clock import stamp
from pipeline.frontier.entry_points import EntryPoint, entry_points_where
from pipeline.model.source import Way
from pipeline.normalize.addresses import without_slash
from pipeline.store.database import in_batches
from pipeline.store.transactions import write, write_many, write_now, writing

MOST_LINKS = 1000
"""So many of those that one page links to are taken in, its first ones."""
MOST_LEADING = 200
"""So many that have led to articles are asked in one crawl, in turn."""
MOST_NEW = 100
"""So many of those that one page links to are asked for the first time in one crawl."""
MOST_AGAIN = 40
"""So many of those that one page links to and that have led to nothing are asked again in one
crawl, in turn.
"""

_SHORTEST_PAUSE = timedelta(hours=1)
LONGEST_PAUSE = timedelta(days=1)
_FORGOTTEN_AFTER = timedelta(days=7)
"""Without a link to it."""
_STALE_AFTER = timedelta(days=30)
"""Likewise of one that has led to articles, and without a new one."""
_MOST_UNLINKED = 400
"""So many that no page links to any more are kept, those with the newest articles."""


def is_paused(entry_point: EntryPoint, now: datetime) -> bool:
    """Whether it is too soon to ask an entry point again that had no article when it was last
    asked: it is asked when it has been known for twice as long, after an hour at the soonest and a
    day at the latest. One that could not be read is not without articles.
    """
    asked = entry_point.asked_at
    if asked is None or asked > now or not entry_point.is_complete or entry_point.articles:
        return False
    known_for = asked - (entry_point.found_at or asked)
    return now < asked + min(max(known_for, _SHORTEST_PAUSE), LONGEST_PAUSE)


def in_turn(entry_points: Sequence[EntryPoint], most: int) -> list[EntryPoint]:
    """So many of the entry points at most, those asked longest ago first; of those never asked,
    the ones that have been known longest.
    """

    def waiting_since(one: EntryPoint) -> tuple[bool, str]:
        since = one.asked_at or one.found_at
        return one.asked_at is not None, stamp(since) if since else ""

    return sorted(entry_points, key=waiting_since)[:most]


def link_entry_points(
    db: Database, source: str, way: Way, urls: Sequence[str], *, on: str, at: datetime | None,
    backfill: int | None,
) -> list[EntryPoint]:  # fmt: skip
    """Note that a page links to these entry points, in a crawl that began then; None where this
    says nothing of the site now. Gives them, each once in whatever spelling it was met first, in
    the order of the links.
    """
    found: dict[str, EntryPoint] = {}
    with writing(db):
        for url in urls:
            if (entry_point := _known(db, url, backfill)) is None:
                write(
                    db,
                    "INSERT INTO places (url, source, way, found_on, found_at)"
                    " VALUES (?, ?, ?, ?, ?)",
                    (url, source, way, on, at and stamp(at)),
                )
                entry_point = _known(db, url, backfill)
                assert entry_point is not None
            found.setdefault(entry_point.url, entry_point)
        if at is not None:
            write(
                db,
                "UPDATE places SET linked = 0 WHERE found_on = ? AND way = ? AND linked_at != ?",
                (on, way, stamp(at)),
            )
            write_many(
                db,
                "UPDATE places SET found_on = ?, linked_at = ?, linked = 1"
                " WHERE url = ? AND found_on IS NOT NULL",
                [(on, stamp(at), url) for url in found],
            )
    return list(found.values())


def linked_entry_points(
    db: Database, on: str, *, at: datetime, backfill: int | None
) -> list[EntryPoint]:
    """The entry points to which a page linked when it was read last, and does so still."""
    write_now(
        db, "UPDATE places SET linked_at = ? WHERE found_on = ? AND linked = 1", (stamp(at), on)
    )
    return entry_points_where(db, backfill, "found_on = ? AND linked = 1", on)


def forget_unlinked(db: Database, source: str, crawl_began: datetime) -> None:
    """Forget the entry points to which no page links any more, with their failures: after a week;
    those that have led to articles, if they have led to none for a month. Of those to which none
    linked since the crawl began, so many are kept at most.
    """
    unlinked, stale = (stamp(crawl_began - far) for far in (_FORGOTTEN_AFTER, _STALE_AFTER))
    with writing(db):
        rows = db.conn.execute(
            "WITH unlinked AS (SELECT url, linked_at, news_at, row_number() OVER"
            "  (ORDER BY news_at DESC, linked_at DESC, found_at DESC, url) AS place FROM places"
            "  WHERE source = :source AND way IN ('listing', 'feed') AND found_on IS NOT NULL"
            "  AND coalesce(linked_at, '') < :began)"
            " SELECT url FROM unlinked WHERE place > :most OR (coalesce(linked_at, '') < :unlinked"
            "  AND coalesce(news_at, '') < :stale)",
            {
                "source": source, "began": stamp(crawl_began), "most": _MOST_UNLINKED,
                "unlinked": unlinked, "stale": stale,
            },
        )  # fmt: skip
        for marks, urls in in_batches([url for (url,) in rows]):
            write(db, f"DELETE FROM failures WHERE stage = 'listing' AND url IN ({marks})", urls)
            write(db, f"DELETE FROM places WHERE url IN ({marks})", urls)


def _known(db: Database, url: str, backfill: int | None) -> EntryPoint | None:
    """An entry point by its address, with or without a final slash, whichever is known."""
    bare = without_slash(url)
    spellings = entry_points_where(db, backfill, "url IN (?, ?)", bare, f"{bare}/")
    return next(iter(spellings), None)
