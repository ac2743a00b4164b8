"""One crawl of one source: what it has asked, kept and found, apart from Scrapy."""

import math
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from sqlite_utils import Database

from pipeline.archive.exchange import Exchange
from pipeline.archive.replay_index import Replay
from pipeline.frontier.backfills import Backfill
from pipeline.frontier.known_addresses import is_known, mark_refused, target_of
from pipeline.frontier.rests import end_rest, rest_after_refusal, rest_until
from pipeline.ingest.batch import Batch
from pipeline.ingest.ingest import ingest
from pipeline.model.capture import Capture, ClassifiedCapture, Failure, Found
from pipeline.model.source import Site, Way
from spiders.crawl.counts import Counts, Limit, ListingCounts, WayCounts
from spiders.crawl.frontier import Frontier
from spiders.crawl.plan import Plan
from spiders.crawl.plans import NewsPlan
from spiders.crawl.recorder import CaptureRecorder
from spiders.network.answer import MAX_UNANSWERED_IN_A_ROW
from spiders.network.redirect import Origin
from spiders.network.robots import EVERYTHING

_BATCH_CAPTURES = 20
_BATCH_SECONDS = 5.0
_PACE_REQUESTS = 10


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
        idle_seconds: float = math.inf,
        limit: Limit | None = None,
        only: tuple[str, ...] = (),
        replay: Replay | None = None,
        plan: Plan | None = None,
    ) -> None:
        self.origin = Origin(site)
        self.robots = EVERYTHING
        """What robots.txt allows, once it has answered."""
        self.source = site.source
        self.db = db
        self.crawl = crawl
        self.clock = clock
        self.started = clock()
        self.delay_seconds = site.source.delay_seconds
        """Between two requests, at least; robots.txt may make it longer."""
        self.idle_seconds = idle_seconds
        """How long ago the source's last crawl ended."""
        self.only = only
        self.limit = limit or Limit()
        self.replay = replay
        self.plan = plan or NewsPlan()
        """What is looked for."""
        self.counts = Counts()
        self.listings = ListingCounts()
        self.ways: dict[Way, WayCounts] = {}
        """The ways of finding that were used, with what they gave."""
        self.failure: str | None = None
        """Why the source failed, if it did: a sentence."""
        self.stopped = False
        self.places_left = 0
        """About how many places are still to be asked, when that was last counted."""
        self.addresses_left = 0
        """Likewise, how many addresses of a backfill."""
        self.found_all = False
        """Whether every way of finding came to its end, or to its bound."""
        self.notes: list[str] = []
        """What needs a look, as sentences."""
        self.frontier = Frontier(
            db,
            site,
            crawl,
            self.limit,
            self.plan,
            only=only,
            began=self.started,
        )
        self.counts.retried = self.frontier.retried
        self._keeper = CaptureRecorder(site, db, archive)
        self._examined: list[ClassifiedCapture] = []
        self._found: list[Found] = []
        self._followed: list[ClassifiedCapture] = []
        self._unanswered: list[Failure] = []
        self._pending_since: float | None = None
        self._unanswered_in_a_row = 0

    @property
    def site(self) -> Site:
        """The source, with the address where requests go now."""
        return self.origin.site

    @property
    def backfill(self) -> Backfill | None:
        """The days that are looked for; None where it is news."""
        return self.plan.backfill

    def count_request(self) -> None:
        """Count a request that is sent."""
        self.counts.requests += 1

    def seconds_left(self) -> float | None:
        """About how long the backfill still takes, at the pace so far; None where it is no
        backfill, or has hardly begun.
        """
        if self.backfill is None or self.counts.requests < _PACE_REQUESTS:
            return None
        pace = (self.clock() - self.started).total_seconds() / self.counts.requests
        return (self.addresses_left + self.places_left) * pace

    def keep(self, exchange: Exchange) -> Capture | None:
        """Append an exchange to the archive; None where it is not the source's, or, in a replay,
        is kept already. Raises ArchiveError.
        """
        capture = self._keeper.keep(exchange, unless_known=self.replay is not None)
        self.counts.captured += capture is not None
        return capture

    def take(self, examined: ClassifiedCapture) -> None:
        """Take in what an article's capture turned out to be."""
        self.counts.add_examined(examined)
        self._examined.append(examined)
        self._keeper.taken(examined.capture)
        self._flush_if_due()

    def take_page(self, captures: Sequence[Capture]) -> None:
        """Take in the captures of a page that is no article's and has no links for us."""
        for capture in captures:
            self._examined.append(ClassifiedCapture(capture=capture, outcome="other"))
            self._keeper.taken(capture)
        self.flush()

    def take_listing(
        self, page: Capture, captures: Sequence[Capture], found: Sequence[Found]
    ) -> None:
        """Take in a listing's captures with the addresses on one of them, `page`: from now on a
        304 of that one says that nothing is new.
        """
        self._found += found
        for capture in captures:
            into = self._followed if capture.key == page.key else self._examined
            into.append(ClassifiedCapture(capture=capture, outcome="other"))
            self._keeper.taken(capture)
        self.flush()

    def take_found(self, found: Sequence[Found]) -> None:
        """Make addresses known at once."""
        self._found += found
        self.flush()

    def unknown(self, found: Iterable[Found]) -> Iterator[Found]:
        """Those of the addresses that are not known, or only to a backfill that has not asked them
        yet.
        """
        return (one for one in found if not is_known(self.db, one.address.url))

    def target_of(self, url: str) -> str:
        """What is asked for an article: its address, live with the query that it needs."""
        return url if self.replay is not None else target_of(self.db, url)

    def note_asked(self, way: Way) -> None:
        """Note that a way of finding is used."""
        self.ways.setdefault(way, WayCounts())

    def take_failure(self, failure: Failure) -> None:
        """Take in a request that brought no answer, or an answer without use."""
        if failure.stage == "fetch":
            self.counts.add_unanswered(failure.url)
        self._unanswered.append(failure)
        self._flush_if_due()

    def answered(self) -> None:
        """Note that the source answers."""
        self._unanswered_in_a_row = 0

    def unanswered(self, detail: str) -> None:
        """Note a request that brought no answer; many in a row mean that the site is down."""
        self._unanswered_in_a_row += 1
        if self._unanswered_in_a_row >= MAX_UNANSWERED_IN_A_ROW:
            count = self._unanswered_in_a_row
            self.fail(f"{count} requests in a row brought no answer ({detail})")

    def refused_by_robots(self, url: str) -> None:
        """Note an address that robots.txt forbids."""
        mark_refused(self.db, url)
        self.take_failure(
            Failure(url=url, stage="robots", reason="forbidden", detail="robots.txt forbids it")
        )

    def note(self, sentence: str) -> None:
        """Note what needs a look."""
        if sentence not in self.notes:
            self.notes.append(sentence)

    def flush(self) -> None:
        """Write all that is pending in one short transaction; if it can't be, the crawl fails."""
        if not (self._examined or self._found or self._followed or self._unanswered):
            return
        try:
            batch = Batch(
                examined=self._examined, found=self._found, followed=self._followed,
                unanswered=self._unanswered, positions=self._keeper.synced_positions(),
            )  # fmt: skip
            ingested = ingest(self.db, self.source, batch, now=self.clock())
        except (OSError, sqlite3.Error) as error:
            self.fail(f"what is captured can't be written: {error}; the next crawl takes it in")
            return
        readings = sum(one.reading is not None for one in self._examined)
        self.counts.add_ingested(ingested, readings)
        for way, new in ingested.found.items():
            self.ways.setdefault(way, WayCounts()).new += new
        self._examined, self._found, self._followed, self._unanswered = [], [], [], []
        self._keeper.flushed()
        self._pending_since = None

    def close(self) -> None:
        """Flush and close the archive's files."""
        try:
            self.flush()
        finally:
            self._keeper.close()

    def rest(self, reason: str) -> None:
        """Leave the source alone for a while, longer each time, and fail this crawl."""
        self.fail(rest_after_refusal(self.db, self.source.name, reason, self.clock()))

    def rest_for(self, seconds: float, reason: str) -> None:
        """Leave the source alone for as long as it asked, and fail this crawl."""
        until = self.clock() + timedelta(seconds=seconds)
        self.fail(rest_until(self.db, self.source.name, reason, until))

    def end_rest(self) -> None:
        """The source answers again."""
        end_rest(self.db, self.source.name)

    @property
    def is_over(self) -> bool:
        """Whether nothing more is asked."""
        return self.stopped or self.failure is not None

    def fail(self, reason: str) -> None:
        """Note why the source failed, which ends the crawl; the first reason stays."""
        self.failure = self.failure or reason

    def _flush_if_due(self) -> None:
        now = time.monotonic()
        self._pending_since = self._pending_since or now
        pending = len(self._examined) + len(self._unanswered)
        if pending >= _BATCH_CAPTURES or now - self._pending_since >= _BATCH_SECONDS:
            self.flush()
