"""One entry point as a check sees it: what it answers and what it leads to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pipeline.archive.to_capture import capture_of
from pipeline.frontier.entry_points import are_far_fewer
from pipeline.model.capture import Found
from pipeline.model.source import Site, Way
from spiders.check.captured_answers import Fetched
from spiders.check.report import CheckStep, StepStatus, counted
from spiders.discovery.shallow_plan import newest_found
from spiders.listing.answer import (
    Answer,
    ChallengePage,
    SitemapArticles,
    Unusable,
    WrongKind,
    read_answer,
)
from spiders.network.http_answer import CHALLENGE


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What an entry point's answer says, or why it says nothing."""

    answer: Answer | None = None
    articles: tuple[Found, ...] = ()
    """The newest of them, where there are very many."""
    count: int = 0
    sitemaps: int = 0
    """Of a sitemap: how many further ones it names."""
    reason: str = ""
    detail: str = ""

    @property
    def articles_named(self) -> int | None:
        """How many articles it names; None of an index, and where that can't be known."""
        is_index = self.sitemaps > 0 and not self.count
        return None if self.answer is None or is_index else self.count

    @property
    def newest(self) -> date | None:
        """The newest day of its articles, of those that bear one."""
        return newest_day(self.articles)


def newest_day(found: Iterable[Found]) -> date | None:
    """The newest day of articles, of those that bear one."""
    return max((one.latest for one in found if one.latest is not None), default=None)


def entry_point_step(
    step: str, url: str, read: Read, *, sure: bool, usual: int | None = None
) -> CheckStep:
    """What an entry point's answer comes to, by what was known of it before. `sure` is one that is
    known to be there; `usual` is how much it led to before.
    """
    status, detail = _judged(read, sure=sure, usual=usual)
    return CheckStep(
        step=step, target=url, status=status, detail=detail, reason=read.reason,
        articles=read.articles_named, newest=read.newest,
    )  # fmt: skip


def _judged(read: Read, *, sure: bool, usual: int | None) -> tuple[StepStatus, str]:
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


def _counted(read: Read, usual: int | None) -> tuple[StepStatus, str]:
    named = read.count + read.sitemaps
    if not named:
        if usual:
            return "look", f"links to no article any more, usually to {usual}"
        return "empty", read.detail or "links to no article"
    if are_far_fewer(named, usual):
        return "look", f"links to {counted(named, 'article')}, usually to {usual}"
    return "ok", read.detail or f"links to {counted(named, 'article')}"


def read_fetched(got: Fetched, site: Site, way: Way) -> Read:
    """What an address's answer says as an entry point of a way of finding."""
    if got.reason or got.exchange is None:
        return Read(reason=got.reason, detail=got.detail.removeprefix("the listing "))
    capture = capture_of(got.exchange, site)
    assert capture is not None, f"{got.public} is no address of {site.source.name}"
    try:
        answer = read_answer(capture, got.exchange.payload, got.public, site, way)
    except ChallengePage:
        return Read(reason="challenge", detail=CHALLENGE.detail)
    except WrongKind:
        return Read(reason="absent", detail=f"answers with a page, which is no {way}")
    except Unusable as error:
        return Read(reason=error.reason, detail=str(error))
    if isinstance(answer.articles, SitemapArticles):
        return _read_sitemap(answer, answer.articles)
    fault = answer.fault if answer.articles else None
    return Read(
        answer=answer, articles=answer.articles, count=len(answer.articles),
        reason=fault.reason if fault else "",
        detail=str(fault).removeprefix("the feed ") if fault else "",
    )  # fmt: skip


def _read_sitemap(answer: Answer, stream: SitemapArticles) -> Read:
    count = 0

    def passing() -> Iterable[Found]:
        nonlocal count
        for one in stream:
            count += 1
            yield one

    newest = tuple(newest_found(passing()))
    fault = stream.fault
    parts = [f"names {counted(len(stream.sitemaps), 'sitemap')}"] if stream.sitemaps else []
    parts += [f"links to {counted(count, 'article')}"] if count or not parts else []
    if stream.foreign:
        parts.append(f"lists addresses of {', '.join(sorted(stream.foreign)[:3])}")
    return Read(
        answer=answer, articles=newest, count=count, sitemaps=len(stream.sitemaps),
        reason=fault.reason if fault else "",
        detail=str(fault).removeprefix("the sitemap ") if fault else "; ".join(parts),
    )  # fmt: skip
