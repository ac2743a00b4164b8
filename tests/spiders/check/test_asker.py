"""How a check asks: it follows what a crawl follows, and stops where a crawl would."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from pipeline.archive.exchange import Exchange, Headers
from pipeline.model.source import Site
from pipeline.normalize.addresses import request_url
from spiders.check.asker import Asker
from spiders.kazpravda import KAZPRAVDA
from spiders.network.redirect import Origin

_NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
_FRONT = "https://kazpravda.kz/"


def _asker(answers: Mapping[str, tuple[int, Headers]]) -> Asker:
    """Asks a site that answers so; each address is that which is really asked."""

    async def answer(public: str) -> Exchange:
        asked = request_url(public, asker.site)
        status, headers = answers.get(asked, (404, ()))
        return Exchange(target=public, time=_NOW, status=status, headers=headers)

    asker = Asker(
        origin=Origin(Site(KAZPRAVDA, KAZPRAVDA.base_url)), fetch=answer, clock=lambda: _NOW
    )
    return asker


@pytest.mark.parametrize("host", ["https://www.kazpravda.kz", "http://kazpravda.kz"])
def test_a_host_that_redirects_to_another_spelling_is_asked_there(host: str) -> None:
    asker = _asker({_FRONT: (301, (("Location", f"{host}/"),)), f"{host}/": (200, ())})
    got = asyncio.run(asker.get(_FRONT))
    assert (got.reason, got.detail) == ("", "")
    assert got.exchange is not None
    assert got.exchange.status == 200
    assert asker.site.base_url == host


def test_two_spellings_that_redirect_to_each_other_never_end() -> None:
    www = "https://www.kazpravda.kz/"
    asker = _asker({_FRONT: (301, (("Location", www),)), www: (301, (("Location", _FRONT),))})
    assert asyncio.run(asker.get(_FRONT)).reason == "redirect-loop"


@pytest.mark.parametrize(
    ("status", "headers", "reason", "stopped"),
    [
        (200, (), "", ""),
        (404, (), "absent", ""),
        (500, (), "http-500", ""),
        (403, (), "refused", "refused"),
        (202, (("x-amzn-waf-action", "challenge"),), "refused", "refused"),
        (503, (("Retry-After", "3600"),), "pause", "pause"),
        (503, (("Retry-After", "60"),), "http-503", ""),
        (302, (), "redirect-elsewhere", ""),
    ],
)
def test_a_check_stops_where_a_crawl_would(
    status: int, headers: Headers, reason: str, stopped: str
) -> None:
    asker = _asker({_FRONT: (status, headers)})
    got = asyncio.run(asker.get(_FRONT))
    assert (got.reason, asker.stopped_by) == (reason, stopped)
