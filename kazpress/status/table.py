"""`kazpress status` for people and as JSON."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich.text import Text

from kazpress.console import almaty_text, output, plain, print_json, print_table
from kazpress.status.disk import disk_findings, megabytes
from kazpress.status.gap_sentences import backfill_sentence, proven_gaps_sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kazpress.status.source_status import SourceStatus
    from pipeline.web_archives.open_searches import OpenSearch

_FAILED = {
    "pages": "articles that failed",
    "places": "listings, feeds and sitemaps that failed",
    "guesses": "listings and feeds that never led to an article, apart from these",
}


def show_status(statuses: "Sequence[SourceStatus]", *, as_json: bool) -> None:
    """Print the state of the sources, what needs a look, and the newest failures."""
    if as_json:
        print_json([_status_row(one) for one in statuses])
        return
    _print_tables(statuses)
    console = output()
    console.print(Text("Times are Almaty's.", style="dim"))
    for line in _lines(statuses):
        console.print(plain(line))


def _print_tables(statuses: "Sequence[SourceStatus]") -> None:
    """What there is of each source, and what its crawls do: together they are too wide."""
    print_table(
        ("source", "state", "items", "failures", "waiting", "published last", "came in last"),
        (
            (
                one.source, one.state if one.enabled else "off", one.items, _failed(one),
                one.waiting.news + one.waiting.again, _day(one.last_published),
                _minute(one.last_new_item),
            )
            for one in statuses
        ),
    )  # fmt: skip
    output().print()
    print_table(
        ("source", "last crawl", "ended", "next crawl", "now"),
        (
            (
                one.source, _minute(one.crawls.last_started), _ended(one),
                _minute(one.next_crawl), _now(one),
            )
            for one in statuses
        ),
    )  # fmt: skip


def _lines(statuses: "Sequence[SourceStatus]") -> "Iterator[str]":
    """What stands below the tables: what needs a look first."""
    disks = statuses[0].disk
    for finding in disk_findings(disks):
        yield f"needs a look: {finding.sentence}"
    for one in statuses:
        yield from (f"{one.source} needs a look: {look}" for look in one.needs_look)
    for one in statuses:
        yield from (f"{one.source}: {sentence}" for sentence in _sentences(one))
    for disk in disks:
        yield f"free for {' and '.join(disk.holds)}: {megabytes(disk.free_bytes)}"
    for one in statuses:
        newest = [failure for failure in one.newest_failures if failure.what != "guesses"]
        if newest:
            yield f"\nNewest failures of {one.source}:"
        yield from (f"  {failure.url}\n    {failure.detail}" for failure in newest)


def _failed(one: "SourceStatus") -> int:
    """Without what was only guessed."""
    return sum(of.count for of in one.failures_by_cause if of.what != "guesses")


def _ended(one: "SourceStatus") -> str:
    crawls = one.crawls
    if crawls.now.state == "crawling":
        return "-"
    return crawls.last_outcome or "never"


def _now(one: "SourceStatus") -> str:
    now = one.crawls.now
    match now.state:
        case "crawling":
            return "crawls"
        case "held":
            return "held"
        case "resting":
            return "rests"
    return "-"


def _sentences(one: "SourceStatus") -> "Iterator[str]":
    """What is worth knowing and no fault."""
    now = one.crawls.now
    if now.held_by:
        yield f"held by {now.held_by}"
    if now.until:
        yield f"left alone until {_minute(now.until)}"
    for what, said in _FAILED.items():
        counts = [of for of in one.failures_by_cause if of.what == what]
        if counts:
            reasons = ", ".join(f"{of.count} {of.reason}" for of in counts)
            yield f"{said}: {sum(of.count for of in counts)} ({reasons})"
    waiting = one.waiting
    if waiting.news or waiting.again:
        yield (
            f"articles found and not yet asked for: {waiting.news}; "
            f"failed ones to be asked again: {waiting.again}"
        )
    if one.unsettled:
        yield (
            f"items whose stories are still to be settled: {one.unsettled} (the crawl that goes on "
            "does that, or the next one)"
        )
    for sentence in (proven_gaps_sentence(one.gaps), *map(backfill_sentence, one.backfills)):
        if sentence:
            yield sentence
    for search in one.archives:
        yield _search_sentence(search)


def _search_sentence(search: "OpenSearch") -> str:
    """What is left of the search of a web archive, and the command that continues it."""
    rests = f"; it is left alone until {_minute(search.rests_until)}" if search.rests_until else ""
    return (
        f"still to be asked of {search.archive}: parts of lists: {search.lists}, "
        f"captures: {search.captures}{rests}; to go on: {search.command}"
    )


def _status_row(one: "SourceStatus") -> dict[str, Any]:
    days = [asdict(gap) | {"day": gap.day.isoformat()} for gap in one.gaps]
    return asdict(one) | {"gaps": days}


def _minute(time: str | None) -> str:
    return "-" if time is None else almaty_text(time)


def _day(time: str | None) -> str:
    return "-" if time is None else time[:10]
