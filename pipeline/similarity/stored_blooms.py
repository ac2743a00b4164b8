"""The Bloom filters of levels 1 and 2, kept in the database and, once it pays, in memory.

A missing filter means "may contain anything". What is in memory may have been changed in the
database since, by another process or a transaction that was rolled back: each filter bears the mark
of its last change.
"""

from collections.abc import Collection, Iterable

from sqlite_utils import Database

from pipeline.similarity import index_levels
from pipeline.similarity.bloom import PARTS, add, empty_bits, has_room, passing
from pipeline.store.transactions import write

_Key = tuple[int, int]
"""A level, and a part of the shingles' range."""


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
        for key, change in [*self._changes.items()]:
            if stored.get(key) != change:
                self._forget(key)
        self._loaded = False

    def clear(self) -> None:
        """Forget all."""
        self._bits: dict[int, list[bytearray | None]] = {level: [None] * PARTS for level in (1, 2)}
        self._changes: dict[_Key, int] = {}
        self._counts: dict[_Key, int] = {}
        self._bytes = 0

    def passing(self, level: int, shingles: Collection[int]) -> Collection[int]:
        """Those of these shingles that a level may hold."""
        self._asked += len(shingles)
        if self._asked > self._load_after_shingles and not self._loaded:
            self._load()
        return passing(shingles, self._bits[level]) if self._changes else shingles

    def add(self, level: int, part: int, shingles: Collection[int], change: int) -> None:
        """Let these shingles pass, which stand in a part of a level by now."""
        bits, count = self._filter(level, part)
        if bits is None or not has_room(bits, count + len(shingles)):
            every = index_levels.shingles_of_part(self._db, level, part)
            bits, count = empty_bits(len(every)), len(every)
            add(bits, every)
        else:
            add(bits, shingles)
            count += len(shingles)
        self._store(level, part, bits, count, change)

    def empty(self, level: int, part: int, room: int, change: int) -> None:
        """Let nothing of a part pass, with room for so many shingles to come."""
        self._store(level, part, empty_bits(room), 0, change)

    def _filter(self, level: int, part: int) -> tuple[bytearray | None, int]:
        """The filter of a part, and how many shingles were added to it."""
        bits = self._bits[level][part]
        if bits is not None:
            return bits, self._counts[level, part]
        row = self._db.conn.execute(
            "SELECT bits, runs FROM run_filters WHERE level = ? AND part = ?", (level, part)
        ).fetchone()
        return (bytearray(row[0]), row[1]) if row else (None, 0)

    def _store(self, level: int, part: int, bits: bytearray, count: int, change: int) -> None:
        write(
            self._db,
            "INSERT OR REPLACE INTO run_filters (level, part, runs, change, bits)"
            " VALUES (?, ?, ?, ?, ?)",
            (level, part, count, change, bits),
        )
        if self._loaded:
            self._keep(level, part, bits, count, change)
        else:
            self._forget((level, part))

    def _load(self) -> None:
        self._loaded = True
        for level, part in self._missing():
            if self._bytes > self._most_bytes:
                break
            bits, count, change = self._db.conn.execute(
                "SELECT bits, runs, change FROM run_filters WHERE level = ? AND part = ?",
                (level, part),
            ).fetchone()
            self._keep(level, part, bytearray(bits), count, change)

    def _missing(self) -> Iterable[_Key]:
        return sorted(self._stored_changes().keys() - self._changes.keys())

    def _stored_changes(self) -> dict[_Key, int]:
        rows = self._db.conn.execute("SELECT level, part, change FROM run_filters")
        return {(level, part): change for level, part, change in rows}

    def _keep(self, level: int, part: int, bits: bytearray, count: int, change: int) -> None:
        self._forget((level, part))
        if self._bytes > self._most_bytes:
            return
        self._bits[level][part] = bits
        self._bytes += len(bits)
        self._changes[level, part] = change
        self._counts[level, part] = count

    def _forget(self, key: _Key) -> None:
        if self._changes.pop(key, None) is not None:
            level, part = key
            bits = self._bits[level][part]
            self._bytes -= len(bits) if bits else 0
            self._bits[level][part] = None
            del self._counts[key]
