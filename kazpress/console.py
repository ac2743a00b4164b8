"""Values as a person reads them, and the same values as JSON. Results go to standard output,
everything else to standard error.

What holds text from outside is shown through `plain`, so that it can't steer a terminal. Tables
fit 80 columns; where standard output is no terminal, no line is broken.
"""

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kazpress.work.gap_sentences import backfill_sentence, proven_gaps_sentence
from pipeline.clock import ALMATY, moment
from pipeline.normalize.characters import clean_characters

if TYPE_CHECKING:
    from kazpress.work.due import Due
    from kazpress.work.import_files import Imported
    from kazpress.work.status import SourceStatus
    from pipeline.ingest.reparse import Reparsed
    from pipeline.model.press_item import PressItem
    from spiders.crawl.lifecycle import CrawlResult

_UNBROKEN = 100_000
_ALWAYS = ("source", "outcome", "new")
_COUNTS = (
    "source", "outcome", "requests", "captured", "unchanged", "new", "updated", "gone", "failed",
    "absent", "seconds",
)  # fmt: skip


def show_crawls(ended: "Sequence[CrawlResult]", *, as_json: bool) -> None:
    """How crawls ended. Columns that hold nothing but zeros are left out of the table."""
    for one in ended:
        if one.reason:
            complain(f"{one.summary.source}: {one.reason}")
        for note in one.notes:
            complain(f"{one.summary.source}: needs a look: {note}")
    summaries = [asdict(one.summary) for one in ended]
    if as_json:
        print_json(summaries)
        return
    columns = [
        name for name in _COUNTS if name in _ALWAYS or any(summary[name] for summary in summaries)
    ]
    print_table(columns, ([summary[name] for name in columns] for summary in summaries))


def show_due(due: "Sequence[Due]") -> None:
    """The next crawls."""
    print_table(
        ("source", "next crawl (Almaty)", "schedule"),
        (
            (one.source, one.at.strftime("%a %Y-%m-%d %H:%M:%S %z"), one.schedule)
            for one in due
        ),
    )  # fmt: skip


def show_status(statuses: "Sequence[SourceStatus]", *, as_json: bool) -> None:
    """The state of the sources, what needs a look, and the newest failures."""
    if as_json:
        print_json([_status_row(one) for one in statuses])
        return
    print_table(
        ("source", "state", "items", "failures", "last crawl", "next", "newest item"),
        (
            (
                one.source, one.state if one.enabled else "off", one.items, one.failures,
                _last_crawl(one), _at(one.next_crawl, "%a %H:%M"),
                _at(one.last_new_item, "%Y-%m-%d"),
            )
            for one in statuses
        ),
    )  # fmt: skip
    console = output()
    console.print(Text("Times are Almaty's.", style="dim"))
    for one in statuses:
        for look in one.needs_look:
            console.print(plain(f"{one.source} needs a look: {look}"))
    for one in statuses:
        for sentence in (proven_gaps_sentence(one.gaps), *map(backfill_sentence, one.backfills)):
            if sentence:
                console.print(plain(f"{one.source}: {sentence}"))
    for one in statuses:
        if one.newest_failures:
            console.print(plain(f"\nNewest failures of {one.source}:"))
        for failure in one.newest_failures:
            console.print(plain(f"  {failure.url}\n    {failure.detail}"))


def show_check(line: str) -> None:
    """The line for a monitor."""
    click.echo(clean_characters(line).replace("\n", " "))


def show_sources(sources: Sequence[dict[str, Any]], *, as_json: bool) -> None:
    """The sources."""
    if as_json:
        print_json(list(sources))
        return
    print_table(
        ("source", "address", "languages", "schedule", "delay", "state"),
        (
            (
                one["source"], one["base_url"], ", ".join(one["languages"]), one["schedule"],
                f"{one['delay']:g} s", one["state"] if one["enabled"] else "off",
            )
            for one in sources
        ),
    )  # fmt: skip


def show_reparsed(
    result: "Reparsed", notes: Sequence[str], *, dry_run: bool, as_json: bool
) -> None:
    """What reading the archive again changed."""
    for note in notes:
        complain(f"needs a look: {note}")
    if as_json:
        print_json(asdict(result))
        return
    would = "would be " if dry_run else ""
    click.echo(
        f"{result.captures} captures, {result.items} items: {result.new} {would}new, "
        f"{result.changed} {would}changed, {result.removed} {would}removed"
    )


def show_imported(imported: "Imported", *, as_json: bool) -> None:
    """What an import took in."""
    for sentence in (*imported.failed, *imported.held):
        complain(sentence)
    for note in imported.notes:
        complain(f"needs a look: {note}")
    if as_json:
        print_json(asdict(imported))
        return
    counts = {
        "taken": imported.captures, "known already": imported.known,
        "passed over (no article of our sources)": imported.passed_over,
    }  # fmt: skip
    records = ", ".join(f"{count} {what}" for what, count in counts.items() if count)
    click.echo(f"records: {records or 'none'}")
    click.echo(f"items:   {imported.new} new, {imported.updated} updated")
    if imported.without_item:
        click.echo(f"failed:  {imported.without_item}, see kazpress status")


def show_stories(stories: "Iterable[Sequence[PressItem]]") -> None:
    """Stories with all their items, each a title and what printed it."""
    console = output()
    for story in stories:
        for item in story:
            shared = "" if item.relation == "canonical" else f"{item.similarity:.3f}"
            head = f"{item.relation:9}  {shared:5}  {item.source:9}  {item.published[:10]}  "
            title = plain(head + (item.title or f"(imported text {item.id})"))
            title.truncate(console.width, overflow="ellipsis")
            console.print(title, style="bold" if item.relation == "canonical" else "")
        console.print()


def output() -> Console:
    """Standard output. Nothing is broken or coloured where it is no terminal."""
    width = None if sys.stdout.isatty() else _UNBROKEN
    return Console(width=width, highlight=False, markup=False, emoji=False)


def print_table(columns: Sequence[str], rows: "Iterable[Sequence[object]]") -> None:
    """A table; numbers stand to the right."""
    kept = [list(row) for row in rows]
    table = Table(box=None, header_style="bold", pad_edge=False)
    for number, name in enumerate(columns):
        numbers = all(isinstance(row[number], int | float) for row in kept)
        table.add_column(name, overflow="fold", justify="right" if numbers else "left")
    for row in kept:
        table.add_row(*(plain(value) for value in row))
    console = output()
    with console.capture() as captured:
        console.print(table)
    for line in captured.get().splitlines():
        click.echo(line.rstrip())


def print_json(value: Any) -> None:
    """A value for machines, in UTF-8 whatever the terminal's encoding is."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    click.echo(text.encode(errors="replace"))


def complain(sentence: str) -> None:
    """A sentence for the person at the terminal, beside the results."""
    click.echo(f"kazpress: {clean_characters(sentence)}", err=True)


def plain(value: object) -> Text:
    """Text from anywhere, without what would steer a terminal."""
    return Text(clean_characters("-" if value is None else str(value)))


def utc_text(time: str) -> str:
    """A stored moment for people, in UTC, to whole seconds."""
    return f"{time[:19].replace('T', ' ')} UTC"


def _status_row(one: "SourceStatus") -> dict[str, Any]:
    days = [asdict(gap) | {"day": gap.day.isoformat()} for gap in one.gaps]
    return asdict(one) | {"gaps": days}


def _last_crawl(one: "SourceStatus") -> str:
    if one.last_crawl is None:
        return "never"
    at = _at(one.last_crawl.started, "%d %b %H:%M")
    outcome = one.last_crawl.outcome
    return at if outcome == "done" else f"{at} {outcome}"


def _at(time: str | None, form: str) -> str:
    if time is None:
        return "-"
    at: datetime = moment(time).astimezone(ALMATY)
    return at.strftime(form)
