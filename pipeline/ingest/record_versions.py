"""What each exported record was, from which change to which: increments follow from it.

A change has a number, and is all that one transaction does to exported records. A version of a
record lasts from one number (`since`) to the one that ended it (`until`), for which it is no longer
true. What selects an item, and what places it among those of its story, stands in it; the rest as
digests: of the record, and of what a story's record tells of the item among its copies.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from sqlite_utils import Database

from pipeline.model.press_item import COPY_FIELDS, FIELDS, PressItem
from pipeline.store.database import dict_row, next_number
from pipeline.store.rows import Row, item_from_row, to_json
from pipeline.store.transactions import write

_DIGITS = 16


def number_changes(db: Database, items: Iterable[str]) -> frozenset[str]:
    """Note what has become of the records of these items, in a new version and in `changed_seq`
    where a record is another than before, all with one number; the items that have such a record.
    Call it once in a transaction.
    """
    change = _Change(db)
    return frozenset(item for item in sorted(set(items)) if change.note(item))


class _Change:
    """The change that a transaction makes; it takes its number when there is something to note."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._number: int | None = None

    def note(self, item: str) -> bool:
        """Note what an item's record is now, if that is another than before; whether it is."""
        row = dict_row(self._db.conn.execute("SELECT * FROM items WHERE id = ?", (item,)))
        before = self._db.conn.execute(
            "SELECT record, since FROM record_versions WHERE id = ? AND until IS NULL", (item,)
        ).fetchone()
        if row is None:
            if before is not None:
                self._end(item)
            return False
        record = _record(item_from_row(row))
        digest = _digest(record)
        if before is not None and before[0] == digest:
            self._number_item(row, before[1])
            return False
        if before is not None:
            self._end(item)
        as_copy = _digest({name: record[name] for name in COPY_FIELDS})
        write(
            self._db,
            "INSERT INTO record_versions"
            " (id, since, url, source, language, section, day, words, story, record, as_copy)"
            " SELECT id, ?, url, source, language, section, day, words, story, ?, ?"
            " FROM items WHERE id = ?",
            (self.number(), digest, as_copy, item),
        )
        self._number_item(row, self.number())
        return True

    def number(self) -> int:
        """The number of this change. Its moment is read from the clock as late as can be, for what
        the caller holds for the present may be hours old at the end of a long transaction, and
        somebody may have exported since.
        """
        if self._number is None:
            self._number = next_number(self._db, "changed_seq")
            write(
                self._db,
                "INSERT INTO changes (number, at, token) VALUES"
                " (?, strftime('%Y-%m-%dT%H:%M:%f000Z', 'now'), lower(hex(randomblob(6))))",
                (self._number,),
            )
        return self._number

    def _end(self, item: str) -> None:
        write(
            self._db,
            "UPDATE record_versions SET until = ? WHERE id = ? AND until IS NULL",
            (self.number(), item),
        )

    def _number_item(self, row: Row, number: int) -> None:
        if row["changed_seq"] != number:
            write(self._db, "UPDATE items SET changed_seq = ? WHERE id = ?", (number, row["id"]))


def _record(item: PressItem) -> dict[str, Any]:
    """An item as `asdict` gives it, without a copy of all that it holds."""
    record = {name: getattr(item, name) for name in FIELDS}
    return record | {"translations": [asdict(one) for one in item.translations]}


def _digest(record: dict[str, Any]) -> str:
    return hashlib.sha256(to_json(record).encode()).hexdigest()[:_DIGITS]
