"""What is said of a source that brings less than its facts, or its own past, let one expect."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.source import Expect
from pipeline.monitoring.drift import (
    News,
    PagesRead,
    Watched,
    WayUse,
    layout_falls,
    silence,
    stopped_ways,
    week_falls,
)

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
"""A Wednesday; the last full week began on 23 February."""
MONDAY = date(2026, 2, 23)
UNKNOWN = Expect(items_per_week=None, read_by_layout=0.9)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def _pages(*crawls: tuple[int, int]) -> list[PagesRead]:
    return [PagesRead(read=read, by_layout=by_layout) for by_layout, read in crawls]


def _weeks(*items: int, watched: int | None = None) -> Watched:
    """Weeks of so many items, the last first, of which so many were watched."""
    count = len(items) if watched is None else watched
    days = (MONDAY + timedelta(days=6) - n * DAY for n in range(7 * count))
    return Watched(
        first_crawl=NOW - timedelta(weeks=count + 2),
        crawl_days=frozenset(days),
        items={MONDAY - timedelta(weeks=back): number for back, number in enumerate(items)},
    )


def _published(*hours_ago: float, first_crawl: datetime | None = NOW - 300 * DAY) -> Watched:
    moments = [NOW - hours * HOUR for hours in hours_ago]
    return Watched(first_crawl=first_crawl, items={}, published=moments)


def test_a_share_below_the_expected_is_said_with_the_past() -> None:
    said = layout_falls(_pages((3, 10), (38, 40)), UNKNOWN)
    assert said == (
        "only 3 of 10 pages were read by the source's own layout, of the 40 before them 38; "
        "90% are expected"
    )
    assert layout_falls(_pages((0, 6)), UNKNOWN) == (
        "only 0 of 6 pages were read by the source's own layout; 90% are expected"
    )


@pytest.mark.parametrize("crawls", [[], [(0, 4)], [(9, 10)], [(5, 6)], [(1, 1), (0, 3)]])
def test_few_pages_and_one_odd_page_say_nothing(crawls: list[tuple[int, int]]) -> None:
    assert layout_falls(_pages(*crawls), UNKNOWN) is None


def test_crawls_of_few_pages_are_taken_together() -> None:
    said = layout_falls(_pages((0, 1), (0, 2), (2, 2), (40, 40)), UNKNOWN)
    assert said is not None
    assert said.startswith("only 2 of 5 pages were read by the source's own layout, of the 40")
    assert layout_falls(_pages((1, 1), (2, 2), (2, 2), (0, 40)), UNKNOWN) is None


def test_a_fall_below_its_own_past_is_said_where_little_is_expected() -> None:
    little = Expect(items_per_week=None, read_by_layout=0.1)
    assert layout_falls(_pages((5, 10), (19, 20)), little) == (
        "only 5 of 10 pages were read by the source's own layout, of the 20 before them 19"
    )
    assert layout_falls(_pages((5, 10), (18, 19)), little) is None, "no past yet"
    assert layout_falls(_pages((8, 10), (20, 20)), little) is None, "little less"
    assert layout_falls(_pages((8, 10), (0, 20)), little) is None


def test_a_week_below_the_fewest_expected_is_said() -> None:
    expect = Expect(items_per_week=(20, 200), read_by_layout=0.9)
    said = "only 19 items in the week from 2026-02-23; at least 20 are expected"
    assert week_falls(_weeks(19), expect, NOW) == said
    assert week_falls(_weeks(20), expect, NOW) is None
    assert week_falls(_weeks(19, watched=0), expect, NOW) is None


def test_a_week_below_half_of_those_before_is_said() -> None:
    said = "only 9 items in the week from 2026-02-23; the 4 weeks before had about 20"
    assert week_falls(_weeks(9, 30, 20, 20, 10), UNKNOWN, NOW) == said
    assert week_falls(_weeks(10, 30, 20, 20, 10), UNKNOWN, NOW) is None
    assert week_falls(_weeks(9, 30, 20, 20), UNKNOWN, NOW) is None, "too short a past"
    assert week_falls(_weeks(0, 7, 7, 7, 7), UNKNOWN, NOW) is None, "always few"
    eight = week_falls(_weeks(0, *[20] * 12), UNKNOWN, NOW)
    assert eight is not None
    assert "the 8 weeks before" in eight


def test_a_week_counts_only_if_it_was_watched_through() -> None:
    weeks = _weeks(0, 20, 20, 20, 20)
    one_off = replace(weeks, crawl_days=weeks.crawl_days - {MONDAY})
    two_off = replace(weeks, crawl_days=weeks.crawl_days - {MONDAY, MONDAY + DAY})
    assert week_falls(one_off, UNKNOWN, NOW) is not None
    assert week_falls(two_off, UNKNOWN, NOW) is None
    begun = replace(weeks, first_crawl=datetime(2026, 2, 23, 6, tzinfo=UTC))
    assert week_falls(begun, UNKNOWN, NOW) is None
    assert week_falls(replace(weeks, first_crawl=None), UNKNOWN, NOW) is None


def test_the_present_week_does_not_count() -> None:
    weeks = _weeks(20, 20, 20, 20, 20)
    sunday = datetime(2026, 3, 8, 18, 59, tzinfo=UTC)
    assert week_falls(weeks, UNKNOWN, sunday) is None
    crawled = weeks.crawl_days | {MONDAY + timedelta(days=7 + n) for n in range(7)}
    said = week_falls(replace(weeks, crawl_days=crawled), UNKNOWN, sunday + timedelta(minutes=2))
    assert said == "only 0 items in the week from 2026-03-02; the 5 weeks before had about 20"


def test_three_times_the_usual_wait_without_anything_is_silence() -> None:
    assert silence(_published(37, 49, 61, 73, 85), NOW) == (
        "nothing new was published since 2026-03-03; usually there is something every 12 hours"
    )
    assert silence(_published(36, 48, 60, 72, 84), NOW) is None


def test_less_than_a_day_is_no_silence() -> None:
    assert silence(_published(24, 24.5, 25, 25.5, 26), NOW) is None
    said = silence(_published(24.1, 24.5, 25, 25.5, 26), NOW)
    assert said is not None
    assert "every 30 minutes" in said


def test_several_items_of_one_moment_are_one_publication() -> None:
    days = [DAY * n / HOUR for n in (2, 2, 2, 3, 3, 3, 4, 5, 6)]
    assert silence(_published(*days), NOW) is None
    assert silence(_published(*days), NOW + DAY + HOUR) is not None


def test_silence_is_counted_from_when_we_watch_and_from_what_was_seen_last() -> None:
    old = (1000, 1001, 1002, 1003, 1004)
    assert silence(_published(*old, first_crawl=None), NOW) is None
    assert silence(_published(*old, first_crawl=NOW - 23 * HOUR), NOW) is None
    assert silence(_published(*old, first_crawl=NOW - 25 * HOUR), NOW) is not None
    seen = replace(_published(*old), newly_seen=NOW - HOUR)
    assert silence(seen, NOW) is None
    assert silence(_published(*old[:4]), NOW) is None, "too few to tell what is usual"


def test_a_publication_in_the_future_is_none_yet() -> None:
    assert silence(_published(-500, 100, 101, 102, 103, 104), NOW) is not None


def _use(way: str, *, gave: timedelta | None, asked: timedelta = HOUR) -> WayUse:
    return WayUse(way=way, asked=NOW - asked, gave=None if gave is None else NOW - gave)


def _news(count: int, ago: timedelta, *ways: str) -> list[News]:
    return [News(found=NOW - ago, ways=frozenset(ways))] * count


def test_a_way_that_gives_nothing_any_more_is_named() -> None:
    uses = [_use("feed", gave=4 * DAY), _use("listing", gave=HOUR), _use("sitemap", gave=None)]
    assert stopped_ways(uses, []) == [
        "feed: has named no article since 2026-02-28, as it did before"
    ]
    assert stopped_ways([_use("feed", gave=2 * DAY)], []) == []
    assert stopped_ways([_use("feed", gave=9 * DAY, asked=8 * DAY)], []) == [], "not asked since"


def test_a_way_that_misses_what_others_find_is_named() -> None:
    uses = [_use("listing", gave=HOUR), _use("sitemap", gave=HOUR)]
    news = [*_news(1, 9 * DAY, "listing", "sitemap"), *_news(37, DAY, "listing")]
    assert stopped_ways(uses, news) == [
        "sitemap: has found nothing new since 2026-02-23, while other ways found 37 addresses"
    ]
    assert stopped_ways(uses, news[:20]) == []
    late = [*_news(1, DAY, "sitemap"), *_news(37, 2 * HOUR, "listing")]
    assert stopped_ways(uses, late) == [], "a sitemap may be a day late"
    assert stopped_ways([_use("sitemap", gave=8 * DAY, asked=8 * DAY)], news) == []
    assert stopped_ways([_use("archive", gave=HOUR)], news) == [], "it never found news"


_CRAWLS = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 30)).map(
        lambda two: PagesRead(read=max(two), by_layout=min(two))
    ),
    max_size=20,
)


@given(_CRAWLS, st.floats(0, 1))
def test_only_a_share_that_is_not_whole_is_said(crawls: Sequence[PagesRead], least: float) -> None:
    expect = Expect(items_per_week=None, read_by_layout=least)
    layout_falls(crawls, expect)
    whole = [PagesRead(read=one.read, by_layout=one.read) for one in crawls]
    assert layout_falls(whole, expect) is None


@given(st.lists(st.integers(0, 9), min_size=5, max_size=9))
def test_weeks_like_those_before_say_nothing(weekdays: list[int]) -> None:
    same = [sum(weekdays)] * 9
    assert week_falls(_weeks(*same), UNKNOWN, NOW) is None


@given(st.lists(st.floats(0, 2000), max_size=30).flatmap(st.permutations), st.floats(0, 24))
def test_order_does_not_matter_and_a_day_of_watching_never_alarms(
    hours: list[float], watching: float
) -> None:
    watched = _published(*hours)
    assert silence(watched, NOW) == silence(_published(*sorted(hours)), NOW)
    assert silence(_published(*hours, first_crawl=NOW - watching * HOUR), NOW) is None
