"""The figures of one crawl: how many may still be asked, what came, how the listings answered."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from pipeline.ingest.batch import Ingested
from pipeline.model.capture import ClassifiedCapture
from pipeline.model.source import Way

_PACE_REQUESTS = 10


@dataclass(slots=True)
class Limit:
    """How many addresses without an item may still be asked, over all sources of one command."""

    left: int | None = None

    @property
    def is_reached(self) -> bool:
        """Whether none may be asked any more."""
        return self.left is not None and self.left <= 0

    def take(self) -> bool:
        """Whether one more may be asked; counts it."""
        if self.left is None:
            return True
        if self.is_reached:
            return False
        self.left -= 1
        return True


@dataclass(slots=True)
class Counts:
    """The figures of a crawl's summary."""

    requests: int = 0
    captured: int = 0
    unchanged: int = 0
    asked: set[int] = field(default_factory=set)
    """Articles that were asked for, as hashes: a backfill asks for hundreds of thousands."""
    retried: set[str] = field(default_factory=set)
    """Those of them without an item that had failed before: that they fail again is no news."""
    failed: set[str] = field(default_factory=set)
    """Those of them whose last answer gave no item, or that brought none."""
    looked_at: int = 0
    """Article pages that were read."""
    unreadable: int = 0
    """Those of them without title, date or body."""
    not_by_layout: int = 0
    """Readings for which a weaker step than the layout was needed."""
    new: set[str] = field(default_factory=set)
    updated: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    named_by: dict[Way, int] = field(default_factory=dict)
    """The ways of finding that were used, and how many addresses each named, repeats included."""

    def add_way(self, way: Way, addresses: int = 0) -> None:
        """Count addresses that a way of finding named; from now on it counts as used."""
        self.named_by[way] = self.named_by.get(way, 0) + addresses

    @property
    def read(self) -> int:
        """Pages that gave a reading."""
        return self.looked_at - self.unreadable

    @property
    def by_layout(self) -> int:
        """Those of them that the source's own layout alone read."""
        return self.read - self.not_by_layout

    def add_classified(self, classified: ClassifiedCapture) -> None:
        """Count an article's capture by its outcome."""
        self.add_asked(classified.capture.url)
        self.failed.discard(classified.capture.url)
        if classified.outcome == "not-modified":
            self.unchanged += 1
        elif classified.reading is not None:
            self.looked_at += 1
            self.not_by_layout += classified.reading.weakest != "layout"
        elif classified.failure is not None:
            self.failed.add(classified.capture.url)
            unreadable = (
                classified.outcome == "failed"
                and classified.failure.reason.startswith("no-")
                and classified.capture.url not in self.retried
            )
            self.looked_at += unreadable
            self.unreadable += unreadable

    def add_asked(self, url: str) -> None:
        """Count an article that is asked for; once, however often it is."""
        self.asked.add(hash(url))

    def remove_missing(self, urls: Iterable[str]) -> None:
        """Take out the numbers that have no article: none that was asked for has failed."""
        missing = set(urls)
        self.failed -= missing
        self.asked -= {hash(url) for url in missing}

    def add_unanswered(self, url: str) -> None:
        """Count a request for an article that brought no answer, or none of use."""
        self.add_asked(url)
        self.failed.add(url)

    def add_ingested(self, ingested: Ingested, readings: int) -> None:
        """Count what a batch with so many readings changed."""
        self.unchanged += max(0, readings - len(ingested.new) - len(ingested.updated))
        self.updated |= ingested.updated - self.new
        self.new |= ingested.new
        self.gone |= ingested.gone


@dataclass(slots=True)
class ListingCounts:
    """How the crawl's listings answered."""

    answered: int = 0
    """Listings that were read, or unchanged."""
    with_articles: int = 0
    unchanged: int = 0
    empty: list[str] = field(default_factory=list)
    """Listings without an article that had some before."""
    fewer: list[str] = field(default_factory=list)
    """Listings with far fewer articles than usual, as sentences."""
    failed: list[str] = field(default_factory=list)
    forbidden: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Progress:
    """How much a crawl still has to ask, when that was last counted."""

    entry_points_left: int = 0
    """About how many pages of listings, feeds, sitemaps and days are still to be asked."""
    addresses_left: int = 0
    """Likewise, how many articles."""
    asked_before: int | None = None
    """How many articles had been asked for then; None as long as nothing was counted."""
    found_all: bool = False
    """Whether every way of finding came to its end, or to its bound."""
    languages_by_day: frozenset[str] = frozenset()
    """The languages whose articles an archive by day names, so that all of its days are known."""
    unproven_days: frozenset[date] = frozenset()
    """The days of which an archive by day says nothing, for it was given up."""

    def count(self, *, entry_points_left: int, addresses_left: int, asked: int) -> None:
        """Note how much is left now that so many articles have been asked for."""
        self.entry_points_left = entry_points_left
        self.addresses_left = addresses_left
        self.asked_before = asked

    def left(self, asked: int) -> int | None:
        """About how many pages are left when so many articles have been asked for; None as long as
        nothing was counted.
        """
        if self.asked_before is None:
            return None
        articles = max(0, self.addresses_left - (asked - self.asked_before))
        return self.entry_points_left + articles

    @staticmethod
    def seconds_for(pages: int, requests: int, elapsed: timedelta) -> float | None:
        """About how long so many pages take at the pace of the requests so far; None where there
        were hardly any.
        """
        return pages * elapsed.total_seconds() / requests if requests >= _PACE_REQUESTS else None
