"""How often the source is asked: the delay, and the pause that a Retry-After asks for."""

import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.defer import Deferred

from spiders.crawl.session import Session

if TYPE_CHECKING:
    from spiders.press import PressSpider

LONGEST_PAUSE_SECONDS = 120.0
"""A longer Retry-After ends the crawl, and the source rests until then."""

_LONGEST_REST_SECONDS = 7 * 86_400.0

_LOOK_SECONDS = 0.25
"""A crawl that is stopped waits no longer than that."""


def retry_after_seconds(header: str | None, now: datetime) -> float | None:
    """The wait that a Retry-After header asks for (RFC 9110, section 10.2.3), in seconds.

    >>> retry_after_seconds("120", datetime(2026, 3, 4, tzinfo=UTC))
    120.0
    """
    if not header:
        return None
    text = header.strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())


def pause_seconds(response: Response, now: datetime) -> float | None:
    """The seconds, a week at most, for which an answer asks to be left alone; None where it
    does not.
    """
    header = response.headers.get("Retry-After") if response.headers else None
    if response.status not in (429, 503) or header is None:
        return None
    wait = retry_after_seconds(header.decode("latin-1"), now)
    return None if wait is None else min(wait, _LONGEST_REST_SECONDS)


class Politeness:
    """Downloader middleware that lets each request wait for its turn: the delay is counted from
    the end of one exchange to the next request, and a Retry-After holds all requests.

    Scrapy's own delay would hold a request after its capture's time was taken.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._answered_at = time.monotonic() - self._session.idle_seconds
        self._paused_until = float("-inf")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make it."""
        return cls(crawler)

    @property
    def _session(self) -> Session:
        spider: PressSpider = self._crawler.spider  # type: ignore[assignment]  # the only one we run
        return spider.session

    async def process_request(self, request: Request) -> None:  # noqa: ARG002  # Scrapy's name
        """Wait until the source may be asked again; a crawl that is over asks nothing more."""
        session = self._session
        while (wait := self._seconds_left()) > 0 and not session.is_over:
            await _sleep(min(wait, _LOOK_SECONDS))
        if session.is_over:
            raise IgnoreRequest("the crawl has failed or is stopped")

    def process_response(self, request: Request, response: Response) -> Response:  # noqa: ARG002
        """From now on the next request waits."""
        if self._session.replay is None:
            self._hold(pause_seconds(response, self._session.clock()) or 0.0)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:  # noqa: ARG002
        """A request without an answer counts as one."""
        if self._session.replay is None and not isinstance(exception, IgnoreRequest):
            self._hold(0.0)

    def _hold(self, pause: float) -> None:
        self._answered_at = time.monotonic()
        self._paused_until = self._answered_at + min(pause, LONGEST_PAUSE_SECONDS)

    def _seconds_left(self) -> float:
        free_at = max(self._answered_at + self._session.delay_seconds, self._paused_until)
        return free_at - time.monotonic()


async def _sleep(seconds: float) -> None:
    from twisted.internet import reactor

    over: Deferred[None] = Deferred()
    clock: Any = reactor  # a module to the type checker, something else at run time
    clock.callLater(seconds, over.callback, None)
    await maybe_deferred_to_future(over)
