"""`kazpress show`: an item, or its captured page, as a person reads them."""

import sys
from typing import TYPE_CHECKING

import click
from rich.text import Text

from kazpress.console import almaty_text, output, plain, print_json
from kazpress.show.decision_sentence import decision_sentence
from pipeline.counted import counted
from pipeline.normalize.homoglyphs import repaired

if TYPE_CHECKING:
    from rich.console import Console

    from kazpress.show.item import ItemView
    from pipeline.model.press_item import PressItem, Translation
    from pipeline.similarity.comparison import Comparison

_EVIDENCE = {"link": "its link", "number": "its number", "image": "its picture",
             "entities": "names and numbers: {detail}"}  # fmt: skip
"""What joins translations, by its kind."""


def show_item(view: "ItemView", *, as_json: bool) -> None:
    """Print one item: title, facts, text, story."""
    if as_json:
        print_json(view.record())
        return
    console, item = output(), view.item
    console.print(plain(item.title or "(no title)"), style="bold")
    for name, value in _facts(view):
        console.print(Text(f"{name + ':':14}", style="dim") + plain(value))
    console.print()
    console.print(plain(item.body))
    _print_story(console, view)


def print_raw(page: bytes, repairs: tuple[str, ...]) -> None:
    """Print a captured page as it came; on standard error, the words that were repaired of it."""
    sys.stdout.buffer.write(page)
    sys.stdout.buffer.flush()
    for word in repairs:
        click.echo(f"letters of the other script: {word} → {repaired(word)[0]}", err=True)


def _facts(view: "ItemView") -> list[tuple[str, str]]:
    item = view.item
    facts = {
        "id": item.id,
        "address": item.url,
        "source": f"{item.source}, {item.language}",
        "published": almaty_text(item.published),
        "modified": almaty_text(item.modified) if item.modified else None,
        "authors": ", ".join(item.authors),
        "section": item.section,
        "picture": item.image_credit,
        "attribution": ", ".join(item.attribution),
        "tags": ", ".join(item.tags),
        "first seen": almaty_text(item.first_seen),
        "changed": _changed(item),
        "gone since": almaty_text(item.gone) if item.gone else None,
        "access": None if item.access == "full" else item.access,
        "text": "; ".join(view.notes),
        "letters": _repaired(view.repairs),
        "read by": _weaker_steps(view.read_by),
    }
    known = [(name, value) for name, value in facts.items() if value]
    return known + [(f"in {one.language}", _translation(view, one)) for one in item.translations]


def _repaired(words: tuple[str, ...]) -> str | None:
    return (
        f"{len(words)} words had letters of the other script; --raw lists them" if words else None
    )


def _translation(view: "ItemView", one: "Translation") -> str:
    """A translation, and what joins it to the item."""
    evidence = view.translated_by.get(one.id, [])
    means = " and ".join(_EVIDENCE[kind].format(detail=detail) for kind, detail in evidence)
    return f"{one.url or one.id} (by {means or 'way of another language'})"


def _changed(item: "PressItem") -> str | None:
    if item.revision == 1:
        return None
    return f"{almaty_text(item.last_changed)} (revision {item.revision})"


def _weaker_steps(read_by: dict[str, str]) -> str:
    """Which fields were not read by the source's own layout."""
    weaker = ((name, step) for name, step in sorted(read_by.items()) if step != "layout")
    return ", ".join(f"{name} {step}" for name, step in weaker)


def _print_story(console: "Console", view: "ItemView") -> None:
    if len(view.story) > 1:
        console.print()
        console.print(Text("The same story:", style="bold"))
        for one in view.story:
            here = " (this item)" if one.id == view.item.id else ""
            console.print(plain(f"  {_relation(one)}: {one.url or one.id}{here}"))
            if one.id in view.compared:
                console.print(plain(f"    {_why(view.compared[one.id])}"))
    _print_decisions(console, view)
    if view.elsewhere:
        console.print()
        console.print(Text("Shares text with, in other stories:", style="bold"))
        for other in view.elsewhere:
            shares = f"{other.share_here:.2f} of this, {other.share_there:.2f} of that"
            console.print(plain(f"  {shares}: {other.url or other.id}"))


def _print_decisions(console: "Console", view: "ItemView") -> None:
    if view.decisions:
        console.print()
    for one in view.decisions:
        to = {"join": "with", "part": "from"}[one.decision]
        console.print(plain(f"{decision_sentence(one)}: {to} {one.url or one.id}"))


def _relation(item: "PressItem") -> str:
    if item.relation == "canonical" or item.similarity is None:
        return item.relation
    return f"{item.relation} ({item.similarity:.3f})"


def _why(compared: "Comparison") -> str:
    """Why an item and this one are one story."""
    return (
        f"{compared.here.share:.2f} of this stands in it, {compared.there.share:.2f} of it in "
        f"this: {compared.words} words in {counted(len(compared.passages), 'passage')}"
    )
