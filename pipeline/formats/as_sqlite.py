"""A selection as a SQLite database of its own, for Datasette and SQL.

Five tables in the words of the record, `sources`, `items`, `stories`, `copies` and `translations`,
and two views of them. What a selection leaves out is in no table but for the copies of a story and
the translations of an item, which stand there as a record has them.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from sqlite_utils import Database

from kazpress.errors import ExportError, StoreError
from pipeline.export.atomic_file import atomic_path
from pipeline.export.columns import LISTS, Kind, Record, column
from pipeline.export.selection import Selection, select
from pipeline.formats.sqlite_remains import PAGE_BYTES, clear_remains
from pipeline.model.press_item import FIELDS
from pipeline.store.rows import to_json
from pipeline.store.transactions import write, write_many, writing

_CACHE_KILOBYTES = 32_768
_STORY_FIELDS = (
    "story", "piece", "language", "copies", "id", "source", "url", "title", "day", "published",
    "relation", "similarity",
)  # fmt: skip
_ITEM_FIELDS = (*(one for one in FIELDS if one not in ("translations", "body")), "body")
"""The body last: it is long, and of a row only what stands before a column is read with it."""
_ITEM_VALUES = ", ".join(f":{name}" for name in _ITEM_FIELDS)
_LISTS = tuple(name for name in _ITEM_FIELDS if column(name).kind in LISTS)
_TYPES: dict[Kind, str] = {"integer": "INTEGER", "number": "REAL"}
"""Of the kinds of columns that are no TEXT; lists are JSON."""
_KEYS = {
    "id": "NOT NULL PRIMARY KEY",
    "source": "NOT NULL REFERENCES sources (name)",
    "story": "NOT NULL REFERENCES stories (id)",
}
_TOLD = (
    "source TEXT NOT NULL REFERENCES sources (name)",
    "url TEXT",
    "title TEXT",
    "day TEXT NOT NULL",
    "published TEXT NOT NULL",
    "relation TEXT NOT NULL",
    "similarity REAL",
)
"""What stories and copies tell of their items."""

_TABLES = {
    "sources": (
        "name TEXT NOT NULL PRIMARY KEY",
        "title TEXT NOT NULL",
        "host TEXT NOT NULL",
        "rank INTEGER NOT NULL",
    ),
    "items": tuple(
        " ".join(filter(None, (name, _TYPES.get(column(name).kind, "TEXT"), _KEYS.get(name))))
        for name in _ITEM_FIELDS
    ),
    "stories": (
        "id TEXT NOT NULL PRIMARY KEY",
        "piece TEXT NOT NULL",
        "language TEXT NOT NULL",
        "copies INTEGER NOT NULL",
        "item TEXT NOT NULL REFERENCES items (id)",
        *_TOLD,
    ),
    "copies": (
        "id TEXT NOT NULL PRIMARY KEY",
        "story TEXT NOT NULL REFERENCES stories (id)",
        "item TEXT REFERENCES items (id)",
        *_TOLD,
    ),
    "translations": (
        "item TEXT NOT NULL REFERENCES items (id)",
        "language TEXT NOT NULL",
        "id TEXT NOT NULL",
        "url TEXT",
        "translation TEXT REFERENCES items (id)",
        "PRIMARY KEY (item, id)",
    ),
}
"""`item` of a copy and `translation` are the row's `id` again, where that item is selected."""
_NEXT_LINE = ",\n  "
_INDEXES = {
    "items": ("source, day", "section", "story", "piece", "day, source, language, story, piece"),
    "stories": ("piece", "source", "item"),
    "copies": ("story", "source", "item", "relation"),
    "translations": ("translation",),
}
_WHO_PRINTED_WHAT = """
SELECT o.story, o.id AS canonical, o.source AS canonical_source, o.title AS canonical_title,
  o.url AS canonical_url, o.published AS canonical_published, c.id AS copy,
  c.source AS copy_source, c.title AS copy_title, c.url AS copy_url,
  c.published AS copy_published, c.relation, c.similarity,
  CAST(julianday(c.day) - julianday(o.day) AS INTEGER) AS days_late,
  CASE WHEN length(c.published) > 10 AND length(o.published) > 10 THEN
    round((julianday(c.published) - julianday(o.published)) * 24, 2) END AS hours_late
FROM {canonical} o JOIN {copies} c ON c.story = o.story AND c.id != o.id
WHERE o.relation = 'canonical'"""
_FROM_STORIES = """(
  SELECT id AS story, item AS id, source, url, title, day, published, relation, similarity
  FROM stories
)"""
_PRINTED = (
    (_FROM_STORIES, "copies"),
    ("copies", _FROM_STORIES),
    ("copies", "copies"),
)
"""Where a canonical item and its copies are: where a selection leaves the canonical item out, that
is one of the copies of the item that it takes. Three joins, for SQLite makes a table of a union
that is joined with itself.
"""
_ITEMS_BY_DAY = """
SELECT day, source, language, count(*) AS items, count(DISTINCT story) AS stories,
  count(DISTINCT piece) AS pieces
FROM items GROUP BY day, source, language ORDER BY day, source, language
"""


def write_sqlite(db: Database, selection: Selection, path: Path) -> int:
    """Write what is selected as a database; how many items. There are items and stories in it,
    whether every item is asked for or not; a sample is one of stories, with their items.

    Raises ExportError, StoreError.
    """
    with atomic_path(path) as aside:
        try:
            with closing(Database(sqlite3.connect(aside), execute_plugins=False)) as copy:
                _set_up(copy)
                with writing(copy):
                    _make_tables(copy)
                    _write_sources(copy, db)
                    _write_items(copy, db, selection)
                    _write_stories(copy, db, selection)
                    _make_indexes_and_views(copy)
                (count,) = copy.conn.execute("SELECT count(*) FROM items").fetchone()
                roots = copy.conn.execute(
                    "SELECT rootpage FROM sqlite_master WHERE rootpage > 0"
                ).fetchall()
        except sqlite3.IntegrityError as error:
            reason = f"what it holds is wrong ({error})"
            raise StoreError(f"the database is damaged: {reason}") from error
        except sqlite3.Error as error:
            raise ExportError(f"{path}: can't be written ({error})") from error
        clear_remains(aside, (page for (page,) in roots))
    return int(count)


def _set_up(copy: Database) -> None:
    """Nothing in the file depends on how this SQLite was built, and no file is made beside it."""
    for setting in (
        f"page_size = {PAGE_BYTES}",
        "auto_vacuum = NONE",
        "secure_delete = ON",  # what a page no longer holds is zeros
        "journal_mode = MEMORY",
        "synchronous = OFF",  # the file is brought onto the disk at the end, as a whole
        f"cache_size = -{_CACHE_KILOBYTES}",
    ):
        copy.conn.execute(f"PRAGMA {setting}")


def _make_tables(copy: Database) -> None:
    for name, columns in _TABLES.items():
        write(copy, f"CREATE TABLE {name} (\n  {_NEXT_LINE.join(columns)}\n)")


def _make_indexes_and_views(copy: Database) -> None:
    """After the rows, for which they would be in the way."""
    for table, indexes in _INDEXES.items():
        for columns in indexes:
            name = f"{table}_by_{columns.replace(', ', '_')}"
            write(copy, f"CREATE INDEX {name} ON {table} ({columns})")
    who = "\nUNION ALL".join(
        _WHO_PRINTED_WHAT.format(canonical=one, copies=other) for one, other in _PRINTED
    )
    write(copy, f"CREATE VIEW who_printed_what AS{who}")
    write(copy, f"CREATE VIEW items_by_day AS{_ITEMS_BY_DAY}")


def _write_sources(copy: Database, db: Database) -> None:
    rows = db.conn.execute("SELECT name, title, host, rank FROM sources ORDER BY rank, name")
    write_many(copy, "INSERT INTO sources VALUES (?, ?, ?, ?)", rows.fetchall())


def _write_items(copy: Database, db: Database, selection: Selection) -> None:
    """Items, and their translations with them, for to read all items takes the most time."""
    stories = _story_ids(db, selection)
    wanted = replace(
        selection, every_item=True, sample=None, newest=None,
        fields=(*_ITEM_FIELDS, "translations"),
    )  # fmt: skip
    for *values, translations in _records(db, wanted):
        row = dict(zip(_ITEM_FIELDS, values, strict=True))
        if stories is None or row["story"] in stories:
            row |= {name: to_json(row[name]) for name in _LISTS}
            write(copy, f"INSERT INTO items VALUES ({_ITEM_VALUES})", row)
            write_many(
                copy,
                "INSERT INTO translations VALUES (:item, :language, :id, :url, :id)",
                [one | {"item": row["id"]} for one in translations],
            )
    write(
        copy,
        "UPDATE translations SET translation = NULL WHERE translation NOT IN"
        " (SELECT id FROM items)",
    )


def _story_ids(db: Database, selection: Selection) -> set[str] | None:
    """The ids of so many stories as are asked for; None for all."""
    if selection.sample is None and selection.newest is None:
        return None
    chosen = replace(selection, every_item=False, fields=("story",))
    return {story for (story,) in _records(db, chosen)}


def _write_stories(copy: Database, db: Database, selection: Selection) -> None:
    for record in _records(db, replace(selection, every_item=False, fields=_STORY_FIELDS)):
        row = dict(zip(_STORY_FIELDS, record, strict=True))
        copies = row.pop("copies")
        write(
            copy,
            "INSERT INTO stories VALUES (:story, :piece, :language, :copies, :id, :source, :url,"
            " :title, :day, :published, :relation, :similarity)",
            row | {"copies": len(copies)},
        )
        write_many(
            copy,
            "INSERT INTO copies VALUES (:id, :story, (SELECT id FROM items WHERE id = :id),"
            " :source, :url, :title, :day, :published, :relation, :similarity)",
            [one | {"story": row["story"], "day": one["published"][:10]} for one in copies],
        )


def _records(db: Database, selection: Selection) -> Iterator[Record]:
    """Raises StoreError, so that a fault in what is read is told from one in what is written."""
    try:
        yield from select(db, selection).records
    except sqlite3.Error as error:
        raise StoreError(f"the database can't be read to its end ({error})") from error
