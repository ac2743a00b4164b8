"""Stories of the items that a batch has touched."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from sqlite_utils import Database

from pipeline.clock import stamp
from pipeline.store.database import column, value
from pipeline.store.ids import sql_item_id
from pipeline.store.transactions import write, write_many
from pipeline.stories.membership import Membership
from pipeline.stories.related_items import related_group
from pipeline.stories.rule import Rule


def derive_stories(db: Database, touched: set[str], removed: set[str], now: datetime) -> set[str]:
    """Apply the rule again to every group of items, related or decided on, with a touched one in
    it; the items of which the story, or how they stand in it, is another than before.
    """
    waiting = touched - removed
    assigned: list[Membership] = []
    before = _stories_of(db, removed)
    while waiting:
        group = related_group(db, waiting.pop())
        waiting -= group.items
        before |= _stories_of(db, group.items)
        assigned += Rule(group.members, group.pairs, group.decided).memberships()
    changed = _write_memberships(db, assigned)
    _write_stories(db, assigned)
    heirs = {former: one.story for one, former in changed if former}
    note_moves(db, before - {one.story for one in assigned}, heirs, now)
    return {one.item for one, _ in changed}


def note_moves(db: Database, ended: Iterable[str], heirs: dict[str, str], now: datetime) -> None:
    """Take out stories that are no more, and note what each has become: the story of the item
    whose id it had; if there is none, the story that one of its items has moved to (`heirs`).
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
    """The stories that these items are in, that have their ids, or of which they are canonical."""
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


def _write_memberships(
    db: Database, assigned: list[Membership]
) -> list[tuple[Membership, str | None]]:
    """Write what is another than before; that, each with the item's former story."""
    changed: list[tuple[Membership, str | None]] = []
    for one in sorted(assigned, key=lambda one: one.item):
        values = (one.story, one.relation, one.similarity)
        before = db.conn.execute(
            "SELECT story, relation, similarity FROM items WHERE id = ?", (one.item,)
        ).fetchone()
        if before != values:
            write(
                db,
                "UPDATE items SET story = ?, relation = ?, similarity = ? WHERE id = ?",
                (*values, one.item),
            )
            changed.append((one, before[0]))
    return changed


def _write_stories(db: Database, assigned: list[Membership]) -> None:
    sizes = Counter(one.story for one in assigned)
    canonical = {one.story: one.canonical for one in assigned}
    write_many(
        db,
        "INSERT INTO stories (id, language, canonical, items)"
        " SELECT ?1, language, id, ?3 FROM items WHERE id = ?2 ON CONFLICT (id) DO UPDATE SET"
        " language = excluded.language, canonical = excluded.canonical, items = excluded.items",
        [(story, canonical[story], size) for story, size in sorted(sizes.items())],
    )


def _story_of_id(db: Database, item: str) -> str | None:
    """The story of the item that an item's id, present or former, stands for."""
    story: str | None = value(db, f"SELECT story FROM items WHERE id = {sql_item_id('?1')}", item)
    return story
