"""One search of web archives for one source's past, apart from Scrapy: what is asked next, and what
becomes of the answers.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from pipeline.archive.exchange import Exchange, Reference
from pipeline.archive.to_capture import capture_of
from pipeline.counted import counted
from pipeline.ingest.reader import Reader
from pipeline.model.capture import Capture
from pipeline.model.source import Site, Source
from pipeline.monitoring.request_ledger import RequestLedger
from pipeline.store.same_capture import kept_as, leads_to_itself
from pipeline.web_archives.archive_lists import OpenQuestion, questions_left, store_answer
from pipeline.web_archives.listed_capture import ListedCapture, ListingState, Wanted
from pipeline.web_archives.listed_captures import (
    add_other,
    count_listed,
    earlier_with_same_payload,
    note_listed,
)
from spiders.crawl.batch_queue import BatchQueue
from spiders.crawl.counts import Counts, Limit
from spiders.crawl.health import CrawlHealth
from spiders.crawl.recorder import CaptureRecorder
from spiders.web_archives.archives import WebArchive
from spiders.web_archives.dialect import Dialect, Elsewhere, ListPage, Search, Trouble
from spiders.web_archives.list_rows import listed_captures

_log = logging.getLogger(__name__)


class ArchiveSession:
    """What the parts of one search share, and what it stores."""

    def __init__(
        self,
        *,
        site: Site,
        db: Database,
        archive: Path,
        crawl: int,
        clock: Callable[[], datetime],
        archives: Sequence[WebArchive],
        search: Search,
        limit: Limit | None = None,
        full: bool = False,
        scarce: Callable[[], str | None] = lambda: None,
    ) -> None:
        self.source: Source = site.source
        self.site = site
        self.db = db
        self.crawl = crawl
        """The id of its row in `crawls`."""
        self.clock = clock
        self.archives = archives
        self.search = search
        self.limit = limit or Limit()
        self.full = full
        """Whether lists are asked anew, and what could not be had before is asked again."""
        self.counts = Counts()
        self.lists_left = 0
        """Parts of lists of the archive that is asked now, as far as they are known."""
        self.captures_left = 0
        """Captures that it has listed, when they were last counted."""
        self.refused: list[str] = []
        """Why an archive was given up, as sentences."""
        self.absent = 0
        """Captures that an archive lists and can't give."""
        self.health = CrawlHealth(db, site.source.name, clock)
        self._read = Reader(archive, site.source.name)
        self._scarce = scarce
        self._recorder = CaptureRecorder(site, db, archive)
        self.queue = BatchQueue(
            db, site.source, self._recorder, self.counts, self.health,
            RequestLedger(db, site.source.name, clock), clock, is_bulk=True,
        )  # fmt: skip
        self._queued: set[str] = set()
        """Addresses whose captures the database does not know yet."""
        self._with_reading: set[int] = set()
        """Articles that gave a reading, as hashes."""

    @property
    def wanted(self) -> Wanted:
        """Which captures are wanted."""
        return self.search.wanted

    @property
    def is_stopped(self) -> bool:
        """Whether nothing may be sent any more."""
        return self.health.is_over

    @property
    def is_over(self) -> bool:
        """Whether nothing more is looked for."""
        return self.is_stopped or self.limit.is_reached

    def fail(self, reason: str) -> None:
        """End the search for this reason; the first one stays."""
        self.health.fail(reason)

    def count_left(self, archive: str, taken: int = 0) -> None:
        """Note how much is still to be asked, for another thread that shows the progress; `taken`
        captures are at hand.
        """
        name = self.source.name
        self.lists_left = questions_left(self.db, name, archive)
        self.captures_left = taken + count_listed(self.db, name, archive, self.crawl, self.wanted)

    def store_list(self, asked: OpenQuestion, page: ListPage, dialect: Dialect) -> None:
        """Store what a part of a list names."""
        captures = listed_captures(dialect.name, page.rows, self.site, self.wanted)
        stored = store_answer(
            self.db, self.source.name, asked, dialect.name, captures, page.further, self.clock()
        )
        if page.rows:
            _log.info(
                "%s: %s lists %s, %d of articles, %d not known yet",
                self.source.name, dialect.title, counted(len(page.rows), "capture"), len(captures),
                stored.captures,
            )  # fmt: skip
        if page.goes_on and not stored.questions:
            self.health.note(
                f"a list of {dialect.title} goes in a circle, so what it has is not known whole "
                f"({asked.question.root})"
            )
        if page.unread:
            self.health.note(
                f"{dialect.title} gave {page.unread} lines of a list that can't be read"
            )

    def needs_no_request(self, listed: ListedCapture, dialect: Dialect) -> bool:
        """Whether a listed capture is known, or shows what an earlier one shows, by the digest that
        the list gives: then it is stored as a revisit of that one.
        """
        if not listed.digest:
            return False
        capture = self._by_list(listed)
        if capture is None:
            return False
        self._flush_if_queued(capture.url)
        kept = kept_as(self.db, capture)
        if kept is not None and not leads_to_itself(kept, self.source):
            self._note(listed, "stored")
            return True
        same = earlier_with_same_payload(self.db, capture) if listed.status in (0, 200) else None
        if same is None:
            return False
        self._keep(_revisit(listed, same, dialect.address(listed)))
        self._note(listed, "stored")
        return True

    def store_exchange(self, listed: ListedCapture, exchange: Exchange) -> Trouble | None:
        """Store a capture that an archive gave; why not, where it is not what was asked for."""
        capture = capture_of(exchange, self.site)
        if capture is None or capture.url != listed.url:
            detail = f"gives a capture of {exchange.target} instead"
            return Trouble(reason="other-address", detail=detail)
        if not self.wanted.has_time(exchange.time):
            detail = f"gives a capture of {exchange.time:%Y-%m-%d} instead"
            return Trouble(reason="other-time", detail=detail)
        self._flush_if_queued(capture.url)
        self._keep(exchange)
        self._note(listed, "stored")
        return None

    def store_other(self, listed: ListedCapture, found: Elsewhere, dialect: Dialect) -> Trouble:
        """Note that the archive leads to another capture, which is asked in its turn if it is of
        the same article and wanted. One that no list names leads no further.
        """
        is_listed = bool(listed.digest or listed.status)
        rows = (found.row,) if is_listed else ()
        others = listed_captures(dialect.name, rows, self.site, self.wanted)
        for other in others:
            if other.url == listed.url and other.place != listed.place:
                add_other(self.db, self.source.name, other)
        return Trouble(reason="elsewhere", detail=f"leads to its capture {found.row.place}")

    def store_trouble(self, listed: ListedCapture, trouble: Trouble, dialect: Dialect) -> None:
        """Note why a capture can't be had."""
        _log.info(
            "%s: %s: %s %s", self.source.name, listed.place, dialect.title, trouble.detail
        )  # fmt: skip
        self.absent += not trouble.passes
        self._note(listed, "failed" if trouble.passes else "unusable", trouble.reason)

    def _keep(self, exchange: Exchange) -> None:
        """Append an exchange to the archive and queue what it gives. Raises ArchiveError."""
        capture = self._recorder.append(exchange, unless_known=True)
        if capture is None:
            return
        self.counts.captured += 1
        classified = self._read(capture, exchange.payload, self.site)
        self._queued.add(capture.url)
        self.queue.add(classified)
        if classified.reading is not None:
            self._with_reading.add(hash(capture.url))
        elif hash(capture.url) in self._with_reading:
            self.counts.failed.discard(capture.url)
        if classified.failure is not None:
            _log.info(
                "%s: %s of %s: %s", self.source.name, capture.url,
                f"{capture.time:%Y-%m-%d}", classified.failure.detail,
            )  # fmt: skip
        if why := self._scarce():
            self.fail(why)

    def flush(self) -> None:
        """Let the database know all captures."""
        self.queue.flush()
        self._queued.clear()

    def _flush_if_queued(self, url: str) -> None:
        """Let the database know the captures of an address, for the next one is compared."""
        if url in self._queued:
            self.flush()

    def _by_list(self, listed: ListedCapture) -> Capture | None:
        """The capture as it would be stored, if what the list says is so."""
        shown = Exchange(
            target=listed.target, time=listed.time, status=304,
            refers_to=Reference(digest=listed.digest),
        )  # fmt: skip
        return capture_of(shown, self.site)

    def _note(self, listed: ListedCapture, state: ListingState, reason: str | None = None) -> None:
        note_listed(self.db, self.source.name, listed, state, reason)


def _revisit(listed: ListedCapture, same: Reference, address: str) -> Exchange:
    """That the page stood then too: no bytes of its own."""
    return Exchange(
        target=listed.target, time=listed.time, status=304, reason="Not Modified",
        refers_to=same, mirror=address,
    )  # fmt: skip
