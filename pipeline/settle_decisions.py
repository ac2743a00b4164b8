"""A person's decisions in the database: which items each is about now, and which of them hold."""

from collections.abc import Iterable

from sqlite_utils import Database

from pipeline.addresses import address_id
from pipeline.clock import stamp
from pipeline.closure import closure
from pipeline.decisions import Decided, Decision, Held, held
from pipeline.item_ids import item_of
from pipeline.records import Capture
from pipeline.store import column, dict_rows

_RESOLVED = (
    "SELECT d.rowid, d.item_a, d.item_b, a.id, b.id FROM decisions d"
    f" LEFT JOIN items a ON a.id = {item_of('d.a_id')}"
    f" LEFT JOIN items b ON b.id = {item_of('d.b_id')}"
    " AND b.language = a.language AND b.id != a.id"
)


def store_decision(db: Database, capture: Capture, decision: Decision) -> None:
    """Write a decision down; `settle_decisions` finds its items."""
    db.conn.execute(
        "INSERT OR IGNORE INTO decisions (time, verb, a, b, a_id, b_id) VALUES (?, ?, ?, ?, ?, ?)",
        (
            stamp(capture.time), decision.verb, decision.a, decision.b,
            _id(decision.a), _id(decision.b),
        ),
    )  # fmt: skip


def settle_decisions(db: Database) -> set[str]:
    """Find again which items each decision is about: two of one language, or none; the items,
    before and now, of those decisions for which that has changed.
    """
    touched: set[str | None] = set()
    for row, *before, a, b in db.conn.execute(_RESOLVED).fetchall():
        now = [a, b] if a and b else [None, None]
        if before != now:
            db.conn.execute(
                "UPDATE decisions SET item_a = ?, item_b = ? WHERE rowid = ?", (*now, row)
            )
            touched.update(before, now)
    return {
        item for item in touched
        if item and db.conn.execute("SELECT 1 FROM items WHERE id = ?", (item,)).fetchone()
    }  # fmt: skip


def decisions_among(db: Database, items: Iterable[str]) -> list[Decided]:
    """The decisions on two of these items, which hold all that are decided on with any of them."""
    return [
        Decided(
            verb=row["verb"], items=(row["item_a"], row["item_b"]),
            order=(row["time"], row["a"], row["b"], row["verb"]),
        )
        for item in sorted(items)
        for row in dict_rows(
            db.conn.execute("SELECT * FROM decisions WHERE item_a = ? ORDER BY rowid", (item,))
        )
    ]  # fmt: skip


def decisions_about(db: Database, item: str) -> Held:
    """The decisions that hold on an item and on all that decisions connect with it."""

    def decided(one: str) -> set[str]:
        return column(
            db.conn.execute(
                "SELECT item_b FROM decisions WHERE item_a = ?1"
                " UNION SELECT item_a FROM decisions WHERE item_b = ?1",
                (one,),
            )
        )

    return held(decisions_among(db, closure(item, decided)))


def _id(name: str) -> str:
    return address_id(name) if "://" in name else name
