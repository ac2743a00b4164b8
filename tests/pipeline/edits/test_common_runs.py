"""What two sequences have in common."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.edits.common_runs import common_runs


def _longest(one: str, other: str) -> int:
    row = [0] * (len(other) + 1)
    for letter in one:
        before, row = row, [0]
        for at, found in enumerate(other):
            row.append(before[at] + 1 if letter == found else max(before[at + 1], row[at]))
    return row[-1]


@given(st.text("abc", max_size=30), st.text("abc", max_size=30))
def test_runs_are_equal_and_in_order_and_as_many_as_can_be(one: str, other: str) -> None:
    last = last_other = 0
    for at, at_other, length in common_runs(one, other):
        assert at >= last
        assert at_other >= last_other
        assert one[at : at + length] == other[at_other : at_other + length] != ""
        last, last_other = at + length, at_other + length
    assert sum(length for _, _, length in common_runs(one, other)) == _longest(one, other)


@given(st.lists(st.integers(0, 400), min_size=100, max_size=400), st.integers(0, 99))
def test_long_sequences_are_matched_round_what_differs(one: list[int], at: int) -> None:
    other = [*one[:at], -1, *one[at + 1 :]]
    runs = common_runs(one, other)
    assert sum(length for _, _, length in runs) == len(one) - 1


def test_what_changed_places_is_matched_once() -> None:
    one = list(range(200))
    other = [*range(100, 200), *range(100)]
    assert common_runs(one, other) in ([(0, 100, 100)], [(100, 0, 100)])
