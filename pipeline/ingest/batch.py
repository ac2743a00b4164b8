"""What one transaction takes in, what that has a part in, and what it changed."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.model.capture import ClassifiedCapture, Failure, Found

DocumentReading = tuple[str, str]
"""The id of an address or of an imported text, and that of a reading of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What one transaction takes in."""

    examined: Sequence[ClassifiedCapture] = ()
    found: Sequence[Found] = ()
    followed: Sequence[ClassifiedCapture] = ()
    """Listings whose links are all in `found`: from now on a 304 says that nothing is new."""
    unanswered: Sequence[Failure] = ()
    """Requests for articles that brought no answer at all."""
    positions: Sequence[tuple[str, int]] = ()
    """Archive files, each with the byte up to which it stands in the database after this."""


@dataclass(slots=True, kw_only=True)
class Touched:
    """What captures have a part in, and what is therefore to be derived again; added as they are
    recorded.
    """

    captures: int = 0
    """How many they are."""
    urls: set[str] = field(default_factory=set)
    """The addresses of the articles that they show."""
    days: set[tuple[str, str]] = field(default_factory=set)
    """Their sources, each with the day in Almaty."""
    targets: set[str] = field(default_factory=set)
    """The articles that they redirect to."""
    bodies: set[tuple[str, str]] = field(default_factory=set)
    """Their sources, each with the digest of a body that was read."""
    texts: set[str] = field(default_factory=set)
    """The ids of imported texts."""
    decided: bool = False
    """Whether a person's decision is among them."""
    bodies_read: dict[DocumentReading, str] = field(default_factory=dict)
    """What was read, as far as it is not in the index of shingles yet."""
    documents: set[str] = field(default_factory=set)
    """The ids of addresses and texts with shingles that have become formulae by them."""
    former: set[str] = field(default_factory=set)
    """Items that were forgotten before: each may come again as it was, otherwise or not at all."""

    def take_bodies(self) -> list[tuple[str, str]]:
        """What was read, to be put into the index: documents with their bodies."""
        taken = [(document, body) for (document, _), body in self.bodies_read.items()]
        self.bodies_read.clear()
        return taken


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingested:
    """What a batch changed."""

    captures: int = 0
    """Captures that were not known before."""
    new: frozenset[str] = frozenset()
    updated: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()
    """Items whose exported record differs from before, also by what changed in other items."""
