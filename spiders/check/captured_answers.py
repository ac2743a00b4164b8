"""What the source answered in a shallow crawl, out of the crawl's archive and list of failures."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from pipeline.archive.exchange import Exchange, newest_page
from pipeline.archive.to_capture import capture_of
from pipeline.model.capture import Failure
from pipeline.model.source import Site
from pipeline.normalize.addresses import without_slash
from spiders.network.http_answer import Absent, Broken, Pause, Redirect, Refused, verdict
from spiders.network.redirect import DeadEnd, Origin, next_hop
from spiders.network.robots import EVERYTHING, Robots


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


@dataclass(slots=True)
class Answers:
    """The answers by public address, redirects followed."""

    site: Site
    failures: Mapping[str, Failure]
    is_replay: bool
    robots: Robots = EVERYTHING
    _asked: list[str] = field(default_factory=list)
    _by_address: dict[str, list[Exchange]] = field(default_factory=dict)

    def add(self, exchanges: Iterable[Exchange]) -> None:
        """Take in exchanges, oldest first."""
        for exchange in exchanges:
            capture = capture_of(exchange, self.site)
            if capture is not None:
                self._asked.append(capture.target)
                for key in {without_slash(capture.target), without_slash(capture.url)}:
                    self._by_address.setdefault(key, []).append(exchange)

    @property
    def addresses(self) -> list[str]:
        """The addresses that were asked, in that order, then those that brought no answer."""
        return list(dict.fromkeys((*self._asked, *self.failures)))

    def of(self, public: str) -> Fetched | None:
        """What an address came to; None of one that was not asked."""
        origin = Origin(self.site)
        chain: tuple[str, ...] = ()
        first = got = self._answer(public)
        while got is not None and got.location is not None:
            hop = next_hop(got.location, got.public, chain, origin, EVERYTHING)
            if isinstance(hop, DeadEnd):
                return replace(got, reason=hop.reason, detail=hop.detail)
            chain = (*chain, got.public)
            got = self._answer(hop)
        if got is None and first is not None:
            return replace(first, reason="not-asked", detail="redirects to what was not asked")
        return got

    def _answer(self, public: str) -> Fetched | None:
        """The newest good answer, else the newest one, else why there is none."""
        exchanges = self._by_address.get(without_slash(public), [])
        if exchanges:
            return _judged(public, newest_page(exchanges))
        if (failure := self.failures.get(public)) is not None:
            return Fetched(public=public, reason=failure.reason, detail=failure.detail)
        if not self.robots.allows(public):
            return Fetched(public=public, reason="forbidden", detail="robots.txt forbids it")
        if self.is_replay:
            detail = "the replayed files do not hold it"
            return Fetched(public=public, reason="not-held", detail=detail)
        return None


def _judged(public: str, exchange: Exchange) -> Fetched:
    got = Fetched(public=public, exchange=exchange)
    answer = verdict(exchange.status, exchange.headers, validated=False, now=exchange.time)
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
            return replace(got, reason="pause", detail=answer.detail)
    return got
