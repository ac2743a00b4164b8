"""From a public address to the request that is sent for it, and what a redirect leads to."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from scrapy import Request, Spider
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.http import Response

from pipeline.normalize.addresses import capture_url, language_of, public_url, request_url
from spiders.crawl.session import Session
from spiders.network.robots import Robots

_ACCEPT_LANGUAGE = {"ru": "ru", "kk": "kk,ru;q=0.5", "en": "en,ru;q=0.5"}
_MOST_HOPS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Handlers:
    """Who gets the answer to a request, and who hears that there is none."""

    answered: Callable[..., Any]
    unanswered: Callable[..., Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadEnd:
    """Why a redirect is not followed."""

    reason: str
    detail: str


def request_for(
    public: str,
    session: Session,
    handlers: Handlers,
    *,
    chain: tuple[str, ...] = (),
    conditional: bool = True,
) -> Request:
    """The request for a public address; `chain` are the addresses that redirected to it. A
    conditional one may be answered by 304, where there is a capture to compare with.
    """
    source = session.source
    return Request(
        request_url(public, session.site),
        callback=handlers.answered,
        errback=handlers.unanswered,
        dont_filter=True,
        headers={"Accept-Language": _ACCEPT_LANGUAGE[language_of(public, source)]},
        meta={
            "public": public,
            "canonical": capture_url(public, source),
            "conditional": conditional,
            "chain": chain,
        },
    )


def next_hop(response: Response, session: Session, robots: Robots) -> str | DeadEnd:
    """The public address on this source that a redirect leads to, or why it leads nowhere.

    One that only leads to another spelling of the host (`www.`, http) is where all requests go from
    now on.
    """
    public: str = response.meta["public"]
    chain: tuple[str, ...] = response.meta["chain"]
    location = response.headers.get("Location") if response.headers else None
    href = (location or b"").decode("latin-1")
    target = public_url(href, public, session.site) if href else None
    if target is None:
        where = f"redirects to {href or 'nowhere'}, which is not the source's"
        return DeadEnd(reason="redirect-elsewhere", detail=where)
    if target == public and session.goes_to(response.urljoin(href)):
        return target
    if target in (*chain, public) or len(chain) >= _MOST_HOPS:
        return DeadEnd(reason="redirect-loop", detail=f"redirects to {target} and never ends")
    if not robots.allows(target):
        return DeadEnd(reason="forbidden", detail=f"redirects to {target}; robots.txt forbids it")
    return target


def asked_again(response: Response, spider: Spider) -> Request | None:
    """The same request once more; None after two more tries."""
    assert response.request is not None
    return get_retry_request(response.request, spider=spider, reason=f"status {response.status}")
