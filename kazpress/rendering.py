"""Values as a person reads them, and the same values as JSON. Results go to standard output,
everything else to standard error.
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.text import clean_characters

if TYPE_CHECKING:
    from kazpress.daemon import Due
    from kazpress.importing import Imported
    from kazpress.showing import ItemView, RevisionView
    from kazpress.status import SourceStatus
    from pipeline.records import PressItem
    from pipeline.reparse import Reparsed
    from spiders.opening import Ended

_CRAWL_COLUMNS = (
    "source", "outcome", "requests", "captured", "unchanged", "new", "updated", "gone", "failed",
    "absent", "seconds",
)  # fmt: skip


def show_crawls(ended: "Sequence[Ended]", *, as_json: bool) -> None:
    """How crawls ended."""
    for one in ended:
        if one.reason:
            click.echo(f"kazpress: {one.summary.source}: {one.reason}", err=True)
        for note in one.notes:
            click.echo(f"kazpress: {one.summary.source}: needs a look: {note}", err=True)
    summaries = [asdict(one.summary) for one in ended]
    if as_json:
        _json(summaries)
        return
    table = _table(*_CRAWL_COLUMNS)
    for summary in summaries:
        table.add_row(*(_plain(summary[name]) for name in _CRAWL_COLUMNS))
    _console().print(table)


def show_due(due: "Sequence[Due]") -> None:
    """The next crawls."""
    table = _table("source", "next crawl (Almaty)", "schedule")
    for one in due:
        table.add_row(
            _plain(one.source), one.at.strftime("%a %Y-%m-%d %H:%M:%S %z"), _plain(one.schedule)
        )
    _console().print(table)


def show_status(statuses: "Sequence[SourceStatus]", *, as_json: bool) -> None:
    """The state of the sources."""
    if as_json:
        _json([asdict(one) for one in statuses])
        return
    table = _table(
        "source", "state", "items", "stories", "failures", "last crawl", "outcome", "next crawl",
        "last new item",
    )  # fmt: skip
    for one in statuses:
        last = one.last_crawl or {}
        table.add_row(
            _plain(one.source), _plain(one.state if one.enabled else f"{one.state}, not crawled"),
            _plain(one.items), _plain(one.stories), _plain(one.failures),
            _plain((last.get("started") or "never")[:19]), _plain(last.get("outcome") or "-"),
            _plain((one.next_crawl or "-")[:16]), _plain(one.last_new_item or "-"),
        )  # fmt: skip
    console = _console()
    console.print(table)
    for one in statuses:
        for look in one.needs_look:
            console.print(_plain(f"{one.source}: needs a look: {look}"))
        for failure in one.newest_failures:
            console.print(_plain(f"{one.source}: {failure['url']}: {failure['detail']}"))


def show_check(line: str) -> None:
    """The line for a monitor."""
    click.echo(clean_characters(line).replace("\n", " "))


def show_sources(sources: Sequence[dict[str, Any]], *, as_json: bool) -> None:
    """The sources."""
    if as_json:
        _json(list(sources))
        return
    table = _table("source", "title", "address", "languages", "schedule", "delay", "state")
    for one in sources:
        state = one["state"] if one["enabled"] else f"{one['state']}, disabled"
        table.add_row(
            _plain(one["source"]), _plain(one["title"]), _plain(one["base_url"]),
            _plain(", ".join(one["languages"])), _plain(one["schedule"]),
            _plain(f"{one['delay']:g} s"), _plain(state),
        )  # fmt: skip
    _console().print(table)


def show_item(view: "ItemView", *, as_json: bool) -> None:
    """One item."""
    if as_json:
        from kazpress.showing import as_record

        _json(as_record(view))
        return
    console = _console()
    item = view.item
    console.print(Text(clean_characters(item.title or "(no title)"), style="bold"))
    for name, value in _facts(item):
        console.print(Text(f"{name}: ", style="dim") + _plain(value))
    steps = ", ".join(f"{name} {step}" for name, step in sorted(view.read_by.items()))
    if steps:
        console.print(Text("read by: ", style="dim") + _plain(steps))
    console.print()
    console.print(_plain(item.body))
    _print_story(console, view)


def show_revisions(revisions: "Sequence[RevisionView]", *, as_json: bool) -> None:
    """All states of an item."""
    if as_json:
        _json([asdict(one) for one in revisions])
        return
    console = _console()
    for one in revisions:
        head = f"revision {one.revision}, seen {one.first_seen} to {one.last_seen}"
        console.print(Text(head, style="bold"))
        console.print(_plain(one.title or "(no title)"))
        console.print()
        console.print(_plain(one.body))
        console.print()


def show_raw(page: bytes) -> None:
    """A captured page as it came."""
    sys.stdout.buffer.write(page)
    sys.stdout.buffer.flush()


def show_reparsed(result: "Reparsed", *, dry_run: bool, as_json: bool) -> None:
    """What reading the archive again changed."""
    if as_json:
        _json(asdict(result))
        return
    would = "would be " if dry_run else ""
    click.echo(
        f"{result.captures} captures, {result.items} items: {result.new} {would}new, "
        f"{result.changed} {would}changed, {result.removed} {would}removed"
    )


def show_imported(imported: "Imported", *, as_json: bool) -> None:
    """What an import took in."""
    for sentence in (*imported.failed, *imported.notes):
        click.echo(f"kazpress: {sentence}", err=True)
    if as_json:
        _json(asdict(imported))
        return
    click.echo(
        f"{imported.files} files: {imported.captures} captures taken, {imported.known} known "
        f"already, {imported.passed_over} no article's; {imported.new} items new, "
        f"{imported.updated} updated"
    )


def show_stories(stories: "Sequence[Sequence[PressItem]]") -> None:
    """Stories with all their items."""
    table = _table("story", "relation", "similarity", "source", "published", "title")
    for story in stories:
        for item in story:
            table.add_row(
                _plain(item.story if item.relation == "canonical" else ""), _plain(item.relation),
                f"{item.similarity:.3f}", _plain(item.source), _plain(item.published[:16]),
                _plain(item.title or f"(imported text {item.id})"),
            )  # fmt: skip
    _console().print(table)


def _facts(item: "PressItem") -> list[tuple[str, str]]:
    facts = {
        "id": item.id,
        "address": item.url,
        "source": f"{item.source}, {item.language}",
        "published": item.published,
        "modified": item.modified,
        "authors": "; ".join(item.authors),
        "section": item.section,
        "picture": item.image_credit,
        "attribution": ", ".join(item.attribution),
        "tags": ", ".join(item.tags),
        "first seen": item.first_seen,
        "last changed": f"{item.last_changed} (revision {item.revision})",
        "gone since": item.gone,
        "translations": ", ".join(f"{t.language} {t.url or t.id}" for t in item.translations),
    }
    return [(name, value) for name, value in facts.items() if value]


def _print_story(console: Console, view: "ItemView") -> None:
    if len(view.story) > 1:
        console.print()
        console.print(Text(f"story {view.item.story}", style="bold"))
        for one in view.story:
            console.print(_plain(f"  {one.relation}, {one.similarity:.3f}: {one.url or one.id}"))
    if view.elsewhere:
        console.print()
        console.print(Text("shares text with, in other stories", style="bold"))
        for other in view.elsewhere:
            shares = f"{other['share_here']:.2f} of this, {other['share_there']:.2f} of that"
            console.print(_plain(f"  {shares}: {other['url'] or other['id']}"))


def _console() -> Console:
    """Standard output; wide enough for a table where it is no terminal."""
    wide = None if sys.stdout.isatty() else 200
    return Console(width=wide, highlight=False, soft_wrap=False)


def _table(*columns: str) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _plain(value: object) -> Text:
    """Text from anywhere, without what would steer a terminal."""
    return Text(clean_characters(str(value)))


def _json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
