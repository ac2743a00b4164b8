"""What a crawl has to write to the database, in batches."""

import sqlite3
import time
from collections.abc import Callable, Sequence
from datetime import datetime

from sqlite_utils import Database

from pipeline.ingest.batch import Batch
from pipeline.ingest.ingest import ingest
from pipeline.ingest.settle import settle_all
from pipeline.model.capture import Capture, ClassifiedCapture, Failure, Found
from pipeline.model.source import Source
from pipeline.monitoring.request_ledger import RequestLedger
from spiders.crawl.counts import Counts
from spiders.crawl.health import CrawlHealth
from spiders.crawl.recorder import CaptureRecorder

_BATCH_CAPTURES = 20
_BULK_CAPTURES = 100
_BATCH_SECONDS = 5.0


class BatchQueue:
    """Queues captures, found addresses and failures of one crawl, and flushes them by number and by
    time. If the database can't be written, the crawl fails.
    """

    def __init__(
        self,
        db: Database,
        source: Source,
        recorder: CaptureRecorder,
        counts: Counts,
        health: CrawlHealth,
        ledger: RequestLedger,
        clock: Callable[[], datetime],
        *,
        is_bulk: bool,
    ) -> None:
        self._db = db
        self._source = source
        self._recorder = recorder
        self._counts = counts
        self._health = health
        self._ledger = ledger
        self._clock = clock
        self._is_bulk = is_bulk
        """Whether so much is expected that stories are settled for many items together."""
        self._most = _BULK_CAPTURES if is_bulk else _BATCH_CAPTURES
        self._classified: list[ClassifiedCapture] = []
        self._followed: list[ClassifiedCapture] = []
        """Captures of listings whose links are found addresses of the same batch."""
        self._found: list[Found] = []
        self._failures: list[Failure] = []
        self._pending_since: float | None = None

    def add(self, classified: ClassifiedCapture) -> None:
        """Queue an article's capture."""
        self._counts.add_classified(classified)
        self._queue(classified, self._classified)
        self._flush_if_due()

    def add_page(self, captures: Sequence[Capture]) -> None:
        """Write the captures of a page that is no article's and has no links for us."""
        for capture in captures:
            self._queue(ClassifiedCapture(capture=capture, outcome="other"), self._classified)
        self.flush()

    def add_listing(
        self, page: Capture, captures: Sequence[Capture], found: Sequence[Found]
    ) -> None:
        """Write a listing's captures with the addresses on one of them, `page`: from now on a 304
        of that one says that nothing is new.
        """
        self._found += found
        for capture in captures:
            into = self._followed if capture.key == page.key else self._classified
            self._queue(ClassifiedCapture(capture=capture, outcome="other"), into)
        self.flush()

    def add_found(self, found: Sequence[Found]) -> None:
        """Write addresses."""
        self._found += found
        self.flush()

    def add_failure(self, failure: Failure) -> None:
        """Queue a request that brought no answer, or an answer without use."""
        if failure.stage == "fetch":
            self._counts.add_unanswered(failure.url)
        self._failures.append(failure)
        self._flush_if_due()

    def flush(self) -> None:
        """Write all that is queued in one short transaction.

        Only for articles the archive is brought onto the disk, and how far it is known: a listing
        that is known already is passed over when the next crawl looks at it again.
        """
        if self._is_any_queued:
            self._write(with_positions=any(one.capture.article for one in self._classified))

    def settle(self) -> None:
        """Settle the stories that wait. Raises sqlite3.Error."""
        settle_all(self._db, now=self._clock())

    def close(self) -> None:
        """Flush and close the archive's files."""
        try:
            if self._is_any_queued or self._recorder.is_ahead:
                self._write(with_positions=True)
            self._ledger.write()
        finally:
            self._recorder.close()

    @property
    def _is_any_queued(self) -> bool:
        return bool(self._classified or self._found or self._followed or self._failures)

    def _write(self, *, with_positions: bool) -> None:
        try:
            positions = self._recorder.synced_positions() if with_positions else ()
            batch = Batch(
                examined=self._classified, found=self._found, followed=self._followed,
                unanswered=self._failures, positions=positions,
            )  # fmt: skip
            ingested = ingest(
                self._db, self._source, batch, now=self._clock(), may_wait=self._is_bulk
            )
            self._ledger.write()
        except (OSError, sqlite3.Error) as error:
            said = f"what is captured can't be written: {error}; the next crawl takes it in"
            self._health.fail(said)
            return
        readings = sum(one.reading is not None for one in self._classified)
        self._counts.add_ingested(ingested, readings)
        self._classified, self._found, self._followed, self._failures = [], [], [], []
        self._recorder.mark_flushed(positions)
        self._pending_since = None

    def _queue(self, classified: ClassifiedCapture, into: list[ClassifiedCapture]) -> None:
        into.append(classified)
        self._recorder.queue(classified.capture)

    def _flush_if_due(self) -> None:
        now = time.monotonic()
        self._pending_since = self._pending_since or now
        pending = len(self._classified) + len(self._failures)
        if pending >= self._most or now - self._pending_since >= _BATCH_SECONDS:
            self.flush()
