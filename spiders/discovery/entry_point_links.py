"""Which of the entry points that pages link to a crawl asks: their number is bounded, however many
a site links to.
"""

import logging
from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.frontier.entry_points import EntryPoint, entry_points
from pipeline.frontier.linked_entry_points import (
    MOST_AGAIN,
    MOST_LEADING,
    MOST_LINKS,
    MOST_NEW,
    in_turn,
    link_entry_points,
    linked_entry_points,
)
from pipeline.model.source import Way
from spiders.crawl.plan import Plan
from spiders.crawl.session import Session

_log = logging.getLogger(__name__)


class LinkedEntryPoints:
    """The entry points of one crawl that pages link to, each handed out once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._handed_out: set[str] = set()
        self._new: Counter[str] = Counter()
        """By page, how many of its links were handed out for the first time."""
        self._again: Counter[str] = Counter()
        """Likewise, how many that have led to nothing were handed out again."""
        self.all_taken = True
        """Whether all links of all pages were taken in."""

    def known(self, way: Way, plan: Plan) -> list[EntryPoint]:
        """The known entry points of a way that are asked whichever pages link to them now: those
        that the facts name, and those that have led to articles.
        """
        session = self._session
        found = entry_points(session.db, session.source.name, way, plan.backfill_id)
        if not plan.bounds_linked:
            self._handed_out.update(one.url for one in found)
            return found
        leading = [one for one in found if one.is_linked and one.news_at is not None]
        asked = in_turn(leading, MOST_LEADING)
        if len(asked) < len(leading):
            session.health.note(
                f"{len(leading)} lists that pages link to have led to articles; {MOST_LEADING} of "
                "them are asked in one crawl, in turn"
            )
        urls = {one.url for one in asked}
        self._handed_out.update(one.url for one in leading)
        return [one for one in found if not one.is_linked or one.url in urls]

    def beside(self, way: Way, plan: Plan) -> list[EntryPoint]:
        """The known ones for another plan beside the crawl's own, with those that pages have linked
        to in this crawl.
        """
        session = self._session
        known = {one.url: one for one in self.known(way, plan)}
        found = entry_points(session.db, session.source.name, way, plan.backfill_id)
        linked = [
            one for one in found
            if one.linked_at == session.started and one.asked_at and one.news_at is None
            and one.url not in known and plan.is_due(one, session.clock())
        ]  # fmt: skip
        return [*known.values(), *in_turn(linked, MOST_AGAIN)]

    def linked(self, way: Way, urls: Sequence[str], on: str) -> list[EntryPoint]:
        """Those of the entry points that a page links to that are asked now."""
        session = self._session
        if len(urls) > MOST_LINKS:
            self.all_taken = False
            session.health.note(
                f"{on} links to {len(urls)} lists; the first {MOST_LINKS} are taken in"
            )
        backfill = session.plan.backfill_id
        found = link_entry_points(
            session.db, session.source.name, way, urls[:MOST_LINKS], on=on,
            at=session.started if session.plan.remembers else None, backfill=backfill,
        )  # fmt: skip
        return list(self._hand_out(found, on))

    def still_linked(self, on: str) -> list[EntryPoint]:
        """Likewise of those to which a page links that has not changed since it was read last."""
        session = self._session
        backfill = session.plan.backfill_id
        found = linked_entry_points(session.db, on, at=session.started, backfill=backfill)
        return list(self._hand_out(found, on))

    def _hand_out(self, found: Sequence[EntryPoint], on: str) -> Iterator[EntryPoint]:
        session, plan = self._session, self._session.plan
        due = [
            one for one in found
            if one.url not in self._handed_out and plan.is_due(one, session.clock())
        ]  # fmt: skip
        self._handed_out.update(one.url for one in found)
        if not plan.bounds_linked:
            yield from due
            return
        due = [one for one in due if one.is_linked]
        new = [one for one in due if one.asked_at is None]
        again = [one for one in due if one.asked_at is not None]
        now_new = in_turn(new, MOST_NEW - self._new[on])
        now_again = in_turn(again, MOST_AGAIN - self._again[on])
        self._new[on] += len(now_new)
        self._again[on] += len(now_again)
        if len(now_new) < len(new):
            session.health.note(
                f"{on} links to more than {MOST_NEW} lists that were never asked; so many are "
                "asked in one crawl"
            )
        if len(now_again) < len(again):
            _log.info(
                "%s: %s links to %d lists that have led to nothing new and are due; %d of them "
                "are asked now",
                session.source.name, on, len(again), len(now_again),
            )  # fmt: skip
        asked = {one.url for one in (*now_new, *now_again)}
        yield from (one for one in due if one.url in asked)
