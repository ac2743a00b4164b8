"""A walk through one place and its further pages: when it ends."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from pipeline.frontier.backfills import Backfill
from pipeline.frontier.entry_points import EntryPoint
from pipeline.model.capture import Found
from pipeline.normalize.addresses import address_id

_BARREN_PAGES = 3
"""So many pages in a row without an article that this walk has not seen end it: the listing
repeats itself.
"""
_OLDER_PAGES = 2
"""So many pages in a row with nothing but articles from before the wanted days end a backfill's."""
_FIRST_PAGES = 20
"""So far goes the first walk of a crawl that is no backfill."""
_MOST_PAGES = 1000
"""So far goes a later one; what lies further back is a backfill's."""


@dataclass(slots=True)
class Walk:
    """How far one place was walked, and what was seen on the way."""

    place: EntryPoint
    backfill: Backfill | None = None
    """The days that are wanted; None of a walk that looks for news, and ends where the last
    complete one began.
    """
    deep: bool = False
    """Whether it looks at the second page in any case: what is pinned to the first may hide that
    something is new.
    """
    replayed: bool = False
    """A replayed walk goes on as far as the files do."""
    pages: int = 0
    articles: int = 0
    head: frozenset[str] = field(init=False)
    """The ids of the addresses on the first page."""
    left_out: bool = field(init=False)
    """Whether addresses of the first page were left out, for they are of other days than a
    backfill's: then the walk says nothing of what is news.
    """
    _seen: set[int] = field(default_factory=set)
    _barren: int = 0
    _older: int = 0
    _met_head: bool = False

    def __post_init__(self) -> None:
        self.head = self.place.walk_head
        self.left_out = self.place.next_page is not None and not self.head

    @property
    def looks_for_news(self) -> bool:
        """Whether it ends where the last complete walk began, or after its first pages."""
        return self.backfill is None and not self.replayed

    def wanted(self, found: Iterable[Found]) -> list[Found]:
        """Those addresses that it makes known: all where it looks for news, those of its days in a
        backfill, as far as their days are known.
        """
        backfill = self.backfill
        if backfill is None:
            return list(found)
        return [
            replace(one, backfill=backfill.id)
            for one in found
            if (one.latest is None or one.latest >= backfill.since)
            and (one.earliest is None or one.earliest <= backfill.until)
        ]

    def take(self, found: Sequence[Found], days: Mapping[str, date]) -> None:
        """Take in a page's articles; `days` are the days of publication of those with an item."""
        ids = [address_id(one.address.url) for one in found]
        if not self.pages and not self.place.next_page:
            self.head = frozenset(ids)
        self.pages += 1
        self._met_head |= not self.place.head.isdisjoint(ids)
        self.articles += len(found)
        fresh = {hash(one) for one in ids} - self._seen
        self._seen |= fresh
        self._barren = 0 if fresh else self._barren + 1
        self._older = self._older + 1 if self._is_older(found, days) else 0

    def leaves_out(self, count: int, *, first: bool) -> None:
        """Note how many of a page's articles are not wanted."""
        if first and count:
            self.left_out = True
            self.head = frozenset()

    def has_met_the_last(self, found: Sequence[Found], *, all_known: bool) -> bool:
        """Whether this page stands where the last complete walk has been: it knows all of it,
        the last walk's first page or a part of it too.
        """
        if self.deep and self.pages < 2:
            return False
        ids = {address_id(one.address.url) for one in found}
        met = self._met_head or bool(ids & self.place.head)
        return self.place.complete_at is not None and all_known and met

    @property
    def is_over(self) -> bool:
        """Whether the walk ends here, wherever the page's links lead."""
        if self._barren >= _BARREN_PAGES or self._older >= _OLDER_PAGES:
            return True
        most = _MOST_PAGES if self.place.head else _FIRST_PAGES
        return self.looks_for_news and self.pages >= most

    def _is_older(self, found: Sequence[Found], days: Mapping[str, date]) -> bool:
        if self.backfill is None or not found:
            return False
        known = [days.get(one.address.url) or one.latest for one in found]
        dated = [day for day in known if day is not None]
        return bool(dated) and all(day < self.backfill.since for day in dated)
