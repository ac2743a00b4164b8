"""Each way of finding as a check sees it: whether it leads to articles, and how new they are."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.archive.to_capture import capture_of
from pipeline.frontier.entry_points import EntryPoint
from pipeline.model.capture import Found
from pipeline.model.source import DayArchive, Site, Way
from pipeline.normalize.addresses import public_url
from pipeline.page.page import Page
from pipeline.reading.classify import decoded_page
from spiders.check.captured_answers import Answers
from spiders.check.entry_point_step import Read, entry_point_step, newest_day, read_fetched
from spiders.check.report import CheckStep, Past, StepStatus, counted
from spiders.listing.answer import SitemapArticles
from spiders.listing.day_urls import day_of
from spiders.listing.links import is_front, is_sure, start_pages

_THIN_WORDS = 60


@dataclass(slots=True)
class CheckRun:
    """What is looked through for the steps of one source, and what the ways of finding lead to."""

    site: Site
    answers: Answers
    past: Past
    entry_points: Mapping[Way, Sequence[EntryPoint]]
    """The feeds and sitemaps that are known."""
    day_form: str | None
    """The form of the day that the archive answers to."""
    found: dict[Way, dict[str, Found]] = field(default_factory=dict)
    """The newest articles that each way leads to, by address."""

    def read(self, url: str, way: Way) -> Read | None:
        """What an entry point says; None of one that was not asked."""
        got = self.answers.of(url)
        if got is None:
            return None
        read = read_fetched(got, self.site, way)
        known = self.found.setdefault(way, {})
        for one in read.articles:
            known.setdefault(one.address.url, one)
        return read

    def step(self, step: str, url: str, read: Read, *, sure: bool) -> CheckStep:
        """What an entry point comes to by its past."""
        return entry_point_step(step, url, read, sure=sure, usual=self.past.usual.get(url))


def listing_steps(run: CheckRun) -> Iterator[CheckStep]:
    """Each start page, fronts first, then a further page."""
    urls = sorted(start_pages(run.site), key=lambda url: not is_front(url, run.site))
    reads = {url: read for url in urls if (read := run.read(url, "listing")) is not None}
    for url, read in reads.items():
        next_page = read.answer.next_page if read.answer is not None else None
        more = f"; its next page is {next_page}" if next_page else ""
        step = run.step("listing", url, read, sure=is_sure(url, run.site))
        yield replace(step, detail=f"{step.detail}{more}")
    yield from _shell(run, [url for url in reads if is_front(url, run.site)])
    yield from _further_page(run, reads.values())


def feed_steps(run: CheckRun) -> Iterator[CheckStep]:
    """The feeds that front pages name, then where sites usually have them."""
    fronts = [url for url in start_pages(run.site) if is_front(url, run.site)]
    reads = [run.read(url, "listing") for url in fronts]
    named = {url for one in reads if one and one.answer for url in one.answer.feeds}
    known = [one.url for one in run.entry_points["feed"]]
    for url in sorted(known, key=lambda url: url not in named):
        read = run.read(url, "feed")
        if read is not None:
            yield run.step("feed", url, read, sure=url in named)


def sitemap_steps(run: CheckRun) -> Iterator[CheckStep]:
    """The sitemaps that robots.txt names, then where sites usually have them, then of an index the
    newest ones.
    """
    base = run.site.source.base_url
    promised = {public_url(url, base, run.site) for url in run.answers.robots.sitemaps}
    reads = [(one.url, run.read(one.url, "sitemap")) for one in run.entry_points["sitemap"]]
    inside = {
        entry.loc
        for _, read in reads
        if read and read.answer and isinstance(read.answer.articles, SitemapArticles)
        for entry in read.answer.articles.sitemaps
    }
    for url, read in sorted(reads, key=lambda one: (one[0] in inside, one[0] not in promised)):
        if read is not None:
            yield run.step("sitemap", url, read, sure=url in promised | inside)


def archive_steps(run: CheckRun, facts: DayArchive) -> Iterator[CheckStep]:
    """The days that were asked, in each form that the archive was tried in."""
    base = run.site.source.base_url
    for url in run.answers.addresses:
        written = next((d for path in facts.paths if (d := day_of(url, base, path))), None)
        if written is None or (read := run.read(url, "archive")) is None:
            continue
        form = written[1]
        proven = form if run.answers.is_replay else run.day_form
        step = run.step("archive", url, read, sure=False)
        if form != proven and step.status == "look":
            step = replace(step, status="absent")  # in a form that is not the site's
        elif form == proven and read.count:
            step = replace(step, detail=f"{step.detail}; the form of the day is {form}")
        yield step


def way_step(run: CheckRun, way: Way, *, may_have_stopped: bool) -> CheckStep:
    """A way of finding as a whole: what all its entry points lead to, and whether it did before."""
    found = run.found.get(way, {})
    last = run.past.found.get(way)
    status: StepStatus = "ok" if found else "absent"
    detail = f"leads to {counted(len(found), 'article')}" if found else "leads to no article"
    reason = ""
    if not found and last is not None and may_have_stopped:
        status, reason = "look", "stopped"
        detail = f"leads to no article any more; it did until {last.isoformat()}"
    return CheckStep(
        step="way", target=way, status=status, detail=detail, reason=reason, articles=len(found),
        newest=newest_day(found.values()),
    )  # fmt: skip


def _further_page(run: CheckRun, reads: Collection[Read]) -> Iterator[CheckStep]:
    """The further page that was asked, and whether it leads to other articles than the page before
    it.
    """
    named: dict[str, set[str]] = {}
    for page in reads:
        if page.answer is not None and page.answer.next_page is not None:
            urls = {one.address.url for one in page.articles}
            named.setdefault(page.answer.next_page, urls)
    if not named and any(page.answer is not None for page in reads):
        yield CheckStep(
            step="further page", target=run.site.source.base_url, status="absent",
            detail="no start page names a next one",
        )  # fmt: skip
    for url, articles in named.items():
        read = run.read(url, "listing")
        if read is None:
            continue
        step = run.step("further page", url, read, sure=True)
        if step.status == "ok" and {one.address.url for one in read.articles} <= articles:
            detail = "leads to the same articles as the page before"
            step = replace(step, status="look", detail=detail, reason="repeats")
        yield step


def _shell(run: CheckRun, fronts: Iterable[str]) -> Iterator[CheckStep]:
    """Whether the site may have turned into a shell: front pages that are all the same, or without
    any article next to empty and made by scripts. As long as listings lead to articles, it is none.
    """
    pages = {url: page for url in fronts if (page := _page(run, url)) is not None}
    if not pages:
        return
    texts = {tuple(line.text for line in page.lines) for page in pages.values()}
    barren = not run.found.get("listing")
    if len(pages) > 1 and len(texts) == 1:
        detail = f"{len(pages)} front pages give one and the same page"
    elif barren and all(_is_thin(page) for page in pages.values()):
        detail = "the front page holds next to no text, and scripts"
    else:
        return
    yield CheckStep(
        step="shell", target=next(iter(pages)), status="look" if barren else "empty",
        reason="shell", detail=f"{detail}, without any article" if barren else detail,
    )  # fmt: skip


def _page(run: CheckRun, url: str) -> Page | None:
    """A front page that can be read."""
    got = run.answers.of(url)
    if got is None or got.reason or got.exchange is None:
        return None
    capture = capture_of(got.exchange, run.site)
    return decoded_page(capture, got.exchange.payload, run.site) if capture else None


def _is_thin(page: Page) -> bool:
    words = sum(line.words for line in page.lines)
    return words < _THIN_WORDS and bool(page.selector.xpath("//script"))
