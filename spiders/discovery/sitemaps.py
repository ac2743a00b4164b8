"""Sitemaps in a crawl: which are read, and which of their articles become known."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from heapq import nlargest
from itertools import islice

from pipeline.clock import almaty_day
from pipeline.frontier import entry_points as kept
from pipeline.frontier.entry_points import Place
from pipeline.model.capture import Capture, Failure, Found
from spiders.crawl.session import Session
from spiders.discovery.walk import Walk
from spiders.listing import sitemap_xml
from spiders.listing.answer import SitemapArticles, Unusable

_UNDATED_AGAIN = timedelta(days=1)
"""A sitemap of which its index tells no time is read so often."""
_RECENT = timedelta(days=7)
"""How far back the first look at a sitemap goes, where no backfill is asked for."""
_OVERLAP = timedelta(days=2)
_MOST_NEWS = 1000
"""A sitemap that names more as changed than this was made anew: a backfill takes them."""
_MOST_SITEMAPS = 1000
_CHUNK = 1000
_LOOKED_AT = 50
"""So many of the newest addresses of a sitemap are enough for a check."""
_FURTHER_SITEMAPS = 2


class SitemapPlaces:
    """The sitemaps of one crawl, each read once, wherever they name each other."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: set[str] = set()
        self._news_left = _MOST_NEWS
        self.promised: set[str] = set()
        """The sitemaps that robots.txt names."""

    def roots(self, usual: Iterable[str], promised: Iterable[str]) -> list[str]:
        """The sitemaps to begin with: where the facts say, and those that robots.txt names."""
        self.promised |= set(promised)
        roots = list(dict.fromkeys((*usual, *sorted(self.promised))))
        for url in roots:
            self._place(url, on=None)
        self._known |= set(roots)
        return roots

    def take(
        self, walk: Walk, public: str, articles: SitemapArticles, captures: Sequence[Capture]
    ) -> Unusable | None:
        """Take a sitemap's articles in, as it is read; what hindered reading all of it."""
        stream = iter(articles)
        while chunk := list(islice(stream, _CHUNK)):
            walk.articles += len(chunk)
            self._session.take_found(self._recent(walk.wanted(chunk), walk))
        if articles.foreign:
            self._session.take_failure(_foreign(public, articles.foreign))
        else:
            self._session.listed.own_again(public)
        if articles.fault is None:
            self._session.take_listing(captures, ())
        else:
            self._session.take_page(captures)
        self._session.listed.read(
            public, walk.place, walk.articles + len(articles.sitemaps), first=True
        )
        return articles.fault

    def due(self, found: Iterable[sitemap_xml.Entry], public: str) -> Iterator[Place]:
        """The further sitemaps to read; each once, wherever they name each other."""
        if self._session.shallow is not None:
            found = _newest_sitemaps(self._held(found))
        for entry in found:
            if entry.loc in self._known or len(self._known) >= _MOST_SITEMAPS:
                continue
            self._known.add(entry.loc)
            place = self._place(entry.loc, on=public)
            if self._is_wanted(place, entry.lastmod):
                yield place

    def _held(self, found: Iterable[sitemap_xml.Entry]) -> list[sitemap_xml.Entry]:
        """Those of the sitemaps that are not asked yet, in a replay those that the files hold."""
        replay = self._session.replay
        return [
            one
            for one in found
            if one.loc not in self._known and (replay is None or replay.holds(one.loc))
        ]

    def _is_wanted(self, place: Place, lastmod: date | None) -> bool:
        session = self._session
        if session.replay is not None:
            return session.replay.holds(place.url)
        if session.shallow is not None:
            return True
        if session.backfill is not None:
            return not place.done and (lastmod is None or lastmod >= session.backfill.since)
        if session.full or place.asked_at is None:
            return lastmod is None or lastmod >= self._horizon(place)
        if lastmod is not None:
            return lastmod >= self._horizon(place)
        return session.clock() - place.asked_at >= _UNDATED_AGAIN

    def _recent(self, found: list[Found], walk: Walk) -> list[Found]:
        """Of a sitemap's articles, without a backfill, those changed lately, as far as they can be
        news and not the whole site made anew.
        """
        session = self._session
        if session.shallow is not None:
            return nlargest(_LOOKED_AT, found, key=lambda one: one.latest or date.min)
        if session.backfill is not None or session.replay is not None:
            return found
        horizon = self._horizon(walk.place)
        recent = [
            one
            for one in found
            if (one.latest >= horizon if one.latest else walk.articles <= _CHUNK)
        ]
        unknown = list(session.unknown(recent))
        taken = unknown[: max(0, self._news_left)]
        self._news_left -= len(taken)
        if len(taken) < len(unknown):
            session.note(
                f"the sitemap names more than {_MOST_NEWS} new addresses; a backfill takes them: "
                f"kazpress crawl {session.source.name} --since {horizon.isoformat()}"
            )
        dropped = set(unknown) - set(taken)
        return [one for one in recent if one not in dropped]

    def _horizon(self, place: Place) -> date:
        today = almaty_day(self._session.clock())
        recent = today - _RECENT
        if place.complete_at is None:
            return recent
        return min(recent, almaty_day(place.complete_at) - _OVERLAP)

    def _place(self, url: str, *, on: str | None) -> Place:
        session = self._session
        kept.add_entry_point(session.db, session.source.name, "sitemap", url, on=on)
        backfill = session.backfill.id if session.backfill else None
        return kept.place(session.db, url, backfill) or Place(url=url, way="sitemap")


def _newest_sitemaps(known: list[sitemap_xml.Entry]) -> list[sitemap_xml.Entry]:
    """The two changed last; where none says when, the first and the last."""
    if all(entry.lastmod is None for entry in known):
        return known if len(known) <= _FURTHER_SITEMAPS else [known[0], known[-1]]
    by_day = sorted(known, key=lambda entry: entry.lastmod or date.min, reverse=True)
    return by_day[:_FURTHER_SITEMAPS]


def _foreign(public: str, hosts: set[str]) -> Failure:
    named = ", ".join(sorted(hosts)[:3])
    return Failure(
        url=public, stage="listing", reason="foreign-addresses",
        detail=f"the sitemap lists addresses of {named}, which are not the source's",
    )  # fmt: skip
