"""The plan of a check: some of each kind, to say how a source is, and not to get its news."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from heapq import nlargest
from typing import ClassVar

from pipeline.archive.replay_index import Replay
from pipeline.clock import almaty_day
from pipeline.frontier.entry_points import Place
from pipeline.model.capture import Found
from spiders.crawl.plan import ArchivePast, Plan

_ARCHIVE_DAYS = 2
_FOUND_ON_A_PAGE = 50


@dataclass(kw_only=True)
class ShallowPlan(Plan):
    """The first page of each start page, feed and sitemap, one further page, two days of an
    archive, the highest number with its neighbours, nine articles; in a replay those of them that
    the files hold.
    """

    start_pages: Collection[str]
    """The listings that are asked, by their public addresses."""
    replay: Replay | None = None
    is_sample: ClassVar[bool] = True
    most_refusals: ClassVar[int] = 2
    most_sitemaps: ClassVar[int | None] = 2
    _walked_on: str | None = field(default=None, init=False)
    """The one listing whose second page is asked."""

    @property
    def remembers(self) -> bool:  # type: ignore[override]  # of a replay only
        """Not of a replay."""
        return self.replay is None

    @property
    def from_files(self) -> bool:  # type: ignore[override]  # of a replay only
        """Of a replay."""
        return self.replay is not None

    @property
    def held_addresses(self) -> Iterable[str]:
        """Those of the files."""
        return self.replay.newest if self.replay else ()

    def holds(self, url: str) -> bool:
        """Whether the files do, if there are any."""
        return self.replay is None or self.replay.holds(url)

    def is_due(self, place: Place, now: datetime) -> bool:
        """Start pages, every feed and every sitemap."""
        return self.holds(place.url) and (place.way != "listing" or place.url in self.start_pages)

    def wants_sitemap(self, place: Place, changed: date | None, now: datetime) -> bool:
        """Every one, as far as they are counted."""
        return self.holds(place.url)

    def most_pages(self, place: Place) -> int:
        """Two of the first listing that goes on, one of all others."""
        if self._walked_on is None and place.way == "listing":
            self._walked_on = place.url
        return 2 if place.url == self._walked_on else 1

    def wanted(self, found: Iterable[Found]) -> list[Found]:
        """The newest that a page names."""
        return nlargest(_FOUND_ON_A_PAGE, found, key=lambda one: one.latest or date.min)

    def archive_days(self, past: ArchivePast, now: datetime) -> list[date]:
        """The newest two that other ways name articles of, else yesterday and the day before; of a
        replay the newest two whose pages the files hold.
        """
        today = almaty_day(now)
        days = sorted(past.held, reverse=True) if self.replay else list(past.newest_named)
        if self.replay is None:
            days += [today - timedelta(days=1), today - timedelta(days=2)]
        return days[:_ARCHIVE_DAYS]
