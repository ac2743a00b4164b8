"""A walk through a listing's pages: when it ends."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from pipeline.frontier.backfills import Backfill
from pipeline.frontier.entry_points import EntryPoint
from pipeline.model.capture import Found
from pipeline.normalize.addresses import address_id, article_address
from spiders.discovery.walk import _FIRST_PAGES, Walk
from tests.spiders.listing.pages import PAPER, RUBRIC

_AT = datetime(2026, 3, 4, tzinfo=UTC)
_MARCH = Backfill(id=1, since=date(2026, 3, 1), until=date(2026, 3, 31))
_NO_DAYS: Mapping[str, date] = {}


def _place(**facts: Any) -> EntryPoint:
    return EntryPoint(url=RUBRIC, way="listing", **facts)


def _found(*slugs: object, day: date | None = None) -> list[Found]:
    addresses = [
        article_address(f"https://kazpravda.kz/n/s-{slug}/", PAPER.source) for slug in slugs
    ]
    return [
        Found(address=one, by="listing", on=RUBRIC, earliest=day, latest=day)
        for one in addresses
        if one
    ]


def _ids(*slugs: object) -> frozenset[str]:
    return frozenset(address_id(one.address.url) for one in _found(*slugs))


def _pages_until_over(walk: Walk, most: int) -> int:
    """After how many pages of ever new articles a walk is over."""
    for page in count(1):
        walk.take(_found(*range(page * 10, page * 10 + 10)), _NO_DAYS)
        if walk.is_over or page == most:
            return page
    raise AssertionError


def test_the_same_articles_again_and_again_end_it() -> None:
    walk = Walk(_place(), backfill=_MARCH)
    walk.take(_found(1, 2), _NO_DAYS)
    for repeated in range(3):
        assert not walk.is_over
        walk.take(_found(2, 1) if repeated else [], _NO_DAYS)
    assert walk.is_over


def test_one_new_article_a_page_goes_on() -> None:
    walk = Walk(_place(), backfill=_MARCH)
    for page in range(50):
        walk.take(_found("pinned", "too", page), _NO_DAYS)
        walk.take(_found("pinned", "too"), _NO_DAYS)
        assert not walk.is_over


def test_the_first_look_for_news_takes_five_pages_and_a_later_one_as_many_as_it_needs() -> None:
    assert _pages_until_over(Walk(_place()), 2000) == _FIRST_PAGES
    later = _place(complete_at=_AT, head=_ids("gone"))
    assert _pages_until_over(Walk(later), 2000) == 1000
    assert _pages_until_over(Walk(_place(complete_at=_AT)), 2000) == _FIRST_PAGES
    assert _pages_until_over(Walk(_place(), backfill=_MARCH), 2000) == 2000
    assert _pages_until_over(Walk(_place(), replayed=True), 2000) == 2000


def test_it_meets_the_last_one_where_all_is_known_and_some_stood_on_its_first_page() -> None:
    walk = Walk(_place(complete_at=_AT, head=_ids(1, 2, 3)))
    assert walk.has_met_the_last(_found(3, 4), all_known=True)
    assert not walk.has_met_the_last(_found(0, 1, 2, 3), all_known=False)
    assert not walk.has_met_the_last(_found("pinned"), all_known=True)
    assert not walk.has_met_the_last([], all_known=True)
    never = Walk(_place(head=_ids(1)))
    assert not never.has_met_the_last(_found(1), all_known=True)


def test_the_first_walk_of_a_day_looks_at_the_second_page_in_any_case() -> None:
    walk = Walk(_place(complete_at=_AT, head=_ids(1, 2)), deep=True)
    walk.take(_found(1, 2), _NO_DAYS)
    assert not walk.has_met_the_last(_found(1, 2), all_known=True)
    walk.take(_found(3, 4), _NO_DAYS)
    assert not walk.has_met_the_last(_found(3, 4), all_known=False)
    assert walk.has_met_the_last(_found(3, 4), all_known=True)


def test_two_pages_of_nothing_but_older_articles_end_a_backfills() -> None:
    old, new = date(2026, 2, 28), date(2026, 3, 1)
    walk = Walk(_place(), backfill=_MARCH)
    walk.take(_found(1, day=old), _NO_DAYS)
    walk.take([*_found(2, day=old), *_found(3, day=new)], _NO_DAYS)
    walk.take(_found(4, day=old), _NO_DAYS)
    assert not walk.is_over
    walk.take([*_found(5, day=old), *_found(6)], _NO_DAYS)
    assert walk.is_over


def test_what_an_item_says_of_its_day_goes_before_the_card() -> None:
    walk = Walk(_place(), backfill=_MARCH)
    for slug in (1, 2, 3):
        found = _found(slug, day=date(2020, 1, 1))
        walk.take(found, {found[0].address.url: date(2026, 3, 1)})
    assert not walk.is_over


def test_pages_without_a_day_are_not_older() -> None:
    walk = Walk(_place(), backfill=_MARCH)
    for slug in range(5):
        walk.take(_found(slug), _NO_DAYS)
    assert not walk.is_over


def test_its_head_is_the_first_page_wherever_it_was_resumed() -> None:
    walk = Walk(_place())
    walk.take(_found(1, 2), _NO_DAYS)
    walk.take(_found(3), _NO_DAYS)
    assert walk.head == _ids(1, 2)
    resumed = Walk(_place(next_page=f"{RUBRIC}?page=2", walk_head=_ids(1, 2)), backfill=_MARCH)
    resumed.take(_found(3), _NO_DAYS)
    assert (resumed.head, resumed.left_out) == (_ids(1, 2), False)


def test_one_that_leaves_out_articles_of_its_first_page_has_no_head() -> None:
    walk = Walk(_place(), backfill=_MARCH)
    walk.take(_found(1, 2), _NO_DAYS)
    walk.leaves_out(0, first=True)
    assert not walk.left_out
    walk.leaves_out(1, first=True)
    walk.leaves_out(0, first=False)
    assert (walk.left_out, walk.head) == (True, frozenset())
    resumed = Walk(_place(next_page=f"{RUBRIC}?page=2"), backfill=_MARCH)
    assert resumed.left_out
