"""When an article is looked at again."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.items.revisits import LATER_EVERY, RUNGS, Appeared, appeared, next_visit

_URL = "https://kazpravda.kz/n/a/"
_BEGAN = datetime(2026, 3, 2, 6, tzinfo=UTC)
"""Eleven o'clock in Almaty."""
_MOMENTS = st.integers(0, 10 * 365 * 86_400).map(
    lambda seconds: _BEGAN + timedelta(seconds=seconds)
)


def at(hours: float) -> datetime:
    return _BEGAN + timedelta(hours=hours)


def visits(item: Appeared, until: datetime, step: timedelta = timedelta(minutes=15)) -> list[float]:
    """The hours after its publication at which crawls, so far apart, look at an article."""
    now = last = item.first_seen
    found = []
    while now <= until:
        if next_visit(_URL, item, last) <= now:
            last = now
            found.append((now - item.published) / timedelta(hours=1))
        now += step
    return found


def test_an_article_is_looked_at_eleven_times_in_its_first_year_at_most() -> None:
    new = Appeared(published=at(0), first_seen=at(0))
    days = [24.0 * day for day in (1, 3, 7, 30, 210)]
    assert visits(new, at(24 * 365)) == [0.5, 1, 3, 6, 12, *days]


def test_rungs_that_were_missed_are_made_up_for_once() -> None:
    item = Appeared(published=at(0), first_seen=at(0.2))
    assert next_visit(_URL, item, at(11)) == at(12)
    late = Appeared(published=at(0), first_seen=at(50))
    assert visits(late, at(24 * 40), timedelta(minutes=1)) == [72, 168, 720]
    assert visits(late, at(24 * 700), timedelta(days=250)) == [50 + 250 * 24, 50 + 500 * 24]


@pytest.mark.parametrize(
    ("published", "first_seen", "counted_from"),
    [
        ("2026-03-02T10:40:00+05:00", at(0), at(-1 / 3)),
        ("2026-03-02", at(0), at(0)),
        ("2026-03-01", at(0), at(-11)),
        ("2026-03-01", at(-12), at(-12)),
        ("2026-02-28", at(0), at(-35)),
        ("2026-03-09T10:40:00+05:00", at(0), at(0)),
        ("9999-12-31", at(0), at(0)),
        ("0001-01-01T00:00:00+05:00", at(0), at(0)),
        ("", at(0), at(0)),
        ("2015-06-01", at(0), datetime(2015, 6, 1, 18, tzinfo=UTC)),
    ],
)
def test_visits_are_counted_from_the_publication_as_far_as_that_is_known(
    published: str, first_seen: datetime, counted_from: datetime
) -> None:
    item = appeared(published, first_seen)
    assert item == Appeared(published=counted_from, first_seen=first_seen)


def test_old_articles_that_come_all_at_once_are_looked_at_over_half_a_year() -> None:
    old = appeared("2015-06-01", at(0))
    due = [next_visit(f"https://kazpravda.kz/n/{number}/", old, at(0)) for number in range(18_000)]
    assert due[0] == next_visit("https://kazpravda.kz/n/0/", old, at(0))
    by_day = [0] * 181
    for one in due:
        by_day[(one - at(0)).days] += 1
    assert all(60 < count < 140 for count in by_day[:180])
    again = next_visit("https://kazpravda.kz/n/0/", old, due[0])
    assert again - due[0] == LATER_EVERY


@given(_MOMENTS, _MOMENTS, _MOMENTS)
def test_a_visit_comes_after_the_last_and_no_later_than_half_a_year(
    published: datetime, first_seen: datetime, asked: datetime
) -> None:
    item = Appeared(published=min(published, first_seen), first_seen=first_seen)
    asked = max(asked, first_seen)
    due = next_visit(_URL, item, asked)
    assert asked < due <= asked + LATER_EVERY
    if asked - item.published < RUNGS[-1]:
        assert due - item.published in RUNGS
