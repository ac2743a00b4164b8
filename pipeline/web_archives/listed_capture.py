"""Values: what a web archive's list names, and what of it is wanted."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

ListingState = Literal["listed", "stored", "failed", "unusable"]
"""Not asked yet; in our archive, or known there; brought no answer, so that it is asked again; the
web archive cannot give it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedCapture:
    """A capture of an article that a web archive names in a list."""

    archive: str
    place: str
    """Path and query under which the archive has it; where it is a part of a file, the bytes stand
    in the fragment."""
    url: str
    """The article's canonical address."""
    target: str
    """The address as it was captured."""
    time: datetime
    """When, by the list: whole seconds."""
    digest: str
    """Of its payload, by the list, in the form of `Capture.digest`; empty where it says none."""
    status: int
    """By the list; 0 where it says none."""
    unusable: str = ""
    """A short word where the list says itself that it is of no use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListQuestion:
    """A request for one part of a list."""

    kind: str
    """What is asked: a word of the archive's dialect."""
    path: str
    """Path and query."""
    root: str
    """The path of the question that led to it and that has to be asked again for it to be; its own
    where that is none."""
    lasts: timedelta | None = None
    """How long the answer, and all that it leads to, counts as known; None: for ever."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which captures are wanted: from one moment to before another, of some articles or of all."""

    since: datetime | None = None
    before: datetime | None = None
    only: frozenset[str] = frozenset()
    """Canonical addresses; empty: of all articles."""

    def has_time(self, time: datetime) -> bool:
        """Whether a capture of this time is wanted."""
        is_early = self.since is not None and time < self.since
        return not is_early and (self.before is None or time < self.before)
