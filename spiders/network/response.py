"""Scrapy's responses as exchanges, and what they mean."""

from datetime import datetime
from http import HTTPStatus
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Response

from pipeline.archive.exchange import Exchange, Headers
from pipeline.archive.to_capture import capture_of
from pipeline.model.capture import Capture
from pipeline.model.source import Site
from spiders.network.http_answer import Verdict, verdict


def headers_of(message: Request | Response) -> Headers:
    """The headers as they came, or are sent: repeated names stand together."""
    return tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in (message.headers or {}).items()
        for value in values
    )


def verdict_on(response: Response, now: datetime) -> Verdict:
    """What a response means for us."""
    validated = bool(response.meta.get("validated"))
    return verdict(response.status, headers_of(response), validated=validated, now=now)


def captures_of(response: Response) -> list[Capture]:
    """The captures that were made of a response."""
    return [capture for capture, _ in response.meta["captures"]]


def page_of(response: Response, site: Site) -> tuple[Capture, bytes]:
    """The page whose links are followed, as it was captured. In a replay that is the newest one
    with a body, which the archive may hold already, whatever 304 came after it.
    """
    newest: Exchange | None = response.meta.get("newest")
    if newest is None:
        kept: list[tuple[Capture, bytes]] = response.meta["captures"]
        return kept[-1]
    capture = capture_of(newest, site)
    assert capture is not None
    return capture, newest.payload


def exchange_of(request: Request, response: Response, time: datetime) -> Exchange:
    """The exchange of a request made by `request_for`, which was asked at this time."""
    public: str = request.meta["public"]
    return Exchange(
        target=public,
        time=time,
        status=response.status,
        reason=_reason(response.status),
        protocol=response.protocol or "HTTP/1.1",
        headers=headers_of(response),
        payload=response.body,
        request=_request_head(request),
        refers_to=request.meta.get("validated") if response.status == 304 else None,
        mirror=request.url if request.url != public else None,
        ip_address=str(response.ip_address) if response.ip_address else None,
    )


def _reason(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def _request_head(request: Request) -> tuple[str, Headers]:
    parts = urlsplit(request.url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    host = ("Host", parts.netloc)
    return f"{request.method} {path} HTTP/1.1", (host, *headers_of(request))
