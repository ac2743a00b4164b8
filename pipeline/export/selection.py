"""Datasets: one record a story, or one an item; the same bytes from the same data."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlite_utils import Database

from pipeline.model.press_item import COPY_FIELDS, PressItem
from pipeline.store.rows import Row, item_from_row


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which items are exported. Days are of publication, in Almaty, both included."""

    source: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    every_item: bool = False
    """Every item a record, instead of one a story."""


def records(db: Database, selection: Selection) -> Iterator[Row]:
    """The records in their order: by `published` as a string, then `id`; one at a time."""
    where, values = _condition(selection)
    if selection.every_item:
        yield from (asdict(item) for item in _items(db, where, values))
    else:
        for item in _heads(db, where, values):
            yield {**asdict(item), "copies": _copies(db, item, where, values)}


def _condition(selection: Selection) -> tuple[str, list[Any]]:
    parts = ["i.story IS NOT NULL"]
    values: list[Any] = []
    for column, wanted in (("source", selection.source), ("language", selection.language)):
        if wanted:
            parts.append(f"+i.{column} IN ({', '.join('?' * len(wanted))})")
            values += wanted
    if selection.since:
        parts.append("i.day >= ?")
        values.append(selection.since.isoformat())
    if selection.until:
        parts.append("i.day <= ?")
        values.append(selection.until.isoformat())
    return " AND ".join(parts), values


def _items(db: Database, where: str, values: list[Any]) -> Iterator[PressItem]:
    cursor = db.conn.execute(
        f"SELECT i.* FROM items i WHERE {where} ORDER BY i.published, i.id", values
    )
    return _from(cursor)


def _heads(db: Database, where: str, values: list[Any]) -> Iterator[PressItem]:
    """Of each story, the selected member that is first by rank."""
    cursor = db.conn.execute(
        "SELECT i.* FROM items i JOIN (SELECT i.id, row_number() OVER (PARTITION BY i.story"
        " ORDER BY s.rank, i.day, i.words DESC, i.id) AS position FROM items i"
        f" JOIN sources s ON s.name = i.source WHERE {where}) h ON h.id = i.id"
        " WHERE h.position = 1 ORDER BY i.published, i.id",
        values,
    )
    return _from(cursor)


def _from(cursor: Any) -> Iterator[PressItem]:
    names = [column[0] for column in cursor.description]
    return (item_from_row(dict(zip(names, row, strict=True))) for row in cursor)


def _copies(db: Database, head: PressItem, where: str, values: list[Any]) -> list[Row]:
    """The other selected members of a story, by day of publication, then id."""
    cursor = db.conn.execute(
        f"SELECT {', '.join(f'i.{name}' for name in COPY_FIELDS)} FROM items i"
        f" WHERE i.story = ? AND i.id != ? AND {where} ORDER BY i.day, i.id",
        [head.story, head.id, *values],
    )
    return [dict(zip(COPY_FIELDS, row, strict=True)) for row in cursor]
