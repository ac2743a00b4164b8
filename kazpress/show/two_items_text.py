"""`kazpress show A --against B`: the verdict, and both texts with what they share marked."""

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from kazpress.console import output, plain, print_json, widest_word
from kazpress.show.decision_sentence import decision_sentence
from kazpress.show.marking import MarkedSpan, marked
from kazpress.show.two_items import reason, story_sentence
from kazpress.show.two_items_fidelity import print_fidelity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from kazpress.show.two_items import ItemComparison
    from pipeline.model.press_item import PressItem
    from pipeline.similarity.comparison import Side

_COLUMNS_FROM = 100
"""Characters of a terminal from which on both texts stand side by side."""
_COLOURS = ("green", "cyan", "magenta", "blue", "yellow")


def show_two_items(view: "ItemComparison", *, as_json: bool) -> None:
    """Print a comparison."""
    if as_json:
        print_json(view.record())
    else:
        draw_two_items(output(), view)


def draw_two_items(console: "Console", view: "ItemComparison") -> None:
    """The verdict and the passages; the texts in two columns at a wide terminal."""
    compared = view.compared
    _print_side(console, "A", view.one, compared.here, "B")
    _print_side(console, "B", view.other, compared.there, "A")
    console.print(plain(_sentence(reason(view))), style="bold")
    if view.decision:
        console.print(plain(f"{decision_sentence(view.decision)}."))
    story = story_sentence(view)
    if story:
        console.print(plain(_sentence(story)))
    if view.fidelity:
        print_fidelity(console, view.fidelity, {view.one.id: "A", view.other.id: "B"})
    for one in compared.passages:
        console.print(plain(f"  passage {one.number}: {one.words} words in common"))
    if compared.passages or compared.here.formulae or compared.there.formulae:
        console.print(Text("[1]…[/1] a shared passage, [f]…[/f] a formula", style="dim"))
    console.print()
    _print_texts(console, view)


def _print_side(console: "Console", name: str, item: "PressItem", side: "Side", other: str) -> None:
    console.print(plain(f"{name}: {item.title or '(no title)'}"), style="bold")
    console.print(plain(f"   {item.source}, {item.published[:10]}, {item.url or item.id}"))
    console.print(
        plain(
            f"   {side.share:.3f} of {name} stands in {other} (unweighed {side.plain:.3f}), "
            f"{side.words} words"
        )
    )


def _print_texts(console: "Console", view: "ItemComparison") -> None:
    compared = view.compared
    in_one = [(passage.number, passage.here) for passage in compared.passages]
    in_other = [(passage.number, passage.there) for passage in compared.passages]
    here = _text(marked(view.one.body, in_one, compared.here.formulae))
    there = _text(marked(view.other.body, in_other, compared.there.formulae))
    widest = max(widest_word(here), widest_word(there))
    if console.is_terminal and console.width >= max(_COLUMNS_FROM, 2 * widest + 2):
        table = Table.grid(padding=(0, 2), expand=True)
        table.add_column("A", ratio=1)
        table.add_column("B", ratio=1)
        table.add_row(Text("A", style="bold"), Text("B", style="bold"))
        table.add_row(here, there)
        console.print(table)
        return
    for name, text in (("A", here), ("B", there)):
        console.print(Text(f"{name}:", style="bold"))
        console.print(text)
        if name == "A":
            console.print()


def _text(spans: "Sequence[MarkedSpan]") -> Text:
    text = Text()
    for span in spans:
        part = plain(span.text)
        if span.passages:
            part.stylize(_COLOURS[(span.passages[0] - 1) % len(_COLOURS)])
        if span.formula:
            part.stylize("dim")
        text.append_text(part)
    return text


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}."
