"""Downloader middleware, nearest the network: every exchange goes into the archive as it came.

It also asks conditionally: validators come from the capture of exactly that address, and from
nowhere else. A 304 becomes a revisit record; one that nobody asked for stays a bare 304. Now
and then validators are withheld, and tested if the answer shows that 304s were untrue (`Articles`).
"""

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from kazpress.errors import ArchiveError
from pipeline.archive.exchange import Exchange, Reference, newest_page
from pipeline.archive.replay_index import Replay
from pipeline.frontier.earlier_captures import Validators, asking
from pipeline.model.capture import Capture
from spiders.network.requester import Requester, requester_of
from spiders.network.response import exchange_of

Captures = list[tuple[Capture, bytes]]
"""Captures with their payloads, oldest first, as `response.meta["captures"]` has them: none where
the exchange is not the source's, or, in a replay, is in the archive already.
"""


class CaptureMiddleware:
    """Live: archives what comes. In a replay: answers out of the WARC files instead."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make it."""
        return cls(crawler)

    def process_request(self, request: Request) -> Response | None:
        """Set the validators, or answer from the WARC files."""
        session = requester_of(self._crawler)
        if session is None:
            return None
        if session.replay is not None:
            return _replayed(request, session, session.replay)
        session.count_request(request.meta["public"])
        for name in ("validated", "withheld"):
            request.meta.pop(name, None)
        for name in ("If-None-Match", "If-Modified-Since"):
            request.headers.pop(name, None)
        if request.meta.get("conditional"):
            _set_validators(request, session)
        request.meta["asked_at"] = session.clock()
        return None

    def process_response(self, request: Request, response: Response) -> Response:
        """Archive the exchange and note its captures on the request."""
        session = requester_of(self._crawler)
        if session is not None and session.replay is None:
            exchange = exchange_of(request, response, request.meta["asked_at"])
            request.meta["captures"] = _archived(exchange, session)
        return response


def _replayed(request: Request, session: Requester, replay: Replay) -> Response:
    exchanges = list(replay.exchanges(request.meta["public"]))
    if not exchanges:
        raise IgnoreRequest("the replayed files do not hold it")
    request.meta["captures"] = [pair for one in exchanges for pair in _archived(one, session)]
    newest = newest_page(exchanges)
    request.meta["newest"] = newest
    return Response(
        request.url, status=newest.status, body=newest.payload, request=request,
        headers={name: value for name, value in newest.headers if name.lower() == "location"},
    )  # fmt: skip


def _archived(exchange: Exchange, session: Requester) -> Captures:
    """The exchange's capture, now in the archive; a full disk ends the crawl."""
    try:
        capture = session.keep(exchange)
    except ArchiveError as error:
        session.fail(str(error))
        raise IgnoreRequest(str(error)) from error
    return [(capture, exchange.payload)] if capture else []


def _set_validators(request: Request, session: Requester) -> None:
    meta = request.meta
    validators: Validators | None = meta["tested"]
    if validators is None:
        how = asking(
            session.db, session.site.source.name, meta["canonical"], meta["public"],
            session.clock(),
        )  # fmt: skip
        validators, meta["withheld"] = how.validators, how.withheld
    if validators is None:
        return
    meta["validated"] = Reference(
        target=validators.target, time=validators.time, digest=validators.digest
    )
    if validators.etag:
        request.headers["If-None-Match"] = validators.etag
    if validators.last_modified:
        request.headers["If-Modified-Since"] = validators.last_modified
