"""What people and scripts ask of the database; nothing here writes."""

import json
from functools import partial

from sqlite_utils import Database

from kazpress.errors import UnknownItem
from pipeline.model.capture import Capture
from pipeline.model.press_item import PressItem
from pipeline.model.reading import Reading
from pipeline.normalize.addresses import address_id
from pipeline.query.short_ids import item_of_short_id
from pipeline.store.database import dict_row, value
from pipeline.store.ids import sql_item_id
from pipeline.store.rows import capture_from_row, item_from_row, reading_from_json


def resolve(db: Database, name: str) -> str:
    """The id of the item that an id, an old id, a story's id (an old one too) or a canonical
    address stands for; else that of the one item of which an id begins so. Raises UnknownItem,
    AmbiguousId.
    """
    wanted = name.strip()
    if "://" in wanted:
        wanted = address_id(wanted)
    found = _item_of(db, wanted) or item_of_short_id(db, wanted.lower(), partial(_item_of, db))
    if found is None:
        raise UnknownItem(f"{name}: nothing is stored under this id or address")
    return found


def _item_of(db: Database, wanted: str) -> str | None:
    """The id of the item that a whole id stands for."""
    for sql in (
        f"SELECT id FROM items WHERE id = {sql_item_id('?1')}",
        "SELECT s.canonical FROM stories s WHERE s.id = ?1",
        "WITH RECURSIVE moves (id, at) AS (SELECT new, rowid FROM story_ids WHERE old = ?1"
        " UNION SELECT o.new, o.rowid FROM moves m JOIN story_ids o ON o.old = m.id"
        " AND o.rowid > m.at)"
        " SELECT s.canonical FROM moves m JOIN stories s ON s.id = m.id ORDER BY m.at DESC",
    ):
        if found := value(db, sql, wanted):
            return str(found)
    return None


def item(db: Database, item_id: str) -> PressItem:
    """An item. Raises UnknownItem."""
    row = dict_row(db.conn.execute("SELECT * FROM items WHERE id = ?", (item_id,)))
    if row is None:
        raise UnknownItem(f"{item_id}: nothing is stored under this id")
    return item_from_row(row)


def read_by(db: Database, item_id: str) -> dict[str, str]:
    """Which step gave each field of an item."""
    steps: dict[str, str] = json.loads(
        value(db, "SELECT read_by FROM items WHERE id = ?", item_id) or "{}"
    )
    return steps


def newest_reading(db: Database, item_id: str) -> Reading | None:
    """The reading of an item's newest revision, with its notes and repairs."""
    fields = value(
        db,
        "SELECT r.fields FROM revisions v JOIN readings r ON r.id = v.reading WHERE v.item = ?"
        " ORDER BY v.revision DESC LIMIT 1",
        item_id,
    )
    return reading_from_json(fields) if fields else None


def newest_capture(db: Database, item_id: str) -> Capture | None:
    """The newest capture that gave an item a reading."""
    row = dict_row(
        db.conn.execute(
            "SELECT c.* FROM captures c WHERE c.reading IS NOT NULL AND (c.url IN"
            " (SELECT url FROM addresses WHERE item = ?1)"
            " OR c.url IN (SELECT urn FROM texts WHERE id = ?1))"
            " ORDER BY c.time DESC, c.url DESC, c.digest DESC LIMIT 1",
            (item_id,),
        )
    )
    return capture_from_row(row) if row else None
