"""What an address came to, by the exchanges of a crawl."""

from __future__ import annotations

from datetime import UTC, datetime

from pipeline.archive.exchange import Exchange
from pipeline.model.capture import Failure
from pipeline.model.source import Site
from spiders.check.answers import Answers
from spiders.kazpravda import KAZPRAVDA
from spiders.network.robots import Robots

SITE = "https://kazpravda.kz"
FORBIDS = Robots.parsed(b"User-agent: *\nDisallow: /en/\n")


def exchange(path: str, status: int = 200, location: str | None = None) -> Exchange:
    headers = (("Location", location),) if location else ()
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
    seen = answers(exchange("/", 301, "https://www.kazpravda.kz/"), exchange("/"))
    got = seen.of(f"{SITE}/")
    assert got is not None
    assert got.exchange is not None
    assert (got.reason, got.exchange.status) == ("", 200)


def test_redirects_are_followed_within_the_source() -> None:
    seen = answers(
        exchange("/a", 301, "/b"), exchange("/b"), exchange("/c", 302, "/d"),
        exchange("/d", 302, "/c"), exchange("/e", 301, "https://elsewhere.example/"),
        exchange("/f", 301, "/g"),
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
    assert reason(answers(exchange("/", 403)), "/") == "refused"


def test_what_brought_no_answer_says_why() -> None:
    failure = Failure(url=f"{SITE}/rss", stage="listing", reason="timeout", detail="no answer")
    seen = answers(failures=(failure,))
    assert reason(seen, "/rss") == "timeout"
    assert reason(seen, "/en/") == "forbidden"
    assert reason(seen, "/feed") is None
