"""The archive by day in a crawl: which days are asked, newest first, and in which form."""

from collections import deque
from datetime import date

from pipeline.clock import almaty_day
from pipeline.frontier import entry_points as kept
from pipeline.frontier.backfills import proven_days
from pipeline.frontier.entry_points import Place
from pipeline.frontier.newest_addresses import newest_days
from pipeline.model.source import DayArchive
from pipeline.normalize.addresses import address_id
from spiders.crawl.plan import ArchivePast
from spiders.crawl.session import Session
from spiders.listing.answer import Answer, SitemapArticles
from spiders.listing.day_urls import DateFormats, day_of

_AT_ONCE = 4


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
        if self._session.plan.is_sample:
            return self._sample(self._days, self._forms)
        places: list[Place] = []
        while self._days and len(places) < _AT_ONCE:
            places += self._of(self._days.popleft(), self._forms)
        return places

    def _sample(self, days: deque[date], forms: DateFormats) -> list[Place]:
        """One day in each form, then, where none is proven, a second in those that gave articles:
        a form is proven when two days give different ones.
        """
        is_first = not self._tried
        if not days or not (is_first or forms.proven is None):
            return []
        places = self._of(days.popleft(), forms)
        return [one for one in places if is_first or forms.has_given(*self._tried[one.url][:2])]

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
        if self._forms.proven != before and self._session.plan.remembers:
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
            if not session.plan.remembers:
                places.append(Place(url=url, way="archive", day=day))
                continue
            kept.add_entry_point(session.db, source.name, "archive", url, on=None, day=day)
            place = kept.place(session.db, url, session.backfill.id if session.backfill else None)
            if place is not None and not place.done:
                places.append(place)
        return places

    def _wanted(self, forms: DateFormats) -> list[date]:
        session, source = self._session, self._session.source
        now, today = session.clock(), almaty_day(session.clock())
        past = ArchivePast(
            last_asked=kept.last_asked(session.db, source.name, "archive"),
            newest_walked=kept.newest_day_walked(session.db, source.name),
            newest_item=kept.newest_item_day(session.db, source.name, today),
            proven=frozenset(map(date.fromisoformat, proven_days(session.db, source.name))),
            newest_named=tuple(newest_days(session.db, source.name, today)),
            held=self._held(forms),
        )
        return session.plan.archive_days(past, now)

    def _held(self, forms: DateFormats) -> frozenset[date]:
        """The days whose pages the replayed files hold; their form is proven by that."""
        assert self._archive is not None
        base_url, days = self._session.source.base_url, set()
        for url in self._session.plan.held_addresses:
            forms.learn_from_link(url, base_url)
            found = (day_of(url, base_url, path) for path in self._archive.paths)
            days |= {day for day, _ in filter(None, found)}
        return frozenset(days)
