"""Which entry points a crawl asks, and what is kept of the walks through them."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from pipeline.frontier import entry_points as kept
from pipeline.frontier.entry_points import EntryPoint
from pipeline.frontier.known_addresses import all_found_by, are_all_known, item_days
from pipeline.model.capture import Capture, Found
from pipeline.model.source import Feeds, Finding, Listings, Sitemaps, Way
from pipeline.normalize.addresses import public_url
from spiders.crawl.plan import Plan
from spiders.crawl.session import Session
from spiders.discovery.entry_point_links import LinkedEntryPoints
from spiders.discovery.entry_point_notes import EntryPointNotes
from spiders.discovery.sitemaps import SitemapWalks
from spiders.discovery.walk import Walk
from spiders.listing import sitemap_xml
from spiders.listing.answer import Answer, SitemapArticles, Unusable
from spiders.listing.links import is_front, start_pages

_WAYS: Mapping[type[Finding], Way] = {Listings: "listing", Feeds: "feed", Sitemaps: "sitemap"}
_log = logging.getLogger(__name__)


class EntryPointWalks:
    """The walks of one crawl: through listings, feeds, sitemaps and the days of an archive."""

    def __init__(self, session: Session, notes: EntryPointNotes) -> None:
        self._session = session
        self._db = session.db
        self._plan = session.plan
        self._notes = notes
        self._open: set[str] = set()
        """Entry points that are asked for and not walked to their end yet."""
        self._failed = False
        self._sitemaps = SitemapWalks(session, notes)
        self._linked = LinkedEntryPoints(session)

    @property
    def all_complete(self) -> bool:
        """Whether every entry point that was asked was walked to its end, or to its bound, and none
        was left out.
        """
        is_all_asked = self._linked.all_taken and not self._sitemaps.is_short
        return is_all_asked and not self._open and not self._failed

    @property
    def sitemaps_left(self) -> int:
        """How many sitemaps are still to be read."""
        return self._sitemaps.left

    def later_sitemaps(self, count: int) -> list[EntryPoint]:
        """The next of them."""
        return self._sitemaps.later(count)

    def at_start(self, sitemaps: tuple[str, ...]) -> Iterator[EntryPoint]:
        """The entry points that are due, in the order of the source's facts; `sitemaps` are those
        that robots.txt names.
        """
        for url in start_pages(self._session.site):
            kept.add_entry_point(self._db, self._source, "listing", url, on=None)
        for url in self._named("feed"):
            kept.add_entry_point(self._db, self._source, "feed", url, on=None)
        site = self._session.site
        own = [public_url(url, site.source.base_url, site) for url in sitemaps]
        roots = self._sitemaps.roots(self._named("sitemap"), filter(None, own))
        for way in self._ways_in_order():
            if way == "sitemap":
                yield from self._due(roots)
            else:
                yield from self._due(self._linked.known(way, self._plan))

    def beside(self, plan: Plan) -> Iterator[Walk]:
        """Walks for another plan beside the crawl's own, through listings and the feeds that were
        there.
        """
        for way in ("listing", "feed"):
            for entry_point in self._linked.beside(way, plan):
                if entry_point.way == "listing" or entry_point.answered_at is not None:
                    yield Walk(replace(entry_point, next_page=None, walk_head=frozenset()), plan)

    def is_promised(self, url: str) -> bool:
        """Whether robots.txt or another sitemap names a sitemap."""
        return url in self._sitemaps.promised

    def walk(self, entry_point: EntryPoint) -> Walk:
        """A walk through an entry point."""
        second = self._plan.always_second_page(entry_point, self._session.clock())
        return Walk(entry_point, self._plan, always_second_page=second)

    def note_asked(self, walk: Walk) -> None:
        """Note that a walk begins."""
        self._session.counts.add_way(walk.entry_point.way)
        self._open.add(walk.entry_point.url)
        self._keep(lambda: kept.note_asked(self._db, walk.entry_point.url, self._session.clock()))

    def take(
        self, walk: Walk, public: str, answer: Answer, page: Capture, captures: Sequence[Capture]
    ) -> tuple[list[EntryPoint], Unusable | None]:
        """Take in a page, and all new captures of its address: what it leads to becomes known.
        Gives the entry points to ask next, and what hindered reading all of it.
        """
        self._open.add(walk.entry_point.url)
        if isinstance(answer.articles, SitemapArticles):
            fault = self._sitemaps.take(walk, public, answer.articles, page, captures)
            return self._sitemaps.due(answer.articles.sitemaps, public), fault
        first = walk.is_at_start
        found = walk.take(answer.articles, self._item_days(walk, answer.articles))
        self._note_news(walk, answer.articles)
        if answer.fault is None:
            self._session.queue.add_listing(page, captures, found)
        else:
            self._session.queue.add_found(found)
            self._session.queue.add_page(captures)
        count = len(answer.articles)
        walk.is_short |= not self._notes.note_page(public, walk.entry_point, count, first=first)
        if not is_front(walk.entry_point.url, self._session.site):
            return [], answer.fault
        front = walk.entry_point.url
        entry_points = [
            *self._linked.linked("listing", answer.listings, front),
            *self._linked.linked("feed", answer.feeds, front),
        ]
        return entry_points, answer.fault

    def ends_here(self, walk: Walk, answer: Answer) -> bool:
        """Whether a walk does not go on to the next page, though there is one."""
        urls = [one.address.url for one in answer.articles]
        last = walk.last_complete
        all_known = last is not None and bool(urls) and all_found_by(self._db, urls, last)
        return walk.ends(all_known=all_known)

    def note_progress(self, walk: Walk, next_page: str) -> None:
        """Note that a walk goes on with this page."""
        backfill = walk.plan.backfill_id
        if backfill is not None:
            self._keep(
                lambda: kept.note_progress(
                    self._db, walk.entry_point.url, backfill, next_page, walk.head_ids
                )
            )

    def note_end(self, walk: Walk, *, goes_on: bool = False) -> None:
        """Note that a walk came to its end, or to its bound where the listing still goes on."""
        if self._sitemaps.holds(walk):
            return
        if walk.is_short:
            self.note_failed(walk)
            return
        self._open.discard(walk.entry_point.url)
        if goes_on and walk.plan.stops_at_known and walk.is_at_bound:
            said = (
                f"{walk.entry_point.url} goes on after {walk.pages} pages; what lies further back"
                " is a backfill's (--since)"
            )
            if walk.entry_point.head:
                self._session.health.note(said)
            else:
                _log.info("%s: %s", self._source, said)
        self._keep(
            lambda: kept.note_complete(
                self._db,
                walk.entry_point.url,
                walk.plan.backfill_id,
                self._session.clock(),
                None if walk.skipped_on_first_page else walk.head_ids,
            )
        )

    def take_changed_before(self, covered: frozenset[str]) -> bool:
        """Make known what sitemaps say was changed before a backfill's days, as far as it is asked
        for, but for the languages of `covered`; whether there was any.
        """
        found, ended = self._sitemaps.take_changed_before(covered)
        for walk in ended:
            self.note_end(walk)
        return bool(found)

    def take_unchanged(self, walk: Walk) -> list[EntryPoint]:
        """Take in that an entry point has nothing new since it was last walked to its end. Gives
        those to ask all the same: an index without times says nothing of its sitemaps, nor a front
        page of its rubrics.
        """
        url = walk.entry_point.url
        self._open.discard(url)
        self._keep(lambda: kept.note_unchanged(self._db, url, self._session.clock()))
        if is_front(url, self._session.site):
            return self._linked.still_linked(url)
        if walk.entry_point.way != "sitemap":
            return []
        entries = (
            sitemap_xml.SitemapEntry(named.url, None, is_sitemap=True)
            for named in kept.entry_points_on(self._db, url, self._plan.backfill_id)
        )
        return self._sitemaps.due(entries, url)

    def note_failed(self, walk: Walk, *, gone: bool = False) -> None:
        """Note that a page of a walk can't be read: the next crawl walks the entry point anew, but
        for one that is gone when the same backfill goes on.
        """
        self._open.discard(walk.entry_point.url)
        self._sitemaps.release(walk)
        self._failed = True
        backfill = walk.plan.backfill_id
        if backfill is not None and gone:
            self._keep(lambda: kept.mark_finished(self._db, walk.entry_point.url, backfill))

    def discard(self, walk: Walk) -> None:
        """Forget an entry point that could not be read, where nothing hangs on it."""
        self._open.discard(walk.entry_point.url)

    def note_forbidden(self, walk: Walk, public: str) -> None:
        """Note a page that is not asked, for robots.txt forbids it."""
        self._open.discard(walk.entry_point.url)
        self._session.listings.forbidden.append(public)

    def _ways_in_order(self) -> list[Way]:
        """The ways whose entry points are asked at the start, in the order of the source's facts;
        those that it does not name are last: robots.txt may name a sitemap all the same.
        """
        named = [_WAYS[type(one)] for one in self._session.source.finding if type(one) in _WAYS]
        return list(dict.fromkeys([*named, *_WAYS.values()]))

    def _due(self, entry_points: Iterable[EntryPoint]) -> Iterator[EntryPoint]:
        for entry_point in entry_points:
            if self._plan.is_due(entry_point, self._session.clock()):
                yield entry_point
            elif entry_point.done:
                self._notes.note_walked_before()

    def _item_days(self, walk: Walk, articles: Sequence[Found]) -> dict[str, date]:
        if walk.plan.backfill is None or not articles:
            return {}
        return item_days(self._db, [one.address.url for one in articles])

    def _named(self, way: Way) -> list[str]:
        kind = Feeds if way == "feed" else Sitemaps
        facts = (one for one in self._session.source.finding if isinstance(one, kind))
        return [self._session.source.base_url + path for one in facts for path in one.paths]

    def _note_news(self, walk: Walk, articles: Sequence[Found]) -> None:
        """Note that an entry point leads to an article that nothing has named yet."""
        if not are_all_known(self._db, (one.address.url for one in articles)):
            url, now = walk.entry_point.url, self._session.clock()
            self._keep(lambda: kept.note_news(self._db, url, now))

    def _keep(self, write: Callable[[], None]) -> None:
        if self._plan.remembers and self._session.health.failure is None:
            write()  # a failed crawl may not have written what the entry point led to

    @property
    def _source(self) -> str:
        return self._session.source.name
