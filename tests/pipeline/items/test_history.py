"""Section 5, "Items": what a set of captures makes of an item."""

from dataclasses import replace
from datetime import date

import pytest

from pipeline.clock import almaty_day
from pipeline.items.history import (
    ItemHistory,
    Sighting,
    is_boilerplate,
    is_faulty_day,
    item_history,
    makes_soft_404s,
)
from tests.pipeline.worlds.captures import at

A = "https://kazpravda.kz/n/a/"
B = "https://kazpravda.kz/n/b/"


def good(hours: float, content: str = "x", url: str = A) -> Sighting:
    return Sighting(
        time=at(hours), url=url, digest=content, day=almaty_day(at(hours)),
        reading=f"reading of {content}", content_sha256=content,
    )  # fmt: skip


def same(hours: float, of: float, url: str = A) -> Sighting:
    return Sighting(
        time=at(hours),
        url=url,
        digest="304",
        day=almaty_day(at(hours)),
        is_unchanged=True,
        refers_to=at(of),
    )


def miss(hours: float, url: str = A) -> Sighting:
    return Sighting(
        time=at(hours), url=url, digest="404", day=almaty_day(at(hours)), says_gone=True
    )


def other(hours: float, url: str = A) -> Sighting:
    return Sighting(time=at(hours), url=url, digest="500", day=almaty_day(at(hours)))


def history_of(*captures: Sighting, faulty: frozenset[date] = frozenset()) -> ItemHistory:
    forwards, backwards = item_history(captures, faulty), item_history(captures[::-1], faulty)
    assert forwards == backwards
    assert forwards is not None
    return forwards


def contents(item: ItemHistory) -> list[str]:
    return [revision.content_sha256 for revision in item.revisions]


def test_captures_without_a_reading_make_no_item() -> None:
    assert item_history([miss(0), other(1), same(2, 0)], frozenset()) is None
    assert item_history([], frozenset()) is None


def test_at_one_time_the_address_and_then_the_digest_decide() -> None:
    assert history_of(good(0, "x", B), good(0, "y", A)).first_url == A
    assert contents(history_of(good(0, "y"), good(0, "x"))) == ["x", "y"]


def test_the_first_reading_names_the_item_and_the_newest_sighting_its_address() -> None:
    item = history_of(miss(0, B), good(1, "x", A), good(2, "y", B), other(3, A))
    assert (item.first_url, item.url) == (A, B)
    assert (item.first_seen, item.last_seen) == (at(1), at(2))


def test_a_late_arriving_earlier_capture_names_the_item() -> None:
    assert history_of(good(1, "x", B), good(0, "x", A)).first_url == A


def test_the_newest_reading_of_one_content_is_exported() -> None:
    newer = replace(good(1), reading="with tags")
    item = history_of(good(0), newer)
    assert item.reading == "with tags"
    assert [r.number for r in item.revisions] == [1]
    assert item.last_changed == at(0)


def test_a_304_is_a_sighting_of_the_content_that_it_refers_to() -> None:
    item = history_of(good(0), same(5, 0))
    assert item.last_seen == at(5)
    assert item.last_changed == at(0)
    assert contents(item) == ["x"]


def test_a_304_brings_an_older_content_back_as_a_revision() -> None:
    item = history_of(good(0, "x"), good(1, "y"), same(2, 0))
    assert contents(item) == ["x", "y", "x"]
    assert item.reading == "reading of x"
    assert item.last_changed == at(2)


def test_a_304_may_refer_to_another_304() -> None:
    assert history_of(good(0), same(1, 0), same(2, 1)).last_seen == at(2)


@pytest.mark.parametrize(
    "unknown",
    [same(2, 1), same(2, 0, url=B), same(2, 3)],
    ids=["nothing then", "another address", "later than itself"],
)
def test_a_304_whose_capture_is_not_at_hand_is_no_sighting(unknown: Sighting) -> None:
    item = history_of(good(0), unknown, good(3))
    assert item.revisions == history_of(good(0), good(3)).revisions
    assert history_of(good(0), unknown).last_seen == at(0)


def test_a_304_without_its_capture_does_not_end_a_misses_row() -> None:
    assert history_of(good(0), miss(1), same(10, 9), miss(25)).gone == at(1)


def test_misses_and_returns_add_no_revision() -> None:
    item = history_of(good(0), miss(1), good(2), miss(3), miss(30), good(60))
    assert contents(item) == ["x"]


def test_one_miss_is_not_gone() -> None:
    assert history_of(good(0), miss(1)).gone is None


def test_misses_within_a_day_are_not_gone() -> None:
    assert history_of(good(0), miss(1), miss(24.99)).gone is None


def test_gone_since_the_first_miss_once_another_follows_a_day_later() -> None:
    assert history_of(good(0), miss(1), miss(2), miss(25)).gone == at(1)
    assert history_of(good(0), miss(1), miss(25), miss(26)).gone == at(1)


def test_a_good_capture_between_starts_anew() -> None:
    assert history_of(good(0), miss(1), good(2), miss(25)).gone is None
    assert history_of(good(0), miss(1), good(2), miss(25), miss(49)).gone == at(25)
    assert history_of(good(0), miss(1), same(2, 0), miss(25)).gone is None


def test_a_return_ends_it() -> None:
    assert history_of(good(0), miss(1), miss(25), good(26)).gone is None


def test_misses_before_the_first_reading_do_not_count() -> None:
    assert history_of(miss(-30), miss(-5), good(0)).gone is None


def test_a_failure_is_no_miss() -> None:
    assert history_of(good(0), other(1), other(30)).gone is None


def test_faulty_days_count_for_none() -> None:
    bad = frozenset({almaty_day(at(1))})
    assert history_of(good(0), miss(1), miss(25), faulty=bad).gone is None
    assert history_of(good(0), miss(1), miss(25), miss(49), faulty=bad).gone == at(25)


@pytest.mark.parametrize(
    ("captures", "misses", "faulty"),
    [(20, 20, True), (19, 19, False), (39, 20, True), (40, 20, False), (100, 50, False)],
)
def test_a_source_is_at_fault_from_twenty_misses_and_more_than_half(
    captures: int, misses: int, faulty: bool
) -> None:
    assert is_faulty_day(captures, misses) is faulty


def test_the_bounds_are_those_of_the_contract() -> None:
    assert (makes_soft_404s(2), makes_soft_404s(3)) == (False, True)
    assert (is_boilerplate(19), is_boilerplate(20)) == (False, True)
