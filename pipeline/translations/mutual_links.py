"""Which links between languages say that two pages are one piece. Pure: links in, pairs out.

A site's language switch may lead to the page's own version in the other language, or from all
pages to one. So a link counts where it is returned, or where it is unique both ways: no other page
of its language links there, and neither page links to another one of the other's language.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from pipeline.connected import connected_component


class PageLinks(Protocol):
    """Pages, each of one language, and their links to pages of other languages."""

    def language(self, page: str) -> str:
        """A page's language."""

    def languages(self, page: str) -> Collection[str]:
        """The languages of the pages that it links to, or that link to it."""

    def linked(self, page: str, language: str) -> Collection[str]:
        """The other pages of a language that a page links to."""

    def linking(self, page: str, language: str) -> Collection[str]:
        """The other pages of a language that link to a page; of many, two are enough."""


@dataclass(frozen=True, slots=True, order=True)
class LinkedPair:
    """Two pages of which each is all that the other may be one piece with, in its language."""

    one: str
    other: str
    is_returned: bool
    """Whether each links to the other."""


def linked_pieces(
    pages: Iterable[str], links: PageLinks
) -> Iterator[tuple[set[str], set[LinkedPair]]]:
    """The pieces of these pages: each with all pages that links may join to them, through others
    too, and the pairs among these that count.

    What links join has one page a language. Where more would come together, only the links that are
    returned count; where these bring more together, none.
    """
    waiting = set(pages)
    while waiting:
        piece = connected_component(waiting.pop(), lambda page: _partners(page, links))
        waiting -= piece
        yield piece, _counted(piece, links)


def _counted(piece: set[str], links: PageLinks) -> set[LinkedPair]:
    pairs = {
        pair
        for page in piece
        for language in links.languages(page)
        if (pair := _pair(page, language, links))
    }
    if _is_one_a_language(piece, links):
        return pairs
    returned = {pair for pair in pairs if pair.is_returned}
    beside = _beside(returned)
    return {
        pair
        for pair in returned
        if _is_one_a_language(connected_component(pair.one, beside), links)
    }


def _partners(page: str, links: PageLinks) -> list[str]:
    pairs = [_pair(page, language, links) for language in links.languages(page)]
    return [pair.other if pair.one == page else pair.one for pair in pairs if pair]


def _pair(page: str, language: str, links: PageLinks) -> LinkedPair | None:
    """The pair that a page makes with one of a language; None where there is none, or several."""
    other = _only(page, language, links)
    if other is None or _only(other, links.language(page), links) != page:
        return None
    is_returned = page in _returning(other, links.language(page), links)
    one, other = sorted((page, other))
    return LinkedPair(one, other, is_returned)


def _only(page: str, language: str, links: PageLinks) -> str | None:
    """The one page of a language that a page may be one piece with: the only one that returns its
    link, or else the only one that either of them links to the other.
    """
    candidates = _returning(page, language, links) or {
        *links.linked(page, language),
        *links.linking(page, language),
    }
    return next(iter(candidates)) if len(candidates) == 1 else None


def _returning(page: str, language: str, links: PageLinks) -> set[str]:
    own = links.language(page)
    return {other for other in links.linked(page, language) if page in links.linked(other, own)}


def _beside(pairs: Collection[LinkedPair]) -> Callable[[str], list[str]]:
    beside: dict[str, list[str]] = {}
    for pair in pairs:
        beside.setdefault(pair.one, []).append(pair.other)
        beside.setdefault(pair.other, []).append(pair.one)
    return lambda page: beside.get(page, [])


def _is_one_a_language(pages: Collection[str], links: PageLinks) -> bool:
    return len({links.language(page) for page in pages}) == len(pages)
