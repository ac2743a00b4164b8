"""Sitemaps in a crawl: which are read, and which of their articles become known."""

import logging
from collections import deque
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from heapq import nlargest
from itertools import islice

from pipeline.frontier import entry_points as kept
from pipeline.frontier.entry_points import EntryPoint
from pipeline.frontier.known_addresses import has_address, is_known
from pipeline.model.capture import Capture, Failure, Found
from spiders.crawl.session import Session
from spiders.discovery.changed_before import ChangedBefore
from spiders.discovery.entry_point_notes import EntryPointNotes
from spiders.discovery.walk import Walk
from spiders.listing import sitemap_xml
from spiders.listing.answer import SitemapArticles, Unusable

_log = logging.getLogger(__name__)

_MOST_NEWS = 1000
"""A sitemap that names more as changed than this was made anew: a backfill takes them."""
_MOST_SITEMAPS = 1000
_MOST_SITEMAPS_OF_BACKFILL = 50_000
"""As many as one index may name (sitemaps.org)."""
_MOST_DOUBTED = 10
"""So many sitemaps that are said to be old are asked in a crawl."""
_ARTICLES_AT_ONCE = 1000
_NEVER = datetime.min.replace(tzinfo=UTC)


class SitemapWalks:
    """The sitemaps of one crawl, each read once, wherever they name each other."""

    def __init__(self, session: Session, notes: EntryPointNotes) -> None:
        self._session = session
        self._notes = notes
        self._known: set[str] = set()
        self._news_left = _MOST_NEWS
        self._doubted_left = _MOST_DOUBTED
        self._changed_before = ChangedBefore()
        self._held: dict[str, Walk] = {}
        """Walks that are not at their end before what was changed before the days is known."""
        self._at_once_left = _MOST_SITEMAPS
        self._later: deque[EntryPoint] = deque()
        self.is_short = False
        """Whether a backfill does not read some of the sitemaps, for there are too many."""
        self.promised: set[str] = set()
        """The sitemaps that robots.txt or another sitemap names."""

    def roots(self, usual: Iterable[str], promised: Iterable[str]) -> list[EntryPoint]:
        """The sitemaps to begin with: where the facts say, and those that robots.txt names."""
        self.promised |= set(promised)
        roots = dict.fromkeys((*usual, *sorted(self.promised)))
        self._known |= roots.keys()
        return [self._add(url, on=None) for url in roots]

    def take(
        self,
        walk: Walk,
        public: str,
        articles: SitemapArticles,
        page: Capture,
        captures: Sequence[Capture],
    ) -> Unusable | None:
        """Take a sitemap's articles in, as it is read; what hindered reading all of it."""
        stream = iter(articles)
        while chunk := list(islice(stream, _ARTICLES_AT_ONCE)):
            walk.articles += len(chunk)
            self._session.queue.add_found(self._recent(walk.plan.wanted(chunk), walk))
            self._hold(walk, walk.plan.changed_before(chunk))
        if articles.foreign:
            self._session.queue.add_failure(_foreign(public, articles.foreign))
        else:
            self._notes.clear_foreign_hosts(public)
        if articles.is_odd:
            _log.warning("%s: %s is not quite XML", self._session.source.name, public)
        if articles.fault is None:
            self._session.queue.add_listing(page, captures, ())
        else:
            self._session.queue.add_page(captures)
        named = walk.articles + len(articles.sitemaps)
        walk.is_short |= not self._notes.note_page(public, walk.entry_point, named, first=True)
        return articles.fault

    def due(self, found: Iterable[sitemap_xml.SitemapEntry], public: str) -> list[EntryPoint]:
        """The further sitemaps to read; each once, wherever they name each other. Those that were
        changed last come first, then those of which no time is told, longest asked ago first.
        """
        session = self._session
        new = {one.loc: one for one in found if one.loc not in self._known}
        if session.plan.most_sitemaps is not None:
            held = [one for one in new.values() if session.plan.holds(one.loc)]
            new = {one.loc: one for one in _newest(held, session.plan.most_sitemaps)}
        self._known |= new.keys()
        self.promised |= new.keys()
        named = [(self._add(one.loc, on=public), one.lastmod) for one in new.values()]
        named.sort(key=lambda one: one[0].asked_at or _NEVER)
        named.sort(key=lambda one: one[1] or date.min, reverse=True)
        now, wanted, doubted = session.clock(), list[EntryPoint](), list[EntryPoint]()
        for entry_point, changed in named:
            if session.plan.wants_sitemap(entry_point, changed, now):
                wanted.append(entry_point)
            elif session.plan.doubts(entry_point, now):
                doubted.append(entry_point)
        doubted = sorted(doubted, key=lambda one: one.asked_at or _NEVER)[: self._doubted_left]
        self._doubted_left -= len(doubted)
        return self._first([*wanted, *doubted])

    def later(self, count: int) -> list[EntryPoint]:
        """The next of the sitemaps that were not read at once, for there were too many."""
        return [self._later.popleft() for _ in range(min(count, len(self._later)))]

    @property
    def left(self) -> int:
        """How many of them there are."""
        return len(self._later)

    def holds(self, walk: Walk) -> bool:
        """Whether a walk is not at its end, though its sitemap is read."""
        return walk.entry_point.url in self._held

    def release(self, walk: Walk) -> None:
        """Note that a walk is over in another way."""
        self._held.pop(walk.entry_point.url, None)

    def take_changed_before(self, covered: Collection[str]) -> tuple[list[Found], list[Walk]]:
        """Make known what sitemaps say was changed before the days, the nearest of it, but for the
        languages of `covered`. Gives it, and the walks that are at their end by that: none where
        some was left out.
        """
        session, is_all = self._session, not self._changed_before.left_out(covered)
        found = [replace(one, latest=None) for one in self._changed_before.take(covered)]
        session.queue.add_found(found)
        held, self._held = list(self._held.values()), {}
        if not is_all and session.backfill is not None:
            _log.warning(
                "%s: the sitemaps name more articles that they say were changed before %s; "
                "some of them were not asked for, so no day is proven complete",
                session.source.name, session.backfill.since,
            )  # fmt: skip
        return found, held if is_all else []

    def _recent(self, found: list[Found], walk: Walk) -> list[Found]:
        """Of a sitemap's articles, without a backfill, those changed lately, as far as they can be
        news and not the whole site made anew.
        """
        session = self._session
        horizon = session.plan.sitemap_horizon(walk.entry_point, session.clock())
        if horizon is None:
            return found
        recent = [
            one
            for one in found
            if (one.latest >= horizon if one.latest else walk.articles <= _ARTICLES_AT_ONCE)
        ]
        unknown = [one for one in recent if not is_known(session.db, one.address.url)]
        news = unknown[: self._news_left]
        self._news_left -= len(news)
        if len(news) < len(unknown):
            session.health.note(
                f"the sitemap names more than {_MOST_NEWS} new addresses; a backfill takes them: "
                f"kazpress crawl {session.source.name} --since {horizon.isoformat()}"
            )
        dropped = set(unknown) - set(news)
        return [one for one in recent if one not in dropped]

    def _hold(self, walk: Walk, found: Sequence[Found]) -> None:
        """Keep what was changed before the days, as far as nothing is known of it."""
        unknown = [one for one in found if not has_address(self._session.db, one.address.url)]
        if unknown:
            self._changed_before.add(unknown)
            self._held[walk.entry_point.url] = walk

    def _first(self, entry_points: list[EntryPoint]) -> list[EntryPoint]:
        """As many as are read at once; in a backfill the others are read later."""
        session = self._session
        first, rest = entry_points[: self._at_once_left], entry_points[self._at_once_left :]
        self._at_once_left -= len(first)
        if session.plan.backfill is None:
            return first
        room = _MOST_SITEMAPS_OF_BACKFILL - len(self._known)
        self._later += rest[: max(0, room)]
        if room < len(rest):
            self.is_short = True
            session.health.note(
                f"not all sitemaps were read: there are more than {len(self._known)}"
            )
        return first

    def _add(self, url: str, *, on: str | None) -> EntryPoint:
        session = self._session
        return kept.add_entry_point(
            session.db,
            session.source.name,
            "sitemap",
            url,
            on=on,
            backfill=session.plan.backfill_id,
        )


def _newest(entries: list[sitemap_xml.SitemapEntry], most: int) -> list[sitemap_xml.SitemapEntry]:
    """Those changed last; where none says when, the first and the last."""
    if all(entry.lastmod is None for entry in entries):
        return entries if len(entries) <= most else [entries[0], *entries[1 - most :]]
    return nlargest(most, entries, key=lambda entry: entry.lastmod or date.min)


def _foreign(public: str, hosts: set[str]) -> Failure:
    named = ", ".join(sorted(hosts)[:3])
    return Failure(
        url=public, stage="listing", reason="foreign-addresses",
        detail=f"the sitemap lists addresses of {named}, which are not the source's",
    )  # fmt: skip
