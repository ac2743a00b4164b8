"""Section 5, "Items": what a set of captures makes of an item."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.clock import almaty_day
from pipeline.items.history import (
    FalseClaims,
    ItemHistory,
    Sighting,
    false_claims,
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


def revisit(hours: float, digest: str = "", url: str = A) -> Sighting:
    """A 304 that says of what it confirms its payload's digest at most."""
    return Sighting(
        time=at(hours), url=url, digest=digest, day=almaty_day(at(hours)), is_unchanged=True
    )


def test_a_304_may_name_its_content_by_the_digest_alone() -> None:
    item = history_of(good(0, "x"), good(1, "y"), revisit(2, "x"), revisit(3, "x"))
    assert contents(item) == ["x", "y", "x"]
    assert item.last_seen == at(3)
    assert history_of(good(0, "x"), revisit(1, "z")).last_seen == at(0)
    assert history_of(good(0, "x"), revisit(1, "x", url=B)).last_seen == at(0)
    assert history_of(revisit(0, "x"), good(1, "x")).first_seen == at(1)
    dated = replace(same(2, 1.5), digest="x")
    assert contents(history_of(good(0, "x"), good(1, "y"), dated)) == ["x", "y", "x"]


def test_a_304_that_names_nothing_confirms_what_was_seen_last() -> None:
    item = history_of(good(0, "x"), good(1, "y"), revisit(2), revisit(3))
    assert contents(item) == ["x", "y"]
    assert item.last_seen == at(3)
    assert history_of(good(0), revisit(1, url=B)).last_seen == at(0)


@given(st.lists(st.sampled_from(["x", "y", "miss", "fails", "", "of x", "of z"]), max_size=7))
def test_a_304_never_makes_an_item_gone_nor_a_content_that_was_not_seen(kinds: list[str]) -> None:
    captures, without = [], []
    for hours, kind in enumerate(kinds, start=1):
        if kind in ("x", "y"):
            captures.append(good(hours, kind))
        elif kind == "miss":
            captures.append(miss(30.0 * hours))
        elif kind == "fails":
            captures.append(other(hours))
        else:
            captures.append(revisit(30.0 * hours, kind.removeprefix("of ")))
    without = [one for one in captures if not one.is_unchanged]
    item, plain = history_of(good(0), *captures), history_of(good(0), *without)
    assert set(contents(item)) <= set(contents(plain))
    assert item.gone is None or plain.gone is not None


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


SECOND = 1 / 3600


def test_a_304_that_contradicts_the_page_just_seen_takes_back_all_that_said_the_same() -> None:
    claims = [same(hours, 0) for hours in (1, 2, 3, 4)]
    item = history_of(good(0, "x"), *claims, good(5, "y"), same(5 + SECOND, 0))
    assert contents(item) == ["x", "y"]
    assert [(one.first_seen, one.last_seen) for one in item.revisions] == [
        (at(0), at(0)), (at(5), at(5)),
    ]  # fmt: skip
    honest = history_of(good(0, "x"), *claims, good(5, "y"), good(5 + SECOND, "y"))
    assert [one.last_seen for one in honest.revisions] == [at(4), at(5 + SECOND)]


def test_a_304_of_a_page_that_was_just_missed_is_no_return() -> None:
    missed = miss(5), same(5 + SECOND, 0), miss(30)
    assert history_of(good(0), same(4, 0), *missed).gone == at(5)
    assert history_of(good(0), same(4, 0), *missed).last_seen == at(0)
    assert history_of(good(0), same(4, 0), miss(5), same(6, 0), miss(30)).gone is None


def test_a_304_of_what_was_seen_after_is_untouched() -> None:
    later = same(6, 5), same(7, 5)
    item = history_of(good(0), same(1, 0), good(5, "y"), same(5 + SECOND, 0), *later)
    assert contents(item) == ["x", "y"]
    assert item.last_seen == at(7)


def test_a_304_contradicts_its_own_address_alone() -> None:
    item = history_of(good(0, "x"), good(5, "y", B), same(5 + SECOND, 0))
    assert contents(item) == ["x", "y", "x"]
    assert false_claims([good(0, "x"), good(5, "y", B), same(5 + SECOND, 0)]) == FalseClaims()


def test_when_it_was_proven_is_told() -> None:
    lie = same(5 + SECOND, 0)
    claims = false_claims([lie, good(5, "y"), same(1, 0), good(0)])
    assert claims.proven == lie.time
    assert {time for time, *_ in claims.captures} == {at(1), lie.time}
