"""The filters of the larger tables of runs, kept in the database and, once it pays, in memory.

A part of a table without a filter here is one that lets everything pass. What is in memory may
have been changed in the database since, by another process or a transaction that was rolled back:
each filter bears the mark of its last change.
"""

from collections.abc import Collection, Iterable

from sqlite_utils import Database

from pipeline.similarity import index_levels
from pipeline.similarity.bloom import PARTS, add, empty_bits, has_room, passing

_WORTH_LOADING = 5_000
"""After so many runs were asked for all filters are loaded: a small crawl does without."""
_MOST_BYTES = 160_000_000
"""In memory; parts beyond it are asked without a filter."""

_Key = tuple[int, int]


class StoredFilters:
    """The filters of one database, as one connection knows them."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._asked = 0
        self._loaded = False
        self.clear()

    def refresh(self) -> None:
        """Forget those that are no longer as the database has them, once it was changed."""
        stored = self._stored_changes()
        for key, change in [*self._changes.items()]:
            if stored.get(key) != change:
                self._forget(key)
        self._loaded = False

    def clear(self) -> None:
        """Forget all."""
        self._bits: dict[int, list[bytearray | None]] = {
            level: [None] * PARTS for level in (index_levels.RECENT, index_levels.SETTLED)
        }
        self._changes: dict[_Key, int] = {}
        self._runs: dict[_Key, int] = {}
        self._bytes = 0

    def passing(self, level: int, runs: Collection[int]) -> Collection[int]:
        """Those of these runs that a table may hold."""
        self._asked += len(runs)
        if self._asked > _WORTH_LOADING and not self._loaded:
            self._load()
        return passing(runs, self._bits[level]) if self._changes else runs

    def add(self, level: int, part: int, runs: Collection[int], change: int) -> None:
        """Let these runs pass, which stand in a part of a table by now."""
        bits, held = self._filter(level, part)
        if bits is None or not has_room(bits, held + len(runs)):
            every = index_levels.runs_of_part(self._db, level, part)
            bits, held = empty_bits(len(every)), len(every)
            add(bits, every)
        else:
            add(bits, runs)
            held += len(runs)
        self._store(level, part, bits, held, change)

    def empty(self, level: int, part: int, room: int, change: int) -> None:
        """Let nothing of a part pass, with room for so many runs to come."""
        self._store(level, part, empty_bits(room), 0, change)

    def _filter(self, level: int, part: int) -> tuple[bytearray | None, int]:
        bits = self._bits[level][part]
        if bits is not None:
            return bits, self._runs[level, part]
        row = self._db.conn.execute(
            "SELECT bits, runs FROM run_filters WHERE level = ? AND part = ?", (level, part)
        ).fetchone()
        return (bytearray(row[0]), row[1]) if row else (None, 0)

    def _store(self, level: int, part: int, bits: bytearray, runs: int, change: int) -> None:
        self._db.conn.execute(
            "INSERT OR REPLACE INTO run_filters (level, part, runs, change, bits)"
            " VALUES (?, ?, ?, ?, ?)",
            (level, part, runs, change, bits),
        )
        if self._loaded:
            self._keep(level, part, bits, runs, change)
        else:
            self._forget((level, part))

    def _load(self) -> None:
        self._loaded = True
        for level, part in self._missing():
            if self._bytes > _MOST_BYTES:
                break
            bits, runs, change = self._db.conn.execute(
                "SELECT bits, runs, change FROM run_filters WHERE level = ? AND part = ?",
                (level, part),
            ).fetchone()
            self._keep(level, part, bytearray(bits), runs, change)

    def _missing(self) -> Iterable[_Key]:
        return sorted(self._stored_changes().keys() - self._changes.keys())

    def _stored_changes(self) -> dict[_Key, int]:
        rows = self._db.conn.execute("SELECT level, part, change FROM run_filters")
        return {(level, part): change for level, part, change in rows}

    def _keep(self, level: int, part: int, bits: bytearray, runs: int, change: int) -> None:
        self._forget((level, part))
        if self._bytes > _MOST_BYTES:
            return
        self._bits[level][part] = bits
        self._bytes += len(bits)
        self._changes[level, part] = change
        self._runs[level, part] = runs

    def _forget(self, key: _Key) -> None:
        if self._changes.pop(key, None) is not None:
            level, part = key
            bits = self._bits[level][part]
            self._bytes -= len(bits) if bits else 0
            self._bits[level][part] = None
            del self._runs[key]
