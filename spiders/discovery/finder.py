"""Finding: what a crawl asks to learn of articles, and when.

What it asks at its start, and what it asks on when no article is due, follows from the source's
ways of finding (`Source.finding`) and the crawl's plan.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from scrapy import Request, Spider

from pipeline.model.source import DayArchive, Numbers
from spiders.crawl.session import Session
from spiders.discovery.day_archive import ArchiveDays
from spiders.discovery.entry_point_pages import EntryPointPages
from spiders.discovery.number_range import NumberRange

_NEWS_EVERY = timedelta(hours=1)


class Finder:
    """Uses a source's ways of finding, each when it is its turn."""

    def __init__(self, session: Session, spider: Spider) -> None:
        self._session = session
        self._days = ArchiveDays(session)
        self._numbers = NumberRange(session)
        self._pages = EntryPointPages(session, spider, self._days)
        self._looked_at = session.clock()

    def start(self) -> Iterator[Request]:
        """The requests that a crawl begins with; none where single articles are asked for."""
        if not self._session.only:
            yield from self._pages.start()

    def news(self) -> list[Request]:
        """In a backfill, which may take days: once an hour, what looks for news beside it."""
        plan, now = self._session.plan.news_beside(), self._session.clock()
        if plan is None or now - self._looked_at < _NEWS_EVERY:
            return []
        self._looked_at = now
        return self._pages.beside(plan)

    def more(self) -> list[Request] | None:
        """What is asked when no article is due: further pages, then days of the archive and numbers
        in the order of the source's facts. None once there is nothing more; an empty list where
        only addresses were found.
        """
        if self._session.only:
            return None
        asked_late = {DayArchive: self._days_of_the_archive, Numbers: self._next_numbers}
        in_order = (asked_late.get(type(one)) for one in self._session.source.finding)
        for ask in (self._further_pages, *filter(None, in_order)):
            if (requests := ask()) is not None:
                return requests
        return None

    def find_changed_before(self) -> bool:
        """Make known what sitemaps say was changed before the days of a backfill, which may be
        untrue, as far as no archive by day says more; whether there was any. That is asked last.
        """
        return self._pages.find_changed_before(self.languages_by_day)

    def is_complete(self) -> bool:
        """Whether every way came to its end, or to its bound."""
        return self._pages.all_complete and self._days.is_over and self._numbers.is_complete

    @property
    def languages_by_day(self) -> frozenset[str]:
        """The languages whose articles an archive by day names: what it does not name was not
        published on the days that are asked.
        """
        return self._days.languages

    @property
    def unproven_days(self) -> frozenset[date]:
        """The days of which an archive by day says nothing, for it was given up."""
        return self._days.unproven

    @property
    def left(self) -> int:
        """About how many entry points are still to be asked."""
        return self._pages.waiting + self._days.left

    def _further_pages(self) -> list[Request] | None:
        return self._pages.further() or None

    def _days_of_the_archive(self) -> list[Request] | None:
        requests: list[Request] = []
        while not requests and (entry_points := self._days.next()):
            requests = [*self._pages.requests(entry_points)]
        return requests or None

    def _next_numbers(self) -> list[Request] | None:
        return [] if self._numbers.find() else None
