"""A person's decision: what it came to (`kazpress stories`), and that it was made."""

from typing import TYPE_CHECKING, Any

from kazpress.console import output, plain, print_json, utc_text

if TYPE_CHECKING:
    from kazpress.work.decide import DecisionResult
    from pipeline.model.press_item import PressItem

_DONE = {"join": "joined", "part": "parted"}


def show_decision(made: "DecisionResult", *, as_json: bool) -> None:
    """What was decided, and each item whose record is another by it."""
    if as_json:
        print_json(_record(made))
        return
    console = output()
    first, second = (item.url or item.id for item in made.items)
    already = " already" if made.known else ""
    console.print(plain(f"{_DONE[made.verb]}{already}: {first}"))
    console.print(plain(f"{'and:':>{len(_DONE[made.verb]) + len(already) + 1}} {second}"))
    for item in made.changed:
        where = f"{item.relation} in story {item.story}"
        console.print(plain(f"  {item.url or item.id}: now {where}"))
    if made.verb == "part" and made.one_story:
        console.print(plain("Both are still in one story, by what they share with another item."))


def decided(decision: dict[str, Any]) -> str:
    """What a person decided, and when."""
    done = _DONE[decision["decision"]].capitalize()
    return f"{done} by a person on {utc_text(decision['time'])}"


def _record(made: "DecisionResult") -> dict[str, Any]:
    return {
        "decision": made.verb,
        "known": made.known,
        "one_story": made.one_story,
        "items": [_place(item) for item in made.items],
        "changed": [_place(item) for item in made.changed],
    }


def _place(item: "PressItem") -> dict[str, Any]:
    return {
        "id": item.id, "source": item.source, "url": item.url, "story": item.story,
        "relation": item.relation, "similarity": item.similarity,
    }  # fmt: skip
