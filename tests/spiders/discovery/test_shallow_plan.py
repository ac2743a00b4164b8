"""What a check's crawl asks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from pipeline.frontier.entry_points import EntryPoint
from pipeline.model.capture import Address, Found
from spiders.crawl.plan import ArchivePast
from spiders.discovery.shallow_plan import ShallowPlan

SITE = "https://kazpravda.kz"
NOW = datetime(2026, 3, 5, 12, tzinfo=UTC)


def listing(path: str) -> EntryPoint:
    return EntryPoint(url=f"{SITE}{path}", way="listing")


def found(number: int, day: date | None) -> Found:
    address = Address(url=f"{SITE}/n/{number}/", language="ru", kind="news")
    return Found(address=address, by="sitemap", on=None, latest=day)


def test_of_listings_the_start_pages_are_asked() -> None:
    plan = ShallowPlan(start_pages=(f"{SITE}/",))
    assert plan.is_due(listing("/"), NOW)
    assert not plan.is_due(listing("/r/sport/"), NOW)
    assert plan.is_due(EntryPoint(url=f"{SITE}/rss", way="feed"), NOW)


def test_one_listing_alone_is_walked_on() -> None:
    plan = ShallowPlan(start_pages=())
    assert plan.most_pages(EntryPoint(url=f"{SITE}/archive/", way="archive")) == 1
    assert [plan.most_pages(listing(path)) for path in ("/a/", "/b/", "/a/")] == [2, 1, 2]


def test_the_newest_articles_of_a_page_become_known() -> None:
    day = date(2026, 3, 5)
    every = [found(number, day - timedelta(days=number)) for number in range(60)]
    named = ShallowPlan(start_pages=()).wanted([found(99, None), *reversed(every)])
    assert named == every[:50]


def test_the_days_that_other_ways_name_are_asked_first() -> None:
    plan = ShallowPlan(start_pages=())
    today, old = date(2026, 3, 5), date(2024, 1, 1)
    assert plan.archive_days(ArchivePast(), NOW) == [date(2026, 3, 4), date(2026, 3, 3)]
    assert plan.archive_days(ArchivePast(newest_named=(old,)), NOW) == [old, date(2026, 3, 4)]
    assert plan.archive_days(ArchivePast(newest_named=(today, old)), NOW) == [today, old]
