"""Records: one a story, or one an item; the same in the same order from the same data."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from sqlite_utils import Database

from kazpress.errors import StoreError
from pipeline.export.columns import Column, Record, Table, chosen_columns
from pipeline.export.stored_lists import STORED_LISTS, stored_list
from pipeline.export.story_fidelity import story_fidelity
from pipeline.model.press_item import COPY_FIELDS
from pipeline.normalize.characters import without_case

_LEAST_ID_DIGITS = 16
SOURCE_OF_ITEM = "LEFT JOIN sources r ON r.name = i.source"
RANK = "r.rank NULLS LAST, i.day, i.words DESC, i.id"
"""The order of a story's items `i`, of which the first selected one tells it; `SOURCE_OF_ITEM`
gives their sources `r`. One whose source has no row comes last.
"""
_any_text = partial(str, encoding="utf-8", errors="replace")


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which items are exported, and what of them. Where a tuple is empty, all are."""

    source: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    """As they are stored; `pipeline/query/sections.py` finds those that a person means."""
    since: date | None = None
    """Days are of publication, in Almaty, both included."""
    until: date | None = None
    like: tuple[str, ...] = ()
    """Words, or parts of words, which all stand in the title or the body, in any letter case and
    with ё as е.
    """
    every_item: bool = False
    """Every item a record, instead of one a story."""
    sample: int | None = None
    """At most so many records: those whose ids, which are digests, end in the lowest numbers, so
    the same ones each time, and mostly the same ones when others come in.
    """
    newest: int | None = None
    """At most so many records: those that were published last."""
    fields: tuple[str, ...] = ()
    with_body: bool = True
    with_fidelity: bool = False
    """Whether `fidelity` is the last field: how prints keep to the canonical item."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition in SQL on rows of `items` that are called `i`, and its values."""

    sql: str
    values: tuple[Any, ...]


def select(db: Database, selection: Selection, only: Condition | None = None) -> Table:
    """The records of a selection, by `published` as a string, then `id`; one at a time. `only`:
    which items are records, where somebody knows it already. Raises UsageError for an unknown
    field, StoreError where a row is damaged.
    """
    columns = _columns(selection)
    _add_function(db)
    if not selection.every_item and only is None:  # of all stories alone, which takes a while
        check_stories(db)
    names = ", ".join(
        "NULL" if one.kind in {"copies", "fidelity"} else f"i.{one.name}" for one in columns
    )
    chosen = only or _counted(selection)
    of_stories = "" if selection.every_item else " JOIN stories s ON s.id = i.story"
    items = "1" if selection.every_item else "s.items"
    cursor = db.conn.execute(
        f"SELECT {names}, i.id, i.story, {items} FROM items i{of_stories}"
        f" WHERE {chosen.sql} ORDER BY i.published, i.id",
        chosen.values,
    )
    every_item = selection.every_item
    return Table(columns, _records(db, _rows(db, cursor), columns, every_item=every_item))


def _columns(selection: Selection) -> tuple[Column, ...]:
    """The columns of a selection's records; `fidelity` last, wherever it is named."""
    names = selection.fields
    if selection.with_fidelity:
        names = tuple(name for name in names if name != "fidelity")
        if selection.fields and not names:
            return (Column("fidelity", "fidelity"),)
    columns = chosen_columns(
        names, with_body=selection.with_body, with_copies=not selection.every_item
    )
    if selection.with_fidelity:
        columns = (*columns, Column("fidelity", "fidelity"))
    return columns


def check_stories(db: Database) -> None:
    """Raises StoreError where rows of `stories` are not what the items say, for then records would
    be left out, or told twice.
    """
    told, items = db.conn.execute(
        "SELECT (SELECT total(items) FROM stories), (SELECT count(story) FROM items)"
    ).fetchone()
    if told != items:
        raise StoreError(
            f"the database is damaged: its stories have {told:.0f} items, and {items} items are in "
            "stories; `kazpress reparse` derives them again"
        )


def selected(selection: Selection) -> Condition:
    """Which items are selected."""
    parts, values = ["i.story IS NOT NULL"], list[Any]()
    for column, wanted in (
        ("source", selection.source),
        ("language", selection.language),
        ("section", selection.section),
    ):
        if wanted:
            parts.append(f"+i.{column} IN ({', '.join('?' * len(wanted))})")
            values += wanted
    if selection.since:
        parts.append("i.day >= ?")
        values.append(selection.since.isoformat())
    if selection.until:
        parts.append("i.day <= ?")
        values.append(selection.until.isoformat())
    if selection.like:
        parts.append("all_stand_in(?, CAST(i.title AS BLOB), CAST(i.body AS BLOB))")
        values.append(" ".join(map(without_case, selection.like)))
    return Condition(" AND ".join(parts), tuple(values))


def heads(selection: Selection) -> Condition:
    """Which items are records: all that are selected, or of each story the selected one that is
    first by rank. Rows of the item's story must be at hand as `s`.
    """
    item = selected(selection)
    if selection.every_item:
        return item
    first = (
        "SELECT i.id FROM (SELECT i.id, i.source, i.day, i.words FROM items i"
        f" WHERE i.story = s.id AND {item.sql}) i {SOURCE_OF_ITEM} ORDER BY {RANK} LIMIT 1"
    )
    return Condition(
        f"{item.sql} AND (s.items = 1 OR i.id = ({first}))", (*item.values, *item.values)
    )


def _counted(selection: Selection) -> Condition:
    """Which items are records: of `heads` the sample, and of that the newest, if asked for."""
    sample = _first(heads(selection), selection.sample, f"substr(i.id, -{_LEAST_ID_DIGITS}), i.id")
    return _first(sample, selection.newest, "i.published DESC, i.id DESC")


def _first(of: Condition, count: int | None, order: str) -> Condition:
    """Which of these items are the first in an order; all where no number is named."""
    if count is None:
        return of
    return Condition(
        "i.id IN (SELECT i.id FROM items i LEFT JOIN stories s ON s.id = i.story"
        f" WHERE {of.sql} ORDER BY {order} LIMIT ?)",
        (*of.values, count),
    )


def _rows(db: Database, cursor: sqlite3.Cursor) -> Iterator[tuple[Any, ...]]:
    """The rows of a query; bytes in them that are no UTF-8 as U+FFFD."""
    rows = iter(cursor.fetchone, None)
    while True:
        try:
            yield from rows
        except sqlite3.OperationalError as error:
            if "decode" not in str(error) or db.conn.text_factory is not str:
                raise
            # Slower, so not from the start. The row that could not be read is read again.
            db.conn.text_factory = _any_text
        else:
            return


def read_any_text(db: Database) -> None:
    """Have bytes that are no UTF-8 read as U+FFFD by all that is asked. What asks by a `Condition`
    needs it.
    """
    db.conn.text_factory = _any_text
    _add_function(db)


def _add_function(db: Database) -> None:
    """What a `Condition` asks of texts: SQLite knows the letter cases of English alone."""
    db.conn.create_function("all_stand_in", 3, _all_stand_in, deterministic=True)


def _all_stand_in(words: str, title: bytes | None, body: bytes) -> bool:
    """Whether all words, as `without_case` has them, stand in one of two texts in NFC."""
    text = b"%b\n%b" % (title or b"", body)
    searched = text.decode("utf-8", "replace").casefold().replace("ё", "е")
    return all(word in searched for word in words.split())


def _records(
    db: Database, rows: Iterator[tuple[Any, ...]], columns: tuple[Column, ...], *, every_item: bool
) -> Iterator[Record]:
    width = len(columns)
    lists = [(place, one.kind) for place, one in enumerate(columns) if one.kind in STORED_LISTS]
    copies = next((place for place, one in enumerate(columns) if one.kind == "copies"), None)
    for row in rows:
        values = list(row)
        item, story, items = values[width:]
        del values[width:]
        for place, kind in lists:
            values[place] = stored_list(values[place], kind, item)
        if copies is not None:
            values[copies] = _copies(db, item, story) if items > 1 else []
        if columns[-1].kind == "fidelity":
            values[-1] = story_fidelity(db, story, item if every_item else None)
        yield values


def _copies(db: Database, head: str, story: str) -> list[dict[str, Any]]:
    """All other items of a story, by day of publication, then id."""
    cursor = db.conn.execute(
        f"SELECT {', '.join(COPY_FIELDS)} FROM items WHERE story = ? AND id != ? ORDER BY day, id",
        (story, head),
    )
    return [dict(zip(COPY_FIELDS, row, strict=True)) for row in _rows(db, cursor)]
