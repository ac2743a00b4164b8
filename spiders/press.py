"""The one spider: addresses → requests → captures → what they turned out to be."""

import logging
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from typing import Any, Self

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.exceptions import DontCloseSpider, IgnoreRequest
from scrapy.http import Response
from twisted.python.failure import Failure as TwistedFailure

from pipeline.addresses import article_address, capture_url, language_of, public_url, request_url
from pipeline.archive import capture_of
from pipeline.examine import (
    GONE,
    REDIRECTS,
    REFUSALS,
    UndecodableBody,
    decoded,
    decoded_page,
    examine,
)
from pipeline.read import is_challenge
from pipeline.records import Capture, Examined, Failure
from spiders.discovery import is_front, is_sure, links, start_pages
from spiders.politeness import LONGEST_PAUSE_SECONDS, retry_after_seconds, set_delay
from spiders.robots import EVERYTHING, Robots
from spiders.session import Session

_ACCEPT_LANGUAGE = {"ru": "ru", "kk": "kk,ru;q=0.5", "en": "en,ru;q=0.5"}
_MOST_HOPS = 5
_MOST_LISTINGS = 200
_REFUSALS_IN_A_ROW = 5
_UNANSWERED_IN_A_ROW = 5
_log = logging.getLogger(__name__)


class PressSpider(Spider):
    """Crawls one source: robots.txt, listings, then what the frontier holds."""

    name = "press"

    def __init__(self, session: Session, **kwargs: Any) -> None:
        super().__init__(name=session.source.name, **kwargs)
        self.session = session
        self._robots = EVERYTHING
        self._listings_asked: set[str] = set()
        self._refused_in_a_row = 0
        self._unanswered_in_a_row = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Scrapy's way to make it."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.ask_more, signal=signals.spider_idle)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """robots.txt first, and nothing beside it; in a replay, the listings at once."""
        if self.session.replay is not None:
            for request in self._start_pages():
                yield request
        else:
            yield self._request(
                f"{self.session.source.base_url}/robots.txt",
                self.parse_robots,
                self.robots_unanswered,
            )

    def parse_robots(self, response: Response) -> Iterator[Any]:
        """Decide by the status of robots.txt (RFC 9309, section 2.3.1) whether to go on."""
        session = self.session
        self._take_page(response, followed=False)
        status = response.status
        if status in REFUSALS or (status == 200 and is_challenge(_text(response))):
            session.rest(f"robots.txt refuses us with status {status}")
        elif status in REDIRECTS:
            yield from self._follow(response, self.parse_robots, self.robots_unanswered)
        elif status >= 500:
            session.fail(f"{response.url} answers {status}, so nothing may be asked (RFC 9309)")
            self._note_pause(response)
        elif status == 200 or 400 <= status < 500:
            yield from self._obey(response)
        else:
            session.fail(f"{response.url} answers {status}, which says nothing of what is allowed")

    def robots_unanswered(self, failure: TwistedFailure) -> None:
        """No robots.txt, no crawl."""
        self.session.fail(f"{_url(failure)} can't be reached: {_reason(failure)[1]}")

    def parse_listing(self, response: Response) -> Iterator[Any]:
        """Make the articles on a listing known; from a front page, go on to further listings."""
        session, public = self.session, response.meta["public"]
        if (pause := self._pause(response)) is not None:
            self._end_for(pause, response)
        elif response.status in REFUSALS:
            self._take_page(response, followed=False)
            session.rest(f"{public} refuses us with status {response.status}")
            self._close("refused")
        elif response.status in REDIRECTS:
            self._take_page(response, followed=False)
            yield from self._follow(response, self.parse_listing, self.listing_unanswered)
        elif response.status == 304:
            self._take_page(response, followed=False)
            session.listings.answered += 1
            session.listings.unchanged += 1
        elif response.status == 200:
            yield from self._read_listing(response)
        else:
            self._take_page(response, followed=False)
            yield from self._listing_failed(response)

    def listing_unanswered(self, failure: TwistedFailure) -> None:
        """A listing that brought no answer: on the list of failures, and the crawl goes on."""
        if isinstance(failure.value, IgnoreRequest):
            return
        public, (reason, detail) = failure.request.meta["public"], _reason(failure)  # type: ignore[attr-defined]  # Scrapy sets it
        self._bad_listing(public, reason, detail)

    def parse_article(self, response: Response) -> Iterator[Any]:
        """What an article's captures turned out to be goes to the item pipeline."""
        self._unanswered_in_a_row = 0
        pause = self._pause(response)
        examined: Examined | None = None
        for capture, payload in response.meta["kept"]:
            examined = examine(capture, payload, self.session.site)
            self._log(examined)
            yield examined
        if examined is not None and self.session.replay is None:
            yield from self._go_on_after(examined, response, pause)

    def article_unanswered(self, failure: TwistedFailure) -> None:
        """An article that brought no answer; many in a row mean that the site is down."""
        if isinstance(failure.value, IgnoreRequest):
            return
        url = failure.request.meta["canonical"]  # type: ignore[attr-defined]  # Scrapy sets it
        reason, detail = _reason(failure)
        self.session.take_failure(Failure(url=url, stage="fetch", reason=reason, detail=detail))
        self._unanswered_in_a_row += 1
        if self._unanswered_in_a_row >= _UNANSWERED_IN_A_ROW:
            self.session.fail(
                f"{self._unanswered_in_a_row} requests in a row brought no answer ({detail})"
            )
            self._close("unanswered")

    def ask_more(self) -> None:
        """When all that was asked is answered: the next addresses of the frontier."""
        session = self.session
        if session.failure or session.stopped:
            return
        session.flush()
        due = session.frontier.due(session.clock())
        assert self.crawler.engine is not None
        for url in due:
            if not self._robots.allows(request_url(url, session.site)):
                session.refused_by_robots(url)
                continue
            self.crawler.engine.crawl(
                self._request(url, self.parse_article, self.article_unanswered)
            )
        if due:
            raise DontCloseSpider

    def _start_pages(self) -> Iterator[Request]:
        if self.session.only:
            return
        for public in start_pages(self.session.site):
            yield from self._listing(public)

    def _listing(self, public: str) -> Iterator[Request]:
        if len(self._listings_asked) >= _MOST_LISTINGS or not self._is_new_page(public):
            return
        if not self._robots.allows(request_url(public, self.session.site)):
            _log.warning("%s: robots.txt forbids %s", self.name, public)
            self.session.listings.forbidden.append(public)
            return
        yield self._request(public, self.parse_listing, self.listing_unanswered)

    def _request(self, public: str, callback: Any, errback: Any, *, hops: int = 0) -> Request:
        source = self.session.source
        canonical = capture_url(public, source)
        return Request(
            request_url(public, self.session.site),
            callback=callback,
            errback=errback,
            dont_filter=True,
            headers={"Accept-Language": _ACCEPT_LANGUAGE[language_of(public, source)]},
            meta={
                "public": public,
                "canonical": canonical,
                "conditional": not is_front(public, self.session.site),
                "hops": hops,
                "download_slot": source.name,
            },
        )

    def _obey(self, response: Response) -> Iterator[Request]:
        session = self.session
        self._robots = Robots.parsed(_body(response)) if response.status == 200 else EVERYTHING
        set_delay(self.crawler, self.name, max(session.delay_seconds, self._robots.delay_seconds))
        requests = list(self._start_pages())
        yield from requests
        if not requests and not session.only:
            session.fail(f"{response.url} forbids every start page")

    def _read_listing(self, response: Response) -> Iterator[Request]:
        session, public = self.session, response.meta["public"]
        kept: list[tuple[Capture, bytes]] = response.meta["kept"]
        capture, payload = kept[-1] if kept else _replayed(response, session)
        try:
            page = decoded_page(capture, payload, session.site)
        except UndecodableBody as error:
            self._take_page(response, followed=False)
            self._bad_listing(public, "undecodable", str(error))
            return
        if is_challenge(page.text):
            self._take_page(response, followed=False)
            session.rest(f"{public} answers with a challenge page")
            self._close("refused")
            return
        found = links(page, by="listing")
        self._take_page(response, followed=True, found=list(found.articles))
        session.listing_read(public, len(found.articles))
        session.end_rest()
        if is_front(public, session.site):
            for further in found.listings:
                yield from self._listing(further)

    def _take_page(self, response: Response, *, followed: bool, found: Any = ()) -> None:
        """Take a page in that is no article's; in a replay, each of its captures."""
        kept: list[tuple[Capture, bytes]] = response.meta["kept"]
        for index, (capture, _) in enumerate(kept):
            newest = index == len(kept) - 1
            self.session.take_listing(
                capture, list(found) if newest else [], followed=followed and newest
            )
        if not kept and found:
            self.session.find_all(list(found))

    def _listing_failed(self, response: Response) -> Iterator[Request]:
        public, status = response.meta["public"], response.status
        if status >= 500 and (again := self._again(response)):
            yield again
        elif status in GONE and not is_sure(public, self.session.site):
            _log.info("%s: there is no %s (status %d)", self.name, public, status)
        else:
            self._bad_listing(public, f"http-{status}", f"the listing answers {status}")

    def _bad_listing(self, public: str, reason: str, detail: str) -> None:
        self.session.listings.failed.append(f"{public}: {detail}")
        self.session.take_failure(
            Failure(url=public, stage="listing", reason=reason, detail=detail)
        )
        _log.warning("%s: listing %s: %s", self.name, public, detail)

    def _follow(self, response: Response, callback: Any, errback: Any) -> Iterator[Request]:
        """The next hop of a redirect, on this source only."""
        session, meta = self.session, response.meta
        location = (response.headers.get("Location") or b"").decode("latin-1")
        target = public_url(location, meta["public"], session.site) if location else None
        if target is None:
            detail = f"{meta['public']} redirects to {location or 'nowhere'}, away from the source"
            self._bad_listing(meta["public"], "redirect-elsewhere", detail)
            session.note(detail)
        elif meta["hops"] >= _MOST_HOPS:
            self._bad_listing(meta["public"], "redirect-loop", "too many redirects in a row")
        elif article_address(target, session.source) is None and self._is_new_page(target):
            yield self._request(target, callback, errback, hops=meta["hops"] + 1)

    def _is_new_page(self, public: str) -> bool:
        key = public.rstrip("/")
        if key in self._listings_asked:
            return False
        self._listings_asked.add(key)
        return True

    def _go_on_after(
        self, examined: Examined, response: Response, pause: float | None
    ) -> Iterator[Request]:
        """A redirect to the same article's other spelling is followed, a broken answer is asked
        for again, refusals are counted.
        """
        self._refused_in_a_row = self._refused_in_a_row + 1 if examined.outcome == "refused" else 0
        meta = response.meta
        if self._refused_in_a_row >= _REFUSALS_IN_A_ROW:
            self.session.rest(f"{_REFUSALS_IN_A_ROW} pages in a row are refused")
            self._close("refused")
        elif pause is not None:
            self._end_for(pause, response)
        elif response.status >= 500 and (again := self._again(response)):
            yield again
        elif examined.redirect_to == examined.capture.url and meta["hops"] < _MOST_HOPS:
            location = response.headers["Location"].decode("latin-1")  # type: ignore[union-attr]  # a redirect has it
            target = public_url(location, meta["public"], self.session.site)
            if target and target != meta["public"]:
                yield self._request(
                    target, self.parse_article, self.article_unanswered, hops=meta["hops"] + 1
                )

    def _again(self, response: Response) -> Request | None:
        assert response.request is not None
        return get_retry_request(
            response.request, spider=self, reason=f"status {response.status}",
            give_up_log_level=logging.DEBUG,
        )  # fmt: skip

    def _pause(self, response: Response) -> float | None:
        """The seconds of a Retry-After that is too long to be waited for within a crawl."""
        header = response.headers.get("Retry-After") if response.headers else None
        if response.status not in (429, 503) or header is None:
            return None
        wait = retry_after_seconds(header.decode("latin-1"), self.session.clock())
        return wait if wait and wait > LONGEST_PAUSE_SECONDS else None

    def _note_pause(self, response: Response) -> None:
        if (pause := self._pause(response)) is not None:
            self._end_for(pause, response)

    def _end_for(self, pause: float, response: Response) -> None:
        session = self.session
        if (
            not response.meta["canonical"]
            or article_address(response.meta["public"], session.source) is None
        ):
            self._take_page(response, followed=False)
        until = session.clock() + timedelta(seconds=pause)
        session.rest_until(until, f"{response.meta['public']} asks for a pause of {pause:.0f} s")
        self._close("pause")

    def _close(self, reason: str) -> None:
        assert self.crawler.engine is not None
        if self.crawler.engine.spider is not None:
            self.crawler.engine.close_spider(self, reason)

    def _log(self, examined: Examined) -> None:
        if examined.failure is not None:
            _log.info("%s: %s: %s", self.name, examined.failure.url, examined.failure.detail)
        elif examined.reading is not None and examined.reading.disagreements:
            _log.info(
                "%s: %s: two steps read %s differently",
                self.name, examined.capture.url, ", ".join(examined.reading.disagreements),
            )  # fmt: skip


def _replayed(response: Response, session: Session) -> tuple[Capture, bytes]:
    """In a replay of what is kept already: the newest capture, as it stands in the WARC file."""
    exchange = response.meta["newest"]
    capture = capture_of(exchange, session.site)
    assert capture is not None
    return capture, exchange.payload


def _body(response: Response) -> bytes:
    coding = response.headers.get("Content-Encoding") if response.headers else None
    try:
        return decoded(response.body, (coding or b"").decode("latin-1"))
    except UndecodableBody:
        return b""


def _text(response: Response) -> str:
    return _body(response).decode("utf-8", errors="replace")


def _url(failure: TwistedFailure) -> str:
    url: str = failure.request.url  # type: ignore[attr-defined]  # Scrapy sets it
    return url


def _reason(failure: TwistedFailure) -> tuple[str, str]:
    """A short word and a sentence for why a request brought no answer."""
    name = failure.type.__name__ if failure.type else "Error"
    words = {
        "DNSLookupError": ("dns", "the host's name is not known"),
        "CannotResolveHostError": ("dns", "the host's name is not known"),
        "TimeoutError": ("timeout", "no answer in time"),
        "DownloadTimeoutError": ("timeout", "no answer in time"),
        "ConnectionRefusedError": ("refused-connection", "the connection is refused"),
        "DownloadConnectionRefusedError": ("refused-connection", "the connection is refused"),
        "ResponseDataLossError": ("cut-off", "the answer was cut off"),
    }
    short, sentence = words.get(name, ("no-answer", f"{name}: {failure.getErrorMessage()}"))
    return short, " ".join(sentence.split())[:300]
