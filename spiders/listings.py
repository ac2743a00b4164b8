"""Listings: the articles on them become known, and front pages lead to further listings."""

import logging
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from twisted.python.failure import Failure as TwistedFailure

from pipeline.addresses import article_address
from pipeline.archive import capture_of
from pipeline.examine import GONE, REDIRECTS, REFUSALS, UndecodableBody, decoded_page
from pipeline.page import Page
from pipeline.read import is_challenge
from pipeline.records import Capture
from spiders.asking import DeadEnd, Handlers, asked_again, next_hop, request_for
from spiders.discovery import is_front, is_sure, links, start_pages
from spiders.politeness import LONGEST_PAUSE_SECONDS, pause_seconds
from spiders.unanswered import request_of, why_unanswered

if TYPE_CHECKING:
    from spiders.press import PressSpider

_MOST = 200
_log = logging.getLogger(__name__)


class Listings:
    """Asks the start pages and what they lead to, each page once a crawl."""

    def __init__(self, spider: "PressSpider") -> None:
        self._spider = spider
        self._session = spider.session
        self._asked: set[str] = set()
        self._handlers = Handlers(answered=self.answered, unanswered=self.unanswered)

    def start(self) -> Iterator[Request]:
        """The requests for the start pages; none where single articles are asked for."""
        if not self._session.only:
            yield from self._requests(start_pages(self._session.site))

    def answered(self, response: Response) -> Iterator[Any]:
        """Take a listing in, or say why it can't be read."""
        session, public, status = self._session, response.meta["public"], response.status
        session.answered()
        pause = pause_seconds(response, session.clock())
        if status == 200:
            yield from self._read(response)
            return
        session.take_page(_captures(response))
        if pause is not None and pause > LONGEST_PAUSE_SECONDS:
            session.rest_for(pause, f"{public} asks for a pause of {pause:.0f} s")
        elif (status >= 500 or pause is not None) and (
            again := asked_again(response, self._spider)
        ):
            yield again
        elif status in REFUSALS:
            session.rest(f"{public} refuses us with status {status}")
        elif status in REDIRECTS:
            yield from self._follow(response)
        elif status == 304 and response.meta.get("validated"):
            session.listing_unchanged(public)
        elif status in GONE and not self._is_missed(public):
            _log.info("%s: there is no %s (status %d)", session.source.name, public, status)
        else:
            session.listing_failed(public, f"http-{status}", f"the listing answers {status}")

    def unanswered(self, failure: TwistedFailure) -> None:
        """A listing that brought no answer: on the list of failures."""
        if not isinstance(failure.value, IgnoreRequest):
            reason, detail = why_unanswered(failure)
            self._session.listing_failed(request_of(failure).meta["public"], reason, detail)
            self._session.unanswered(detail)

    def _requests(self, listings: Iterable[str]) -> Iterator[Request]:
        for public in listings:
            if len(self._asked) >= _MOST or _key(public) in self._asked:
                continue
            self._asked.add(_key(public))
            if self._spider.robots.allows(public):
                yield request_for(public, self._session, self._handlers)
            else:
                _log.warning("%s: robots.txt forbids %s", self._session.source.name, public)
                self._session.listings.forbidden.append(public)

    def _read(self, response: Response) -> Iterator[Request]:
        session, public = self._session, response.meta["public"]
        try:
            page = self._page(response)
        except UndecodableBody as error:
            session.take_page(_captures(response))
            session.listing_failed(public, "undecodable", str(error))
            return
        if is_challenge(page.text):
            session.take_page(_captures(response))
            session.rest(f"{public} answers with a challenge page")
            return
        found = links(page)
        session.take_listing(_captures(response), found.articles)
        session.listing_read(public, len(found.articles))
        session.end_rest()
        if is_front(public, session.site):
            yield from self._requests(found.listings)

    def _page(self, response: Response) -> Page:
        """The page as captured; in a replay of what is kept already, as it stands in the file."""
        kept: list[tuple[Capture, bytes]] = response.meta["kept"]
        if kept:
            return decoded_page(*kept[-1], self._session.site)
        exchange = response.meta["newest"]
        capture = capture_of(exchange, self._session.site)
        assert capture is not None
        return decoded_page(capture, exchange.payload, self._session.site)

    def _follow(self, response: Response) -> Iterator[Request]:
        """The next hop of a redirect, on this source and to a page that was not asked yet."""
        session, public = self._session, response.meta["public"]
        hop = next_hop(response, session, self._spider.robots)
        if isinstance(hop, DeadEnd):
            session.listing_failed(public, hop.reason, hop.detail)
        elif article_address(hop, session.source) is not None:
            session.listing_failed(public, "redirect-elsewhere", f"redirects to the article {hop}")
        elif _key(hop) not in self._asked or _key(hop) == _key(public):
            self._asked.add(_key(hop))
            session.listing_mended(public)
            chain = (*response.meta["chain"], public)
            yield request_for(hop, session, self._handlers, chain=chain)

    def _is_missed(self, public: str) -> bool:
        """Whether a listing that is not there should be: the front page, or one read before."""
        site = self._session.site
        return is_sure(public, site) or self._session.has_read(public)


def _captures(response: Response) -> list[Capture]:
    return [capture for capture, _ in response.meta["kept"]]


def _key(public: str) -> str:
    """Listings are met with and without their final slash."""
    return public.rstrip("/")
