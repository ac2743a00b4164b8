"""Counting numbered addresses up and down, against a row of numbers of which some are present."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.frontier.numbered_addresses import NumberState
from spiders.listing.number_scan import NumberScan, scans, starts

_FIRST = date(2020, 1, 1)
_ALL = (date.min, date.max)
_MOST_ABSENT = 50


@dataclass
class _Site:
    """A site that has some numbers, one a day; what it was asked."""

    present: frozenset[int]
    unclear: frozenset[int] = frozenset()
    known: set[int] = field(default_factory=set)
    asked: list[int] = field(default_factory=list)

    def lookup(self, number: int) -> NumberState:
        if number not in self.known:
            return NumberState("unasked")
        if number in self.unclear:
            return NumberState("unclear")
        there = number in self.present
        return NumberState("present", _day(number)) if there else NumberState("absent")

    def count(self, begin: Iterable[int], since: date, until: date) -> list[int]:
        """Ask all that is wanted, until nothing is; what was asked."""
        others = frozenset(begin)
        counts = [
            NumberScan(start, step, ends=others, most_absent=_MOST_ABSENT, since=since, until=until)
            for start in sorted(others, reverse=True)
            for step in (1, -1)
        ]

        def wanted_next() -> list[int]:
            wanted = (one.wanted(self.lookup) for one in counts)
            return next(filter(None, wanted), [])

        while wanted := wanted_next():
            assert self.known.isdisjoint(wanted), "a number is asked twice"
            self.known.update(wanted)
            self.asked += wanted
        return self.asked


def _day(number: int) -> date:
    return _FIRST + timedelta(days=number)


def _site(*ranges: range) -> _Site:
    return _Site(frozenset(number for one in ranges for number in one))


def test_both_ways_are_counted_until_fifty_in_a_row_are_absent() -> None:
    site = _site(range(1000, 1100))
    asked = site.count([1050], *_ALL)
    assert {*asked} == {*range(950, 1150)}
    assert len(asked) == 200


def test_forty_nine_absent_ones_are_passed_and_fifty_are_not() -> None:
    site = _site(range(100, 110), range(159, 170), range(220, 230))
    asked = site.count([105], *_ALL)
    assert {*range(159, 170)} <= {*asked}
    assert {*range(220, 230)}.isdisjoint(asked)


def test_each_known_island_is_counted_from() -> None:
    site = _site(range(100, 110), range(400, 410), range(900, 903))
    site.known = {105, 402, 901}
    asked = site.count([105, 402, 901], *_ALL)
    assert site.present - {105, 402, 901} <= {*asked}
    assert len(asked) <= 23 + 6 * _MOST_ABSENT


def test_what_cannot_be_read_does_not_lead_on_for_ever() -> None:
    site = _Site(frozenset({100}), unclear=frozenset(range(101, 10_000)))
    assert max(site.count([100], *_ALL)) == 150


def test_a_scan_that_ends_where_numbers_could_not_be_read_says_so() -> None:
    for unclear, is_unclear in (
        (range(101, 151), True),
        ([110], True),
        ([103], False),
        ([], False),
    ):
        site = _Site(frozenset({100, 105}), unclear=frozenset(unclear) - {105})
        up = NumberScan(
            100, 1, ends=frozenset(), most_absent=_MOST_ABSENT, since=date.min, until=date.max
        )
        site.known.add(100)
        while wanted := up.wanted(site.lookup):
            assert not up.is_unclear
            site.known.update(wanted)
        assert up.is_unclear is is_unclear


def test_the_scans_of_many_numbers_take_memory_by_their_number_and_not_its_square() -> None:
    present = [(number, _FIRST) for number in range(1, 4001)]
    tracemalloc.start()
    try:
        begun = list(scans(present, [], since=date.min, until=date.max, most_absent=_MOST_ABSENT))
        used, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(begun) == 2 * len(present)
    assert used / len(begun) < 1000, "bytes a scan"


def test_numbers_below_one_are_not_asked() -> None:
    assert min(_site(range(1, 5)).count([3], *_ALL)) == 1


def test_counting_ends_a_little_beyond_the_wanted_days() -> None:
    site = _site(range(1, 3000))
    asked = site.count([1500], _day(1490), _day(1510))
    assert {*range(1490, 1511)} <= {*asked}
    assert min(asked) >= 1490 - 30
    assert max(asked) <= 1510 + 30


def test_one_out_of_order_ends_nothing() -> None:
    site = _site(range(100, 140))
    site.known = {120, 119}
    days = {119: _day(1)}

    def lookup(number: int) -> NumberState:
        now = site.lookup(number)
        return NumberState(now.state, days.get(number, now.day))

    down = NumberScan(
        120, -1, ends=frozenset(), most_absent=_MOST_ABSENT, since=_day(100), until=_day(140)
    )
    assert down.wanted(lookup)[0] == 118


def test_it_begins_with_the_present_numbers_of_the_wanted_days() -> None:
    present = [(number, _day(number)) for number in (7, 100, 110, 300)]
    assert starts(present, [(105, _day(105))], _day(90), _day(200)) == [110, 100]


def test_without_one_it_begins_at_the_nearest_and_where_the_days_should_lie() -> None:
    noted = [(100, _day(100)), (300, _day(300))]
    assert starts([], noted, _day(150), _day(200)) == [300, 200, 150, 100]
    assert starts([], noted, _day(400), _day(500)) == [500, 400, 300]
    assert starts([], noted, _day(-50), _day(20)) == [100, 20, 1]
    assert starts([], [(100, _day(100))], _day(150), _day(200)) == [100]
    assert starts([], [], _day(150), _day(200)) == []


_islands = st.lists(
    st.tuples(st.integers(1, 1500), st.integers(1, 60)), min_size=1, max_size=6
).map(lambda pairs: frozenset(n for at, size in pairs for n in range(at, at + size)))


@given(_islands, st.lists(st.integers(1, 1600), min_size=1, max_size=4, unique=True))
@example(frozenset({1}), [1])
def test_all_within_fifty_of_what_is_found_is_found_and_nothing_further_is_asked(
    present: frozenset[int], begin: list[int]
) -> None:
    asked = {*_Site(present).count(begin, *_ALL)}
    found = present & asked
    for one in found:
        assert present.intersection(range(one - 50, one + 51)) <= asked
    from_here = found.union(begin)
    assert all(not from_here.isdisjoint(range(one - 50, one + 51)) for one in asked)
