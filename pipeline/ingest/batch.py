"""What one transaction takes in, and what it changed."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.model.capture import ClassifiedCapture, Failure, Found


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
