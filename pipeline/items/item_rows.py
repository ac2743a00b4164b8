"""The rows of items with their revisions, as a batch writes them."""

from sqlite_utils import Database

from pipeline.clock import seconds_stamp
from pipeline.digests import content_sha256
from pipeline.items.history import ItemHistory
from pipeline.items.item_changes import ItemChange
from pipeline.items.revision_rows import remove_revisions, write_revisions
from pipeline.model.reading import Reading
from pipeline.similarity.shingles import CutBody
from pipeline.store.database import dict_row
from pipeline.store.rows import Row, to_json
from pipeline.store.transactions import write

_COMPARED = (
    "words_sha256", "title", "language", "day", "words", "content_sha256", "first_seen",
)  # fmt: skip
"""Columns that pairs, stories, pieces and imported texts follow from."""


def item_to_row(
    item: str, source: str, history: ItemHistory, reading: Reading, cut: CutBody, *, has_url: bool
) -> Row:
    """An item as a row of `items`, less what stories, translations and numbering add."""
    return {
        "id": item,
        "source": source,
        "url": history.url if has_url else None,
        "language": reading.language,
        "title": reading.title,
        "lead": reading.lead,
        "body": reading.body,
        "authors": to_json(reading.authors),
        "tags": to_json(reading.tags),
        "section": reading.section,
        "image_url": reading.image_url,
        "image_credit": reading.image_credit,
        "attribution": to_json(reading.attribution),
        "access": reading.access,
        "published": reading.published,
        "published_precision": reading.published_precision,
        "modified": reading.modified,
        "first_seen": seconds_stamp(history.first_seen),
        "last_changed": seconds_stamp(history.last_changed),
        "revision": len(history.revisions),
        "gone": seconds_stamp(history.gone) if history.gone else None,
        "reading": reading.weakest if has_url else None,
        "words": cut.words,
        "content_sha256": content_sha256(reading.title, reading.body),
        "day": (reading.published or "")[:10],
        "last_seen": seconds_stamp(history.last_seen),
        "read_by": to_json(dict(reading.read_by)),
        "layout": reading.layout,
        "compared_words": cut.compared,
        "words_sha256": cut.words_sha256,
    }


def write_item(db: Database, row: Row, history: ItemHistory) -> ItemChange | None:
    """Put an item's row and its revisions in their place; what that changes, None for nothing.

    What stories, translations and numbering have written into the row stays.
    """
    before = dict_row(db.conn.execute("SELECT * FROM items WHERE id = ?", (row["id"],)))
    rewritten = write_revisions(db, row["id"], row["source"], history)
    if before is not None and not rewritten and row.items() <= before.items():
        return None
    columns = ", ".join(f'"{name}"' for name in row)
    updates = ", ".join(f'"{name}" = excluded."{name}"' for name in row)
    write(
        db,
        f"INSERT INTO items ({columns}, translations) VALUES ({', '.join('?' * len(row))}, '[]')"
        f" ON CONFLICT (id) DO UPDATE SET {updates}",
        tuple(row.values()),
    )
    return ItemChange(
        item=row["id"],
        is_new=before is None,
        is_updated=before is not None and before["revision"] < row["revision"],
        is_gone=bool(row["gone"]) and not (before and before["gone"]),
        is_compared_anew=before is None
        or rewritten
        or any(before[name] != row[name] for name in _COMPARED),
    )


def remove_item(db: Database, item: str) -> ItemChange | None:
    """Take an item out that its captures no longer make; None where there was none."""
    remove_revisions(db, item)
    removed = write(db, "DELETE FROM items WHERE id = ? RETURNING piece", (item,)).fetchone()
    return ItemChange(item=item, is_removed=True, former_piece=removed[0]) if removed else None
