"""Pieces: stories that tell the same in several languages, joined by their items' translations."""

from collections.abc import Collection, Iterable

from sqlite_utils import Database

from pipeline.connected import connected_component
from pipeline.store.database import column, value
from pipeline.store.transactions import write


def derive_pieces(db: Database, items: Iterable[str], former: Iterable[str]) -> set[str]:
    """Derive the pieces of these items again, and all that has become of their pieces so far and of
    `former` ones; the items whose piece changed.

    A piece may come apart, so all its stories are looked at. Those of items that were taken out are
    in `former`: two that only such items joined have no item left that tells.
    """
    waiting, pieces = _stories_and_pieces(db, items)
    for piece in pieces.union(former):
        waiting |= column(db.conn.execute("SELECT story FROM items WHERE piece = ?", (piece,)))
    changed: set[str] = set()
    while waiting:
        joined = connected_component(waiting.pop(), lambda story: _translated(db, story))
        waiting -= joined
        changed |= _write_piece(db, joined)
    return changed


def _stories_and_pieces(db: Database, items: Iterable[str]) -> tuple[set[str], set[str]]:
    """The stories that these items are in, and the pieces that they were in."""
    stories: set[str] = set()
    pieces: set[str] = set()
    for item in items:
        for story, piece in db.conn.execute("SELECT story, piece FROM items WHERE id = ?", (item,)):
            stories.add(story)
            pieces |= {piece} - {None}
    return stories, pieces


def _translated(db: Database, story: str) -> set[str]:
    """The stories of the translations of a story's items."""
    return column(
        db.conn.execute(
            "SELECT o.story FROM items i, json_each(i.translations) t"
            " JOIN items o ON o.id = json_extract(t.value, '$.id') WHERE i.story = ?",
            (story,),
        )
    )


def _write_piece(db: Database, stories: Collection[str]) -> set[str]:
    """Name a piece by the smallest of its stories, as a story is by the smallest of its items; the
    items that had another. Those with translations have addresses, and so have their stories.
    """
    piece = min(stories, key=lambda story: (_first_seen(db, story), story))
    changed: set[str] = set()
    for story in stories:
        changed |= column(
            write(
                db,
                "UPDATE items SET piece = ?1 WHERE story = ?2 AND piece IS NOT ?1 RETURNING id",
                (piece, story),
            )
        )
    return changed


def _first_seen(db: Database, story: str) -> str:
    """When the item was first seen that gives a story its id."""
    first_seen: str = value(db, "SELECT first_seen FROM items WHERE id = ?", story)
    return first_seen
