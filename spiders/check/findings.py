"""What a check's crawl came to: steps, pages and selectors, out of its tables and its archive."""

from collections.abc import Iterable, Iterator

from pipeline.archive.exchange import Exchange
from pipeline.archive.files import archive_files
from pipeline.archive.replay_index import Replay
from pipeline.archive.warc_reader import records
from pipeline.clock import almaty_day
from pipeline.frontier.entry_points import archive_form, entry_points
from pipeline.frontier.failures import failures_of
from pipeline.frontier.newest_addresses import AskedAddress, asked_addresses
from pipeline.frontier.rests import rest_reason
from pipeline.model.source import DayArchive, Feeds, Finding, Listings, Numbers, Sitemaps, Way
from spiders.check.captured_answers import Answers
from spiders.check.check_crawl import CheckCrawl, held_articles
from spiders.check.discovery_steps import (
    CheckRun,
    archive_steps,
    feed_steps,
    listing_steps,
    sitemap_steps,
    way_step,
)
from spiders.check.page_steps import checked_page, number_steps
from spiders.check.report import CheckedPage, CheckStep, Findings, counted
from spiders.check.robots_step import robots_step
from spiders.check.selector_matches import selector_matches
from spiders.crawl.lifecycle import CrawlResult


def findings(crawl: CheckCrawl, ended: CrawlResult) -> Findings:
    """What a crawl that has ended says of its source."""
    session = crawl.session
    run = _run(crawl)
    asked = asked_addresses(session.db, session.crawl)
    steps = [_files_step(crawl, session.replay)] if session.replay else list(_robots(run))
    if all(step.status != "failed" for step in steps):
        steps += [step for facts in session.source.finding for step in _steps(run, facts, asked)]
    is_whole = ended.reason is None
    used = (way for way in session.counts.named_by if is_whole or way in run.found)
    may_have_stopped = is_whole and session.replay is None
    steps += [way_step(run, way, may_have_stopped=may_have_stopped) for way in used]
    read = (checked_page(run, one) for one in asked if not one.is_only_numbered)
    pages = tuple(page for page in read if page is not None)
    if ended.reason is not None and all(step.status != "failed" for step in steps):
        steps.append(_crawl_step(crawl, ended.reason, pages))
    return Findings(
        steps=tuple(steps), pages=pages, today=almaty_day(session.clock()),
        notes=ended.notes, selectors=tuple(selector_matches(pages, session.site)),
    )  # fmt: skip


def _run(crawl: CheckCrawl) -> CheckRun:
    session = crawl.session
    answers = Answers(
        site=session.site, failures=failures_of(session.db, session.source.name),
        is_replay=session.replay is not None,
    )  # fmt: skip
    answers.add(sorted(_exchanges(crawl), key=lambda one: one.time))
    ways: tuple[Way, ...] = ("feed", "sitemap")
    known = {way: entry_points(session.db, session.source.name, way, None) for way in ways}
    form = archive_form(session.db, session.source.name)
    return CheckRun(
        site=session.site, answers=answers, past=crawl.past, entry_points=known, day_form=form
    )


def _exchanges(crawl: CheckCrawl) -> Iterator[Exchange]:
    for kind in ("listings", "articles"):
        for name in archive_files(crawl.archive, crawl.session.source.name, kind):
            for record in records(crawl.archive / name):
                yield record.exchange


def _robots(run: CheckRun) -> Iterator[CheckStep]:
    """robots.txt, whose rules hold for the answers from now on; none where it was not asked."""
    got = run.answers.of(f"{run.site.source.base_url}/robots.txt")
    if got is not None:
        step, run.answers.robots = robots_step(got, run.site)
        yield step


def _steps(run: CheckRun, facts: Finding, asked: list[AskedAddress]) -> Iterator[CheckStep]:
    match facts:
        case Listings():
            return listing_steps(run)
        case Feeds():
            return feed_steps(run)
        case Sitemaps():
            return sitemap_steps(run)
        case DayArchive():
            return archive_steps(run, facts)
        case Numbers():
            return number_steps(run, asked)


def _files_step(crawl: CheckCrawl, replay: Replay) -> CheckStep:
    site = crawl.session.site
    articles = len(held_articles(replay, site))
    notes = "".join(f"; {note}" for note in replay.notes)
    return CheckStep(
        step="files", target=site.source.base_url, status="look" if notes else "ok",
        detail=f"hold {counted(articles, 'article')}{notes}", articles=articles,
        reason="passed-over" if notes else "",
    )  # fmt: skip


def _crawl_step(crawl: CheckCrawl, ended_by: str, pages: Iterable[CheckedPage]) -> CheckStep:
    """Why the crawl ended before its time, where no other step says it."""
    session = crawl.session
    step, detail, reason = "stopped", ended_by, ""
    refusal = rest_reason(session.db, session.source.name)
    if refusal is not None and not session.counts.requests:
        step = reason = "rest"
    elif refusal is not None:
        is_pause = any(page.check.reason == "pause" for page in pages)
        detail, reason = refusal, "pause" if is_pause else "refused"
    elif ended_by.startswith("the crawl broke off"):
        reason = "broke-off"
    return CheckStep(
        step=step, target=session.source.base_url, status="failed", detail=detail, reason=reason
    )
