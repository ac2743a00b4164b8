"""What failed is asked again later each time."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.frontier.retries import rest_wait, retry_at

_FIRST = datetime(2026, 3, 2, tzinfo=UTC)
_STEPS = tuple(timedelta(hours=hours) for hours in (1, 6, 24, 168))
_WEEK = timedelta(days=7)
_CRAWLS = st.lists(st.integers(1, 40 * 24 * 60), max_size=300, unique=True)
"""In minutes after the first failure."""


@given(_CRAWLS)
@example(list(range(1, 200)))
@example(list(range(15, 30 * 24 * 60, 15)))
@example([1])
def test_crawls_however_often_ask_for_a_failing_address_at_its_times_alone(
    minutes: list[int],
) -> None:
    asked = [_FIRST]
    for crawl in (_FIRST + timedelta(minutes=minute) for minute in sorted(minutes)):
        due = retry_at(_FIRST, asked[-1])
        assert due == _FIRST or due > asked[-1]
        if crawl >= due:
            asked.append(crawl)
    weeks = (asked[-1] - _FIRST) // _WEEK
    assert len(asked) - 1 <= len(_STEPS) + max(0, weeks - 1) + 1
    for step in _STEPS:
        within = [one for one in asked[2:] if one - _FIRST < step]
        assert len(within) <= _STEPS.index(step)
    if minutes:
        assert asked[1] == _FIRST + timedelta(minutes=min(minutes)), "the next crawl"


@given(st.integers(0, 10**8), st.integers(0, 10**8))
def test_the_time_follows_from_the_first_failure_and_the_last_and_never_goes_back(
    one: int, other: int
) -> None:
    earlier, later = (_FIRST + timedelta(seconds=seconds) for seconds in sorted((one, other)))
    assert retry_at(_FIRST, earlier) <= retry_at(_FIRST, later)
    assert retry_at(_FIRST, later) - later <= _WEEK


def test_it_is_asked_at_the_next_crawl_then_after_an_hour_six_a_day_and_each_week() -> None:
    times = [_FIRST, _FIRST + timedelta(seconds=1)]
    while len(times) < 8:
        times.append(retry_at(_FIRST, times[-1]))
    hours = [(one - _FIRST) / timedelta(hours=1) for one in times[2:]]
    assert hours == [1, 6, 24, 168, 336, 504]
    assert retry_at(_FIRST, _FIRST) == _FIRST


def test_a_clock_that_went_back_leaves_the_time_where_it_was() -> None:
    assert retry_at(_FIRST, _FIRST - timedelta(days=400)) == _FIRST


def test_a_source_that_refuses_us_is_left_alone_longer_each_time() -> None:
    waits = [rest_wait(n) for n in range(1, 6)]
    assert waits == [timedelta(hours=h) for h in (1, 6, 24, 168, 168)]
    assert all(earlier <= later for earlier, later in pairwise(waits))
