"""What one transaction takes in, and what it changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.model.capture import ClassifiedCapture, Failure, Found
from pipeline.model.source import Way


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
    found: Mapping[Way, int] = field(default_factory=dict)
    """Addresses that were not known before, by the way that found them."""
    new: frozenset[str] = frozenset()
    updated: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()
    """Items whose exported record is another than before, by what came of others too."""
