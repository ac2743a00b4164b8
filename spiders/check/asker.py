"""Asking for a check: one address after the other, never louder than a crawl, nothing kept."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from pipeline.archive.exchange import Exchange
from pipeline.model.source import Site
from spiders.network.http_answer import (
    Absent,
    Broken,
    Pause,
    Redirect,
    Refused,
    verdict,
)
from spiders.network.redirect import DeadEnd, Origin, next_hop
from spiders.network.robots import EVERYTHING, Robots

_UNANSWERED_IN_A_ROW = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswered:
    """A request that brought no answer: a short word and a sentence."""

    reason: str
    detail: str


NOT_HELD = Unanswered(reason="not-held", detail="the replayed files do not hold it")

Fetch = Callable[[str], Awaitable[Exchange | Unanswered]]
"""Gives the answer to a request for a public address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What became of an address."""

    public: str
    """The address that answered in the end."""
    exchange: Exchange | None = None
    reason: str = ""
    """Empty where the answer is a page; else a short fixed word."""
    detail: str = ""
    location: str | None = None
    """Of a redirect: where it leads, as it says itself."""

    @property
    def is_absent(self) -> bool:
        """Whether there is simply no such address."""
        return self.reason in ("absent", "not-held")


@dataclass(slots=True)
class Asker:
    """Asks for addresses, each once, follows redirects within the source, and stops where a crawl
    would.
    """

    origin: Origin
    fetch: Fetch
    clock: Callable[[], datetime]
    robots: Robots = EVERYTHING
    stopped: str = ""
    """Why nothing more is asked, as a sentence."""
    stopped_by: str = ""
    """Likewise, as a short word."""
    _got: dict[str, Fetched] = field(default_factory=dict)
    _unanswered_in_a_row: int = 0

    @property
    def site(self) -> Site:
        """The source, with the address where requests go now."""
        return self.origin.site

    async def get(self, public: str, *, is_listing: bool = True) -> Fetched:
        """What an address answers. A refusal of a listing ends the check."""
        key = public.rstrip("/")
        if key not in self._got:
            self._got[key] = await self._followed(public)
        got = self._got[key]
        if got.reason == "refused" and is_listing:
            self.stop(f"{got.public} {got.detail}", got.reason)
        return got

    def stop(self, sentence: str, reason: str) -> None:
        """Ask nothing more; the first reason stays."""
        if not self.stopped:
            self.stopped, self.stopped_by = sentence, reason

    async def _followed(self, public: str) -> Fetched:
        chain: tuple[str, ...] = ()
        while True:
            got = await self._asked(public)
            if got.location is None:
                return got
            hop = next_hop(got.location, public, chain, self.origin, self.robots)
            if isinstance(hop, DeadEnd):
                return replace(got, reason=hop.reason, detail=hop.detail)
            chain, public = (*chain, public), hop

    async def _asked(self, public: str) -> Fetched:
        if self.stopped:
            return Fetched(public=public, reason="not-asked", detail="was not asked any more")
        if not self.robots.allows(public):
            return Fetched(public=public, reason="forbidden", detail="robots.txt forbids it")
        answer = await self.fetch(public)
        if isinstance(answer, Unanswered):
            return self._nothing(public, answer)
        self._unanswered_in_a_row = 0
        return self._judged(public, answer)

    def _nothing(self, public: str, answer: Unanswered) -> Fetched:
        if answer is not NOT_HELD:
            self._unanswered_in_a_row += 1
            if self._unanswered_in_a_row >= _UNANSWERED_IN_A_ROW:
                count = self._unanswered_in_a_row
                said = f"{count} requests in a row brought no answer ({answer.detail})"
                self.stop(said, answer.reason)
        return Fetched(public=public, reason=answer.reason, detail=answer.detail)

    def _judged(self, public: str, exchange: Exchange) -> Fetched:
        status = exchange.status
        got = Fetched(public=public, exchange=exchange)
        answer = verdict(status, exchange.headers, validated=False, now=self.clock())
        match answer:
            case Redirect(location):
                return replace(got, location=location)
            case Absent(detail):
                return replace(got, reason="absent", detail=detail)
            case Refused(detail):
                return replace(got, reason="refused", detail=detail)
            case Broken(reason, detail):
                return replace(got, reason=reason, detail=detail)
            case Pause():
                self.stop(f"{public} {answer.detail}", "pause")
                return replace(got, reason="pause", detail=answer.detail)
        return got
