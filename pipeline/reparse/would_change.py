"""What a reparse would change in the exported items: by field, with what was and what would be."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from pipeline.model.press_item import FIELDS
from pipeline.store.transactions import write

_AROUND_CHARACTERS = 15
"""So much of what two values have in common is shown before and after what differs."""
_MOST_CHARACTERS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemName:
    """An item that would be new, or removed."""

    id: str
    url: str | None
    title: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One item's field, before and after; of long values what differs, with a little around it."""

    id: str
    url: str | None
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WouldChange:
    """What a reparse would change."""

    fields: dict[str, list[FieldChange]]
    """By field, in the order of the record; fields in which nothing would change are left out."""
    new: list[ItemName]
    removed: list[ItemName]


def remember_items(db: Database) -> None:
    """Copy the items as they are. The caller holds the transaction."""
    write(db, "DROP TABLE IF EXISTS temp.former_items")
    write(db, "CREATE TEMP TABLE former_items AS SELECT * FROM items")
    write(db, "CREATE INDEX temp.former_items_by_id ON former_items (id)")


def would_change(db: Database) -> WouldChange:
    """What is otherwise in the items than in those that were remembered."""
    fields: dict[str, list[FieldChange]] = {}
    for before, after in _pairs(db):
        for name in FIELDS:
            if before[name] != after[name]:
                was, now = excerpts(_text(before[name]), _text(after[name]))
                fields.setdefault(name, []).append(
                    FieldChange(id=after["id"], url=after["url"], before=was, after=now)
                )
    return WouldChange(
        fields={name: fields[name] for name in FIELDS if name in fields},
        new=_only_in(db, "items", "temp.former_items"),
        removed=_only_in(db, "temp.former_items", "items"),
    )


def excerpts(before: str | None, after: str | None) -> tuple[str | None, str | None]:
    """Two values as short as they can be told apart.

    >>> excerpts("Сенат принял закон о воде и земле", "Сенат принял закон о воде и о земле")
    ('Сенат принял закон о воде и земле', 'Сенат принял закон о воде и о земле')
    """
    if before is None or after is None:
        return _shortened(before, 0), _shortened(after, 0)
    alike = next(
        (at for at, (one, other) in enumerate(zip(before, after, strict=False)) if one != other),
        min(len(before), len(after)),
    )
    start = max(0, alike - _AROUND_CHARACTERS)
    return _shortened(before, start), _shortened(after, start)


def _shortened(text: str | None, start: int) -> str | None:
    if text is None or len(text) <= _MOST_CHARACTERS:
        return text
    end = start + _MOST_CHARACTERS
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _pairs(db: Database) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """The items that were there before and are there now, before and now."""
    columns = ", ".join(f'{table}."{name}"' for table in "ba" for name in FIELDS)
    rows = db.conn.execute(
        f"SELECT {columns} FROM temp.former_items b JOIN items a ON a.id = b.id ORDER BY a.id"
    )
    for row in rows:
        before, after = row[: len(FIELDS)], row[len(FIELDS) :]
        if before != after:
            yield dict(zip(FIELDS, before, strict=True)), dict(zip(FIELDS, after, strict=True))


def _only_in(db: Database, table: str, other: str) -> list[ItemName]:
    rows = db.conn.execute(
        f"SELECT id, url, title FROM {table} WHERE id NOT IN (SELECT id FROM {other}) ORDER BY id"
    )
    return [ItemName(id=id_, url=url, title=title) for id_, url, title in rows]
