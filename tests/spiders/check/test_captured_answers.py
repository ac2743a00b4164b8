"""What an address came to, by the exchanges of a crawl."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipeline.archive.exchange import Exchange, Headers
from pipeline.model.capture import Failure
from pipeline.model.source import Site
from spiders.check.captured_answers import Answers
from spiders.kazpravda import KAZPRAVDA
from spiders.network.robots import Robots

SITE = "https://kazpravda.kz"
FORBIDS = Robots.parsed(b"User-agent: *\nDisallow: /en/\n")


def to(location: str) -> Headers:
    return (("Location", location),)


def exchange(path: str, status: int = 200, headers: Headers = ()) -> Exchange:
    return Exchange(
        target=f"{SITE}{path}", time=datetime.now(UTC), status=status, headers=headers, payload=b""
    )


def answers(*exchanges: Exchange, failures: tuple[Failure, ...] = ()) -> Answers:
    made = Answers(
        site=Site(KAZPRAVDA, SITE), failures={one.url: one for one in failures}, is_replay=False,
        robots=FORBIDS,
    )  # fmt: skip
    made.add(exchanges)
    return made


def reason(of: Answers, path: str) -> str | None:
    got = of.of(f"{SITE}{path}")
    return None if got is None else got.reason


def test_a_host_that_wants_another_spelling_answers_by_that() -> None:
    seen = answers(exchange("/", 301, to("https://www.kazpravda.kz/")), exchange("/"))
    got = seen.of(f"{SITE}/")
    assert got is not None
    assert got.exchange is not None
    assert (got.reason, got.exchange.status) == ("", 200)


def test_two_spellings_that_redirect_to_each_other_never_end() -> None:
    there = exchange("/", 301, to("https://www.kazpravda.kz/"))
    back = exchange("/", 301, to(f"{SITE}/"))
    assert reason(answers(there, back), "/") == "redirect-loop"


def test_redirects_are_followed_within_the_source() -> None:
    seen = answers(
        exchange("/a", 301, to("/b")), exchange("/b"), exchange("/c", 302, to("/d")),
        exchange("/d", 302, to("/c")), exchange("/e", 301, to("https://elsewhere.example/")),
        exchange("/f", 301, to("/g")),
    )  # fmt: skip
    got = seen.of(f"{SITE}/a")
    assert got is not None
    assert (got.public, got.reason) == (f"{SITE}/b", "")
    assert reason(seen, "/c") == "redirect-loop"
    assert reason(seen, "/e") == "redirect-elsewhere"
    assert reason(seen, "/f") == "not-asked"


def test_the_newest_good_answer_counts() -> None:
    assert reason(answers(exchange("/", 500), exchange("/"), exchange("/", 503)), "/") == ""
    assert reason(answers(exchange("/", 404)), "/") == "absent"
    assert reason(answers(exchange("/", 500), exchange("/", 404)), "/") == "absent"


@pytest.mark.parametrize(
    ("status", "header", "expected"),
    [
        (200, None, ""),
        (404, None, "absent"),
        (500, None, "http-500"),
        (403, None, "refused"),
        (202, ("x-amzn-waf-action", "challenge"), "refused"),
        (503, ("Retry-After", "3600"), "pause"),
        (503, ("Retry-After", "60"), "http-503"),
        (302, None, "redirect-elsewhere"),
    ],
)
def test_an_answer_means_what_it_means_to_a_crawl(
    status: int, header: tuple[str, str] | None, expected: str
) -> None:
    headers = (header,) if header else ()
    assert reason(answers(exchange("/", status, headers)), "/") == expected


def test_what_brought_no_answer_says_why() -> None:
    failure = Failure(url=f"{SITE}/rss", stage="listing", reason="timeout", detail="no answer")
    seen = answers(failures=(failure,))
    assert reason(seen, "/rss") == "timeout"
    assert reason(seen, "/en/") == "forbidden"
    assert reason(seen, "/feed") is None
