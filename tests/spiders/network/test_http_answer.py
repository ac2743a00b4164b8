"""What an HTTP answer means for us: every status in every situation, without a network."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from spiders.network.http_answer import (
    CHALLENGE,
    Absent,
    Broken,
    NotModified,
    Page,
    Pause,
    Redirect,
    Refused,
    Verdict,
    verdict,
)

_NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


def _verdict(status: int, *headers: tuple[str, str], validated: bool = False) -> Verdict:
    return verdict(status, headers, validated=validated, now=_NOW)


@pytest.mark.parametrize(
    ("status", "meaning"),
    [
        (200, Page()),
        (201, Broken("http-201", "answers 201")),
        (202, Broken("http-202", "answers 202")),
        (204, Broken("http-204", "answers 204")),
        (206, Broken("http-206", "answers 206")),
        (300, Broken("http-300", "answers 300")),
        (301, Redirect("")),
        (302, Redirect("")),
        (303, Redirect("")),
        (304, Broken("http-304", "answers 304")),
        (307, Redirect("")),
        (308, Redirect("")),
        (400, Broken("http-400", "answers 400")),
        (401, Refused("refuses us with status 401")),
        (403, Refused("refuses us with status 403")),
        (404, Absent("answers 404")),
        (405, Broken("http-405", "answers 405")),
        (410, Absent("answers 410")),
        (418, Broken("http-418", "answers 418")),
        (429, Refused("refuses us with status 429")),
        (500, Broken("http-500", "answers 500", worth_retrying=True)),
        (502, Broken("http-502", "answers 502", worth_retrying=True)),
        (503, Broken("http-503", "answers 503", worth_retrying=True)),
        (999, Broken("http-999", "answers 999", worth_retrying=True)),
    ],
)
def test_a_status_without_further_headers(status: int, meaning: Verdict) -> None:
    assert _verdict(status) == meaning


def test_a_304_is_an_answer_only_to_who_named_a_capture() -> None:
    assert _verdict(304, validated=True) == NotModified()
    assert _verdict(200, validated=True) == Page()
    assert _verdict(404, validated=True) == Absent("answers 404")


@pytest.mark.parametrize(
    ("status", "retry_after", "meaning"),
    [
        (429, "120", Refused("refuses us with status 429", worth_retrying=True)),
        (429, "121", Pause(121.0)),
        (429, "soon", Refused("refuses us with status 429")),
        (429, "Wed, 04 Mar 2026 13:00:00 GMT", Pause(3600.0)),
        (429, "9999999999", Pause(7 * 86_400.0)),
        (503, "1", Broken("http-503", "answers 503", worth_retrying=True)),
        (503, "3600", Pause(3600.0)),
        (500, "3600", Broken("http-500", "answers 500", worth_retrying=True)),
        (403, "3600", Refused("refuses us with status 403")),
        (301, "3600", Redirect("")),
        (200, "3600", Page()),
    ],
)
def test_a_pause_is_heard_with_429_and_503_alone(
    status: int, retry_after: str, meaning: Verdict
) -> None:
    assert _verdict(status, ("Retry-After", retry_after)) == meaning


@pytest.mark.parametrize(
    ("status", "headers", "is_challenge"),
    [
        (202, [("x-amzn-waf-action", "challenge")], True),
        (405, [("X-Amzn-Waf-Action", "captcha")], True),
        (200, [("x-amzn-waf-action", "challenge")], False),
        (404, [("x-amzn-waf-action", "challenge")], False),
        (200, [("cf-mitigated", "challenge")], True),
        (301, [("CF-Mitigated", "Challenge")], True),
        (403, [("cf-mitigated", "challenge")], True),
        (404, [("cf-mitigated", "challenge")], True),
        (503, [("cf-mitigated", "challenge")], True),
        (503, [("cf-mitigated", "challenge"), ("Retry-After", "5")], True),
        (200, [("cf-mitigated", "none")], False),
        (202, [], False),
        (405, [], False),
    ],
)
def test_a_challenge_that_headers_announce_is_a_refusal_that_is_not_asked_again(
    status: int, headers: list[tuple[str, str]], is_challenge: bool
) -> None:
    assert (_verdict(status, *headers) == CHALLENGE) is is_challenge


def test_a_challenge_that_names_a_long_pause_gets_it() -> None:
    headers = [("cf-mitigated", "challenge"), ("Retry-After", "3600")]
    assert _verdict(429, *headers) == Pause(3600.0)


@pytest.mark.parametrize(
    ("location", "read"),
    [
        ("/n/a/", "/n/a/"),
        ("/n/\u00d2\u009b/", "/n/қ/"),  # the bytes of UTF-8
        ("/n/\u00e9/", "/n/é/"),  # Latin-1
    ],
)
def test_a_redirect_says_where_it_leads(location: str, read: str) -> None:
    assert _verdict(302, ("location", location)) == Redirect(read)
