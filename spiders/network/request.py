"""From a public address to the request that is sent for it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from scrapy import Request, Spider
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.http import Response

from pipeline.frontier.earlier_captures import Validators
from pipeline.normalize.addresses import capture_url, language_of, request_url
from spiders.network.requester import Requester

_ACCEPT_LANGUAGE = {"ru": "ru", "kk": "kk,ru;q=0.5", "en": "en,ru;q=0.5"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Handlers:
    """Who gets the answer to a request, and who hears that there is none."""

    answered: Callable[..., Any]
    unanswered: Callable[..., Any]


def request_for(
    public: str,
    session: Requester,
    handlers: Handlers,
    *,
    chain: tuple[str, ...] = (),
    conditional: bool = True,
    tested: Validators | None = None,
) -> Request:
    """The request for a public address; `chain` are the addresses that redirected to it. A
    conditional one may be answered by 304, where there is a capture to compare with. `tested` are
    the validators that it names whatever else is held; it is sent before all that waits.
    """
    site = session.site
    return Request(
        request_url(public, site),
        callback=handlers.answered,
        errback=handlers.unanswered,
        dont_filter=True,
        priority=0 if tested is None else 1,
        headers={"Accept-Language": _ACCEPT_LANGUAGE[language_of(public, site.source)]},
        meta={
            "public": public,
            "canonical": capture_url(public, site.source),
            "conditional": conditional,
            "tested": tested,
            "chain": chain,
        },
    )


def asked_again(response: Response, spider: Spider) -> Request | None:
    """The same request once more; None after two more tries."""
    assert response.request is not None
    return get_retry_request(response.request, spider=spider, reason=f"status {response.status}")
