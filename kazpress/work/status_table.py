"""`kazpress status` and `kazpress sources`, for people and as JSON."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click
from rich.text import Text

from kazpress.console import output, plain, print_json, print_table
from kazpress.work.gap_sentences import backfill_sentence, proven_gaps_sentence
from pipeline.clock import ALMATY, moment
from pipeline.normalize.characters import clean_characters

if TYPE_CHECKING:
    from kazpress.work.status import SourceStatus


def show_status(statuses: "Sequence[SourceStatus]", *, as_json: bool) -> None:
    """Print the state of the sources, what needs a look, and the newest failures."""
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
    """Print the line for a monitor."""
    click.echo(clean_characters(line).replace("\n", " "))


def show_sources(sources: Sequence[dict[str, Any]], *, as_json: bool) -> None:
    """Print the sources with their addresses and schedules."""
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
