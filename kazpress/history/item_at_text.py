"""`kazpress show ITEM --at DATE`, as a person reads it."""

from typing import TYPE_CHECKING

from rich.text import Text

from kazpress.console import almaty_text, output, plain, print_json
from kazpress.history.item_revisions_text import seen
from pipeline.clock import almaty_minute, seconds_stamp

if TYPE_CHECKING:
    from kazpress.history.item_at import ItemAt


def show_item_at(view: "ItemAt", *, as_json: bool) -> None:
    """Print an item as it stood at a moment: title, when it was seen so, text."""
    if as_json:
        print_json(view.record())
        return
    console, reading = output(), view.state.reading
    console.print(plain(reading.title or "(no title)"), style="bold")
    for name, value in _facts(view):
        console.print(Text(f"{name + ':':14}", style="dim") + plain(value))
    console.print()
    console.print(plain(reading.body))


def _facts(view: "ItemAt") -> list[tuple[str, str]]:
    item, state = view.item, view.state
    facts = {
        "as of": almaty_minute(view.at),
        "id": item.id,
        "address": state.url,
        "revision": f"{state.revision} of {item.revision}",
        "seen so": seen(seconds_stamp(state.seen_from), seconds_stamp(state.seen_until)),
        "seen next": _next(view),
        "gone since": f"{almaty_minute(state.gone)}; this is what it said before"
        if state.gone
        else None,
        "published": almaty_text(state.reading.published) if state.reading.published else None,
    }
    return [(name, value) for name, value in facts.items() if value]


def _next(view: "ItemAt") -> str | None:
    """When it was seen otherwise, where the moment lies between that and the last time before."""
    following = view.state.next_seen_from
    if following is None or view.at <= view.state.seen_until:
        return None
    when = almaty_minute(following)
    return f"{when}, with another text; when it changed in between is not known"
