"""One crawl of one source: what it has asked, kept and found, apart from Scrapy."""

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from sqlite_utils import Database

from pipeline.addresses import Site
from pipeline.archive import ArchiveWriter, capture_of, placed
from pipeline.clock import stamp
from pipeline.ingest import Batch, Found, Ingested, ingest
from pipeline.records import Capture, Examined, Failure
from pipeline.warc import Exchange
from spiders.agent import user_agent
from spiders.frontier import Frontier
from spiders.replay import Replay

_log = logging.getLogger(__name__)
_BATCH_CAPTURES = 20
_BATCH_SECONDS = 5.0


Key = tuple[str, datetime, str]
"""What makes two captures the same: address, time, payload digest."""


@dataclass(slots=True)
class Limit:
    """How many addresses without an item may still be asked, over all sources of one command."""

    left: int | None = None

    def take(self) -> bool:
        """Whether one more may be asked; counts it."""
        if self.left is None:
            return True
        if self.left <= 0:
            return False
        self.left -= 1
        return True


@dataclass(slots=True)
class Counts:
    """The figures of a crawl's summary."""

    requests: int = 0
    captured: int = 0
    unchanged: int = 0
    failed: int = 0
    absent: int = 0
    looked_at: int = 0
    """Article pages that were read."""
    unreadable: int = 0
    """Those of them without title, date or body."""
    not_by_layout: int = 0
    """Readings for which a weaker step than the layout was needed."""
    found: int = 0
    new: set[str] = field(default_factory=set)
    updated: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Listings:
    """How the crawl's listings answered."""

    answered: int = 0
    """Listings that were read, or unchanged."""
    with_articles: int = 0
    unchanged: int = 0
    empty: list[str] = field(default_factory=list)
    """Listings without an article that had some before."""
    failed: list[str] = field(default_factory=list)
    forbidden: list[str] = field(default_factory=list)


class Session:
    """Everything that one crawl of one source knows and writes.

    Captures go to the archive at once and to the database in batches, by number and by time.
    """

    def __init__(
        self,
        *,
        site: Site,
        db: Database,
        archive: Path,
        crawl: int,
        clock: Callable[[], datetime],
        delay_seconds: float,
        contact: str | None = None,
        limit: Limit | None = None,
        full: bool = False,
        only: tuple[str, ...] = (),
        replay: Replay | None = None,
    ) -> None:
        self.site = site
        self.source = site.source
        self.db = db
        self.archive = archive
        self.crawl = crawl
        self.clock = clock
        self.delay_seconds = delay_seconds
        self.user_agent = user_agent(contact)
        self.only = only
        self.replay = replay
        self.counts = Counts()
        self.listings = Listings()
        self.failure: str | None = None
        """Why the source failed, if it did: a sentence."""
        self.stopped = False
        self.notes: list[str] = []
        """What needs a look, as sentences."""
        self.frontier = Frontier(
            db, site, crawl, limit or Limit(), full=full, only=only, replay=replay
        )
        self._writers = {
            kind: ArchiveWriter(archive, self.source.name, kind, user_agent(None))
            for kind in ("articles", "listings")
        }
        self._examined: list[Examined] = []
        self._found: list[Found] = []
        self._followed: list[Examined] = []
        self._unanswered: list[Failure] = []
        self._ends: dict[str, int] = {}
        """Up to where each archive file was written since the last flush."""
        self._kept: dict[Key, tuple[str, int]] = {}
        """Captures that are in the archive and were not taken in yet: their file and offset."""
        self._pending_keys: set[Key] = set()
        self._pending_since: float | None = None

    def keep(self, exchange: Exchange) -> Capture | None:
        """Append an exchange to the archive; None where it is not the source's, or is kept
        already. Raises ArchiveError.
        """
        capture = capture_of(exchange, self.site)
        if capture is None or self._is_kept(capture):
            return None
        writer = self._writers["articles" if capture.article else "listings"]
        file, offset, length = writer.append(exchange)
        self._ends[file] = offset + length
        self._kept[capture.key] = (file, offset)
        self.counts.captured += 1
        return placed(capture, file, offset, length)

    def take(self, examined: Examined) -> None:
        """Take in what an article's capture turned out to be."""
        self._count(examined)
        self._examined.append(examined)
        self._taken(examined.capture)
        self._flush_if_due()

    def take_listing(self, capture: Capture, found: list[Found], *, followed: bool) -> None:
        """Take in a listing's capture with the addresses on it."""
        self._found += found
        listing = Examined(capture=capture, outcome="other")
        (self._followed if followed else self._examined).append(listing)
        self._taken(capture)
        self.flush()

    def take_failure(self, failure: Failure) -> None:
        """Take in a request that brought no answer, or a listing without use."""
        if failure.stage == "fetch":
            self.counts.failed += 1
        self._unanswered.append(failure)
        self._flush_if_due()

    def find_all(self, found: list[Found]) -> None:
        """Make addresses known whose listing is in the archive already."""
        self._found += found
        self.flush()

    def listing_read(self, public: str, articles: int) -> None:
        """Note how a listing answered; an empty one that had articles before needs a look."""
        self.listings.answered += 1
        if articles:
            self.listings.with_articles += 1
            self.db.execute("DELETE FROM failures WHERE url = ?", (public,))
            return
        before = self.db.execute(
            "SELECT count(*) FROM addresses WHERE found_on = ?", (public,)
        ).fetchone()[0]
        detail = "the listing links to no article"
        _log.warning("%s: %s: %s", self.source.name, public, detail)
        self.take_failure(Failure(url=public, stage="listing", reason="no-article", detail=detail))
        if before:
            self.listings.empty.append(public)

    def refused_by_robots(self, url: str) -> None:
        """Note an address that robots.txt forbids."""
        self.db.execute(
            "UPDATE addresses SET state = 'refused', next_try = NULL"
            " WHERE url = ? AND state = 'found'",
            (url,),
        )
        self.take_failure(
            Failure(url=url, stage="robots", reason="forbidden", detail="robots.txt forbids it")
        )

    def note(self, sentence: str) -> None:
        """Note what needs a look."""
        if sentence not in self.notes:
            self.notes.append(sentence)

    def flush(self) -> None:
        """Write all that is pending in one short transaction."""
        if not (self._examined or self._found or self._followed or self._unanswered):
            return
        batch = Batch(
            examined=self._examined, found=self._found, followed=self._followed,
            unanswered=self._unanswered, positions=self._positions(),
        )  # fmt: skip
        for writer in self._writers.values():
            writer.sync()
        self._add(ingest(self.db, self.source, batch, now=self.clock()))
        self._examined, self._found, self._followed, self._unanswered = [], [], [], []
        self._ends = {file: end for file, end in self._ends.items() if self._is_open(file)}
        self._pending_keys = set()
        self._pending_since = None

    def close(self) -> None:
        """Flush and close the archive's files."""
        try:
            self.flush()
        finally:
            for writer in self._writers.values():
                writer.close()

    def rest(self, reason: str) -> None:
        """Leave the source alone for a while, longer each time, and fail this crawl."""
        hours = _REST_HOURS[min(self._refusals(), len(_REST_HOURS) - 1)]
        until = self.clock() + timedelta(hours=hours)
        self.db.execute(
            "UPDATE sources SET refusals = refusals + 1, rest_until = ?, rest_reason = ?"
            " WHERE name = ?",
            (stamp(until), reason, self.source.name),
        )
        self.fail(f"{reason}; it is left alone until {until:%Y-%m-%d %H:%M} UTC")

    def rest_until(self, until: datetime, reason: str) -> None:
        """Leave the source alone until it said that it can be asked again."""
        self.db.execute(
            "UPDATE sources SET rest_until = ?, rest_reason = ? WHERE name = ?",
            (stamp(until), reason, self.source.name),
        )
        self.fail(f"{reason}; it is left alone until {until:%Y-%m-%d %H:%M} UTC")

    def end_rest(self) -> None:
        """The source answers again."""
        self.db.execute(
            "UPDATE sources SET refusals = 0, rest_until = NULL, rest_reason = NULL WHERE name = ?",
            (self.source.name,),
        )

    def fail(self, reason: str) -> None:
        """Note why the source failed; the first reason stays."""
        self.failure = self.failure or reason

    def captures_of(self, public: str) -> Iterator[Exchange]:
        """In a replay: all exchanges of an address, oldest first."""
        return self.replay.exchanges(public, self.site) if self.replay else iter(())

    def _refusals(self) -> int:
        row = self.db.execute(
            "SELECT refusals FROM sources WHERE name = ?", (self.source.name,)
        ).fetchone()
        return int(row[0])

    def _taken(self, capture: Capture) -> None:
        self._kept.pop(capture.key, None)
        self._pending_keys.add(capture.key)

    def _is_open(self, file: str) -> bool:
        return any(place[0] == file for place in self._kept.values())

    def _positions(self) -> tuple[tuple[str, int], ...]:
        """For each file, the first byte that is not taken in after this batch: a capture whose
        page was never looked at is found there by the next crawl.
        """
        return tuple(
            (file, min([at for name, at in self._kept.values() if name == file], default=end))
            for file, end in self._ends.items()
        )

    def _is_kept(self, capture: Capture) -> bool:
        if self.replay is None:
            return False
        if capture.key in self._pending_keys or capture.key in self._kept:
            return True
        return (
            self.db.execute(
                "SELECT 1 FROM captures WHERE url = ? AND time = ? AND digest = ?",
                (capture.url, stamp(capture.time), capture.digest),
            ).fetchone()
            is not None
        )

    def _count(self, examined: Examined) -> None:
        counts = self.counts
        if examined.outcome == "not-modified":
            counts.unchanged += 1
        elif examined.reading is not None:
            counts.looked_at += 1
            counts.not_by_layout += examined.reading.weakest != "layout"
        elif examined.failure is not None:
            counts.failed += 1
            unreadable = examined.outcome == "failed" and examined.failure.reason.startswith("no-")
            counts.looked_at += unreadable
            counts.unreadable += unreadable

    def _add(self, ingested: Ingested) -> None:
        counts = self.counts
        counts.found += ingested.found
        seen_again = sum(1 for one in self._examined if one.reading is not None)
        counts.unchanged += max(0, seen_again - len(ingested.new) - len(ingested.updated))
        counts.updated |= ingested.updated - counts.new
        counts.new |= ingested.new
        counts.gone |= ingested.gone

    def _flush_if_due(self) -> None:
        now = time.monotonic()
        self._pending_since = self._pending_since or now
        pending = len(self._examined) + len(self._unanswered)
        if pending >= _BATCH_CAPTURES or now - self._pending_since >= _BATCH_SECONDS:
            self.flush()


_REST_HOURS = (1, 6, 24, 168)
