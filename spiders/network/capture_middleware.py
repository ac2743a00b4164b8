"""Downloader middleware, nearest the network: every exchange goes into the archive as it came.

It also asks conditionally: validators come from the capture of exactly that address, and from
nowhere else. A 304 becomes a revisit record; one that nobody asked for stays a bare 304.
"""

from http import HTTPStatus
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from kazpress.errors import ArchiveError
from pipeline.archive.exchange import Exchange, Headers
from pipeline.frontier.earlier_captures import newest_validators
from pipeline.model.capture import Capture
from spiders.crawl.session import Session
from spiders.replay import Replay

if TYPE_CHECKING:
    from spiders.press import PressSpider

Kept = list[tuple[Capture, bytes]]
"""Captures with their payloads, oldest first, as they stand in `response.meta["kept"]`."""


class CaptureMiddleware:
    """Live: archives what comes. In a replay: answers out of the WARC files instead."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make it."""
        return cls(crawler)

    @property
    def _session(self) -> Session:
        spider: PressSpider = self._crawler.spider  # type: ignore[assignment]  # the only one we run
        return spider.session

    def process_request(self, request: Request) -> Response | None:
        """Set the validators, or answer from the WARC files."""
        session = self._session
        if session.replay is not None:
            return self._replayed(request, session.replay)
        session.counts.requests += 1
        request.meta.pop("validated", None)
        for name in ("If-None-Match", "If-Modified-Since"):
            request.headers.pop(name, None)
        if request.meta.get("conditional"):
            _set_validators(request, session)
        request.meta["asked_at"] = session.clock()
        return None

    def process_response(self, request: Request, response: Response) -> Response:
        """Archive the exchange and note its captures on the request."""
        session = self._session
        if session.replay is None:
            exchange = _exchange(request, response)
            request.meta["kept"] = self._kept(exchange)
        return response

    def _replayed(self, request: Request, replay: Replay) -> Response:
        exchanges = list(replay.exchanges(request.meta["public"]))
        if not exchanges:
            raise IgnoreRequest("the replayed files do not hold it")
        request.meta["kept"] = [pair for one in exchanges for pair in self._kept(one)]
        newest = next((one for one in reversed(exchanges) if one.status == 200), exchanges[-1])
        request.meta["newest"] = newest
        return Response(
            request.url, status=newest.status, body=newest.payload, request=request,
            headers={name: value for name, value in newest.headers if name.lower() == "location"},
        )  # fmt: skip

    def _kept(self, exchange: Exchange) -> Kept:
        """The exchange's capture, now in the archive; a full disk ends the crawl."""
        try:
            capture = self._session.keep(exchange)
        except ArchiveError as error:
            self._session.fail(str(error))
            raise IgnoreRequest(str(error)) from error
        return [(capture, exchange.payload)] if capture else []


def _set_validators(request: Request, session: Session) -> None:
    validators = newest_validators(session.db, request.meta["canonical"], request.meta["public"])
    if validators is None:
        return
    request.meta["validated"] = (validators.target, validators.time, validators.digest)
    if validators.etag:
        request.headers["If-None-Match"] = validators.etag
    if validators.last_modified:
        request.headers["If-Modified-Since"] = validators.last_modified


def _exchange(request: Request, response: Response) -> Exchange:
    public: str = request.meta["public"]
    validated = request.meta.get("validated") if response.status == 304 else None
    return Exchange(
        target=public,
        time=request.meta["asked_at"],
        status=response.status,
        reason=_reason(response),
        protocol=response.protocol or "HTTP/1.1",
        headers=_pairs(response),
        payload=response.body,
        request=_request_head(request),
        refers_to=validated,
        mirror=request.url if request.url != public else None,
    )


def _reason(response: Response) -> str:
    try:
        return HTTPStatus(response.status).phrase
    except ValueError:
        return ""


def _pairs(message: Request | Response) -> Headers:
    assert message.headers is not None
    return tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in message.headers.items()
        for value in values
    )


def _request_head(request: Request) -> tuple[str, Headers]:
    parts = urlsplit(request.url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    host = ("Host", parts.netloc)
    return f"{request.method} {path} HTTP/1.1", (host, *_pairs(request))
