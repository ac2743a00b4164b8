"""The Bloom filters of levels 1 and 2, kept in the database and, once it pays, in memory.

A missing filter means "may contain anything". What is in memory may have been changed in the
database since, by another process or a transaction that was rolled back: each filter bears the mark
of its last change.
"""

from collections.abc import Collection
from typing import NamedTuple

from sqlite_utils import Database

from pipeline.similarity import index_levels
from pipeline.similarity.bloom import PARTS, add, empty_bits, has_room, passing
from pipeline.store.transactions import write

_Key = tuple[int, int]
"""A level, and a part of the shingles' range."""


class _Filter(NamedTuple):
    """The filter of one part of a level."""

    bits: bytearray
    shingles: int
    """How many were added to it."""
    change: int
    """The mark of its last change."""


class StoredBlooms:
    """The filters of one database, as one connection knows them."""

    def __init__(self, db: Database, *, load_after_shingles: int, most_bytes: int) -> None:
        self._db = db
        self._load_after_shingles = load_after_shingles
        self._most_bytes = most_bytes
        self._asked = 0
        self._loaded = False
        self.clear()

    def refresh(self) -> None:
        """Forget the filters that are no longer as in the database, which others changed."""
        stored = self._stored_changes()
        for key, known in [*self._known.items()]:
            if stored.get(key) != known.change:
                self._forget(key)
        self._loaded = False

    def clear(self) -> None:
        """Forget all."""
        self._known: dict[_Key, _Filter] = {}
        self._bits: dict[int, list[bytearray | None]] = {level: [None] * PARTS for level in (1, 2)}
        """Those of the known filters, by level and part."""
        self._bytes = 0

    def passing(self, level: int, shingles: Collection[int]) -> Collection[int]:
        """Those of these shingles that a level may hold."""
        self._asked += len(shingles)
        if self._asked > self._load_after_shingles and not self._loaded:
            self._load()
        return passing(shingles, self._bits[level]) if self._known else shingles

    def add(self, level: int, part: int, shingles: Collection[int], change: int) -> None:
        """Let these shingles pass, which stand in a part of a level by now."""
        before = self._known.get((level, part)) or self._stored((level, part))
        if before is not None and has_room(before.bits, before.shingles + len(shingles)):
            bits, count = before.bits, before.shingles + len(shingles)
            add(bits, shingles)
        else:
            every = index_levels.shingles_of_part(self._db, level, part)
            bits, count = empty_bits(len(every)), len(every)
            add(bits, every)
        self._store((level, part), _Filter(bits, count, change))

    def empty(self, level: int, part: int, room: int, change: int) -> None:
        """Let nothing of a part pass, with room for so many shingles to come."""
        self._store((level, part), _Filter(empty_bits(room), 0, change))

    def _stored(self, key: _Key) -> _Filter | None:
        row = self._db.conn.execute(
            "SELECT bits, runs, change FROM run_filters WHERE level = ? AND part = ?", key
        ).fetchone()
        return _Filter(bytearray(row[0]), row[1], row[2]) if row else None

    def _store(self, key: _Key, now: _Filter) -> None:
        write(
            self._db,
            "INSERT OR REPLACE INTO run_filters (level, part, bits, runs, change)"
            " VALUES (?, ?, ?, ?, ?)",
            (*key, *now),
        )
        self._forget(key)
        if self._loaded:
            self._keep(key, now)

    def _load(self) -> None:
        self._loaded = True
        for key in sorted(self._stored_changes().keys() - self._known.keys()):
            if self._bytes > self._most_bytes:
                break
            if stored := self._stored(key):
                self._keep(key, stored)

    def _stored_changes(self) -> dict[_Key, int]:
        rows = self._db.conn.execute("SELECT level, part, change FROM run_filters")
        return {(level, part): change for level, part, change in rows}

    def _keep(self, key: _Key, one: _Filter) -> None:
        if self._bytes <= self._most_bytes:
            level, part = key
            self._known[key] = one
            self._bits[level][part] = one.bits
            self._bytes += len(one.bits)

    def _forget(self, key: _Key) -> None:
        if known := self._known.pop(key, None):
            level, part = key
            self._bits[level][part] = None
            self._bytes -= len(known.bits)
