"""A person's decisions in the database, and which items each is about now."""

from sqlite_utils import Database

from pipeline.clock import stamp
from pipeline.model.capture import Capture
from pipeline.model.decision import Decision
from pipeline.normalize.addresses import address_id
from pipeline.store.database import value
from pipeline.store.ids import sql_item_id
from pipeline.store.transactions import write

_RESOLVED = (
    "SELECT d.rowid, d.item_a, d.item_b, a.id, b.id FROM decisions d"
    f" LEFT JOIN items a ON a.id = {sql_item_id('d.a_id')}"
    f" LEFT JOIN items b ON b.id = {sql_item_id('d.b_id')}"
    " AND b.language = a.language AND b.id != a.id"
)


def store_decision(db: Database, capture: Capture, decision: Decision) -> None:
    """Write a decision down; `derive_decisions` finds its items."""
    write(db,
        "INSERT OR IGNORE INTO decisions (time, verb, a, b, a_id, b_id) VALUES (?, ?, ?, ?, ?, ?)",
        (
            stamp(capture.time), decision.verb, decision.a, decision.b,
            _id(decision.a), _id(decision.b),
        ),
    )  # fmt: skip


def derive_decisions(db: Database) -> set[str]:
    """Find again which items each decision is about: two of one language, or none; the items,
    before and now, of those decisions for which that has changed.
    """
    touched: set[str | None] = set()
    for row, *before, a, b in db.conn.execute(_RESOLVED).fetchall():
        now = [a, b] if a and b else [None, None]
        if before != now:
            write(db, "UPDATE decisions SET item_a = ?, item_b = ? WHERE rowid = ?", (*now, row))
            touched.update(before, now)
    return {
        item for item in touched if item and value(db, "SELECT 1 FROM items WHERE id = ?", item)
    }


def _id(name: str) -> str:
    return address_id(name) if "://" in name else name
