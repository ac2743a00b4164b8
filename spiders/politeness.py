"""How often, and when not at all: delays, Retry-After, refusals."""

import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response

from spiders.session import Session

if TYPE_CHECKING:
    from spiders.press import PressSpider

LONGEST_PAUSE_SECONDS = 120.0
"""A longer Retry-After ends the crawl, and the source rests until then."""


def retry_after_seconds(header: str | None, now: datetime) -> float | None:
    """The wait that a Retry-After header asks for (RFC 9110, section 10.2.3), in seconds.

    >>> retry_after_seconds("120", datetime(2026, 3, 4, tzinfo=UTC))
    120.0
    """
    if not header:
        return None
    text = header.strip()
    if text.isdigit():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())


class Politeness:
    """Extension that keeps the delay from the end of one answer to the next request, and holds
    all requests while a Retry-After runs.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        crawler.signals.connect(self._answered, signal=signals.response_downloaded)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make it."""
        return cls(crawler)

    @property
    def _session(self) -> Session:
        spider: PressSpider = self._crawler.spider  # type: ignore[assignment]  # the only one we run
        return spider.session

    def _answered(self, request: Request, response: Response) -> None:
        header = response.headers.get("Retry-After") if response.headers else None
        wait = None
        if response.status in (429, 503) and header:
            wait = retry_after_seconds(header.decode("latin-1"), datetime.now(UTC))
        pause = min(wait or 0.0, LONGEST_PAUSE_SECONDS)
        self._hold(request, pause)

    def _hold(self, request: Request, pause: float) -> None:
        """Let nothing of this source start before its delay, or the pause, is over."""
        assert self._crawler.engine is not None
        downloader = self._crawler.engine.downloader
        slot = downloader.slots[request.meta["download_slot"]]
        slot.lastseen = time.monotonic() + max(0.0, pause - slot.delay)


def set_delay(crawler: Crawler, slot_name: str, seconds: float) -> None:
    """Make a source's delay longer, now and for slots made anew."""
    assert crawler.engine is not None
    downloader = crawler.engine.downloader
    downloader.per_slot_settings[slot_name] = {"concurrency": 1, "delay": seconds, "jitter": 0}
    if slot_name in downloader.slots:
        downloader.slots[slot_name].delay = seconds
