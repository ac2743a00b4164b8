"""The plan of a check: some of each kind, to say how a source is, and not to get its news."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from heapq import nlargest
from typing import ClassVar

from pipeline.archive.replay_index import Replay
from pipeline.clock import almaty_day
from pipeline.frontier.entry_points import EntryPoint
from pipeline.model.capture import Found
from spiders.crawl.plan import ArchivePast, Plan

_ARCHIVE_DAYS = 2
_FOUND_ON_A_PAGE = 50


@dataclass(kw_only=True)
class ShallowPlan(Plan):
    """The first page of each start page, feed and sitemap, one further page, two days of an
    archive, the highest numbers with their neighbours, nine articles.
    """

    start_pages: Collection[str]
    """The listings that are asked, by their public addresses."""
    is_sample: ClassVar[bool] = True
    most_refusals: ClassVar[int] = 2
    most_sitemaps: ClassVar[int | None] = 2
    _walked_on: str | None = field(default=None, init=False)
    """The one listing whose second page is asked."""

    def is_due(self, entry_point: EntryPoint, now: datetime) -> bool:
        """Start pages, every feed and every sitemap."""
        is_wanted = entry_point.way != "listing" or entry_point.url in self.start_pages
        return is_wanted and self.holds(entry_point.url)

    def wants_sitemap(self, entry_point: EntryPoint, changed: date | None, now: datetime) -> bool:
        """Every one of the newest."""
        return self.holds(entry_point.url)

    def most_pages(self, entry_point: EntryPoint) -> int:
        """Two of the first listing that goes on, one of all others."""
        if self._walked_on is None and entry_point.way == "listing":
            self._walked_on = entry_point.url
        return 2 if entry_point.url == self._walked_on else 1

    def wanted(self, found: Iterable[Found]) -> list[Found]:
        """The newest that a page names."""
        return newest_found(found)

    def archive_days(self, past: ArchivePast, now: datetime) -> list[date]:
        """The newest two that other ways name articles of, else yesterday and the day before."""
        today = almaty_day(now)
        days = (*past.newest_named, today - timedelta(days=1), today - timedelta(days=2))
        return list(days[:_ARCHIVE_DAYS])


@dataclass(kw_only=True)
class ShallowReplayPlan(ShallowPlan):
    """What files hold of that."""

    replay: Replay

    def archive_days(self, past: ArchivePast, now: datetime) -> list[date]:
        """The newest two whose pages the files hold."""
        return sorted(past.held, reverse=True)[:_ARCHIVE_DAYS]


def newest_found(found: Iterable[Found]) -> list[Found]:
    """The newest of the articles that an entry point names, as many as a check looks at."""
    return nlargest(_FOUND_ON_A_PAGE, found, key=lambda one: one.latest or date.min)
