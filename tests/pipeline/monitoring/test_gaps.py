"""Which days are gaps, by the days around them."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pipeline.monitoring.gaps import DayCount, Gap, Span, gaps

_FIRST = date(2026, 1, 5)
"""A Monday."""


def _day(number: int) -> date:
    return _FIRST + timedelta(days=number)


def _count(number: int, found: int, failed: int = 0) -> DayCount:
    stored = found - failed
    return DayCount(day=_day(number), found=found, captured=stored, stored=stored, failed=failed)


def _counts(*found: int) -> list[DayCount]:
    return [_count(number, one) for number, one in enumerate(found)]


def _gaps(
    counts: list[DayCount], *, first: int = 0, last: int = 1000, today: int = 1000
) -> list[Gap]:
    return gaps(counts, [Span(first=_day(first), last=_day(last))], _day(today), frozenset())


def _gap_days(
    counts: list[DayCount], *, first: int = 0, last: int = 1000, today: int = 1000
) -> list[int]:
    found = _gaps(counts, first=first, last=last, today=today)
    return [(gap.day - _FIRST).days for gap in found]


def test_a_day_with_less_than_a_quarter_of_the_usual_is_a_gap() -> None:
    counts = _counts(*[12] * 30, 2, *[12] * 30)
    (gap,) = _gaps(counts)
    assert gap == Gap(day=_day(30), found=2, captured=2, stored=2, failed=0, usual=12, proven=False)
    assert _gaps(_counts(*[12] * 30, 3, *[12] * 30)) == []


def test_a_day_of_which_nothing_is_known_is_a_gap() -> None:
    counts = [one for one in _counts(*[12] * 60) if one.day != _day(20)]
    (gap,) = _gaps(counts)
    assert (gap.day, gap.found, gap.held) == (_day(20), 0, 0)


def test_addresses_that_failed_are_missing_and_those_still_to_be_asked_are_not() -> None:
    counts = _counts(*[12] * 60)
    counts[20] = _count(20, found=12, failed=10)
    counts[40] = DayCount(day=_day(40), found=12, captured=0, stored=0, failed=0)
    assert _gap_days(counts) == [20]


def test_where_few_are_usual_there_is_no_gap() -> None:
    assert _gaps(_counts(*[3] * 30, 0, *[3] * 30)) == []
    assert _gap_days(_counts(*[4] * 30, 0, *[4] * 30)) == [30]


def test_free_weekdays_are_no_gaps() -> None:
    weekend_off = [*[20] * 5, 0, 0] * 10
    assert _gaps(_counts(*weekend_off)) == []
    sunday_off = [*[20] * 6, 0] * 10
    assert _gaps(_counts(*sunday_off)) == []


def test_weeks_without_anything_are_gaps_on_every_day() -> None:
    counts = _counts(*[12] * 56, *[0] * 21, *[12] * 56)
    assert _gap_days(counts) == list(range(76, 55, -1))


def test_a_beginning_an_end_and_what_is_not_over_are_no_gaps() -> None:
    counts = _counts(*[0] * 30, *[12] * 30, *[0] * 30)
    assert _gaps(counts, today=90) == []
    counts = _counts(*[12] * 30, 0, 0)
    assert _gap_days([*counts, _count(32, 12)], today=31) == []
    assert _gap_days([*counts, _count(32, 12)], today=32) == [30]


def test_only_days_that_were_watched_count() -> None:
    counts = _counts(*[12] * 30, 0, *[12] * 30, 0, *[12] * 30)
    assert _gap_days(counts) == [61, 30]
    assert _gap_days(counts, first=31) == [61]
    assert _gap_days(counts, last=60) == [30]
    assert gaps(counts, [], _day(1000), frozenset()) == []
    assert gaps([], [Span(first=_day(0), last=_day(9))], _day(1000), frozenset()) == []


def test_a_proven_day_is_marked() -> None:
    counts = _counts(*[12] * 30, 0, *[12] * 30)
    watched = [Span(first=_day(0), last=_day(60))]
    (gap,) = gaps(counts, watched, _day(1000), {_day(30)})
    assert gap.proven


def test_fewer_than_three_days_tell_nothing() -> None:
    assert _gaps(_counts(*[12] * 14, 0, *[12] * 6)) == []
    assert _gap_days(_counts(*[12] * 14, 0, *[12] * 7)) == [14]


_NUMBERS = st.lists(st.integers(0, 40), min_size=1, max_size=90)


@given(st.integers(0, 100), st.integers(1, 90))
def test_a_constant_series_has_no_gap(number: int, length: int) -> None:
    assert _gaps(_counts(*[number] * length)) == []


@given(_NUMBERS.flatmap(lambda numbers: st.permutations(_counts(*numbers))))
def test_the_order_of_the_counts_and_twice_the_same_span_do_not_matter(
    shuffled: list[DayCount],
) -> None:
    span = Span(first=_day(0), last=_day(1000))
    counts = sorted(shuffled, key=lambda one: one.day)
    assert gaps(shuffled, [span, span], _day(1000), frozenset()) == _gaps(counts)


@given(_NUMBERS)
def test_gaps_are_far_below_the_usual_newest_first_and_over(numbers: list[int]) -> None:
    found = _gaps(_counts(*numbers), today=len(numbers))
    assert [gap.day for gap in found] == sorted({gap.day for gap in found}, reverse=True)
    for gap in found:
        assert gap.held * 4 < gap.usual
        assert gap.usual >= 4
        assert gap.day < _day(len(numbers) - 1)


@given(st.lists(st.integers(8, 12), min_size=70, max_size=90), st.integers(10, 50))
def test_one_empty_day_among_full_ones_is_the_one_gap(numbers: list[int], empty: int) -> None:
    counts = _counts(*numbers[:empty], 0, *numbers[empty + 1 :])
    assert _gap_days(counts) == [empty]
