"""What a command has done, for people and as JSON."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from kazpress.console import complain, output, plain, print_json, print_table
from kazpress.show.decision_sentence import DONE
from pipeline.clock import almaty_minute

if TYPE_CHECKING:
    from rich.console import Console

    from kazpress.daemon.due import NextCrawl
    from kazpress.work.decide import DecisionResult
    from kazpress.work.export import Exported
    from kazpress.work.import_files import ImportResult
    from pipeline.model.press_item import PressItem
    from spiders.crawl.lifecycle import CrawlResult

_ALWAYS = ("source", "outcome", "new")
_COUNTS = (
    "source", "outcome", "requests", "captured", "unchanged", "new", "updated", "gone", "failed",
    "absent", "seconds",
)  # fmt: skip


def show_crawls(ended: "Sequence[CrawlResult]", *, as_json: bool, quiet: bool = False) -> None:
    """Print how crawls ended. The table leaves out columns that hold only zeros; if `quiet`, it is
    printed only where a crawl failed or needs a look. That another process holds a source is then
    not said.
    """
    for one in ended:
        if one.reason and not (quiet and one.summary.outcome == "held"):
            complain(f"{one.summary.source}: {one.reason}")
        for note in one.notes:
            complain(f"{one.summary.source}: needs a look: {note}")
    summaries = [asdict(one.summary) for one in ended]
    if as_json:
        print_json(summaries)
        return
    if quiet and not any(one.notes or one.summary.outcome == "failed" for one in ended):
        return
    if not summaries:
        complain("no source is crawled; each is disabled or gone")
        return
    columns = [
        name for name in _COUNTS if name in _ALWAYS or any(summary[name] for summary in summaries)
    ]
    print_table(columns, ([summary[name] for name in columns] for summary in summaries))


def show_next_crawls(due: "Sequence[NextCrawl]") -> None:
    """Print the next crawl of each source."""
    print_table(
        ("source", "next crawl (Almaty)", "schedule"),
        (
            (one.source, almaty_minute(one.at), one.schedule)
            for one in due
        ),
    )  # fmt: skip


def show_exported(exported: "Exported") -> None:
    """Print which files were written, and where the next increment begins."""
    print_json(
        {
            "files": [{**asdict(one), "path": str(one.path)} for one in exported.files],
            "cursor": exported.cursor,
        }
    )


def show_imported(imported: "ImportResult", *, as_json: bool, quiet: bool = False) -> None:
    """Print what an import brought; if `quiet`, only where something failed or needs a look."""
    for sentence in (*imported.failed, *imported.held):
        complain(sentence)
    for note in imported.notes:
        complain(f"needs a look: {note}")
    if as_json:
        print_json(asdict(imported))
        return
    if quiet and imported.status == 0:
        return
    counts = {
        "taken": imported.captures, "known already": imported.known,
        "passed over (no article of our sources)": imported.passed_over,
    }  # fmt: skip
    records = ", ".join(f"{count} {what}" for what, count in counts.items() if count)
    click.echo(f"records: {records or 'none'}")
    click.echo(f"items:   {imported.new} new, {imported.updated} updated")
    if imported.not_taken:
        reasons = ", ".join(f"{count} {reason}" for reason, count in imported.not_taken.items())
        click.echo(f"not taken: {reasons}")
    if imported.without_item:
        click.echo(f"failed:  {imported.without_item}, see kazpress status")


def show_stories(stories: "Iterable[Sequence[PressItem]]", console: "Console") -> None:
    """Print stories, one line an item, as wide as the console: how it relates to its story, its
    source, day and title.
    """
    for story in stories:
        for item in story:
            told = item.relation != "canonical" and item.similarity is not None
            shared = f"{item.similarity:.3f}" if told else ""
            head = f"{item.relation:9}  {shared:5}  {item.source:9}  {item.published[:10]}  "
            title = plain(head + (item.title or f"(imported text {item.id})"))
            title.truncate(console.width, overflow="ellipsis")
            console.print(title, style="bold" if item.relation == "canonical" else "")
        console.print()


def show_decision(made: "DecisionResult", *, as_json: bool) -> None:
    """Print a decision, and each item whose exported record it changed."""
    if as_json:
        print_json(_record(made))
        return
    console = output()
    first, second = (item.url or item.id for item in made.items)
    if made.verb == "forget" and made.known:
        console.print(plain(f"nothing was decided on {first} and {second}"))
        return
    already = " already" if made.known else ""
    console.print(plain(f"{DONE[made.verb]}{already}: {first}"))
    console.print(plain(f"{'and:':>{len(DONE[made.verb]) + len(already) + 1}} {second}"))
    for item in made.changed:
        where = f"{item.relation} in story {item.story}"
        console.print(plain(f"  {item.url or item.id}: now {where}"))
    if made.verb == "part" and made.one_story:
        console.print(plain("Both are still in one story, by what they share with another item."))
    if made.verb == "forget":
        console.print(plain(f"Now they are in {'one story' if made.one_story else 'two stories'}."))


def _record(made: "DecisionResult") -> dict[str, Any]:
    return {
        "decision": made.verb,
        "known": made.known,
        "one_story": made.one_story,
        "items": [_membership(item) for item in made.items],
        "changed": [_membership(item) for item in made.changed],
    }


def _membership(item: "PressItem") -> dict[str, Any]:
    return {
        "id": item.id, "source": item.source, "url": item.url, "story": item.story,
        "relation": item.relation, "similarity": item.similarity,
    }  # fmt: skip
