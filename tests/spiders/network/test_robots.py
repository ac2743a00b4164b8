"""What the answer to a request for robots.txt means (RFC 9309), and which rules it holds."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest

from spiders.network.http_answer import CHALLENGE, Pause, Redirect, Refused
from spiders.network.robots import EVERYTHING, NothingAllowed, Robots, robots_verdict

_NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
_CLOSED = b"User-agent: *\nDisallow: /n/"
_ARTICLE = "https://kazpravda.kz/n/a/"


def _found(status: int, body: bytes = _CLOSED, **headers: str) -> object:
    pairs = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return robots_verdict(status, pairs, body, now=_NOW)


@pytest.mark.parametrize("status", [400, 402, 404, 405, 410, 418, 451])
def test_where_there_is_none_everything_may_be_asked(status: int) -> None:
    assert _found(status) is EVERYTHING


@pytest.mark.parametrize("status", [201, 204, 206, 304, 500, 502, 503, 504, 999])
def test_where_it_cannot_be_had_nothing_may_be_asked(status: int) -> None:
    assert _found(status) == NothingAllowed(f"http-{status}", f"answers {status}")


@pytest.mark.parametrize("status", [401, 403, 429])
def test_a_refusal_is_one_though_it_is_4xx(status: int) -> None:
    assert _found(status) == Refused(f"refuses us with status {status}")


def test_a_challenge_is_a_refusal_by_its_text_and_by_its_headers() -> None:
    assert _found(200, b"<title>Just a moment...</title>") == CHALLENGE
    assert _found(200, cf_mitigated="challenge") == CHALLENGE
    assert _found(202, b"", x_amzn_waf_action="challenge") == CHALLENGE


def test_a_redirect_and_a_long_pause_are_left_to_who_asks() -> None:
    assert _found(301, location="/rules.txt") == Redirect("/rules.txt")
    assert _found(503, retry_after="3600") == Pause(3600.0)
    assert _found(503, retry_after="60") == NothingAllowed("http-503", "answers 503")


@pytest.mark.parametrize(
    ("body", "coding", "allowed"),
    [
        (_CLOSED, "", False),
        (gzip.compress(_CLOSED, mtime=0), "gzip", False),
        (b"no gzip", "gzip", True),
        (b"<html><p>no rules</p></html>", "", True),
        (b"\xff\xfe\x00", "", True),
        (b"", "", True),
    ],
)
def test_the_rules_of_a_200_hold(body: bytes, coding: str, allowed: bool) -> None:
    robots = _found(200, body, content_encoding=coding)
    assert isinstance(robots, Robots)
    assert robots.allows(_ARTICLE) is allowed


def test_a_delay_longer_than_an_hour_means_that_nothing_may_be_asked() -> None:
    robots = _found(200, b"User-agent: *\nCrawl-delay: 3600")
    assert isinstance(robots, Robots)
    assert robots.delay_seconds == 3600
    said = "asks for 3601 s between requests, which is longer than a crawl waits"
    found = _found(200, b"User-agent: *\nCrawl-delay: 3601")
    assert found == NothingAllowed("crawl-delay", said)


@pytest.mark.parametrize(
    ("text", "allowed", "delay"),
    [
        ("", True, 0),
        ("User-agent: *\nDisallow: /n/\nCrawl-delay: 2.5", False, 2.5),
        ("User-agent: other\nDisallow: /", True, 0),
        ("User-agent: *\nDisallow: /\n\nUser-agent: KazPress\nAllow: /\nCrawl-delay: 7", True, 7),
        ("User-agent: *\nCrawl-delay: soon", True, 0),
        ("\ufeffUser-agent: *\nDisallow: /*/b", True, 0),
        ("<html><p>no rules</p></html>", True, 0),
    ],
)
def test_rules(text: str, allowed: bool, delay: float) -> None:
    robots = Robots.parsed(text.encode())
    assert robots.allows(_ARTICLE) is allowed
    assert robots.delay_seconds == delay
    assert EVERYTHING.allows(_ARTICLE)
