"""The archive by day in a crawl: which days are asked, newest first, and in which form."""

from collections import deque
from datetime import date, timedelta

from pipeline.clock import almaty_day
from pipeline.frontier import entry_points as kept
from pipeline.frontier.backfills import proven_days
from pipeline.frontier.entry_points import Place
from pipeline.model.source import DayArchive
from pipeline.normalize.addresses import address_id
from spiders.crawl.session import Session
from spiders.discovery.shallow import days_to_look_at
from spiders.listing.answer import Answer, SitemapArticles
from spiders.listing.day_urls import DateFormats, day_of

_AT_ONCE = 4
_NEWS_EVERY = timedelta(days=1)
_FIRST_LOOK_DAYS = 3
_FURTHEST_DAYS = 30
"""What lies further back is a backfill's."""


class Days:
    """Hands out the days of a source's archive, if it has one."""

    def __init__(self, session: Session) -> None:
        self._session = session
        archives = [one for one in session.source.finding if isinstance(one, DayArchive)]
        self._archive = archives[0] if archives else None
        self._forms: DateFormats | None = None
        self._days: deque[date] | None = None
        if self._archive is not None:
            known = kept.archive_form(session.db, session.source.name)
            self._forms = DateFormats(self._archive, known)
        self._tried: dict[str, tuple[str, str, date]] = {}
        """The addresses that were asked: path, form and day of each."""
        self._unread: list[tuple[str, str, date]] = []
        """Those of them that could not be read, in a form that was only tried."""

    @property
    def is_over(self) -> bool:
        """Whether no day is left to ask, and none could not be read."""
        if self._forms is None:
            return True
        unread = any(form == self._forms.proven for _, form, _ in self._unread)
        return self._days is not None and not self._days and not unread

    @property
    def languages(self) -> frozenset[str]:
        """The languages whose articles the archive has named; none where its form is not known."""
        if self._forms is None or self._forms.proven is None:
            return frozenset()
        return kept.languages_of(self._session.db, self._session.source.name, "archive")

    @property
    def left(self) -> int:
        """How many days are still to be asked."""
        return len(self._days or ())

    def next(self) -> list[Place]:
        """The places of the next days; none once all are asked."""
        if self._forms is None:
            return []
        if self._days is None:
            self._days = deque(self._wanted(self._forms))
        if self._session.shallow is not None:
            return self._looked_at(self._days, self._forms)
        places: list[Place] = []
        while self._days and len(places) < _AT_ONCE:
            places += self._of(self._days.popleft(), self._forms)
        return places

    def _looked_at(self, days: deque[date], forms: DateFormats) -> list[Place]:
        """One day in each form, then, where none is proven, a second in those that gave articles:
        a form is proven when two days give different ones.
        """
        if not days or (self._tried and forms.proven is not None):
            return []
        first = not self._tried
        places = self._of(days.popleft(), forms)
        if first:
            return places
        return [one for one in places if forms.has_given(*self._tried[one.url][:2])]

    def learn(self, place: Place, answer: Answer) -> None:
        """Take in a page: a day's articles, or links to days on any page."""
        if self._forms is None or isinstance(answer.articles, SitemapArticles):
            return
        before = self._forms.proven
        if place.url in self._tried:
            path, form, day = self._tried[place.url]
            ids = frozenset(address_id(one.address.url) for one in answer.articles)
            self._forms.learn(path, form, day, ids)
        else:
            for url in answer.links:
                self._forms.learn_from_link(url, self._session.source.base_url)
        if self._forms.proven != before and self._session.replay is None:
            assert self._forms.proven is not None
            kept.note_archive_form(self._session.db, self._session.source.name, self._forms.proven)

    def ended(self, place: Place, articles: int) -> None:
        """A day was walked to its end."""
        if self._forms is not None and not articles and place.url in self._tried:
            path, form, day = self._tried[place.url]
            self._forms.learn(path, form, day, frozenset())

    def failed(self, place: Place) -> bool:
        """Take in that a place can't be read; whether that says nothing, for it is a day's address
        in a form that is only tried. Should the form prove to be the site's, the days are not over.
        """
        if not self.is_only_tried(place):
            return False
        self._unread.append(self._tried[place.url])
        return True

    def is_only_tried(self, place: Place) -> bool:
        """Whether a place is a day's address in a form that is not known to be the site's."""
        tried = self._tried.get(place.url)
        return tried is not None and self._forms is not None and tried[1] != self._forms.proven

    def _of(self, day: date, forms: DateFormats) -> list[Place]:
        session, source = self._session, self._session.source
        places = []
        for url, (path, form) in forms.addresses(source.base_url, day).items():
            self._tried[url] = (path, form, day)
            if session.replay is not None:
                places.append(Place(url=url, way="archive", day=day))
                continue
            kept.add_entry_point(session.db, source.name, "archive", url, on=None, day=day)
            place = kept.place(session.db, url, session.backfill.id if session.backfill else None)
            if place is not None and not place.done:
                places.append(place)
        return places

    def _wanted(self, forms: DateFormats) -> list[date]:
        session = self._session
        if session.replay is not None:
            return self._replayed(forms)
        if session.shallow is not None:
            return days_to_look_at(session)
        if session.backfill is not None:
            proven = set() if session.full else proven_days(session.db, session.source.name)
            today = almaty_day(session.clock())
            days = (day for day in session.backfill.days if day <= today)
            wanted = [day for day in days if day.isoformat() not in proven]
            newest = kept.newest_item_day(session.db, session.source.name, today) or today
            return sorted(wanted, key=lambda day: day > newest)  # where there is something, first
        return self._news()

    def _news(self) -> list[date]:
        """Once a day, the days since the newest that was walked to its end, the oldest first: so an
        interrupted look leaves the newer ones to the next.
        """
        session = self._session
        last = kept.last_asked(session.db, session.source.name, "archive")
        if last is not None and session.clock() - last < _NEWS_EVERY and not session.full:
            return []
        today = almaty_day(session.clock())
        walked = kept.newest_day_walked(session.db, session.source.name)
        first = walked or today - timedelta(days=_FIRST_LOOK_DAYS - 1)
        back = min((today - first).days, _FURTHEST_DAYS)
        return [today - timedelta(days=far) for far in range(back, -1, -1)]

    def _replayed(self, forms: DateFormats) -> list[date]:
        """The days whose pages the replayed files hold."""
        assert self._archive is not None
        assert self._session.replay is not None
        days = set()
        for url in self._session.replay.places:
            for path in self._archive.paths:
                if found := day_of(url, self._session.source.base_url, path):
                    day, forms.proven = found
                    days.add(day)
        return sorted(days, reverse=True)
