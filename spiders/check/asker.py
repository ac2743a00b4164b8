"""Asking for a check: one address after the other, never louder than a crawl, nothing kept."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from pipeline.archive.exchange import Exchange
from pipeline.archive.http_status import GONE, REDIRECTS, REFUSALS
from pipeline.model.source import Site
from pipeline.normalize.addresses import public_url
from spiders.network.robots import EVERYTHING, Robots

_MOST_HOPS = 5
_UNANSWERED_IN_A_ROW = 3
_LONGEST_PAUSE_SECONDS = 120.0


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

    @property
    def is_absent(self) -> bool:
        """Whether there is simply no such address."""
        return self.reason in ("absent", "not-held")


@dataclass(slots=True)
class Asker:
    """Asks for addresses, each once, follows redirects within the source, and stops where a crawl
    would.
    """

    site: Site
    fetch: Fetch
    clock: Callable[[], datetime]
    robots: Robots = EVERYTHING
    stopped: str = ""
    """Why nothing more is asked, as a sentence."""
    stopped_by: str = ""
    """Likewise, as a short word."""
    _got: dict[str, Fetched] = field(default_factory=dict)
    _unanswered_in_a_row: int = 0

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
        chain: list[str] = []
        while True:
            got = await self._asked(public)
            if got.exchange is None or got.exchange.status not in REDIRECTS:
                return got
            chain.append(public)
            location = got.exchange.header("Location") or ""
            target = public_url(location, public, self.site) if location else None
            if not location:
                status = got.exchange.status
                where = f"answers {status} and does not say where to go"
                return replace(got, reason=f"http-{status}", detail=where)
            if target is None:
                where = f"redirects to {location}, which is not the source's"
                return replace(got, reason="redirect-elsewhere", detail=where)
            if target in chain or len(chain) > _MOST_HOPS:
                where = f"redirects to {location} and never ends"
                return replace(got, reason="redirect-loop", detail=where)
            public = target

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
        pause = self._pause_seconds(exchange)
        if pause > _LONGEST_PAUSE_SECONDS:
            self.stop(f"{public} asks for a pause of {pause:.0f} s", "pause")
        reason, detail = f"http-{status}", f"answers {status}"
        if status == 200 or status in REDIRECTS:
            reason, detail = "", ""
        elif status in GONE:
            reason = "absent"
        elif status in REFUSALS:
            reason, detail = "refused", f"refuses us with status {status}"
        return Fetched(public=public, exchange=exchange, reason=reason, detail=detail)

    def _pause_seconds(self, exchange: Exchange) -> float:
        from spiders.network.politeness_middleware import retry_after_seconds  # and Scrapy with it

        header = exchange.header("Retry-After")
        if exchange.status not in (429, 503) or header is None:
            return 0.0
        return retry_after_seconds(header, self.clock()) or 0.0
