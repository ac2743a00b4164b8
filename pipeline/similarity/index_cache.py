"""Who holds which run, as one writing connection asks for it and notes it.

What it remembers between transactions is only what the database says too, and is dropped where
that was changed by others: the index bears the mark of its last change.
"""

import secrets
from bisect import bisect_left, bisect_right
from collections.abc import Collection

from sqlite_utils import Database

from pipeline.similarity import index_levels
from pipeline.similarity.bloom import PARTS, range_of
from pipeline.similarity.index_levels import NEWEST, RECENT, SETTLED
from pipeline.similarity.stored_blooms import StoredFilters
from pipeline.store.database import Store

Holders = tuple[int, ...]

_MOST_REMEMBERED = 60_000
_LOWER = (RECENT, SETTLED)


class RunIndex:
    """The index of one database. `begin` comes first in every transaction that uses it."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self._filters = StoredFilters(db)
        self._newest: dict[int, Holders] | None = None
        self._asked: set[int] = set()
        self._lower: dict[int, Holders] = {}
        self._change = 0
        self._is_changed = False

    def begin(self) -> None:
        """Look at the index as it stands now."""
        self._is_changed = False
        self._forget_asked()
        stored = index_levels.last_change(self.db)
        if stored != self._change or not stored:
            self._change = stored
            self._newest = None
            self._filters.refresh()

    def holders(self, runs: Collection[int]) -> dict[int, Holders]:
        """Those of these runs that anyone holds, each with its holders."""
        wanted = set(runs)
        self._ask(wanted)
        newest = self._newest_holders()
        found = {run: self._lower[run] for run in self._lower.keys() & wanted}
        for run in newest.keys() & wanted:
            found[run] = found.get(run, ()) + newest[run]
        return found

    def all_holders(self, runs: Collection[int]) -> set[int]:
        """The holders of any of these runs, however many there are."""
        newest = self._newest_holders()
        found = {one for run in newest.keys() & set(runs) for one in newest[run]}
        for level in _LOWER:
            found |= index_levels.all_holders(self.db, level, self._filters.passing(level, runs))
        return found

    def held_by(self, holder: int, runs: Collection[int]) -> set[int]:
        """Those of these runs that one holds."""
        newest = self._newest_holders()
        held = {run for run in newest.keys() & set(runs) if holder in newest[run]}
        for level in _LOWER:
            passed = self._filters.passing(level, runs)
            held |= index_levels.held_by(self.db, level, holder, passed)
        return held

    def hold(self, holder: int, runs: Collection[int]) -> None:
        """Note that one holds these runs, which it has not held before."""
        if not runs:
            return
        newest = self._newest_holders()
        self._mark_change()
        index_levels.append(self.db, holder, runs)
        held = newest.keys() & set(runs)
        with_it = {run: (*newest[run], holder) for run in held}
        newest |= dict.fromkeys(runs, (holder,))
        newest |= with_it
        if index_levels.is_over_full(self.db, NEWEST):
            self._sink_newest()
        while index_levels.is_over_full(self.db, RECENT):
            self._sink_part(index_levels.next_part(self.db))

    def clear(self) -> None:
        """Forget everything, for counting afresh."""
        index_levels.clear(self.db)
        self._filters.clear()
        self._newest = None
        self._forget_asked()
        self._is_changed = False

    def _ask(self, runs: set[int]) -> None:
        """Remember who holds these runs, by the tables below the first."""
        if len(self._asked) > _MOST_REMEMBERED:
            self._forget_asked()
        runs = runs - self._asked
        if not runs:
            return
        self._asked |= runs
        for level in _LOWER:
            for run, holder in index_levels.holders(
                self.db, level, self._filters.passing(level, runs)
            ):
                self._lower[run] = (*self._lower.get(run, ()), holder)

    def _newest_holders(self) -> dict[int, Holders]:
        if self._newest is None:
            self._newest = {}
            for run, holder in index_levels.newest(self.db):
                self._newest[run] = (*self._newest.get(run, ()), holder)
        return self._newest

    def _sink_newest(self) -> None:
        runs = sorted(self._newest_holders())
        index_levels.sink_newest(self.db)
        for part in range(PARTS):
            first, last = range_of(part)
            members = runs[bisect_left(runs, first) : bisect_right(runs, last)]
            if members:
                self._filters.add(RECENT, part, members, self._change)
        self._newest = {}
        self._forget_asked()

    def _sink_part(self, part: int) -> None:
        runs = index_levels.runs_of_part(self.db, RECENT, part)
        index_levels.sink_part(self.db, part)
        self._filters.add(SETTLED, part, runs, self._change)
        self._filters.empty(RECENT, part, index_levels.ROWS[RECENT] // PARTS, self._change)

    def _mark_change(self) -> None:
        if not self._is_changed:
            self._is_changed = True
            self._change = secrets.randbits(62) + 1
            index_levels.mark_change(self.db, self._change)

    def _forget_asked(self) -> None:
        self._asked.clear()
        self._lower.clear()


def run_index(db: Database) -> RunIndex:
    """The index of runs as it stands now; to be asked for in each transaction anew."""
    index = db.remembered(RunIndex) if isinstance(db, Store) else RunIndex(db)
    index.begin()
    return index
