"""How the entry points of a crawl answered: what is noted of each, and on the list of failures."""

import logging
from datetime import timedelta

from pipeline.frontier.earlier_captures import was_followed_since
from pipeline.frontier.entry_points import EntryPoint, are_far_fewer, note_first_page
from pipeline.frontier.failures import clear_foreign_addresses, clear_listing_failure
from pipeline.model.capture import Failure
from spiders.crawl.session import Session

_LATELY = timedelta(days=30)
_log = logging.getLogger(__name__)


class EntryPointNotes:
    """Notes how listings, feeds, sitemaps and days answered, for one crawl."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def note_page(
        self, public: str, entry_point: EntryPoint, articles: int, *, first: bool
    ) -> bool:
        """Note how many articles a page of an entry point named, and whether that is as many as
        usual: on its first page, none or far fewer than usual need a look.
        """
        listings = self._session.listings
        listings.answered += 1
        listings.with_articles += articles > 0
        self._session.counts.add_way(entry_point.way, articles)
        if not first or entry_point.way == "archive":
            self.clear_failure(public)
            return True
        if self._session.plan.remembers:
            note_first_page(self._session.db, entry_point.url, self._session.clock(), articles)
        if articles:
            self.clear_failure(public, has_articles=True)
            usual = entry_point.typical_count
            if are_far_fewer(articles, usual):
                listings.fewer.append(f"{public} links to {articles} articles, usually to {usual}")
                return False
        elif entry_point.way == "listing":
            return self._note_empty(public, entry_point)
        return True

    def note_unchanged(self, public: str) -> None:
        """Note that an entry point has nothing new."""
        self.note_walked_before()
        self.clear_failure(public)

    def note_walked_before(self) -> None:
        """Note that the present backfill has walked an entry point to its end before."""
        self._session.listings.answered += 1
        self._session.listings.unchanged += 1

    def clear_failure(self, public: str, *, has_articles: bool = False) -> None:
        """Take an entry point off the list of failures; one that is there for want of articles,
        only where it has some.
        """
        clear_listing_failure(self._session.db, public, has_articles=has_articles)

    def clear_foreign_hosts(self, public: str) -> None:
        """Note that a sitemap lists no other host's addresses (any more)."""
        clear_foreign_addresses(self._session.db, public)

    def note_failed(self, public: str, reason: str, detail: str) -> None:
        """Put an entry point that could not be read on the list of failures."""
        self._session.listings.failed.append(f"{public}: {detail}")
        self._session.queue.add_failure(
            Failure(url=public, stage="listing", reason=reason, detail=detail)
        )
        _log.warning("%s: listing %s: %s", self._session.source.name, public, detail)

    def was_read_lately(self, public: str) -> bool:
        """Whether an entry point could be read within the last thirty days."""
        since = self._session.clock() - _LATELY
        return was_followed_since(self._session.db, public, since)

    def _note_empty(self, public: str, entry_point: EntryPoint) -> bool:
        detail = "the listing links to no article"
        _log.info("%s: %s: %s", self._session.source.name, public, detail)
        had_articles = bool(entry_point.typical_count or entry_point.news_at)
        if entry_point.found_on is not None and not had_articles:
            self.clear_failure(public)  # a site may link to any number of lists without articles
            return True
        self._session.queue.add_failure(
            Failure(url=public, stage="listing", reason="no-article", detail=detail)
        )
        if had_articles:
            self._session.listings.empty.append(public)
        return not had_articles
