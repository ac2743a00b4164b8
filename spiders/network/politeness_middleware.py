"""How often the source is asked: the delay, and the pause that a Retry-After asks for. What was
kept goes into the ledger.
"""

import math
import time
from typing import Any, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.task import deferLater

from pipeline.archive.http_status import REFUSALS, announces_challenge
from spiders.network.http_answer import LONGEST_PAUSE_SECONDS
from spiders.network.requester import Requester, requester_of
from spiders.network.response import headers_of
from spiders.network.retry_after import pause_seconds

_LOOK_SECONDS = 0.25
"""A crawl that is stopped waits no longer than that."""


class Politeness:
    """Downloader middleware that lets each request wait for its turn: the delay is counted from
    the end of one exchange to the next request, and a Retry-After holds all requests.

    Scrapy's own delay would hold a request after its capture's time was taken.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._answered_at: float | None = None
        self._paused_until = float("-inf")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make it."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:  # noqa: ARG002  # Scrapy's name
        """Wait until the source may be asked again; a crawl that is over asks nothing more."""
        session = requester_of(self._crawler)
        if session is None:
            return
        while (wait := self._seconds_left(session)) > 0 and not session.is_over:
            await _sleep(min(wait, _LOOK_SECONDS))
        if session.is_over:
            raise IgnoreRequest("the crawl has failed or is stopped")
        if session.replay is None:
            self._note_request(session)

    def process_response(self, request: Request, response: Response) -> Response:  # noqa: ARG002
        """From now on the next request waits."""
        session = requester_of(self._crawler)
        if session is not None and session.replay is None:
            headers = headers_of(response)
            pause = pause_seconds(response.status, headers, session.clock())
            self._hold(pause or 0.0)
            status = response.status
            session.ledger.note_answer(
                len(response.body),
                not_modified=status == 304,
                refused=status in REFUSALS or announces_challenge(status, headers),
            )
            if pause is not None:
                session.ledger.note_pause()
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:  # noqa: ARG002
        """A request without an answer counts as one."""
        session = requester_of(self._crawler)
        if session is None or session.replay is not None or isinstance(exception, IgnoreRequest):
            return
        self._hold(0.0)
        session.ledger.note_unanswered()

    def _note_request(self, session: Requester) -> None:
        before = self._answered_at
        assert before is not None
        waited = time.monotonic() - before
        session.ledger.note_request(
            None if math.isinf(waited) else waited,
            delay=session.delay_seconds,
            pause=self._paused_until - before,
        )

    def _hold(self, pause: float) -> None:
        self._answered_at = time.monotonic()
        self._paused_until = self._answered_at + min(pause, LONGEST_PAUSE_SECONDS)

    def _seconds_left(self, session: Requester) -> float:
        if self._answered_at is None:
            self._answered_at = time.monotonic() - session.idle_seconds
        free_at = max(self._answered_at + session.delay_seconds, self._paused_until)
        return free_at - time.monotonic()


async def _sleep(seconds: float) -> None:
    from twisted.internet import reactor

    clock: Any = reactor  # a module to the type checker, something else at run time
    await maybe_deferred_to_future(deferLater(clock, seconds))
