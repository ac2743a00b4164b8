"""Which documents have which shingle, as one writing connection asks for it and adds to it. A
document is an address, or an imported text, by its number.

The cache mirrors committed rows and what this transaction added, and is dropped when another
connection has written or a transaction was rolled back: the index bears the mark of its last
change.
"""

import secrets
from bisect import bisect_left, bisect_right
from collections.abc import Collection
from dataclasses import dataclass

from sqlite_utils import Database

from pipeline.similarity import index_levels
from pipeline.similarity.bloom import PARTS, range_of
from pipeline.similarity.stored_blooms import StoredBlooms
from pipeline.store.database import Store

Postings = tuple[int, ...]
"""The documents of one shingle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexBounds:
    """How large the levels of the index, and what is remembered of it, may become."""

    most_rows: tuple[int, int] = (200_000, 5_000_000)
    """Of level 0 and level 1; with more, rows are merged into the next level."""
    most_remembered: int = 60_000
    """Shingles whose postings on levels 1 and 2 are remembered within a transaction."""
    load_after_shingles: int = 5_000
    """After so many shingles were asked for, all filters are loaded: a small crawl does without."""
    most_filter_bytes: int = 160_000_000
    """Of filters in memory; parts beyond it are asked without one."""


BOUNDS = IndexBounds()


class ShingleIndex:
    """The index of one database. `begin` comes first in every transaction that uses it."""

    def __init__(self, db: Database, bounds: IndexBounds | None = None) -> None:
        self.db = db
        self._bounds = bounds or BOUNDS
        self._filters = StoredBlooms(
            db, load_after_shingles=self._bounds.load_after_shingles,
            most_bytes=self._bounds.most_filter_bytes,
        )  # fmt: skip
        self._level_0: dict[int, Postings] | None = None
        self._asked: set[int] = set()
        self._lower: dict[int, Postings] = {}
        """Of the shingles asked for, their postings on levels 1 and 2."""
        self._change = 0
        self._is_changed = False

    def begin(self) -> None:
        """Look at the index as it stands now."""
        self._is_changed = False
        self._forget_asked()
        stored = index_levels.last_change(self.db)
        if stored != self._change or not stored:
            self._change = stored
            self._level_0 = None
            self._filters.refresh()

    def postings(self, shingles: Collection[int]) -> dict[int, Postings]:
        """Those of these shingles that any document has, each with its documents."""
        wanted = set(shingles)
        self._ask(wanted)
        level_0 = self._postings_of_level_0()
        found = {shingle: self._lower[shingle] for shingle in self._lower.keys() & wanted}
        for shingle in level_0.keys() & wanted:
            found[shingle] = found.get(shingle, ()) + level_0[shingle]
        return found

    def documents(self, shingles: Collection[int]) -> set[int]:
        """The documents with any of these shingles, however many there are."""
        level_0 = self._postings_of_level_0()
        found = {one for shingle in level_0.keys() & set(shingles) for one in level_0[shingle]}
        for level in (1, 2):
            passed = self._filters.passing(level, shingles)
            found |= index_levels.documents(self.db, level, passed)
        return found

    def shingles_of(self, document: int, among: Collection[int]) -> set[int]:
        """Those among these shingles that a document has."""
        level_0 = self._postings_of_level_0()
        found = {shingle for shingle in level_0.keys() & set(among) if document in level_0[shingle]}
        for level in (1, 2):
            passed = self._filters.passing(level, among)
            found |= index_levels.shingles_of(self.db, level, document, passed)
        return found

    def add(self, document: int, shingles: Collection[int]) -> None:
        """Add these shingles of a document, which the index has not of it yet."""
        if not shingles:
            return
        level_0 = self._postings_of_level_0()
        self._mark_change()
        index_levels.append(self.db, document, shingles)
        others = level_0.keys() & set(shingles)
        with_others = {shingle: (*level_0[shingle], document) for shingle in others}
        level_0 |= dict.fromkeys(shingles, (document,))
        level_0 |= with_others
        if index_levels.row_count(self.db, 0) > self._bounds.most_rows[0]:
            self._merge_level_0()
        while index_levels.row_count(self.db, 1) > self._bounds.most_rows[1]:
            self._merge_part(index_levels.next_part(self.db))

    def clear(self) -> None:
        """Empty the index, for counting afresh."""
        index_levels.clear(self.db)
        self._filters.clear()
        self._level_0 = None
        self._forget_asked()
        self._is_changed = False

    def _ask(self, shingles: set[int]) -> None:
        """Remember the postings of these shingles on levels 1 and 2."""
        if len(self._asked) > self._bounds.most_remembered:
            self._forget_asked()
        shingles = shingles - self._asked
        if not shingles:
            return
        self._asked |= shingles
        for level in (1, 2):
            passed = self._filters.passing(level, shingles)
            for shingle, document in index_levels.postings(self.db, level, passed):
                self._lower[shingle] = (*self._lower.get(shingle, ()), document)

    def _postings_of_level_0(self) -> dict[int, Postings]:
        if self._level_0 is None:
            self._level_0 = {}
            for shingle, document in index_levels.rows_of_level_0(self.db):
                self._level_0[shingle] = (*self._level_0.get(shingle, ()), document)
        return self._level_0

    def _merge_level_0(self) -> None:
        shingles = sorted(self._postings_of_level_0())
        index_levels.merge_level_0(self.db)
        for part in range(PARTS):
            first, last = range_of(part)
            members = shingles[bisect_left(shingles, first) : bisect_right(shingles, last)]
            if members:
                self._filters.add(1, part, members, self._change)
        self._level_0 = {}
        self._forget_asked()

    def _merge_part(self, part: int) -> None:
        shingles = index_levels.shingles_of_part(self.db, 1, part)
        index_levels.merge_part(self.db, part)
        self._filters.add(2, part, shingles, self._change)
        self._filters.empty(1, part, self._bounds.most_rows[1] // PARTS, self._change)

    def _mark_change(self) -> None:
        if not self._is_changed:
            self._is_changed = True
            self._change = secrets.randbits(62) + 1
            index_levels.mark_change(self.db, self._change)

    def _forget_asked(self) -> None:
        self._asked.clear()
        self._lower.clear()


def index_of(db: Database) -> ShingleIndex:
    """The index of a database as it stands now; to be asked for in each transaction anew."""
    index = db.remembered(ShingleIndex) if isinstance(db, Store) else ShingleIndex(db)
    index.begin()
    return index
