"""robots.txt (RFC 9309): whether a source may be asked at all, for what, and how often."""

from dataclasses import dataclass
from datetime import datetime

from protego import Protego

from pipeline.archive.content_encoding import UndecodableBody, decoded
from pipeline.archive.exchange import Headers, header
from pipeline.page.not_article import is_challenge
from spiders.network.http_answer import (
    CHALLENGE,
    LONGEST_DELAY_SECONDS,
    Page,
    Pause,
    Redirect,
    Refused,
    verdict,
)

_AGENT = "kazpress"
_LARGEST_BYTES = 512_000
"""RFC 9309, section 2.5: at least 500 KiB are read."""


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules that hold for us."""

    rules: Protego

    @classmethod
    def parsed(cls, body: bytes) -> "Robots":
        """The rules in the body of a robots.txt; one that is no text has none."""
        return cls(Protego.parse(body[:_LARGEST_BYTES].decode("utf-8-sig", errors="replace")))

    def allows(self, url: str) -> bool:
        """Whether an address may be asked."""
        return bool(self.rules.can_fetch(url, _AGENT))

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """The sitemaps that it names (sitemaps.org)."""
        return tuple(self.rules.sitemaps)

    @property
    def delay_seconds(self) -> float:
        """The Crawl-delay, 0 where there is none."""
        return float(self.rules.crawl_delay(_AGENT) or 0)


EVERYTHING = Robots(Protego.parse(""))
"""What holds where there is no robots.txt (4xx)."""


@dataclass(frozen=True, slots=True)
class NothingAllowed:
    """Why nothing of the source may be asked."""

    reason: str
    """A short fixed word: `http-503`, `crawl-delay`."""
    detail: str


def robots_verdict(
    status: int, headers: Headers, payload: bytes, *, now: datetime
) -> Robots | Redirect | Refused | Pause | NothingAllowed:
    """What the answer to a request for robots.txt means (RFC 9309, section 2.3.1): rules, none
    where there is no robots.txt (4xx), and nothing may be asked where it can't be had (5xx).
    A challenge page has no rules: the site refuses us.
    """
    match verdict(status, headers, validated=False, now=now):
        case (Redirect() | Refused() | Pause()) as other:
            return other
        case Page():
            return _rules(_body(headers, payload))
        case _ if 400 <= status < 500:
            return EVERYTHING
    return NothingAllowed(f"http-{status}", f"answers {status}")


def _rules(body: bytes) -> Robots | Refused | NothingAllowed:
    if is_challenge(body.decode("utf-8", errors="replace")):
        return CHALLENGE
    robots = Robots.parsed(body)
    if robots.delay_seconds > LONGEST_DELAY_SECONDS:
        detail = (
            f"asks for {robots.delay_seconds:.0f} s between requests, "
            "which is longer than a crawl waits"
        )
        return NothingAllowed("crawl-delay", detail)
    return robots


def _body(headers: Headers, payload: bytes) -> bytes:
    try:
        return decoded(payload, header(headers, "Content-Encoding") or "")
    except UndecodableBody:
        return b""
