"""How a version of a dataset differs from the one that stood in its folder: CHANGES.md."""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import orjson
from sqlite_utils import Database

from kazpress.errors import ExportError
from pipeline.counted import counted
from pipeline.descriptions.markdown import plain
from pipeline.store.database import value
from pipeline.store.transactions import write, write_many, writing

_SHOWN = 10
_HEADER = """# Changes

How the versions that stood in this folder differ, the newest first. An item is new, changed (any
field is another), merged (its story is now that of another item) or gone (no longer in the data, or
not chosen any more). This file alone depends on which versions stood here; it is not part of the
version, nor of SHA256SUMS.
"""
_TABLE = "(id TEXT PRIMARY KEY, published TEXT, title TEXT, story TEXT, digest BLOB)"
_BOTH = "FROM present p JOIN former f ON f.id = p.id WHERE p.digest != f.digest"
_MERGED = (
    " AND p.story != f.story AND p.story NOT IN (SELECT s.id FROM present s"
    " LEFT JOIN former b ON b.id = s.id WHERE s.story = s.id AND b.story IS NOT s.id)"
)
"""The item's story is another, and not one that came up since: that of an item which is new, or
which stood in another's story before."""
_GROUPS = {
    "new": "FROM present p WHERE p.id NOT IN (SELECT id FROM former)",
    "changed": f"{_BOTH} AND p.id NOT IN (SELECT p.id {_BOTH}{_MERGED})",
    "merged": f"{_BOTH}{_MERGED}",
    "gone": "FROM former p WHERE p.id NOT IN (SELECT id FROM present)",
}


@dataclass(frozen=True, slots=True)
class ChangedItem:
    """An item that differs."""

    id: str
    title: str
    story: str


@dataclass(frozen=True, slots=True)
class Group:
    """The items that differ in one way."""

    items: int
    first: tuple[ChangedItem, ...]
    """By time of publication, then id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """How two versions differ; each item is in one group at most."""

    former: str
    """The version before."""
    new: Group
    changed: Group
    """Any field differs."""
    merged: Group
    """Their story joined another; so they stand in that now."""
    gone: Group
    """No longer there."""
    unreadable: int
    """Lines of the version before that are no records: what they held counts as new."""


class Comparison:
    """Takes in the data files that differ, a month's at a time, and compares their items on disk.

    Items of months that are the same need not be known.
    """

    def __init__(self, db: Database) -> None:
        self._db = db
        self._unreadable = 0

    def add_former(self, lines: Path) -> None:
        """Take in the records of a month as they were."""
        self._add("former", lines)

    def add_present(self, lines: Path) -> None:
        """Take in the records of a month as they are."""
        self._add("present", lines)

    def changes(self, former: str) -> Changes:
        """What came of the items of the version of this name."""
        groups = {name: self._group(sql) for name, sql in _GROUPS.items()}
        return Changes(former=former, unreadable=self._unreadable, **groups)

    def _add(self, table: str, path: Path) -> None:
        with path.open("rb") as lines, writing(self._db):
            write_many(
                self._db, f"INSERT OR REPLACE INTO {table} VALUES (?, ?, ?, ?, ?)",
                self._rows(lines),
            )  # fmt: skip

    def _rows(self, lines: Iterator[bytes]) -> Iterator[tuple[str, str, str, str, bytes]]:
        for line in lines:
            try:
                record = orjson.loads(line)
                row = (record["id"], record["published"], record["title"] or "", record["story"])
                if not all(isinstance(one, str) for one in row):
                    raise TypeError
            except (ValueError, TypeError, KeyError):
                self._unreadable += 1
            else:
                yield (*row, hashlib.blake2b(line, digest_size=16).digest())

    def _group(self, sql: str) -> Group:
        first = self._db.conn.execute(
            f"SELECT p.id, p.title, p.story {sql} ORDER BY p.published, p.id LIMIT {_SHOWN}"
        )
        items = tuple(ChangedItem(*row) for row in first)
        return Group(value(self._db, f"SELECT count(*) {sql}"), items)


@contextmanager
def comparison(scratch: Path) -> Iterator[Comparison]:
    """A comparison that works in a file of this name, which must not be there. Raises
    ExportError.
    """
    try:
        with closing(sqlite3.connect(scratch)) as connection:
            db = Database(connection, execute_plugins=False)
            for pragma in ("journal_mode = MEMORY", "synchronous = OFF"):
                db.conn.execute(f"PRAGMA {pragma}")
            with writing(db):
                write(db, f"CREATE TABLE former {_TABLE}")
                write(db, f"CREATE TABLE present {_TABLE}")
            yield Comparison(db)
    except sqlite3.Error as error:
        raise ExportError(f"{scratch}: can't be written ({error})") from error
    finally:
        scratch.unlink(missing_ok=True)


def with_entry(
    text: str | None, version: str, items: int, changes: Changes | None, chosen: str = ""
) -> str:
    """CHANGES.md with the entry of a new version before those that it has; None for no such file
    yet, and for no version before. `chosen` says which items were, if not all.
    """
    earlier = (text or "").removeprefix(_HEADER).strip("\n")
    entry = f"## {version}\n\n{_entry(items, changes, chosen)}"
    return f"{_HEADER}\n{entry}" + (f"\n{earlier}\n" if earlier else "")


def _entry(items: int, changes: Changes | None, chosen: str) -> str:
    total = counted(items, "item") + (f" ({chosen})" if chosen else "")
    if changes is None:
        return f"The first version in this folder: {total}.\n"
    groups = {name: getattr(changes, name) for name in _GROUPS}
    counts = ", ".join(f"{group.items:,} {name}" for name, group in groups.items())
    parts = [f"{total}. Since {changes.former}: {counts}.\n"]
    if changes.unreadable:
        parts.append(
            f"{counted(changes.unreadable, 'line')} of that version could not be read; what they "
            "held counts as new.\n"
        )
    parts += [_listed(name, group) for name, group in groups.items() if group.items]
    return "\n".join(parts)


def _listed(name: str, group: Group) -> str:
    lines = [f"{name.capitalize()}:\n"]
    for one in group.first:
        into = f" (now in story `{one.story}`)" if name == "merged" else ""
        lines.append(f"- `{one.id}`{into} {plain(one.title)}".rstrip())
    if group.items > len(group.first):
        lines.append(f"- and {group.items - len(group.first):,} more")
    return "\n".join(lines) + "\n"
