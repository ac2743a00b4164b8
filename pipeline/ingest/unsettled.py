"""What is stored, and not yet compared with what else there is: rows of `unsettled`.

In a backfill items are stored at once, and what follows from comparing them (the index of shingles,
pairs, stories, translations, pieces) is settled for many together. Until then a new item is a story
of its own, and one that has changed stays in the story that it was in. Every other batch settles
what waits with its own, and so does every opening for writing, so that a killed process leaves
nothing behind.
"""

from dataclasses import dataclass

from sqlite_utils import Database

from pipeline.ingest.batch import DocumentReading
from pipeline.store.database import value
from pipeline.store.transactions import write, write_many

MOST_UNSETTLED = 100
"""With so many items that wait, the next batch settles them with its own. What their words and
shingles are is still remembered then; with a thousand it would be worked out again.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsettled:
    """What waits."""

    readings: frozenset[DocumentReading] = frozenset()
    """Of addresses, not yet in the index of shingles."""
    items: frozenset[str] = frozenset()
    """Those that are to be compared anew; some may be there no more."""
    addresses: frozenset[str] = frozenset()
    """Those whose translations may be others."""


def count_unsettled(db: Database) -> int:
    """How many items wait."""
    count: int = value(db, "SELECT count(*) FROM unsettled WHERE kind = 'item'")
    return count


def is_any_unsettled(db: Database) -> bool:
    """Whether anything waits, be it no item."""
    return bool(value(db, "SELECT EXISTS (SELECT 1 FROM unsettled)"))


def has_room(db: Database) -> bool:
    """Whether more may wait."""
    return count_unsettled(db) < MOST_UNSETTLED


def let_wait(db: Database, one: Unsettled) -> None:
    """Let this wait; each of its items that has no story yet is one of its own."""
    rows = [
        *(("reading", document, reading) for document, reading in one.readings),
        *(("item", item, "") for item in one.items),
        *(("address", url, "") for url in one.addresses),
    ]
    write_many(
        db, "INSERT OR IGNORE INTO unsettled (kind, id, reading) VALUES (?, ?, ?)", sorted(rows)
    )
    for item in sorted(one.items):
        alone = write(
            db,
            "UPDATE items SET story = id, relation = 'canonical', similarity = 1.0, piece = id"
            " WHERE id = ? AND story IS NULL",
            (item,),
        )
        if alone.rowcount:
            write(
                db,
                "INSERT INTO stories (id, language, canonical, items)"
                " SELECT id, language, id, 1 FROM items WHERE id = ?",
                (item,),
            )


def take_unsettled(db: Database) -> Unsettled:
    """All that waits, which waits no more."""
    rows: dict[str, set[DocumentReading]] = {"reading": set(), "item": set(), "address": set()}
    for kind, found in rows.items():
        found |= set(
            write(
                db, "DELETE FROM unsettled WHERE kind = ? RETURNING id, reading", (kind,)
            ).fetchall()
        )
    return Unsettled(
        readings=frozenset(rows["reading"]),
        items=frozenset(item for item, _ in rows["item"]),
        addresses=frozenset(url for url, _ in rows["address"]),
    )
