"""What deriving items again has changed."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemChange:
    """An item's row that was written or, where `is_removed`, taken out."""

    item: str
    is_removed: bool = False
    former_piece: str | None = None
    """The piece that it was in, where it is removed."""
    is_new: bool = False
    is_updated: bool = False
    """Whether it has a revision more than before."""
    is_gone: bool = False
    """Whether it was found to be gone just now."""
    is_compared_anew: bool = False
    """Whether its text, title, language, day or history is another than before: pairs, stories,
    pieces and imported texts follow from these.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemChanges:
    """What a batch has changed: the ids of items."""

    written: frozenset[str]
    removed: frozenset[str]
    new: frozenset[str]
    updated: frozenset[str]
    gone: frozenset[str]
    compared_anew: frozenset[str]
    former_pieces: frozenset[str]
    """The pieces of all that were taken out, also of those that came back."""


def item_changes(changes: Iterable[ItemChange]) -> ItemChanges:
    """All changes, in the order in which they were made, as one."""
    last: dict[str, list[ItemChange]] = {}
    former_pieces: set[str] = set()
    for one in changes:
        if one.former_piece is not None:
            former_pieces.add(one.former_piece)
        before = last.get(one.item, [])
        if one.is_removed or (before and before[-1].is_removed):
            before = []
        last[one.item] = [*before, one]
    kept = [one for own in last.values() for one in own]
    return ItemChanges(
        written=frozenset(one.item for one in kept if not one.is_removed),
        removed=frozenset(one.item for one in kept if one.is_removed),
        new=frozenset(one.item for one in kept if one.is_new),
        updated=frozenset(one.item for one in kept if one.is_updated),
        gone=frozenset(one.item for one in kept if one.is_gone),
        compared_anew=frozenset(one.item for one in kept if one.is_compared_anew),
        former_pieces=frozenset(former_pieces),
    )
