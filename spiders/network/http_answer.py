"""What an HTTP answer means for us, by its status and headers alone: one decision for robots.txt,
listings, articles and the check. What each does about it is its own.
"""

from dataclasses import dataclass
from datetime import datetime

from pipeline.archive.exchange import Headers, header
from pipeline.archive.http_status import GONE, REDIRECTS, REFUSALS, announces_challenge
from spiders.network.retry_after import pause_seconds

LONGEST_PAUSE_SECONDS = 120.0
"""A longer Retry-After ends the crawl, and the source is left alone until then."""
LONGEST_DELAY_SECONDS = 3600.0
"""A robots.txt that asks for a longer Crawl-delay does not want to be crawled."""
MAX_HOPS = 5
"""Redirects in a row that are followed."""
MAX_UNANSWERED_IN_A_ROW = 5
"""So many requests without an answer mean that the site is down."""
MAX_REFUSED_IN_A_ROW = 5
"""So many refused articles mean that the site refuses us."""
MAX_SITEMAP_BYTES = 60_000_000
"""sitemaps.org allows 50 MB."""


@dataclass(frozen=True, slots=True)
class Page:
    """An answer to be read."""


@dataclass(frozen=True, slots=True)
class NotModified:
    """Nothing has changed since the capture whose validators were sent."""


@dataclass(frozen=True, slots=True)
class Redirect:
    """The page is at another address."""

    location: str
    """The Location header as it came; empty where there is none."""


@dataclass(frozen=True, slots=True)
class Absent:
    """There is no such page, or no more."""

    detail: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The site does not want to be asked by us."""

    detail: str
    worth_retrying: bool = False
    """Whether it asks for a pause that is short enough to wait for."""


@dataclass(frozen=True, slots=True)
class Broken:
    """An answer without use."""

    reason: str
    """A short fixed word, such as `http-500`."""
    detail: str
    worth_retrying: bool = False
    """Whether the same request may soon be answered better."""


@dataclass(frozen=True, slots=True)
class Pause:
    """The site asks to be left alone for longer than a crawl waits."""

    seconds: float

    @property
    def detail(self) -> str:
        """The sentence that says so, without its subject."""
        return f"asks for a pause of {self.seconds:.0f} s"


Verdict = Page | NotModified | Redirect | Absent | Refused | Broken | Pause

CHALLENGE = Refused("answers with a challenge page")


def verdict(status: int, headers: Headers, *, validated: bool, now: datetime) -> Verdict:
    """What an answer means. `validated` says whether the request named a capture's validators: a
    304 that nobody asked for is a broken answer.
    """
    pause = pause_seconds(status, headers, now)
    if pause is not None and pause > LONGEST_PAUSE_SECONDS:
        return Pause(pause)
    if announces_challenge(status, headers):
        return CHALLENGE
    if status == 200:
        return Page()
    if status in REFUSALS:
        return Refused(f"refuses us with status {status}", worth_retrying=pause is not None)
    if status in REDIRECTS:
        return Redirect(header(headers, "Location") or "")
    if status == 304 and validated:
        return NotModified()
    if status in GONE:
        return Absent(f"answers {status}")
    return Broken(f"http-{status}", f"answers {status}", worth_retrying=status >= 500)
