"""robots.txt as a check sees it, by what it answers."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from functools import partial

import pytest

from pipeline.archive.exchange import Exchange
from pipeline.model.source import Site
from spiders.check.captured_answers import Fetched
from spiders.check.robots_step import robots_step
from spiders.kazpravda import KAZPRAVDA

SITE = Site(KAZPRAVDA, KAZPRAVDA.base_url)
ALL = b"User-agent: *\nDisallow: /\n"
_LEFT = b"User-agent: *\nDisallow: /admin/\n"
CHALLENGE = b"<html><title>Just a moment...</title></html>"
_packed = partial(gzip.compress, mtime=0)


@pytest.mark.parametrize(
    ("status", "body", "word", "reason", "said"),
    [
        (200, b"", "ok", "", "allows all "),
        (200, ALL, "failed", "forbids-all", "forbids every start page"),
        (200, b"User-agent: *\nDisallow: /kk/\n", "look", "forbids-some", "start pages, https://"),
        (200, CHALLENGE, "failed", "challenge", "answers with a challenge page"),
        (403, ALL, "failed", "refused", "refuses us with status 403"),
    ],
)
def test_it_decides_whether_anything_may_be_asked(
    status: int, body: bytes, word: str, reason: str, said: str
) -> None:
    url = f"{KAZPRAVDA.base_url}/robots.txt"
    exchange = Exchange(
        target=url, time=datetime(2026, 3, 4, tzinfo=UTC), status=status, payload=body
    )
    step, _ = robots_step(Fetched(public=url, exchange=exchange), SITE)
    assert (step.step, step.target, step.status, step.reason) == ("robots", url, word, reason)
    assert said in step.detail


@pytest.mark.parametrize(
    ("body", "word", "reason", "said"),
    [
        (_LEFT, "ok", "", "start pages; it is read as far as it goes: the body is not gzip"),
        (_packed(_LEFT)[:-1], "look", "cut-off", "it ends too early"),
        (_packed(_LEFT)[:9], "failed", "undecodable", "can't be read: the body is not gzip"),
    ],
)
def test_one_that_is_not_what_its_coding_says_is_judged_as_in_a_crawl(
    body: bytes, word: str, reason: str, said: str
) -> None:
    url = f"{KAZPRAVDA.base_url}/robots.txt"
    exchange = Exchange(
        target=url, time=datetime(2026, 3, 4, tzinfo=UTC), status=200, payload=body,
        headers=(("Content-Encoding", "gzip"),),
    )  # fmt: skip
    step, _ = robots_step(Fetched(public=url, exchange=exchange), SITE)
    assert (step.status, step.reason) == (word, reason)
    assert said in step.detail


def test_without_an_answer_it_has_failed() -> None:
    url = f"{KAZPRAVDA.base_url}/robots.txt"
    step, _ = robots_step(Fetched(public=url, reason="timeout", detail="no answer in time"), SITE)
    assert (step.status, step.reason, step.detail) == ("failed", "timeout", "no answer in time")
