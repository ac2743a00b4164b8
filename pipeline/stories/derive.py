"""Stories of the items that a batch has touched."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from sqlite_utils import Database

from pipeline.clock import stamp
from pipeline.store.database import column
from pipeline.store.ids import sql_item_id
from pipeline.store.transactions import write, write_many
from pipeline.stories.related_items import related_group
from pipeline.stories.rule import Membership, places


def derive_stories(db: Database, touched: set[str], removed: set[str], now: datetime) -> set[str]:
    """Apply the rule again to every group of items, related or decided on, that holds a touched
    one; the items whose place is another than before.
    """
    waiting = touched - removed
    placed: list[Membership] = []
    before = _stories_of(db, removed)
    while waiting:
        group = related_group(db, waiting.pop())
        waiting -= group.items
        before |= _stories_of(db, group.items)
        placed += places(group.members, group.pairs, group.decided)
    written = _write_places(db, placed)
    _write_stories(db, placed)
    heirs = {former: place.story for place, former in written if former}
    note_moves(db, before - {place.story for place in placed}, heirs, now)
    return {place.item for place, _ in written}


def note_moves(db: Database, ended: Iterable[str], heirs: dict[str, str], now: datetime) -> None:
    """Take out stories that are no more, and note what each has become: the story of the item
    whose id it bore, or, where there is none, the one that one of its items has moved to.
    """
    for story in sorted(ended):
        write(db, "DELETE FROM stories WHERE id = ?", (story,))
        heir = _story_of_id(db, story) or heirs.get(story)
        if heir:
            write(
                db,
                "INSERT INTO story_ids (old, new, at) VALUES (?, ?, ?)",
                (story, heir, stamp(now)),
            )


def _stories_of(db: Database, items: set[str]) -> set[str]:
    """The stories that these items were in, and those that bear their ids."""
    found: set[str] = set()
    for item in items:
        found |= column(
            db.conn.execute(
                "SELECT story FROM items WHERE id = ?1 AND story IS NOT NULL"
                " UNION SELECT id FROM stories WHERE id = ?1 OR canonical = ?1",
                (item,),
            )
        )
    return found


def _write_places(db: Database, placed: list[Membership]) -> list[tuple[Membership, str | None]]:
    """Write the places that are others than before; those, each with the item's former story."""
    written: list[tuple[Membership, str | None]] = []
    for place in sorted(placed, key=lambda p: p.item):
        now = (place.story, place.relation, place.similarity)
        before = db.conn.execute(
            "SELECT story, relation, similarity FROM items WHERE id = ?", (place.item,)
        ).fetchone()
        if before != now:
            write(
                db,
                "UPDATE items SET story = ?, relation = ?, similarity = ? WHERE id = ?",
                (*now, place.item),
            )
            written.append((place, before[0]))
    return written


def _write_stories(db: Database, placed: list[Membership]) -> None:
    sizes = Counter(place.story for place in placed)
    canonical = {place.story: place.canonical for place in placed}
    write_many(
        db,
        "INSERT INTO stories (id, language, canonical, items)"
        " SELECT ?1, language, id, ?3 FROM items WHERE id = ?2 ON CONFLICT (id) DO UPDATE SET"
        " language = excluded.language, canonical = excluded.canonical, items = excluded.items",
        [(story, canonical[story], size) for story, size in sorted(sizes.items())],
    )


def _story_of_id(db: Database, item: str) -> str | None:
    """The story of the item that an item's id, present or former, stands for."""
    row = db.conn.execute(
        f"SELECT story FROM items WHERE id = {sql_item_id('?1')}", (item,)
    ).fetchone()
    return row[0] if row else None
