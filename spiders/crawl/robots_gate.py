"""robots.txt asked first and alone: what may be asked at all is decided by its answer."""

import logging
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure as TwistedFailure

from spiders.crawl.session import Session
from spiders.network.http_answer import Pause, Redirect, Refused
from spiders.network.no_answer import failed_request, failure_reason
from spiders.network.redirect import DeadEnd, next_hop
from spiders.network.request import Handlers, request_for
from spiders.network.response import captures_of, headers_of
from spiders.network.robots import EVERYTHING, NothingAllowed, Robots, robots_verdict

_log = logging.getLogger(__name__)


class RobotsGate:
    """Asks robots.txt, and goes on to the start pages where it lets us."""

    def __init__(self, session: Session, start_pages: Callable[[], Iterable[Any]]) -> None:
        self._session = session
        self._start_pages = start_pages
        self._handlers = Handlers(answered=self.answered, unanswered=self.unanswered)

    def ask(self) -> Request:
        """The request for robots.txt."""
        return request_for(
            f"{self._session.source.base_url}/robots.txt", self._session, self._handlers
        )

    def answered(self, response: Response) -> Iterator[Any]:
        """Go on to the start pages, follow a redirect, or end the crawl."""
        session = self._session
        session.queue.add_page(captures_of(response))
        found = robots_verdict(
            response.status, headers_of(response), response.body, now=session.clock()
        )
        if not isinstance(found, Redirect):
            session.ledger.note_robots(opened=isinstance(found, Robots))
        if isinstance(found, Refused) and response.status == 200:
            session.ledger.note_refusal()
        match found:
            case Robots():
                self._say(response.url, found)
                yield from self._obey(found)
            case Redirect(location):
                yield from self._follow(response, location)
            case Pause(seconds):
                session.health.back_off_for(seconds, f"robots.txt {found.detail}")
            case Refused(detail):
                session.health.back_off(f"robots.txt {detail}")
            case NothingAllowed("crawl-delay", detail):
                session.fail(f"robots.txt {detail}")
            case NothingAllowed(_, detail):
                session.fail(f"{response.url} {detail}, so nothing may be asked (RFC 9309)")

    def unanswered(self, failure: TwistedFailure) -> None:
        """No robots.txt, no crawl. One that was told to stop meanwhile has not failed."""
        if self._session.is_over:
            return
        _, detail = failure_reason(failure)
        self._session.ledger.note_robots(opened=False)
        self._session.fail(f"{failed_request(failure).url} can't be reached: {detail}")

    def _follow(self, response: Response, location: str) -> Iterator[Request]:
        public, chain = response.meta["public"], response.meta["chain"]
        hop = next_hop(location, public, chain, self._session.origin, EVERYTHING)
        if isinstance(hop, DeadEnd):
            self._session.fail(f"{response.url} {hop.detail}, so nothing may be asked")
            return
        yield request_for(hop, self._session, self._handlers, chain=(*chain, public))

    def _say(self, url: str, robots: Robots) -> None:
        """Say what is odd about the rules; a part of them needs a look."""
        if robots.remark:
            _log.warning("%s: %s %s", self._session.source.name, url, robots.remark)
        if robots.is_cut:
            self._session.health.note(f"{url} {robots.remark}")

    def _obey(self, robots: Robots) -> Iterator[Any]:
        session = self._session
        session.robots = robots
        session.delay_seconds = max(session.delay_seconds, robots.delay_seconds)
        requests = list(self._start_pages())
        yield from requests
        if not requests and session.listings.forbidden:
            session.fail(f"{session.source.base_url}/robots.txt forbids every start page")
