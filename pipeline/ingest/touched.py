"""What captures have a part in, and what is therefore to be derived again."""

from dataclasses import dataclass, field


@dataclass(slots=True, kw_only=True)
class Touched:
    """What the captures of a batch have a part in, added one by one."""

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
    documents: set[str] = field(default_factory=set)
    """The ids of addresses and texts with shingles that have become formulae by them."""
