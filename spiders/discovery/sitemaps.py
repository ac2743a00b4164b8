"""Sitemaps in a crawl: which are read, and which of their articles become known."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from heapq import nlargest
from itertools import islice

from pipeline.frontier import entry_points as kept
from pipeline.frontier.entry_points import EntryPoint
from pipeline.frontier.known_addresses import is_known
from pipeline.model.capture import Capture, Failure, Found
from spiders.crawl.session import Session
from spiders.discovery.entry_point_notes import EntryPointNotes
from spiders.discovery.walk import Walk
from spiders.listing import sitemap_xml
from spiders.listing.answer import SitemapArticles, Unusable

_MOST_NEWS = 1000
"""A sitemap that names more as changed than this was made anew: a backfill takes them."""
_MOST_SITEMAPS = 1000
_ARTICLES_AT_ONCE = 1000


class SitemapWalks:
    """The sitemaps of one crawl, each read once, wherever they name each other."""

    def __init__(self, session: Session, notes: EntryPointNotes) -> None:
        self._session = session
        self._notes = notes
        self._known: set[str] = set()
        self._news_left = _MOST_NEWS
        self.promised: set[str] = set()
        """The sitemaps that robots.txt names."""

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
        if articles.foreign:
            self._session.queue.add_failure(_foreign(public, articles.foreign))
        else:
            self._notes.clear_foreign_hosts(public)
        if articles.fault is None:
            self._session.queue.add_listing(page, captures, ())
        else:
            self._session.queue.add_page(captures)
        named = walk.articles + len(articles.sitemaps)
        self._notes.note_page(public, walk.entry_point, named, first=True)
        return articles.fault

    def due(self, found: Iterable[sitemap_xml.SitemapEntry], public: str) -> Iterator[EntryPoint]:
        """The further sitemaps to read; each once, wherever they name each other."""
        session = self._session
        most = session.plan.most_sitemaps
        if most is not None:
            held = (one for one in found if session.plan.holds(one.loc))
            found = _newest([one for one in held if one.loc not in self._known], most)
        for entry in found:
            if entry.loc in self._known or len(self._known) >= _MOST_SITEMAPS:
                continue
            self._known.add(entry.loc)
            entry_point = self._add(entry.loc, on=public)
            if session.plan.wants_sitemap(entry_point, entry.lastmod, session.clock()):
                yield entry_point

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
