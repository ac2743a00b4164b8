"""What a source's crawls are doing: whether one runs, waits, or was cut short; and what of that
somebody should know.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Literal

from kazpress.console import almaty_text
from kazpress.daemon.schedule import read_schedule
from kazpress.status.finding import Finding, Kind, Severity
from pipeline.clock import moment
from pipeline.query.source_state import BegunCrawl, SourceOverview

_MANY_IN_A_ROW = 3
_OVERDUE_AFTER = timedelta(hours=1)
_HANGS_AFTER = timedelta(hours=2)
"""No delay that a crawl keeps is longer than an hour."""
_ENDED = ("done", "failed", "stopped")

Outcome = Literal["done", "failed", "stopped", "killed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """What goes on with a source now. Moments are UTC."""

    state: Literal["crawling", "held", "resting", "idle"]
    """`held`: another command works on it; `resting`: it is left alone after a refusal."""
    since: str | None = None
    """When the crawl that runs began."""
    until: str | None = None
    """Until when it rests."""
    held_by: str | None = None
    """The process that works on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crawls:
    """A source's own crawls, as far as they have ended; and what goes on now."""

    now: Activity
    last_started: str | None
    """When the newest began, be it running."""
    last_outcome: Outcome | None
    """How the newest that does not run any more ended."""
    last_ended: str | None
    """When the newest ended that was not killed."""
    killed_in_a_row: int
    """How many of the newest were killed, one after another."""
    stopped_in_a_row: int


def crawls_of(overview: SourceOverview, holder: str | None, now: datetime) -> Crawls:
    """A source's crawls; `holder` is the process that holds its lock. A crawl that nobody has noted
    the end of runs if it is the newest and the lock is held; else it was killed.
    """
    recent = overview.recent
    runs = bool(recent) and recent[0].finished is None and holder is not None
    over = recent[1:] if runs else recent
    outcomes = [_outcome(one) for one in over]
    return Crawls(
        now=_activity(overview, recent[0] if runs else None, holder, now),
        last_started=recent[0].started if recent else None,
        last_outcome=outcomes[0] if outcomes else None,
        last_ended=next((one.finished for one in over if _outcome(one) in _ENDED), None),
        killed_in_a_row=len(list(takewhile(lambda one: one == "killed", outcomes))),
        stopped_in_a_row=len(list(takewhile(lambda one: one == "stopped", outcomes))),
    )


def crawl_findings(
    overview: SourceOverview, crawls: Crawls, schedule: str, now: datetime
) -> Iterator[Finding]:
    """What is the matter with a source's crawls, the worst first."""
    judged = overview.judged
    has_failed = False
    if judged is not None and judged.outcome == "failed":
        has_failed = True
        yield _finding("crawl-failed", "critical", f"the last crawl failed: {judged.reason}")
    if crawls.killed_in_a_row:
        yield _killed(overview, crawls)
    if crawls.stopped_in_a_row >= _MANY_IN_A_ROW:
        said = f"its last {crawls.stopped_in_a_row} crawls were stopped before their end"
        yield _finding("crawl-stopped", "warning", said)
    yield from _not_crawled(overview, crawls, schedule, now)
    if crawls.now.state == "resting" and crawls.now.until and not has_failed:
        said = f"it rests until {almaty_text(crawls.now.until)}"
        yield _finding("resting", "warning", said)


def _outcome(crawl: BegunCrawl) -> Outcome:
    match crawl.outcome:
        case "done" | "failed" | "stopped" as outcome if crawl.finished is not None:
            return outcome
        case _:
            return "killed"


def _activity(
    overview: SourceOverview, running: BegunCrawl | None, holder: str | None, now: datetime
) -> Activity:
    rests = overview.rest_until and moment(overview.rest_until) > now
    until = overview.rest_until if rests else None
    if running is not None:
        return Activity(state="crawling", since=running.started, held_by=holder)
    if holder is not None:
        return Activity(state="held", held_by=holder, until=until)
    return Activity(state="resting", until=until) if until else Activity(state="idle")


def _killed(overview: SourceOverview, crawls: Crawls) -> Finding:
    count = crawls.killed_in_a_row
    over = overview.recent[1:] if crawls.now.state == "crawling" else overview.recent
    why = over[0].reason or "it was killed, or the machine went down"
    if count == 1:
        at = almaty_text(over[0].started)
        said = f"its last crawl, begun at {at}, did not come to its end: {why}"
    else:
        said = f"its last {count} crawls did not come to their end: {why}"
    return _finding("crawl-killed", "critical" if count >= _MANY_IN_A_ROW else "warning", said)


def _not_crawled(
    overview: SourceOverview, crawls: Crawls, schedule: str, now: datetime
) -> Iterator[Finding]:
    """Says that nothing is asked although it should be."""
    since = crawls.now.since
    if since is not None:
        asked = max(since, overview.last_request or since)
        if now - moment(asked) > _HANGS_AFTER:
            said = (
                f"the crawl that began at {almaty_text(since)} has asked nothing since "
                f"{almaty_text(asked)}; it may hang"
            )
            yield _finding("crawl-hangs", "warning", said)
        return
    why = f"{crawls.now.held_by} holds it" if crawls.now.held_by else "is the daemon running?"
    if not overview.recent:
        said = f'it was never crawled, though its schedule is "{schedule}"; {why}'
        yield _finding("never-crawled", "warning", said)
    elif crawls.last_ended and _is_overdue(crawls.last_ended, schedule, now):
        said = (
            f"its last crawl ended at {almaty_text(crawls.last_ended)}, which is longer ago than "
            f"its schedule says; {why}"
        )
        yield _finding("crawl-overdue", "warning", said)


def _is_overdue(ended: str, schedule: str, now: datetime) -> bool:
    """Whether two due times and one more hour have passed since a crawl ended."""
    due_after = read_schedule(schedule).after
    return now > due_after(due_after(moment(ended))) + _OVERDUE_AFTER


def _finding(kind: Kind, severity: Severity, sentence: str) -> Finding:
    return Finding(kind=kind, severity=severity, sentence=sentence)
