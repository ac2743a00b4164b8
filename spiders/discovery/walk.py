"""A walk through one entry point and its further pages: what it makes known, and when it ends."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from pipeline.frontier.entry_points import EntryPoint
from pipeline.model.capture import Found
from pipeline.normalize.addresses import address_id
from spiders.crawl.plan import Plan

_REPEATED_PAGES = 3
"""So many pages in a row without an article that this walk has not seen end it."""
_TOO_OLD_PAGES = 2
"""So many pages in a row with nothing but articles from before the wanted days end it."""


@dataclass(slots=True)
class Walk:
    """How far one entry point was walked, and what was seen on the way."""

    entry_point: EntryPoint
    plan: Plan
    always_second_page: bool = False
    """Whether it looks at the second page in any case."""
    pages: int = 0
    articles: int = 0
    is_short: bool = False
    """Whether its first page names no articles any more, or far fewer than usual: then the walk is
    never complete.
    """
    head_ids: frozenset[str] = field(init=False)
    """The ids of the addresses on the first page."""
    skipped_on_first_page: bool = field(init=False)
    """Whether addresses of the first page were not wanted, for they are of other days than a
    backfill's: then the walk says nothing of what is news.
    """
    _seen: set[int] = field(default_factory=set)
    """Hashes of the ids of all articles: a listing may have hundreds of thousands."""
    _repeated_pages: int = 0
    _too_old_pages: int = 0
    _reached_known_head: bool = False
    """Whether an article of the last complete walk's first page was met."""

    def __post_init__(self) -> None:
        self.head_ids = self.entry_point.walk_head
        self.skipped_on_first_page = self.entry_point.next_page is not None and not self.head_ids

    @property
    def is_at_start(self) -> bool:
        """Whether the first page is still to be taken in."""
        return not self.pages and self.entry_point.next_page is None

    @property
    def may_be_unchanged(self) -> bool:
        """Whether its first page may be asked for conditionally."""
        return self.plan.may_be_unchanged(self.entry_point) and not self.always_second_page

    @property
    def last_complete(self) -> datetime | None:
        """When the complete walk was that it may end at; None where it goes on past it."""
        return self.entry_point.complete_at if self.plan.stops_at_known else None

    def take(self, found: Sequence[Found], days: Mapping[str, date]) -> list[Found]:
        """Take in a page's articles; `days` are the days of publication of those with an item.
        Gives those that become known.
        """
        ids = [address_id(one.address.url) for one in found]
        wanted = self.plan.wanted(found)
        if self.is_at_start:
            self.skipped_on_first_page = len(wanted) < len(found)
            self.head_ids = frozenset() if self.skipped_on_first_page else frozenset(ids)
        self.pages += 1
        self.articles += len(found)
        self._reached_known_head |= not self.entry_point.head.isdisjoint(ids)
        fresh = {hash(one) for one in ids} - self._seen
        self._seen |= fresh
        self._repeated_pages = 0 if fresh else self._repeated_pages + 1
        self._too_old_pages = self._too_old_pages + 1 if self._is_too_old(found, days) else 0
        return wanted

    @property
    def is_at_bound(self) -> bool:
        """Whether it has come to its most pages."""
        most = self.plan.most_pages(self.entry_point)
        return most is not None and self.pages >= most

    def ends(self, *, all_known: bool) -> bool:
        """Whether it ends with the page that was taken in last, wherever its links lead: where it
        has reached what the last complete walk began with, has come to its most pages, is past the
        wanted days, or sees the same articles again and again.

        `all_known` says that the page has articles, all of them known since the last complete walk.
        """
        return (
            (all_known and self._reached_last_walk)
            or self.is_at_bound
            or self._too_old_pages >= _TOO_OLD_PAGES
            or self._repeated_pages >= _REPEATED_PAGES
        )

    @property
    def _reached_last_walk(self) -> bool:
        if self.always_second_page and self.pages < 2:  # what is pinned may hide that there is news
            return False
        return self.last_complete is not None and self._reached_known_head

    def _is_too_old(self, found: Sequence[Found], days: Mapping[str, date]) -> bool:
        known = [days.get(one.address.url) or one.latest for one in found]
        dated = [day for day in known if day is not None]
        return bool(dated) and all(map(self.plan.is_too_old, dated))
