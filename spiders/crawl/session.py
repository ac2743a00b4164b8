"""One crawl of one source, apart from Scrapy: what it is asked for, and all that it works with."""

import logging
import math
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from pipeline.archive.exchange import Exchange
from pipeline.archive.replay_index import Replay
from pipeline.frontier.backfills import Backfill
from pipeline.ingest.reader import Reader
from pipeline.model.capture import Capture
from pipeline.model.source import Site
from pipeline.monitoring.request_ledger import RequestLedger
from spiders.crawl.batch_queue import BatchQueue
from spiders.crawl.counts import Counts, Limit, ListingCounts, Progress
from spiders.crawl.frontier import Frontier
from spiders.crawl.health import CrawlHealth
from spiders.crawl.plan import Plan
from spiders.crawl.plans import NewsPlan
from spiders.crawl.recorder import CaptureRecorder
from spiders.network.redirect import Origin
from spiders.network.robots import EVERYTHING

_log = logging.getLogger(__name__)


class Session:
    """What the parts of one crawl share. To the network it is a `Requester`."""

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
        plan: Plan | None = None,
        scarce: Callable[[], str | None] = lambda: None,
    ) -> None:
        self.source = site.source
        self.origin = Origin(site)
        self.robots = EVERYTHING
        """What robots.txt allows, once it has answered."""
        self.delay_seconds = site.source.delay_seconds
        """Between two requests, at least; robots.txt may make it longer."""
        self.idle_seconds = idle_seconds
        """How long ago the source's last crawl ended."""
        self.db = db
        self.crawl = crawl
        """The id of its row in `crawls`."""
        self.clock = clock
        self.started = clock()
        self.only = only
        """The articles to ask for, if it is to be these alone."""
        self.limit = limit or Limit()
        self.plan = plan or NewsPlan()
        """What is looked for."""
        self.counts = Counts()
        self.asks = ""
        """The public address that was asked last."""
        self.listings = ListingCounts()
        self.progress = Progress()
        self.health = CrawlHealth(db, site.source.name, clock)
        self.read = Reader(archive, site.source.name)
        """Classifies captures."""
        self._scarce = scarce
        """Says where the disk has hardly any room left."""
        self.ledger = RequestLedger(db, site.source.name, clock)
        """How the source is asked."""
        self._recorder = CaptureRecorder(site, db, archive)
        self.queue = BatchQueue(
            db, site.source, self._recorder, self.counts, self.health, self.ledger, clock,
            is_bulk=self.backfill is not None or self.replay is not None,
        )  # fmt: skip
        self.frontier = Frontier(
            db, site, crawl, self.limit, self.plan, only=only, began=self.started
        )
        self.counts.retried = self.frontier.retried

    @property
    def site(self) -> Site:
        """The source, with the address where requests go now."""
        return self.origin.site

    @property
    def replay(self) -> Replay | None:
        """The files that answer instead of the site."""
        return self.plan.replay

    @property
    def backfill(self) -> Backfill | None:
        """The days that are looked for; None where it is news."""
        return self.plan.backfill

    @property
    def is_over(self) -> bool:
        """Whether nothing more is asked."""
        return self.health.is_over

    def fail(self, reason: str) -> None:
        """End the crawl for this reason; the first one stays."""
        self.health.fail(reason)

    def count_request(self, public: str) -> None:
        """Count a request that is sent to a public address."""
        self.counts.requests += 1
        self.asks = public
        _log.debug("%s: asks %s", self.source.name, public)

    def keep(self, exchange: Exchange) -> Capture | None:
        """Append an exchange to the archive; None where it is not the source's, or, in a replay,
        is there already. It is the last one where the disk would fill up. Raises ArchiveError.
        """
        capture = self._recorder.append(exchange, unless_known=self.replay is not None)
        self.counts.captured += capture is not None
        if why := self._scarce():
            self.fail(why)
        return capture
