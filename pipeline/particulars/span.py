"""Where a particular stands in a text, and what it says."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A number or a date in a text."""

    start: int
    end: int
    """As for slices."""
    key: str
    """What it says: the same for two wordings of one thing."""
    is_weak: bool = False
    """Whether it may be no number at all: «один», «бір», "one"."""
