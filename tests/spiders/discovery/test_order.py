"""The ways of finding are used in the order of a source's facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from scrapy import Request

from kazpress.config import Config
from pipeline.model.source import DayArchive, Feeds, Finding, Listings, Numbers, Site, Sitemaps
from spiders.crawl.lifecycle import Span, open_session
from spiders.press import PressSpider
from spiders.senate import SENATE

_NOON = datetime(2026, 3, 4, 7, tzinfo=UTC)
_DAYS = DayArchive(paths=("/ru-RU/days/{date}",), forms=("%Y-%m-%d",))
_FACTS = {type(one): one for one in (*SENATE.finding, _DAYS)}
_FIRST = {"/": "listing", "/rss": "feed", "/sitemap.xml": "sitemap"}


def _site(*kinds: type[Finding]) -> Site:
    """The Senate, with these ways of finding in this order."""
    return Site(replace(SENATE, finding=tuple(_FACTS[one] for one in kinds)), SENATE.base_url)


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return Config(db=tmp_path / "kazpress.db", archive=tmp_path / "archive", sources={})


def _path(request: Request) -> str:
    return str(request.meta["public"]).removeprefix(SENATE.base_url)


@pytest.mark.parametrize(
    ("kinds", "ways"),
    [
        ((Listings, Feeds, Sitemaps), ["listing", "feed", "sitemap"]),
        ((Sitemaps, Numbers, Listings, Feeds), ["sitemap", "listing", "feed"]),
        ((Feeds, Listings), ["feed", "listing"]),
    ],
)
def test_a_crawl_begins_with_the_ways_in_their_order(
    config: Config, kinds: tuple[type[Finding], ...], ways: list[str]
) -> None:
    with open_session(config, _site(*kinds), clock=lambda: _NOON) as session:
        asked = map(_path, PressSpider(session).finder.start())
        assert [_FIRST[one] for one in asked if one in _FIRST] == ways


@pytest.mark.parametrize(
    ("kinds", "ways"),
    [
        ((Listings, DayArchive, Numbers), ["archive", "number"]),
        ((Numbers, DayArchive, Listings), ["number", "archive"]),
        ((Numbers,), ["number"]),
        ((Listings,), []),
    ],
)
def test_days_and_numbers_are_asked_in_their_order(
    config: Config, kinds: tuple[type[Finding], ...], ways: list[str]
) -> None:
    span = Span(since=date(2021, 10, 18), until=date(2021, 10, 18))
    with open_session(config, _site(*kinds), clock=lambda: _NOON, span=span) as session:
        finder, asked = PressSpider(session).finder, list[str]()
        while (requests := finder.more()) is not None:
            asked.append("archive" if requests else "number")
        assert list(dict.fromkeys(asked)) == ways
