"""What a reparse has changed, or would change, for people and as JSON."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from kazpress.console import complain, output, plain, print_json
from pipeline.counted import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.reparse.reparse import Reparsed
    from pipeline.reparse.would_change import FieldChange, ItemName, WouldChange

_SAMPLE = 3


def show_reparsed(
    result: "Reparsed", notes: Sequence[str], *, dry_run: bool, as_json: bool, quiet: bool = False
) -> None:
    """Print what reading the archive again changed; if `quiet`, only where it needs a look."""
    for note in notes:
        complain(f"needs a look: {note}")
    if as_json:
        told = asdict(result)
        if result.would_change is None:
            del told["would_change"]
        print_json(told)
        return
    if quiet and not notes:
        return
    would = "would be " if dry_run else ""
    console = output()
    console.print(
        f"{result.captures} captures, {result.items} items: {result.new} {would}new, "
        f"{result.changed} {would}changed, {result.removed} {would}removed"
    )
    for line in _changes(result.would_change) if result.would_change else ():
        console.print(plain(line))


def _changes(changes: "WouldChange") -> "Iterator[str]":
    for name, changed in changes.fields.items():
        yield f"{name}: would change in {counted(len(changed), 'item')}"
        yield from map(_change, changed[:_SAMPLE])
    for what, items in (("new", changes.new), ("removed", changes.removed)):
        if items:
            yield f"would be {what}: {counted(len(items), 'item')}"
            yield from map(_item, items[:_SAMPLE])


def _change(one: "FieldChange") -> str:
    before, after = (_quoted(value) for value in (one.before, one.after))
    return f"  {one.id}  {one.url or '(imported text)'}\n    {before} → {after}"


def _item(one: "ItemName") -> str:
    return f"  {one.id}  {one.url or '(imported text)'}  {_quoted(one.title)}"


def _quoted(value: str | None) -> str:
    return "none" if value is None else f'"{" ".join(value.split())}"'
