"""A source from which everything vanishes is at fault, not its articles."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from pipeline.items import history
from pipeline.model.capture import ClassifiedCapture
from tests.pipeline.worlds.captures import (
    derived,
    items,
    kaz,
    missing,
    moved,
    new_database,
    page,
    prose,
    take,
    world,
)

DAY = 24.0


def stored(count: int, hours: float = 0) -> list[ClassifiedCapture]:
    """So many articles, each with a text of its own."""
    return [page(kaz(f"a{n}"), hours, prose("щ" * (n + 1), 40)) for n in range(count)]


def missed(numbers: range, hours: float) -> list[ClassifiedCapture]:
    return [missing(kaz(f"a{n}"), hours + n / 100) for n in numbers]


def gone(db: Database) -> set[str]:
    return {url for url, one in items(db).items() if one["gone"]}


def check_any_order(captures: list[ClassifiedCapture], expected: set[str]) -> None:
    """All at once, one by one as they came, and one by one in another order."""
    at_once = world(*captures)
    assert gone(at_once) == expected
    for order in (captures, Random(1).sample(captures, len(captures))):
        db = new_database()
        for one in order:
            take(db, one)
        assert derived(db) == derived(at_once)


def test_all_that_vanishes_slowly_is_the_sources_fault() -> None:
    captures = stored(60)
    for day in range(1, 13):
        captures += missed(range(5 * day - 5, 5 * day), day * DAY)
        captures += missed(range(max(0, 5 * day - 10), 5 * day - 5), day * DAY)
    check_any_order(captures, set())


def test_what_is_missed_for_days_among_other_pages_is_gone() -> None:
    captures = stored(60)
    for day in range(1, 4):
        captures += missed(range(15), day * DAY)
        captures += [page(kaz(f"a{n}"), day * DAY, prose("щ" * (n + 1), 40)) for n in range(40, 60)]
    check_any_order(captures, {kaz(f"a{n}") for n in range(15)})


def test_few_pages_that_are_missed_again_and_again_are_gone() -> None:
    captures = stored(30)
    for day in (1, 2, 4, 8):
        captures += missed(range(10), day * DAY)
    check_any_order(captures, {kaz(f"a{n}") for n in range(10)})


def test_a_day_on_which_pages_are_there_parts_two_outages() -> None:
    captures = stored(30)
    for day, numbers in ((1, range(12)), (3, range(12, 24))):
        captures += missed(numbers, day * DAY)
        captures += missed(numbers, day * DAY + 25)
    between = [page(kaz(f"a{n}"), 2 * DAY + 5, prose("щ" * (n + 1), 40)) for n in range(24, 30)]
    assert gone(world(*captures)) == set()
    captures += between * 1 + [
        page(kaz(f"b{n}"), 2 * DAY + 5, prose("ц" * (n + 1), 40)) for n in range(20)
    ]
    check_any_order(captures, {kaz(f"a{n}") for n in range(24)})


def test_days_that_lie_far_apart_are_no_outage() -> None:
    captures = stored(40)
    for week in range(3):
        numbers = range(10 * week, 10 * week + 10)
        captures += missed(numbers, (1 + 20 * week) * DAY) + missed(numbers, (3 + 20 * week) * DAY)
    check_any_order(captures, {kaz(f"a{n}") for n in range(30)})


@pytest.mark.parametrize("count", [2, 3])
def test_three_articles_that_redirect_to_one_are_missed_and_two_are_that_one(count: int) -> None:
    captures = stored(3)
    target = kaz("t")
    captures += [moved(kaz(f"a{n}"), 10, target) for n in range(count)]
    captures += [moved(kaz(f"a{n}"), 40, target) for n in range(count)]
    captures += [page(target, 5, prose("ц", 40))]
    check_any_order(captures, {kaz(f"a{n}") for n in range(3)} if count == 3 else set())
    assert len(items(world(*captures))) == (4 if count == 3 else 2)


def test_a_page_that_returns_is_not_gone_and_may_be_gone_again() -> None:
    first, again = missed(range(1), DAY), missed(range(1), 10 * DAY)
    captures = [
        *stored(1), *first, *missed(range(1), 2 * DAY), *stored(1, 5 * DAY), *again,
        *missed(range(1), 11 * DAY + 1),
    ]  # fmt: skip
    check_any_order(captures[:3], {kaz("a0")})
    check_any_order(captures[:4], set())
    check_any_order(captures[:5], set())
    check_any_order(captures, {kaz("a0")})
    assert items(world(*captures))[kaz("a0")]["revision"] == 1


_EVENTS = st.tuples(
    st.integers(0, 5), st.integers(0, 30), st.sampled_from(("miss", "miss", "page"))
)


@given(st.lists(_EVENTS, min_size=4, max_size=25, unique_by=lambda event: event[:2]), st.randoms())
@settings(max_examples=40, deadline=None, derandomize=True, database=None)
def test_outages_are_the_same_however_the_days_came_in(
    events: list[tuple[int, int, str]], random: Random
) -> None:
    captures = [
        missing(kaz(f"a{number}"), day * DAY + number / 100)
        if what == "miss"
        else page(kaz(f"a{number}"), day * DAY + number / 100, prose("щ" * (number + 1), 40))
        for number, day, what in events
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(history, "FAULTY_DAY_MISSES", 3)
        at_once, db = world(*captures), new_database()
        random.shuffle(captures)
        for one in captures:
            take(db, one)
    assert derived(db) == derived(at_once)
