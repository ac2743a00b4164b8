"""What the source answered in a shallow crawl, out of the crawl's archive and list of failures."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from pipeline.archive.exchange import Exchange
from pipeline.archive.http_status import GONE, REDIRECTS, REFUSALS
from pipeline.archive.to_capture import capture_of
from pipeline.model.capture import Failure
from pipeline.model.source import Site
from pipeline.normalize.addresses import public_url
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
                for key in {_key(capture.target), _key(capture.url)}:
                    self._by_address.setdefault(key, []).append(exchange)

    @property
    def addresses(self) -> list[str]:
        """The addresses that were asked, in that order, then those that brought no answer."""
        return list(dict.fromkeys((*self._asked, *self.failures)))

    def of(self, public: str) -> Fetched | None:
        """What an address came to; None of one that was not asked."""
        seen: list[str] = []
        first = got = self._answer(public)
        while got is not None and got.exchange is not None and got.exchange.status in REDIRECTS:
            location = got.exchange.header("Location") or ""
            target = public_url(location, got.public, self.site) if location else None
            seen.append(_key(got.public))
            if target is None:
                where = f"redirects to {location or 'nowhere'}, which is not the source's"
                return replace(got, reason="redirect-elsewhere", detail=where)
            if _key(target) in seen:
                where = f"redirects to {location} and never ends"
                return replace(got, reason="redirect-loop", detail=where)
            got = self._answer(target)
        if got is None and first is not None:
            return replace(first, reason="not-asked", detail="redirects to what was not asked")
        return got

    def _answer(self, public: str) -> Fetched | None:
        """The newest good answer, else the newest one, else why there is none."""
        exchanges = self._by_address.get(_key(public), [])
        if exchanges:
            good = (one for one in reversed(exchanges) if one.status == 200)
            return _judged(public, next(good, exchanges[-1]))
        if (failure := self.failures.get(public)) is not None:
            return Fetched(public=public, reason=failure.reason, detail=failure.detail)
        if not self.robots.allows(public):
            return Fetched(public=public, reason="forbidden", detail="robots.txt forbids it")
        if self.is_replay:
            detail = "the replayed files do not hold it"
            return Fetched(public=public, reason="not-held", detail=detail)
        return None


def _judged(public: str, exchange: Exchange) -> Fetched:
    status = exchange.status
    reason, detail = f"http-{status}", f"answers {status}"
    if status == 200 or status in REDIRECTS:
        reason, detail = "", ""
    elif status in GONE:
        reason = "absent"
    elif status in REFUSALS:
        reason, detail = "refused", f"refuses us with status {status}"
    return Fetched(public=public, exchange=exchange, reason=reason, detail=detail)


def _key(public: str) -> str:
    """Listings are met with and without their final slash."""
    return public.rstrip("/")
