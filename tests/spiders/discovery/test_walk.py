"""A walk through a listing's pages: when it ends."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from pipeline.archive.replay_index import Replay
from pipeline.frontier.backfills import Backfill
from pipeline.frontier.entry_points import EntryPoint
from pipeline.model.capture import Found
from pipeline.normalize.addresses import address_id, article_address
from spiders.crawl.plan import Plan
from spiders.crawl.plans import _FIRST_PAGES, BackfillPlan, NewsPlan, ReplayPlan
from spiders.discovery.walk import Walk
from tests.spiders.listing.pages import PAPER, RUBRIC

_AT = datetime(2026, 3, 4, tzinfo=UTC)
_NEWS = NewsPlan()
_MARCH = BackfillPlan(span=Backfill(id=1, since=date(2026, 3, 1), until=date(2026, 3, 31)))
_REPLAY = ReplayPlan(replay=Replay(), within=_NEWS)
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
        if walk.ends(all_known=False) or page == most:
            return page
    raise AssertionError


def test_the_same_articles_again_and_again_end_it() -> None:
    walk = Walk(_place(), _MARCH)
    walk.take(_found(1, 2), _NO_DAYS)
    for repeated in range(3):
        assert not walk.ends(all_known=False)
        walk.take(_found(2, 1) if repeated else [], _NO_DAYS)
    assert walk.ends(all_known=False)


def test_one_new_article_a_page_goes_on() -> None:
    walk = Walk(_place(), _MARCH)
    for page in range(50):
        walk.take(_found("pinned", "too", page), _NO_DAYS)
        walk.take(_found("pinned", "too"), _NO_DAYS)
        assert not walk.ends(all_known=False)


def test_the_first_look_for_news_takes_few_pages_and_a_later_one_as_many_as_it_needs() -> None:
    assert _pages_until_over(Walk(_place(), _NEWS), 2000) == _FIRST_PAGES
    later = _place(complete_at=_AT, head=_ids("gone"))
    assert _pages_until_over(Walk(later, _NEWS), 2000) == 1000
    assert _pages_until_over(Walk(_place(complete_at=_AT), _NEWS), 2000) == _FIRST_PAGES
    assert _pages_until_over(Walk(_place(), _MARCH), 2000) == 2000
    assert _pages_until_over(Walk(_place(), _REPLAY), 2000) == 2000


def _ends(
    entry_point: EntryPoint, found: list[Found], *, all_known: bool, plan: Plan = _NEWS
) -> bool:
    """Whether a walk ends with its first page."""
    walk = Walk(entry_point, plan)
    walk.take(found, _NO_DAYS)
    return walk.ends(all_known=all_known)


def test_it_ends_where_all_is_known_and_some_stood_on_the_last_ones_first_page() -> None:
    entry_point = _place(complete_at=_AT, head=_ids(1, 2, 3))
    assert _ends(entry_point, _found(3, 4), all_known=True)
    assert not _ends(entry_point, _found(0, 1, 2, 3), all_known=False)
    assert not _ends(entry_point, _found("pinned"), all_known=True)
    assert not _ends(_place(head=_ids(1)), _found(1), all_known=True)


def test_what_is_known_ends_no_walk_of_a_backfill_or_a_replay() -> None:
    entry_point = _place(complete_at=_AT, head=_ids(1, 2, 3))
    for plan in (_MARCH, _REPLAY):
        assert not _ends(entry_point, _found(3, 4), all_known=True, plan=plan)


def test_the_first_walk_of_a_day_looks_at_the_second_page_in_any_case() -> None:
    walk = Walk(_place(complete_at=_AT, head=_ids(1, 2)), _NEWS, always_second_page=True)
    walk.take(_found(1, 2), _NO_DAYS)
    assert not walk.ends(all_known=True)
    walk.take(_found(3, 4), _NO_DAYS)
    assert not walk.ends(all_known=False)
    assert walk.ends(all_known=True)


def test_two_pages_of_nothing_but_older_articles_end_a_backfills() -> None:
    old, new = date(2026, 2, 28), date(2026, 3, 1)
    walk = Walk(_place(), _MARCH)
    walk.take(_found(1, day=old), _NO_DAYS)
    walk.take([*_found(2, day=old), *_found(3, day=new)], _NO_DAYS)
    walk.take(_found(4, day=old), _NO_DAYS)
    assert not walk.ends(all_known=False)
    walk.take([*_found(5, day=old), *_found(6)], _NO_DAYS)
    assert walk.ends(all_known=False)


def test_what_an_item_says_of_its_day_goes_before_the_card() -> None:
    walk = Walk(_place(), _MARCH)
    for slug in (1, 2, 3):
        found = _found(slug, day=date(2020, 1, 1))
        walk.take(found, {found[0].address.url: date(2026, 3, 1)})
    assert not walk.ends(all_known=False)


def test_pages_without_a_day_are_not_older() -> None:
    walk = Walk(_place(), _MARCH)
    for slug in range(5):
        walk.take(_found(slug), _NO_DAYS)
    assert not walk.ends(all_known=False)


def test_its_head_is_the_first_page_wherever_it_was_resumed() -> None:
    walk = Walk(_place(), _NEWS)
    walk.take(_found(1, 2), _NO_DAYS)
    walk.take(_found(3), _NO_DAYS)
    assert walk.head_ids == _ids(1, 2)
    resumed = Walk(_place(next_page=f"{RUBRIC}?page=2", walk_head=_ids(1, 2)), _MARCH)
    resumed.take(_found(3), _NO_DAYS)
    assert (resumed.head_ids, resumed.skipped_on_first_page) == (_ids(1, 2), False)


def test_one_that_skips_articles_of_its_first_page_has_no_head() -> None:
    whole, part = Walk(_place(), _MARCH), Walk(_place(), _MARCH)
    april = _found(3, day=date(2026, 4, 1))
    assert len(whole.take(_found(1, 2), _NO_DAYS)) == 2
    assert whole.take(april, _NO_DAYS) == []
    assert (whole.skipped_on_first_page, whole.head_ids) == (False, _ids(1, 2))
    assert len(part.take([*_found(1, 2), *april], _NO_DAYS)) == 2
    part.take(_found(4), _NO_DAYS)
    assert (part.skipped_on_first_page, part.head_ids) == (True, frozenset())
    resumed = Walk(_place(next_page=f"{RUBRIC}?page=2"), _MARCH)
    assert resumed.skipped_on_first_page
