"""What a crawl does about the answer to its request for robots.txt, without a reactor."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from scrapy import Request
from scrapy.http import TextResponse

from kazpress.config import Config
from pipeline.model.source import Site
from spiders.crawl.lifecycle import open_session
from spiders.crawl.robots_gate import RobotsGate
from spiders.crawl.session import Session
from spiders.senate import SENATE

_NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
_SITE = "https://senate.parlam.kz"
_LEFT_ALONE = "; it is left alone until 2026-03-04 18:00"
_START = Request(f"{_SITE}/")


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    config = Config(db=tmp_path / "kazpress.db", archive=tmp_path / "archive", sources={})
    site = Site(SENATE, SENATE.base_url)
    with open_session(config, site, clock=lambda: _NOW) as session:
        yield session


def _answered(
    session: Session, status: int, body: bytes = b"", *starts: Request, **headers: str
) -> list[Any]:
    """What the gate asks next after this answer."""
    gate = RobotsGate(session, lambda: starts or (_START,))
    request = gate.ask()
    request.meta["captures"] = []
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    response = TextResponse(request.url, status=status, headers=names, body=body, request=request)
    return list(gate.answered(response))


@pytest.mark.parametrize(
    ("status", "body"), [(200, b"User-agent: *\nAllow: /"), (200, b""), (404, b""), (405, b"")]
)
def test_where_it_lets_us_the_start_pages_are_asked(
    session: Session, status: int, body: bytes
) -> None:
    assert _answered(session, status, body) == [_START]
    assert session.health.failure is None


def test_its_rules_and_its_delay_hold_from_now_on(session: Session) -> None:
    _answered(session, 200, b"User-agent: *\nDisallow: /x\nCrawl-delay: 9")
    assert session.delay_seconds == 9
    assert not session.robots.allows(f"{_SITE}/x")
    _answered(session, 200, b"User-agent: *\nCrawl-delay: 1")
    assert session.delay_seconds == 9, "never below the source's own, or what was asked before"


@pytest.mark.parametrize(
    ("status", "body", "headers", "failure"),
    [
        (503, b"", {}, f"{_SITE}/robots.txt answers 503, so nothing may be asked (RFC 9309)"),
        (403, b"", {}, f"robots.txt refuses us with status 403{_LEFT_ALONE}"),
        (
            200, b"<title>Just a moment...</title>", {},
            f"robots.txt answers with a challenge page{_LEFT_ALONE}",
        ),
        (
            202, b"", {"x_amzn_waf_action": "challenge"},
            f"robots.txt answers with a challenge page{_LEFT_ALONE}",
        ),
        (
            429, b"", {"Retry_After": "3600"},
            f"robots.txt asks for a pause of 3600 s{_LEFT_ALONE}",
        ),
        (
            200, b"User-agent: *\nCrawl-delay: 4000", {},
            "robots.txt asks for 4000 s between requests, which is longer than a crawl waits",
        ),
        (
            301, b"", {"Location": "https://elsewhere.example/robots.txt"},
            f"{_SITE}/robots.txt redirects to https://elsewhere.example/robots.txt, which is not "
            "the source's, so nothing may be asked",
        ),
    ],
)  # fmt: skip
def test_where_it_does_not_nothing_is_asked(
    session: Session, status: int, body: bytes, headers: dict[str, str], failure: str
) -> None:
    assert _answered(session, status, body, **headers) == []
    assert session.health.failure == failure


def test_a_redirect_is_followed_within_the_source(session: Session) -> None:
    (hop,) = _answered(session, 301, Location="/rules.txt")
    assert hop.url == f"{_SITE}/rules.txt"
    assert hop.meta["chain"] == (f"{_SITE}/robots.txt",)
    (hop,) = _answered(session, 301, Location="https://www.senate.parlam.kz/robots.txt")
    assert hop.url == "https://www.senate.parlam.kz/robots.txt"
    assert session.health.failure is None
