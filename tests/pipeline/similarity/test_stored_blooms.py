"""Filters as they are kept: what they say of an index that has merged its levels."""

from pipeline.similarity.index_cache import IndexBounds, ShingleIndex
from pipeline.similarity.stored_blooms import StoredBlooms
from pipeline.store.database import Store
from pipeline.store.transactions import writing
from tests.pipeline.worlds.captures import new_database

_SMALL = IndexBounds(most_rows=(8, 20), load_after_shingles=25)
_KEPT = [(1 << 62) // 70 * number for number in range(60)]
_OTHERS = {one + 1000 * number for one in _KEPT for number in range(1, 10)}


def _filled() -> Store:
    store = new_database()
    index = ShingleIndex(store, _SMALL)
    with writing(store):
        index.begin()
        for document in range(1, 7):
            index.add(document, [one + document for one in _KEPT])
    return store


def test_most_of_what_a_large_index_lacks_is_answered_from_filters_alone() -> None:
    blooms = StoredBlooms(_filled(), load_after_shingles=25, most_bytes=1_000_000)
    for level in (1, 2):
        assert len(blooms.passing(level, _OTHERS)) < len(_OTHERS) / 4


def test_nothing_that_a_level_holds_is_kept_back() -> None:
    store = _filled()
    blooms = StoredBlooms(store, load_after_shingles=0, most_bytes=1_000_000)
    for level, table in ((1, "runs_recent"), (2, "runs_settled")):
        held = {row[0] for row in store.execute(f"SELECT run FROM {table}")}
        assert held
        assert set(blooms.passing(level, held)) == held


def test_before_it_pays_and_beyond_the_memory_granted_everything_passes() -> None:
    store = _filled()
    few = StoredBlooms(store, load_after_shingles=len(_OTHERS), most_bytes=1_000_000)
    none = StoredBlooms(store, load_after_shingles=0, most_bytes=-1)
    for blooms in (few, none):
        assert set(blooms.passing(2, _OTHERS)) == _OTHERS
