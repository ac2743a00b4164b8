"""Which places a crawl asks, how far it walks each, and what of it is kept for the next crawl."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from pipeline.clock import almaty_day
from pipeline.frontier import entry_points as kept
from pipeline.frontier.entry_points import Place
from pipeline.frontier.known_addresses import item_days, known_since
from pipeline.model.capture import Capture, Found
from pipeline.model.source import Feeds, Sitemaps, Way
from pipeline.normalize.addresses import public_url
from spiders.crawl.session import Session
from spiders.discovery.sitemaps import SitemapPlaces
from spiders.discovery.walk import Walk
from spiders.listing import sitemap_xml
from spiders.listing.answer import Answer, SitemapArticles, Unusable
from spiders.listing.links import is_front, start_pages

_GUESS_AGAIN = timedelta(days=7)
"""A feed or sitemap that was never there is looked for so often."""
_SITEMAP_AGAIN = timedelta(hours=1)
_log = logging.getLogger(__name__)


class Places:
    """The places of one crawl. In a replay nothing is kept: it says nothing of the site now."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._db = session.db
        self._open: set[str] = set()
        """Places that are asked for and not walked to their end yet."""
        self._failed = False
        self._walks_on = False
        """Whether a listing was walked on in a check."""
        self._sitemaps = SitemapPlaces(session)

    @property
    def all_complete(self) -> bool:
        """Whether every place that was asked was walked to its end, or to its bound."""
        return not self._open and not self._failed

    def at_start(self, sitemaps: tuple[str, ...]) -> Iterator[Place]:
        """The places that are due: listings, then feeds and sitemaps; `sitemaps` are those that
        robots.txt names.
        """
        for url in start_pages(self._session.site):
            self._know("listing", url, on=None)
        for url in self._named("feed"):
            self._know("feed", url, on=None)
        site = self._session.site
        own = [public_url(url, site.source.base_url, site) for url in sitemaps]
        roots = self._sitemaps.roots(self._named("sitemap"), filter(None, own))
        for way in ("listing", "feed"):
            yield from self._due(kept.entry_points(self._db, self._source, way, self._backfill))
        yield from self._due(self._place("sitemap", url) for url in roots)

    def with_news(self) -> Iterator[Walk]:
        """Walks for news beside a backfill, which may take days."""
        for way in ("listing", "feed"):
            for place in kept.entry_points(self._db, self._source, way, self._backfill):
                if place.way == "listing" or place.answered_at is not None:
                    yield Walk(place=replace(place, next_page=None, walk_head=frozenset()))

    def is_promised(self, url: str) -> bool:
        """Whether robots.txt names a sitemap."""
        return url in self._sitemaps.promised

    def walk(self, place: Place) -> Walk:
        """A walk through a place."""
        session = self._session
        return Walk(
            place, backfill=session.backfill, deep=self._is_first_today(place),
            replayed=session.replay is not None,
        )  # fmt: skip

    def may_be_unchanged(self, walk: Walk) -> bool:
        """Whether a place may answer that nothing is new: all that it held then is known."""
        fresh = walk.deep or self._session.full
        return walk.place.is_complete and walk.looks_for_news and not fresh

    def asked(self, walk: Walk) -> None:
        """A walk begins."""
        self._session.note_asked(walk.place.way)
        self._open.add(walk.place.url)
        self._keep(lambda: kept.note_asked(self._db, walk.place.url, self._session.clock()))

    def take(
        self, walk: Walk, public: str, answer: Answer, captures: Sequence[Capture]
    ) -> tuple[list[Place], Unusable | None]:
        """Take a page in: what it leads to becomes known. Gives the places to ask next, and what
        hindered reading all of it.
        """
        self._open.add(walk.place.url)
        if isinstance(answer.articles, SitemapArticles):
            fault = self._sitemaps.take(walk, public, answer.articles, captures)
            return list(self._sitemaps.due(answer.articles.sitemaps, public)), fault
        first = not walk.pages and walk.place.next_page is None
        walk.take(answer.articles, self._item_days(walk, answer.articles))
        found = walk.wanted(answer.articles)
        walk.leaves_out(len(answer.articles) - len(found), first=first)
        self._session.take_listing(captures, found)
        self._session.listed.read(public, walk.place, len(answer.articles), first=first)
        if not is_front(walk.place.url, self._session.site):
            return [], None
        places = [
            *self._newly_known("listing", answer.listings, public),
            *self._newly_known("feed", answer.feeds, public),
        ]
        return places, None

    def ends_here(self, walk: Walk, answer: Answer) -> bool:
        """Whether a walk does not go on to the next page, though there is one."""
        if self._session.shallow is not None:
            goes_on = walk.place.way == "listing" and not self._walks_on
            self._walks_on |= goes_on
            return not goes_on
        if self._session.replay is not None:
            return walk.is_over
        articles = tuple(answer.articles)
        at = walk.place.complete_at
        if walk.looks_for_news and at is not None and articles:
            urls = [one.address.url for one in articles]
            known = known_since(self._db, urls, at)
            if walk.has_met_the_last(articles, all_known=known):
                return True
        return walk.is_over

    def goes_on(self, walk: Walk, next_page: str) -> None:
        """A walk goes on with this page."""
        backfill = walk.backfill
        if backfill is not None:
            self._keep(
                lambda: kept.note_progress(
                    self._db, walk.place.url, backfill.id, next_page, walk.head
                )
            )

    def ended(self, walk: Walk, *, goes_on: bool = False) -> None:
        """A walk came to its end, or to its bound where the listing still goes on."""
        self._open.discard(walk.place.url)
        if goes_on and walk.looks_for_news and walk.place.complete_at is None:
            _log.info(
                "%s: %s goes on after %d pages; what lies further back is a backfill's (--since)",
                self._source, walk.place.url, walk.pages,
            )  # fmt: skip
        self._keep(
            lambda: kept.note_complete(
                self._db,
                walk.place.url,
                walk.backfill.id if walk.backfill else None,
                self._session.clock(),
                None if walk.left_out else walk.head,
            )
        )

    def unchanged(self, walk: Walk) -> list[Place]:
        """A place has nothing new since it was last walked to its end. Gives the places to ask
        all the same: an index without times says nothing of its sitemaps.
        """
        self._open.discard(walk.place.url)
        self._keep(lambda: kept.note_unchanged(self._db, walk.place.url, self._session.clock()))
        if walk.place.way != "sitemap":
            return []
        entries = (
            sitemap_xml.Entry(place.url, None, is_sitemap=True)
            for place in kept.entry_points_on(self._db, walk.place.url, self._backfill)
        )
        return list(self._sitemaps.due(entries, walk.place.url))

    def failed(self, walk: Walk, *, gone: bool = False) -> None:
        """A page of a walk can't be read: the next crawl walks the place anew, but for one that is
        gone when the same backfill goes on.
        """
        self._open.discard(walk.place.url)
        self._failed = True
        if walk.backfill is not None and gone:
            backfill = walk.backfill.id
            self._keep(lambda: kept.mark_finished(self._db, walk.place.url, backfill))

    def left_open(self, walk: Walk) -> None:
        """A place could not be read, and nothing hangs on it."""
        self._open.discard(walk.place.url)

    def forbidden(self, walk: Walk, public: str) -> None:
        """A page that robots.txt forbids is not asked."""
        self._open.discard(walk.place.url)
        self._session.listings.forbidden.append(public)

    def _newly_known(self, way: Way, urls: Iterable[str], on: str) -> Iterator[Place]:
        for url in urls:
            self._know(way, url, on=on)
            yield from self._due([self._place(way, url)])

    def _due(self, places: Iterable[Place]) -> Iterator[Place]:
        session = self._session
        for place in places:
            if session.shallow is not None and not self._is_looked_at(place):
                continue
            if session.replay is not None:
                if session.replay.holds(place.url):
                    yield place
            elif session.shallow is not None:
                yield place
            elif session.backfill is not None:
                if not place.done:
                    yield place
                else:
                    session.listed.done()
            elif session.full or self._is_due(place):
                yield place

    def _is_looked_at(self, place: Place) -> bool:
        """Whether a check asks a place: of listings the start pages."""
        return place.way != "listing" or place.url in start_pages(self._session.site)

    def _is_due(self, place: Place) -> bool:
        if place.way == "listing" or place.asked_at is None:
            return True
        since = self._session.clock() - place.asked_at
        if place.answered_at is None:
            return not place.is_complete or since >= _GUESS_AGAIN
        return place.way == "feed" or since >= _SITEMAP_AGAIN

    def _is_first_today(self, place: Place) -> bool:
        """Whether a listing is asked for the first time on this day in Almaty."""
        if place.way != "listing" or place.complete_at is None:
            return False
        return almaty_day(place.complete_at) < almaty_day(self._session.clock())

    def _item_days(self, walk: Walk, articles: Sequence[Found]) -> dict[str, date]:
        if walk.backfill is None or not articles:
            return {}
        return item_days(self._db, [one.address.url for one in articles])

    def _named(self, way: Way) -> list[str]:
        kind = Feeds if way == "feed" else Sitemaps
        facts = (one for one in self._session.source.finding if isinstance(one, kind))
        return [self._session.source.base_url + path for one in facts for path in one.paths]

    def _know(self, way: Way, url: str, *, on: str | None) -> None:
        kept.add_entry_point(self._db, self._source, way, url, on=on)

    def _place(self, way: Way, url: str) -> Place:
        return kept.place(self._db, url, self._backfill) or Place(url=url, way=way)

    def _keep(self, write: Callable[[], None]) -> None:
        if self._session.replay is None and self._session.failure is None:
            write()  # a failed crawl may not have written what the place led to

    @property
    def _source(self) -> str:
        return self._session.source.name

    @property
    def _backfill(self) -> int | None:
        return self._session.backfill.id if self._session.backfill else None
