"""What captures have a part in, and what is therefore to be derived again."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Touch:
    """What one capture has a part in."""

    url: str | None = None
    """The address of the article that it shows."""
    day: tuple[str, str] | None = None
    """Its source, and the day in Almaty."""
    target: str | None = None
    """The article that it redirects to."""
    body: tuple[str, str] | None = None
    """Its source, and the digest of the body that was read."""
    text: str | None = None
    """The id of an imported text."""
    documents: frozenset[str] = frozenset()
    """The ids of addresses and texts with shingles that have become formulae by it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """What the captures of a batch have a part in."""

    captures: int
    """How many they are."""
    urls: frozenset[str]
    days: frozenset[tuple[str, str]]
    targets: frozenset[str]
    bodies: frozenset[tuple[str, str]]
    texts: frozenset[str]
    documents: frozenset[str]


def touched_by(touches: Iterable[Touch]) -> Touched:
    """What many captures have a part in, taken one by one."""
    captures = 0
    urls, targets, texts, documents = set[str](), set[str](), set[str](), set[str]()
    days, bodies = set[tuple[str, str]](), set[tuple[str, str]]()
    for one in touches:
        captures += 1
        urls |= {one.url} if one.url else set()
        days |= {one.day} if one.day else set()
        targets |= {one.target} if one.target else set()
        bodies |= {one.body} if one.body else set()
        texts |= {one.text} if one.text else set()
        documents |= one.documents
    return Touched(
        captures=captures, urls=frozenset(urls), days=frozenset(days), targets=frozenset(targets),
        bodies=frozenset(bodies), texts=frozenset(texts), documents=frozenset(documents),
    )  # fmt: skip
