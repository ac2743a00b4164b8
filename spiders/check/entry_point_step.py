"""One place of a source as a check sees it: what it answers and what it leads to."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from heapq import nlargest

from pipeline.archive.content_encoding import UndecodableBody
from pipeline.archive.replay_index import Replay
from pipeline.archive.to_capture import capture_of
from pipeline.model.capture import Found
from pipeline.model.source import Way
from spiders.check.asker import Asker, Fetched
from spiders.check.report import CheckStep, Past, Word, counted
from spiders.listing.answer import (
    Answer,
    ChallengePage,
    SitemapArticles,
    Unusable,
    WrongKind,
    read_answer,
)

_KEPT = 50
_USUALLY_MANY = 8


@dataclass(slots=True)
class Look:
    """One check of one source, while it goes on."""

    asker: Asker
    past: Past
    today: date
    replay: Replay | None = None
    steps: list[CheckStep] = field(default_factory=list)
    found: dict[Way, dict[str, Found]] = field(default_factory=dict)
    """The newest articles that each way leads to, by address."""
    links: set[str] = field(default_factory=set)
    """All of the source's own addresses that its pages link to."""
    feeds: list[str] = field(default_factory=list)
    """The feeds that front pages name."""
    further: dict[str, frozenset[str]] = field(default_factory=dict)
    """The further pages that listings name, each with the articles of the page before."""

    def take(self, way: Way, found: Iterable[Found]) -> None:
        """Note articles, in the order of finding."""
        known = self.found.setdefault(way, {})
        for one in found:
            known.setdefault(one.address.url, one)

    @property
    def days(self) -> list[date]:
        """The days that any way shows, up to today, the newest first."""
        days = {day for found in self.found.values() for day in days_of(found.values())}
        return sorted((day for day in days if day <= self.today), reverse=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What a place's answer says, or why it says nothing."""

    answer: Answer | None = None
    articles: tuple[Found, ...] = ()
    """The newest of them, where there are very many."""
    count: int = 0
    reason: str = ""
    detail: str = ""


async def look_at_place(
    look: Look, step: str, way: Way, url: str, *, sure: bool
) -> tuple[CheckStep, Read]:
    """Ask a place and say what it is worth. `sure` is one that is known to be there."""
    got = await look.asker.get(url)
    read = _read(got, look, way)
    if read.reason == "challenge":
        look.asker.stop(f"{url} {read.detail}", read.reason)
    look.take(way, read.articles)
    return decided(step, url, read, sure=sure, usual=look.past.usual.get(url)), read


def decided(step: str, url: str, read: Read, *, sure: bool, usual: int | None) -> CheckStep:
    """What a place's answer comes to, by what was known of it before."""
    word, detail = _judged(read, sure=sure, usual=usual)
    return CheckStep(
        step=step, target=url, word=word, detail=detail, reason=read.reason,
        articles=read.count if read.answer is not None else None,
        newest=max(days_of(read.articles), default=None),
    )  # fmt: skip


def days_of(found: Iterable[Found]) -> list[date]:
    """The days of articles, of those that bear one."""
    return [one.latest for one in found if one.latest is not None]


def _judged(read: Read, *, sure: bool, usual: int | None) -> tuple[Word, str]:
    if read.reason in ("refused", "challenge", "pause"):
        return "failed", read.detail
    if read.reason in ("forbidden", "not-asked", "not-held"):
        return "skipped", read.detail
    if read.reason == "absent" and usual:
        return "look", f"{read.detail}, and usually leads to {counted(usual, 'article')}"
    if read.reason == "absent":
        return ("look" if sure else "absent"), read.detail
    if not sure and not usual and (read.reason == "no-feed" or read.reason[:6] == "http-4"):
        return "absent", read.detail
    if read.reason in ("redirect-elsewhere", "redirect-loop"):
        return ("failed" if sure else "look"), read.detail
    if read.reason:
        return "look", read.detail
    return _counted(read, usual)


def _counted(read: Read, usual: int | None) -> tuple[Word, str]:
    if not read.count:
        if usual:
            return "look", f"links to no article any more, usually to {usual}"
        return "empty", read.detail or "links to no article"
    if usual and read.count * 4 < usual and usual >= _USUALLY_MANY:
        return "look", f"links to {counted(read.count, 'article')}, usually to {usual}"
    return "ok", read.detail or f"links to {counted(read.count, 'article')}"


def _read(got: Fetched, look: Look, way: Way) -> Read:
    if got.reason or got.exchange is None:
        return Read(reason=got.reason, detail=got.detail)
    site = look.asker.site
    capture = capture_of(got.exchange, site)
    assert capture is not None, f"{got.public} is no address of {site.source.name}"
    try:
        answer = read_answer(capture, got.exchange.payload, got.public, site, way)
    except ChallengePage:
        return Read(reason="challenge", detail="answers with a challenge page")
    except WrongKind:
        return Read(reason="absent", detail=f"answers with a page, which is no {way}")
    except UndecodableBody as error:
        return Read(reason="undecodable", detail=str(error))
    except Unusable as error:
        return Read(reason=error.reason, detail=str(error))
    if isinstance(answer.articles, SitemapArticles):
        return _read_sitemap(answer, answer.articles)
    return Read(answer=answer, articles=answer.articles, count=len(answer.articles))


def _read_sitemap(answer: Answer, stream: SitemapArticles) -> Read:
    count = 0

    def passing() -> Iterable[Found]:
        nonlocal count
        for one in stream:
            count += 1
            yield one

    newest = tuple(nlargest(_KEPT, passing(), key=lambda one: one.latest or date.min))
    if stream.fault is not None:
        fault = stream.fault
        return Read(
            answer=answer,
            articles=newest,
            count=count,
            reason=fault.reason,
            detail=str(fault).removeprefix("the sitemap "),
        )
    parts = [f"names {counted(len(stream.sitemaps), 'sitemap')}"] if stream.sitemaps else []
    parts += [f"links to {counted(count, 'article')}"] if count or not parts else []
    if stream.foreign:
        parts.append(f"lists addresses of {', '.join(sorted(stream.foreign)[:3])}")
    return Read(answer=answer, articles=newest, count=count, detail="; ".join(parts))
