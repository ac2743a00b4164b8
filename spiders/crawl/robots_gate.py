"""robots.txt asked first and alone: what may be asked at all is decided by its status."""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from scrapy.http import Response
from twisted.python.failure import Failure as TwistedFailure

from pipeline.archive.content_encoding import UndecodableBody, decoded
from pipeline.archive.http_status import REDIRECTS, REFUSALS
from pipeline.page.not_article import is_challenge
from spiders.network.no_answer import request_of, why_unanswered
from spiders.network.politeness_middleware import LONGEST_PAUSE_SECONDS, pause_seconds
from spiders.network.request import DeadEnd, Handlers, next_hop, request_for
from spiders.network.robots import EVERYTHING, Robots

if TYPE_CHECKING:
    from spiders.press import PressSpider

_LONGEST_DELAY_SECONDS = 3600.0


class RobotsGate:
    """Asks robots.txt, and goes on to the start pages where it lets us."""

    def __init__(self, spider: "PressSpider", start_pages: Callable[[], Iterable[Any]]) -> None:
        self._spider = spider
        self._session = spider.session
        self._start_pages = start_pages
        self._handlers = Handlers(answered=self.answered, unanswered=self.unanswered)

    def ask(self) -> Any:
        """The request for robots.txt."""
        return request_for(
            f"{self._session.source.base_url}/robots.txt", self._session, self._handlers
        )

    def answered(self, response: Response) -> Iterator[Any]:
        """Decide by the status (RFC 9309, section 2.3.1) whether to go on."""
        session, status = self._session, response.status
        session.take_page([capture for capture, _ in response.meta["kept"]])
        pause = pause_seconds(response, session.clock()) or 0.0
        if pause > LONGEST_PAUSE_SECONDS:
            session.rest_for(pause, f"robots.txt asks for a pause of {pause:.0f} s")
        elif status in REFUSALS or (status == 200 and is_challenge(_text(response))):
            session.rest(f"robots.txt refuses us with status {status}")
        elif status in REDIRECTS:
            yield from self._follow(response)
        elif status == 200:
            yield from self._obey(Robots.parsed(_body(response)))
        elif 400 <= status < 500:
            yield from self._obey(EVERYTHING)
        else:
            session.fail(f"{response.url} answers {status}, so nothing may be asked (RFC 9309)")

    def unanswered(self, failure: TwistedFailure) -> None:
        """No robots.txt, no crawl."""
        _, detail = why_unanswered(failure)
        self._session.fail(f"{request_of(failure).url} can't be reached: {detail}")

    def _follow(self, response: Response) -> Iterator[Any]:
        hop = next_hop(response, self._session, EVERYTHING)
        if isinstance(hop, DeadEnd):
            self._session.fail(f"{response.url} {hop.detail}, so nothing may be asked")
            return
        chain = (*response.meta["chain"], response.meta["public"])
        yield request_for(hop, self._session, self._handlers, chain=chain)

    def _obey(self, robots: Robots) -> Iterator[Any]:
        session = self._session
        if robots.delay_seconds > _LONGEST_DELAY_SECONDS:
            session.fail(f"robots.txt asks for {robots.delay_seconds:.0f} s between requests")
            return
        self._spider.robots = robots
        session.delay_seconds = max(session.delay_seconds, robots.delay_seconds)
        requests = list(self._start_pages())
        yield from requests
        if not requests and session.listings.forbidden:
            session.fail(f"{session.source.base_url}/robots.txt forbids every start page")


def _body(response: Response) -> bytes:
    coding = response.headers.get("Content-Encoding") if response.headers else None
    try:
        return decoded(response.body, (coding or b"").decode("latin-1"))
    except UndecodableBody:
        return b""


def _text(response: Response) -> str:
    return _body(response).decode("utf-8", errors="replace")
