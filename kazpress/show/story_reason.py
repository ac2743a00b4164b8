"""Why two items are in one story or in two, as a sentence and as values for a script."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.stories.reasons import StoryReason, Tie


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedReason:
    """A reason, with names for the items that it speaks of."""

    reason: StoryReason
    names: Mapping[str, str]
    """By id: A and B for the two compared, an address or an id for every other."""
    urls: Mapping[str, str | None]
    """By id: the address of each, None of an imported text."""

    def record(self) -> dict[str, Any]:
        """`a` and `b` in the order of the comparison."""
        reason = self.reason
        return {
            "cause": reason.cause,
            "sentence": sentence(self),
            "a": _side(self, 0),
            "b": _side(self, 1),
            "nearer_than": _tie(reason.between),
            "digest": reason.digest,
            "parts": [_item(self, part) for part in reason.parts],
            "decided": [[_item(self, one) for one in pair] for pair in reason.decided],
        }


def ids_in(reason: StoryReason) -> set[str]:
    """The items that a reason speaks of."""
    ties = (*reason.ties, reason.between)
    return {
        *reason.canonical, *reason.parts,
        *(item for pair in reason.decided for item in pair),
        *(item for tie in ties if tie for item in (tie.item, tie.canonical)),
        *([reason.digest] if reason.digest else ()),
    }  # fmt: skip


def sentence(named: NamedReason) -> str:
    """The reason, without which stories it is about."""
    reason, names = named.reason, named.names
    if reason.cause == "joined":
        pairs = "; ".join(f"{names[a]} with {names[b]}" for a, b in reason.decided)
        return f"a person joined {pairs}"
    if reason.cause == "parted":
        pairs = "; ".join(f"{names[a]} from {names[b]}" for a, b in reason.decided)
        return f"a person parted {pairs}"
    if reason.cause == "one canonical item":
        return f"both belong to {names[reason.canonical[0]]}: {_both(named)}"
    if reason.cause == "digest" and reason.digest:
        parts = "; ".join(names[part] for part in reason.parts)
        return (
            f"{names[reason.digest]} is a digest, so it is in the story of none of its parts, "
            f"which are not all related to each other: {parts}"
        )
    if reason.cause == "nearer" and reason.between:
        (nearer,) = (tie for tie in reason.ties if tie)
        return (
            f"{names[nearer.item]} stands more strongly to {_shares(nearer, names)} than to "
            f"{_shares(reason.between, names)}"
        )
    if reason.cause == "neither":
        return f"neither is canonical, and nothing joins any other: {_both(named)}"
    return "the stories' rule finds them not related"


def _both(named: NamedReason) -> str:
    return "; ".join(
        f"{named.names[tie.item]} to {_shares(tie, named.names)}" if tie
        else f"{name} is canonical, or joined with what is"
        for name, tie in zip("AB", named.reason.ties, strict=True)
    )  # fmt: skip


def _shares(tie: Tie, names: Mapping[str, str]) -> str:
    return (
        f"{names[tie.canonical]} ({tie.share:.3f} of it stands there, "
        f"{tie.share_of_canonical:.3f} of that in it)"
    )


def _side(named: NamedReason, side: int) -> dict[str, Any]:
    reason = named.reason
    return {"canonical": _item(named, reason.canonical[side]), "tie": _tie(reason.ties[side])}


def _tie(tie: Tie | None) -> dict[str, Any] | None:
    if tie is None:
        return None
    return {
        "id": tie.item, "canonical": tie.canonical, "share": tie.share,
        "share_of_canonical": tie.share_of_canonical,
    }  # fmt: skip


def _item(named: NamedReason, item: str) -> dict[str, Any]:
    return {"id": item, "url": named.urls[item]}
