"""`kazpress show ITEM --diff`, as a person reads it: in colours at a terminal, else with marks."""

from typing import TYPE_CHECKING

from rich.text import Text

from kazpress.console import output, plain, print_json
from kazpress.history.item_revisions_text import print_edits, seen
from pipeline.counted import counted
from pipeline.history.diff_paragraphs import changed_part, diff_paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

    from kazpress.history.item_diff import ItemDiff
    from pipeline.edits.word_diff import Piece

_STYLES = {"equal": "", "removed": "red strike", "added": "green underline"}
_MARKS = {"equal": ("", ""), "removed": ("[-", "-]"), "added": ("{+", "+}")}
"""As git has them in a diff of words."""


def show_diff(view: "ItemDiff", *, as_json: bool) -> None:
    """Print how two revisions differ."""
    if as_json:
        print_json(view.record())
    else:
        draw_diff(output(), view)


def draw_diff(console: "Console", view: "ItemDiff") -> None:
    """The edits by kind, then the title and the changed paragraphs, with one beside each."""
    console.print(plain(view.item.url or view.item.id), style="dim")
    for one in (view.before, view.after):
        when = seen(one.first_seen, one.last_seen)
        console.print(Text(f"Revision {one.revision}, seen {when}"))
    print_edits(console, view.edits)
    console.print()
    title = _text(console, view.title)
    title.stylize("bold")
    console.print(title if title.plain.strip() else Text("(no title)", style="bold"))
    for paragraph in changed_part(diff_paragraphs(view.body)):
        console.print()
        if isinstance(paragraph, int):
            same = f"({counted(paragraph, 'paragraph')} as before)"
            console.print(Text(same, style="dim"))
        else:
            console.print(_text(console, paragraph.pieces))


def _text(console: "Console", pieces: "Iterable[Piece]") -> Text:
    shows_colours = console.color_system is not None and not console.no_color
    text = Text()
    for piece in pieces:
        if shows_colours:
            text.append_text(Text.styled(plain(piece.text).plain, _STYLES[piece.op]))
        else:
            before, after = _MARKS[piece.op]
            text.append(f"{before}{plain(piece.text)}{after}")
    return text
