"""Stories and translations of the items that a batch has touched."""

import sqlite3
from collections.abc import Iterable
from datetime import date, datetime

from sqlite_utils import Database

from pipeline.clock import stamp
from pipeline.link import Pair
from pipeline.rows import to_json
from pipeline.store import dict_rows
from pipeline.stories import Member, Place, places


def settle_stories(db: Database, touched: set[str], now: datetime) -> set[str]:
    """Apply the rule again to every group of related items that holds a touched one, and to all
    that shared a story with one; the items whose place was written.
    """
    waiting = touched | _story_mates(db, touched)
    placed: list[Place] = []
    stories: set[str] = set()
    while waiting:
        group = _related_group(db, waiting.pop())
        waiting -= group
        members = _members(db, group)
        stories |= _stories_of(db, group)
        if members:
            placed += places(members, _pairs_within(db, group))
    _store_places(db, placed, stories, now)
    return {place.item for place in placed}


def settle_translations(db: Database, urls: Iterable[str]) -> set[str]:
    """Find the items again that pages name as each other in another language; those written."""
    written: set[str] = set()
    waiting = {url for url in urls if _has_links(db, url)}
    while waiting:
        group = _linked_group(db, waiting.pop())
        waiting -= group
        items = _items_at(db, group)
        for item in items:
            others = [
                {"language": other["language"], "id": other["id"], "url": other["url"]}
                for other in sorted(items, key=lambda o: (o["language"], o["id"]))
                if other["language"] != item["language"]
            ]
            db.conn.execute(
                "UPDATE items SET translations = ? WHERE id = ?", (to_json(others), item["id"])
            )
            written.add(item["id"])
    return written


def _story_mates(db: Database, items: set[str]) -> set[str]:
    mates: set[str] = set()
    for item in items:
        mates |= _column(
            db.conn.execute(
                "SELECT o.id FROM items o WHERE o.story = (SELECT story FROM items WHERE id = ?1)"
                " OR o.story = ?1",
                (item,),
            )
        )
    return mates


def _related_group(db: Database, item: str) -> set[str]:
    group: set[str] = set()
    waiting = [item]
    while waiting:
        one = waiting.pop()
        if one not in group:
            group.add(one)
            waiting += _column(
                db.conn.execute(
                    "SELECT b FROM pairs WHERE a = ?1 AND related = 1"
                    " UNION SELECT a FROM pairs WHERE b = ?1 AND related = 1",
                    (one,),
                )
            )
    return group


def _members(db: Database, group: set[str]) -> list[Member]:
    return [
        Member(
            id=row["id"],
            source=row["source"],
            source_rank=row["rank"],
            day=date.fromisoformat(row["day"]),
            words=row["words"],
            content_sha256=row["content_sha256"],
            has_url=row["url"] is not None,
            first_seen=row["first_seen"],
        )
        for item in sorted(group)
        for row in dict_rows(
            db.conn.execute(
                "SELECT i.id, i.source, s.rank, i.day, i.words, i.content_sha256, i.url,"
                " i.first_seen FROM items i JOIN sources s ON s.name = i.source WHERE i.id = ?",
                (item,),
            )
        )
    ]


def _pairs_within(db: Database, group: set[str]) -> list[Pair]:
    pairs: list[Pair] = []
    for item in sorted(group):
        rows = dict_rows(
            db.conn.execute("SELECT * FROM pairs WHERE a = ? AND related = 1 ORDER BY b", (item,))
        )
        pairs += [Pair(**{**row, "related": True}) for row in rows]
    return pairs


def _stories_of(db: Database, items: set[str]) -> set[str]:
    """The stories that these items were in, and those that bear their ids."""
    found: set[str] = set()
    for item in items:
        found |= _column(
            db.conn.execute(
                "SELECT story FROM items WHERE id = ?1 AND story IS NOT NULL"
                " UNION SELECT id FROM stories WHERE id = ?1 OR canonical = ?1",
                (item,),
            )
        )
    return found


def _store_places(db: Database, placed: list[Place], before: set[str], now: datetime) -> None:
    after: dict[str, list[Place]] = {}
    moved: dict[str, str] = {}
    for place in sorted(placed, key=lambda p: p.item):
        after.setdefault(place.story, []).append(place)
        old = db.conn.execute("SELECT story FROM items WHERE id = ?", (place.item,)).fetchone()[0]
        if old and old != place.story:
            moved.setdefault(old, place.story)
        db.conn.execute(
            "UPDATE items SET story = ?, relation = ?, similarity = ? WHERE id = ?",
            (place.story, place.relation, place.similarity, place.item),
        )
    for story in before - after.keys():
        db.conn.execute("DELETE FROM stories WHERE id = ?", (story,))
        if story in moved:
            db.table("story_ids").insert({"old": story, "new": moved[story], "at": stamp(now)})
    for story, members in after.items():
        language = db.conn.execute(
            "SELECT language FROM items WHERE id = ?", (members[0].canonical,)
        ).fetchone()[0]
        db.table("stories").upsert(
            {
                "id": story, "language": language, "canonical": members[0].canonical,
                "items": len(members),
            },
            pk="id",
        )  # fmt: skip


def _has_links(db: Database, url: str) -> bool:
    return (
        db.conn.execute(
            "SELECT 1 FROM translation_links WHERE url = ?1 OR target = ?1 LIMIT 1", (url,)
        ).fetchone()
        is not None
    )


def _linked_group(db: Database, url: str) -> set[str]:
    """The addresses joined by links between languages, or by being one item's."""
    group: set[str] = set()
    waiting = [url]
    while waiting:
        one = waiting.pop()
        if one not in group:
            group.add(one)
            waiting += _column(
                db.conn.execute(
                    "SELECT target FROM translation_links WHERE url = ?1"
                    " UNION SELECT url FROM translation_links WHERE target = ?1"
                    " UNION SELECT o.url FROM addresses a JOIN addresses o ON o.item = a.item"
                    " WHERE a.url = ?1 AND a.item IS NOT NULL",
                    (one,),
                )
            )
    return group


def _items_at(db: Database, urls: set[str]) -> list[dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for url in urls:
        for row in dict_rows(
            db.conn.execute(
                "SELECT i.id, i.language, i.url FROM addresses a JOIN items i ON i.id = a.item"
                " WHERE a.url = ?",
                (url,),
            )
        ):
            found[row["id"]] = row
    return [found[item] for item in sorted(found)]


def _column(cursor: sqlite3.Cursor) -> set[str]:
    return {row[0] for row in cursor}
