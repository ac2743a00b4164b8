"""What each plan looks for: what is due, which days and sitemaps are wanted, what ends a walk."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from pipeline.archive.replay_index import Replay
from pipeline.frontier.backfills import Backfill
from pipeline.frontier.entry_points import EntryPoint
from pipeline.model.capture import Found
from pipeline.normalize.addresses import article_address
from spiders.crawl.plan import ArchivePast, Plan
from spiders.crawl.plans import BackfillPlan, NewsPlan, ReplayPlan, plan_for
from spiders.senate import SENATE

_NOW = datetime(2026, 3, 4, 7, tzinfo=UTC)
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_SPAN = Backfill(id=7, since=date(2026, 3, 1), until=date(2026, 3, 5))
_NEWS, _FULL, _BACKFILL = NewsPlan(), NewsPlan(full=True), BackfillPlan(span=_SPAN)
_LISTING = "https://senate.parlam.kz/ru-RU/news"


def _replay(*urls: str, within: NewsPlan | BackfillPlan = _NEWS) -> ReplayPlan:
    """A replay of files that hold these addresses."""
    return ReplayPlan(replay=Replay(_records={url: [] for url in urls}), within=within)


def _found(*, earliest: int | None = None, latest: int | None = None) -> Found:
    """A release published between two days of March; -1 is the last of February."""
    address = article_address("https://senate.parlam.kz/ru-RU/news/details/1", SENATE)
    assert address is not None
    return Found(
        address=address,
        by="listing",
        on=None,
        earliest=_march_day(earliest),
        latest=_march_day(latest),
    )


def _march_day(day: int | None) -> date | None:
    return date(2026, 2, 28) + timedelta(days=max(day, 0)) if day else None


def _ago(asked: timedelta, **facts: Any) -> dict[str, Any]:
    return {"asked_at": _NOW - asked, **facts}


@pytest.mark.parametrize(
    ("way", "facts", "due"),
    [
        ("listing", _ago(_HOUR), True),
        ("listing", _ago(_HOUR, answered_at=_NOW - _HOUR), True),
        ("feed", {}, True),
        ("feed", _ago(_HOUR, answered_at=_NOW - _HOUR), True),
        ("feed", _ago(_DAY, complete_at=_NOW - _DAY), False),
        ("feed", _ago(7 * _DAY, complete_at=_NOW - 7 * _DAY), True),
        ("feed", _ago(_HOUR), True),
        ("sitemap", {}, True),
        ("sitemap", _ago(_HOUR / 2, answered_at=_NOW - _HOUR / 2), False),
        ("sitemap", _ago(_HOUR, answered_at=_NOW - _HOUR), True),
        ("sitemap", _ago(_DAY, complete_at=_NOW - _DAY), False),
    ],
)
def test_news_asks_listings_and_feeds_always_and_what_was_never_there_now_and_then(
    way: Any, facts: dict[str, Any], due: bool
) -> None:
    entry_point = EntryPoint(url=_LISTING, way=way, **facts)
    assert NewsPlan().is_due(entry_point, _NOW) == due
    assert NewsPlan(full=True).is_due(entry_point, _NOW)


def test_a_backfill_asks_what_it_has_not_walked_and_a_replay_what_the_files_hold() -> None:
    entry_point = EntryPoint(url=_LISTING, way="listing", asked_at=_NOW)
    assert _BACKFILL.is_due(entry_point, _NOW)
    assert not _BACKFILL.is_due(EntryPoint(url=_LISTING, way="listing", done=True), _NOW)
    assert _replay(_LISTING).is_due(entry_point, _NOW)
    assert not _replay().is_due(entry_point, _NOW)


def _sitemap(**facts: Any) -> EntryPoint:
    return EntryPoint(url="https://senate.parlam.kz/sitemap-1.xml", way="sitemap", **facts)


@pytest.mark.parametrize(
    ("plan", "facts", "changed", "wanted"),
    [
        (_NEWS, {}, None, True),
        (_NEWS, {}, date(2026, 2, 25), True),
        (_NEWS, {}, date(2026, 2, 24), False),
        (_FULL, {}, date(2026, 2, 24), True),
        (_NEWS, _ago(_HOUR), None, False),
        (_FULL, _ago(_HOUR), None, True),
        (_NEWS, _ago(_DAY), None, True),
        (_NEWS, _ago(_HOUR), date(2026, 3, 4), True),
        (_NEWS, _ago(_DAY, complete_at=_NOW - 30 * _DAY), date(2026, 1, 31), True),
        (_NEWS, _ago(_DAY, complete_at=_NOW - 30 * _DAY), date(2026, 1, 30), False),
        (_BACKFILL, {}, None, True),
        (_BACKFILL, {}, date(2026, 3, 1), True),
        (_BACKFILL, {}, date(2026, 2, 28), True),
        (_BACKFILL, {}, date(1970, 1, 1), True),
        (_BACKFILL, {"done": True}, None, False),
        (_replay(), {}, None, False),
        (_replay("https://senate.parlam.kz/sitemap-1.xml"), {}, date(2020, 1, 1), True),
    ],
)
def test_sitemaps_are_wanted_by_when_they_were_changed(
    plan: Plan, facts: dict[str, Any], changed: date | None, wanted: bool
) -> None:
    assert plan.wants_sitemap(_sitemap(**facts), changed, _NOW) == wanted


@pytest.mark.parametrize(
    ("plan", "facts", "doubted"),
    [
        (_NEWS, {}, True), (_NEWS, _ago(6 * _DAY), False), (_NEWS, _ago(7 * _DAY), True),
        (_BACKFILL, {}, False), (_replay(), {}, False),
    ],
)  # fmt: skip
def test_what_is_said_to_be_old_is_looked_at_once_a_week(
    plan: Plan, facts: dict[str, Any], doubted: bool
) -> None:
    assert plan.doubts(_sitemap(**facts), _NOW) == doubted


def test_only_news_leaves_older_articles_of_a_sitemap_out() -> None:
    assert _NEWS.sitemap_horizon(_sitemap(), _NOW) == date(2026, 2, 25)
    assert _BACKFILL.sitemap_horizon(_sitemap(), _NOW) is None
    assert _replay().sitemap_horizon(_sitemap(), _NOW) is None


def test_only_news_asks_conditionally_and_for_what_was_walked_to_its_end() -> None:
    complete = EntryPoint(url=_LISTING, way="listing", asked_at=_NOW, complete_at=_NOW)
    cut_short = EntryPoint(url=_LISTING, way="listing", asked_at=_NOW, complete_at=_NOW - _HOUR)
    assert _NEWS.may_be_unchanged(complete)
    assert not _NEWS.may_be_unchanged(cut_short)
    assert not any(one.may_be_unchanged(complete) for one in (_FULL, _BACKFILL, _replay(_LISTING)))


def test_the_second_page_of_a_listing_is_looked_at_once_a_day_in_almaty() -> None:
    for hours, looks in ((0, False), (11, False), (12, True)):
        entry_point = EntryPoint(url=_LISTING, way="listing", complete_at=_NOW)
        assert _NEWS.always_second_page(entry_point, _NOW + hours * _HOUR) == looks
    assert not _NEWS.always_second_page(EntryPoint(url=_LISTING, way="listing"), _NOW)
    assert not _NEWS.always_second_page(_sitemap(complete_at=_NOW), _NOW + 2 * _DAY)


@pytest.mark.parametrize(
    ("earliest", "latest", "wanted"),
    [
        (None, None, True), (None, 28, True), (2, 3, True), (5, 5, True), (6, 6, False),
        (None, 1, True), (6, None, False),
    ],
)  # fmt: skip
def test_a_backfill_makes_known_what_may_be_of_its_days(
    earliest: int | None, latest: int | None, wanted: bool
) -> None:
    one = _found(earliest=earliest, latest=latest)
    assert NewsPlan().wanted([one]) == [one]
    for plan in (_BACKFILL, _replay(within=_BACKFILL)):
        assert [found.backfill for found in plan.wanted([one])] == ([7] if wanted else [])


@pytest.mark.parametrize(
    ("earliest", "latest", "before"),
    [(None, 28, False), (None, 1, False), (1, 1, False), (None, None, False), (None, -1, True),
     (-1, -1, False)],
)  # fmt: skip
def test_a_backfill_leaves_to_later_what_is_only_said_to_have_been_changed_before(
    earliest: int | None, latest: int | None, before: bool
) -> None:
    one = _found(earliest=earliest, latest=latest)
    for plan in (_BACKFILL, _replay(within=_BACKFILL)):
        assert [found.backfill for found in plan.changed_before([one])] == ([7] if before else [])
    assert NewsPlan().changed_before([one]) == []


def test_what_lies_before_the_days_is_too_old_for_a_backfill_alone() -> None:
    day = date(2026, 2, 28)
    assert _BACKFILL.is_too_old(day)
    assert _replay(within=_BACKFILL).is_too_old(day)
    assert not _BACKFILL.is_too_old(date(2026, 3, 1))
    assert not _NEWS.is_too_old(day)


def _march(*days: int) -> list[date]:
    return [date(2026, 3, day) for day in days]


@pytest.mark.parametrize(
    ("past", "days"),
    [
        (ArchivePast(), [2, 3, 4]),
        (ArchivePast(last_asked=_NOW - 23 * _HOUR), []),
        (ArchivePast(last_asked=_NOW - _DAY), [2, 3, 4]),
        (ArchivePast(newest_walked=date(2026, 3, 1)), [1, 2, 3, 4]),
        (ArchivePast(newest_walked=date(2026, 3, 4)), [4]),
        (ArchivePast(newest_walked=date(2026, 3, 5)), []),
    ],
)
def test_news_asks_the_days_since_the_newest_that_was_walked(
    past: ArchivePast, days: list[int]
) -> None:
    assert _NEWS.archive_days(past, _NOW) == _march(*days)
    assert _FULL.archive_days(ArchivePast(last_asked=_NOW), _NOW) == _march(2, 3, 4)
    assert len(_NEWS.archive_days(ArchivePast(newest_walked=date(2020, 1, 1)), _NOW)) == 31


def test_a_backfill_asks_its_days_up_to_today_but_for_those_that_are_proven() -> None:
    assert _BACKFILL.archive_days(ArchivePast(), _NOW) == _march(4, 3, 2, 1)
    past = ArchivePast(proven=frozenset(_march(2, 4)))
    assert _BACKFILL.archive_days(past, _NOW) == _march(3, 1)
    full = BackfillPlan(span=_SPAN, full=True)
    assert full.archive_days(past, _NOW) == _march(4, 3, 2, 1)
    frozen = ArchivePast(newest_item=date(2026, 3, 2))
    assert _BACKFILL.archive_days(frozen, _NOW) == _march(2, 1, 4, 3)


def test_a_replay_asks_the_days_whose_pages_the_files_hold() -> None:
    past = ArchivePast(held=frozenset(_march(2, 9)))
    assert _replay().archive_days(past, _NOW) == _march(9, 2)
    assert _replay(within=_BACKFILL).archive_days(past, _NOW) == _march(9, 2)


def test_news_is_looked_for_beside_a_backfill_alone() -> None:
    assert BackfillPlan(span=_SPAN, full=True).news_beside() == NewsPlan(full=True)
    assert NewsPlan().news_beside() is None
    assert _replay(within=_BACKFILL).news_beside() is None


def test_the_plan_follows_from_what_is_asked_for() -> None:
    files = Replay.over([], [])
    assert plan_for(full=True, replay=None, backfill=None) == NewsPlan(full=True)
    assert plan_for(full=False, replay=None, backfill=_SPAN) == _BACKFILL
    replay = plan_for(full=False, replay=files, backfill=_SPAN)
    assert replay == ReplayPlan(replay=files, within=_BACKFILL)
    assert (replay.backfill, replay.remembers, replay.full) == (_SPAN, False, True)
