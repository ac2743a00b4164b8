"""`kazpress show ITEM --revisions`, as a person reads it."""

from typing import TYPE_CHECKING

from rich.text import Text

from kazpress.console import almaty_text, output, plain, print_json
from pipeline.history.edit_words import NO_EDITS, change_of
from pipeline.normalize.characters import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from kazpress.history.item_revisions import ItemRevisions
    from pipeline.edits.edit import Edit

_KIND_COLUMNS = 17
"""The letters of the longest kind."""


def show_revisions(view: "ItemRevisions", *, as_json: bool) -> None:
    """Print the states of an item, oldest first: when each was seen, and what was edited."""
    if as_json:
        print_json(view.record())
        return
    console = output()
    console.print(plain(view.item.title or "(no title)"), style="bold")
    console.print(plain(view.item.url or view.item.id), style="dim")
    for one in view.revisions:
        console.print()
        console.print(Text(f"Revision {one.revision}, seen {seen(one.first_seen, one.last_seen)}"))
        if one.revision > 1:
            print_edits(console, one.edits)
    if view.item.gone:
        console.print()
        console.print(Text(f"Gone since {almaty_text(view.item.gone)}"))


def print_edits(console: "Console", edits: "Sequence[Edit]") -> None:
    """Print edits, a line each: at a terminal as much of it as its line holds."""
    for edit in edits:
        text = Text(f"  {edit.kind:{_KIND_COLUMNS}}  ", style="dim")
        text.append_text(Text(one_line(change_of(edit)), style="not dim"))
        text.truncate(console.width, overflow="ellipsis")
        console.print(text)
    if not edits:
        console.print(Text(f"  {NO_EDITS}", style="dim"))


def seen(first: str, last: str) -> str:
    """When a revision was seen, for people."""
    if first == last:
        return almaty_text(first)
    return f"from {almaty_text(first)} to {almaty_text(last)}"
