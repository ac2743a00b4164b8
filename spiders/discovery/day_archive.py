"""The archive by day in a crawl: which days are asked, and at which addresses."""

import logging
from collections import deque
from dataclasses import dataclass
from datetime import date

from pipeline.clock import almaty_day
from pipeline.frontier import entry_points as kept
from pipeline.frontier.backfills import proven_days
from pipeline.frontier.entry_points import EntryPoint
from pipeline.frontier.known_addresses import days_of, languages_of
from pipeline.frontier.newest_addresses import newest_days
from pipeline.model.source import DayArchive
from pipeline.normalize.addresses import address_id
from spiders.crawl.plan import ArchivePast
from spiders.crawl.session import Session
from spiders.listing.answer import Answer, SitemapArticles
from spiders.listing.day_urls import DateFormats, day_of

_ADDRESSES_AT_ONCE = 4
_log = logging.getLogger(__name__)
_NO_ARCHIVE = DayArchive(paths=(), forms=())


@dataclass(frozen=True, slots=True, kw_only=True)
class _DayAddress:
    """What an address of the archive was made of."""

    path: str
    date_format: str
    day: date


class ArchiveDays:
    """Hands out the days of a source's archive, if it has one, and learns its date format."""

    def __init__(self, session: Session) -> None:
        self._session = session
        archives = (one for one in session.source.finding if isinstance(one, DayArchive))
        self._archive = next(archives, _NO_ARCHIVE)
        self._formats = DateFormats(
            self._archive,
            kept.archive_form(session.db, session.source.name),
            had_articles=filter(self._had_articles, self._archive.paths),
        )
        self._days: deque[date] | None = None
        """Those still to be asked; None before the first is."""
        self._asked: dict[str, _DayAddress] = {}
        self._unread: list[_DayAddress] = []
        """Those that could not be read while their date format was only possible."""
        self._not_asked: dict[str, set[date]] = {path: set() for path in self._archive.paths}
        """The days on which each path was not asked, for it was given up."""
        self._newest_item: date | None = None
        """The day of the source's newest item when the days were planned."""
        self._said: set[str] = set()
        """The paths of which was said that they are given up."""

    @property
    def is_over(self) -> bool:
        """Whether no day is left to ask, and none could not be read."""
        if not self._archive.paths:
            return True
        unread = any(one.date_format == self._formats.proven for one in self._unread)
        return self._days is not None and not self._days and not unread

    @property
    def languages(self) -> frozenset[str]:
        """The languages whose articles the archive has named, day by day; none where its date
        format is not known, its lists take no notice of the day, or a part of it was given up.
        """
        formats = self._formats
        if formats.proven is None or formats.broken_off:
            return frozenset()
        if not (formats.heeds_day or self._names_articles_of_its_days()):
            return frozenset()
        return languages_of(self._session.db, self._session.source.name, "archive")

    @property
    def unproven(self) -> frozenset[date]:
        """The days of which the archive says nothing, for it was given up: those on which it gave
        no article, one after the other, and those that were not asked then. After the source's
        newest item there is nothing to be named.
        """
        formats, newest = self._formats, self._newest_item
        days = frozenset[date]().union(
            *(formats.given_up[path] for path in formats.broken_off),
            *(self._not_asked[path] for path in formats.had_articles),
        )
        return frozenset(day for day in days if newest is None or day <= newest)

    @property
    def left(self) -> int:
        """How many days are still to be asked."""
        return len(self._days or ())

    def next(self) -> list[EntryPoint]:
        """The entry points of the next days; none once all are asked."""
        if not self._archive.paths:
            return []
        if self._days is None:
            self._days = deque(self._wanted())
        if self._session.plan.is_sample:
            return self._sample(self._days)
        entry_points: list[EntryPoint] = []
        while self._days and len(entry_points) < _ADDRESSES_AT_ONCE:
            entry_points += self._of(self._days.popleft())
        return entry_points

    def _sample(self, days: deque[date]) -> list[EntryPoint]:
        """One day in each date format, then, where none is proven, a second in those that gave
        articles: one is proven when two days give different ones.
        """
        is_first = not self._asked
        if not days or not (is_first or self._formats.proven is None):
            return []
        asked = [(one, self._asked[one.url]) for one in self._of(days.popleft())]
        return [
            entry_point
            for entry_point, day in asked
            if is_first or self._formats.has_given(day.path, day.date_format)
        ]

    def learn(self, entry_point: EntryPoint, answer: Answer) -> None:
        """Take in a page: a day's articles, or links to days on any page."""
        if isinstance(answer.articles, SitemapArticles):
            return
        before = self._formats.proven
        if asked := self._asked.get(entry_point.url):
            self._learn(asked, frozenset(address_id(one.address.url) for one in answer.articles))
        else:
            for url in answer.links:
                self._formats.learn_from_link(url, self._session.source.base_url)
        proven = self._formats.proven
        if proven is not None and proven != before and self._session.plan.remembers:
            kept.note_archive_form(self._session.db, self._session.source.name, proven)

    def ended(self, entry_point: EntryPoint, articles: int) -> None:
        """Take in that a day was walked to its end, and how many articles it gave."""
        if not articles and (asked := self._asked.get(entry_point.url)):
            self._learn(asked, frozenset())

    def failed(self, entry_point: EntryPoint) -> bool:
        """Take in that an entry point can't be read; whether that says nothing, for it is a day's
        address in a date format that is only possible. Should that prove to be the site's, the days
        are not over.
        """
        if not self.is_only_possible(entry_point):
            return False
        asked = self._asked[entry_point.url]
        self._unread.append(asked)
        self._learn(asked, frozenset())
        return True

    def is_of_same_day(self, url: str, entry_point: EntryPoint) -> bool:
        """Whether an address is that of the same day, perhaps in another form."""
        base_url = self._session.source.base_url
        found = (day_of(url, base_url, path) for path in self._archive.paths)
        return any(day == entry_point.day for day, _ in filter(None, found))

    def is_only_possible(self, entry_point: EntryPoint) -> bool:
        """Whether an entry point is a day's address in a date format that is not proven."""
        asked = self._asked.get(entry_point.url)
        return asked is not None and asked.date_format != self._formats.proven

    def _learn(self, asked: _DayAddress, articles: frozenset[str]) -> None:
        self._formats.learn(asked.path, asked.date_format, asked.day, articles)
        given_up = self._formats.given_up
        if asked.path not in given_up or asked.path in self._said:
            return
        self._said.add(asked.path)
        days = sorted(given_up[asked.path])
        said = (
            f"the archive by day {asked.path} gave no article of its own on {len(days)} days in a "
            f"row ({days[0]} to {days[-1]}), and is not asked any more"
        )
        if not self.unproven.isdisjoint(days):
            self._session.health.note(f"{said}; none of these days and of those before is proven")
        _log.info("%s: %s", self._session.source.name, said)

    def _had_articles(self, path: str) -> bool:
        before = self._session.source.base_url + path.partition("{date}")[0]
        return kept.has_day_with_articles(self._session.db, before)

    def _names_articles_of_its_days(self) -> bool:
        """Whether most of the articles that are named for the last days are of these days."""
        named = self._formats.last_answers
        known = days_of(self._session.db, {one for _, ids in named for one in ids})
        right = [known.get(one) == day for day, ids in named for one in ids]
        return sum(right) * 2 > len(right)

    def _of(self, day: date) -> list[EntryPoint]:
        session, source = self._session, self._session.source
        entry_points = []
        for path in self._formats.given_up:
            self._not_asked[path].add(day)
        for url, (path, date_format) in self._formats.addresses(source.base_url, day).items():
            self._asked[url] = _DayAddress(path=path, date_format=date_format, day=day)
            if not session.plan.remembers:
                entry_points.append(EntryPoint(url=url, way="archive", day=day))
                continue
            kept.add_entry_point(session.db, source.name, "archive", url, on=None, day=day)
            entry_point = kept.entry_point(session.db, url, session.plan.backfill_id)
            assert entry_point is not None
            if entry_point.done:
                self._learn(self._asked[url], entry_point.head)
            else:
                entry_points.append(entry_point)
        return entry_points

    def _wanted(self) -> list[date]:
        db, source = self._session.db, self._session.source.name
        now = self._session.clock()
        self._newest_item = kept.newest_item_day(db, source, almaty_day(now))
        past = ArchivePast(
            last_asked=kept.last_asked(db, source, "archive"),
            newest_walked=kept.newest_day_walked(db, source),
            newest_item=self._newest_item,
            proven=frozenset(map(date.fromisoformat, proven_days(db, source))),
            newest_named=tuple(newest_days(db, source, almaty_day(now))),
            held=self._held(),
        )
        return self._session.plan.archive_days(past, now)

    def _held(self) -> frozenset[date]:
        """The days whose pages the replayed files hold; their date format is proven by that."""
        base_url, days = self._session.source.base_url, set()
        replay = self._session.replay
        for url in replay.newest if replay else ():
            self._formats.learn_from_link(url, base_url)
            found = (day_of(url, base_url, path) for path in self._archive.paths)
            days |= {day for day, _ in filter(None, found)}
        return frozenset(days)
