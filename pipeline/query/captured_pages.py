"""The capture that has a page as it was at a moment. Its bytes are in the archive
(`pipeline.archive.files.stored_payload`).
"""

from datetime import datetime

from sqlite_utils import Database

from pipeline.clock import stamp
from pipeline.model.capture import Capture
from pipeline.store.database import dict_row
from pipeline.store.rows import capture_from_row


def capture_at(db: Database, url: str, moment: datetime) -> Capture | None:
    """The newest capture of the page at a canonical address up to a moment; None where there is
    none by then. What only says that the page is unchanged, gone or elsewhere is no capture of it.
    """
    return _newest(db, "url = ?1", url, moment)


def item_capture_at(db: Database, item_id: str, moment: datetime) -> Capture | None:
    """The newest capture up to a moment that gave an item a reading, at any of its addresses."""
    of_item = (
        "reading IS NOT NULL AND (url IN (SELECT url FROM addresses WHERE item = ?1)"
        " OR url IN (SELECT urn FROM texts WHERE id = ?1))"
    )
    return _newest(db, of_item, item_id, moment)


def _newest(db: Database, which: str, name: str, moment: datetime) -> Capture | None:
    row = dict_row(
        db.conn.execute(
            f"SELECT * FROM captures WHERE {which} AND status IN (0, 200) AND time <= ?2"
            " ORDER BY time DESC, url DESC, digest DESC LIMIT 1",
            (name, stamp(moment)),
        )
    )
    return capture_from_row(row) if row else None
