"""Why two items are in one story or in two, as values: `Rule.explain` gives them."""

from dataclasses import dataclass
from typing import Literal

Cause = Literal["joined", "one canonical item", "parted", "digest", "nearer", "neither", "apart"]
"""What decides. In one story:

- joined: a person joined them, directly or through others
- one canonical item: both belong to it

In two stories:

- parted: a person parted them
- digest: one is a digest, and the other a part of it
- nearer: one is canonical, and the other stands more strongly to another canonical item
- neither: neither is canonical, and an item joins canonical ones alone
- apart: they are not related
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """By which shares an item belongs to its canonical item; where a person joined either with
    others, those of whichever stand most strongly.
    """

    item: str
    canonical: str
    share: float
    """How much of the item stands in the canonical one."""
    share_of_canonical: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryReason:
    """Why two items are in one story or in two."""

    cause: Cause
    canonical: tuple[str, str]
    """The canonical item of each one's story."""
    ties: tuple[Tie | None, Tie | None]
    """Each one's tie to it; None of a canonical one, and of one that a person joined with it."""
    between: Tie | None = None
    """Of `nearer`: the weaker tie, of the one that joined elsewhere to the other of the two."""
    digest: str | None = None
    parts: tuple[str, ...] = ()
    """All that the digest is separated from, first by rank."""
    decided: tuple[tuple[str, str], ...] = ()
    """The items parted, or the joins that connect the two, as decided."""
