"""Bloom filters over parts of the shingles' range."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pipeline.similarity.bloom import PARTS, add, empty_bits, has_room, part_of, passing, range_of

_SHINGLE = st.integers(-(2**63), 2**63 - 1)


@given(st.sets(_SHINGLE), st.sets(_SHINGLE), st.integers(0, 200))
def test_a_filter_lets_all_that_was_added_pass(
    added: set[int], others: set[int], room: int
) -> None:
    filters: list[bytearray | None] = [empty_bits(room) for _ in range(PARTS)]
    assert passing(added, filters) == []
    for shingle in added:
        bits = filters[part_of(shingle)]
        assert bits is not None
        assert has_room(bits, room)
        add(bits, [shingle])
    assert added <= set(passing(added | others, filters))
    assert set(passing(others, [None] * PARTS)) == others


@given(_SHINGLE)
def test_every_shingle_lies_in_the_range_of_its_part(shingle: int) -> None:
    first, last = range_of(part_of(shingle))
    assert first <= shingle <= last
    assert 0 <= part_of(shingle) < PARTS


def test_the_parts_cover_the_whole_range() -> None:
    bounds = [range_of(part) for part in range(PARTS)]
    assert bounds[0][0] == -(2**63)
    assert bounds[-1][1] == 2**63 - 1
    assert all(one[1] + 1 == next_[0] for one, next_ in pairwise(bounds))
