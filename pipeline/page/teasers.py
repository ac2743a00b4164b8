"""Cards of other pieces on a page: the same element again and again, each with a link in it."""

from collections import Counter
from functools import cached_property

from lxml.html import HtmlElement

from pipeline.normalize.addresses import article_address, public_url
from pipeline.page.lines import Block
from pipeline.page.page import Page

_FEWEST = 3
_HIGHEST = 6
_LINKED = 0.5
_LONGEST_DATE = 6
_MOST_CARD_WORDS = 120
_FEWEST_LINK_WORDS = 3


class Teasers:
    """The teasers of one page."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._lines = page.blocks

    def holds(self, line: Block) -> bool:
        """Whether a line stands in a card of a list."""
        return self.card(line.element) is not None

    def card(self, element: HtmlElement) -> HtmlElement | None:
        """The card that an element stands in, if any."""
        above = (element, *element.iterancestors())
        return next((one for one in above if one in self._cards), None)

    def are_most_of(self, places: list[int]) -> bool:
        """Whether the lines at these places, as far as they are text, are mostly those of cards,
        or stand each under a link.
        """
        text = [at for at in places if self._lines[at].link_share < _LINKED]
        half = sum(self._lines[at].words for at in text) / 2
        held = [at for at in text if self.holds(self._lines[at])]
        cards = {self.card(self._lines[at].element) for at in held}
        if len(cards) >= _FEWEST and sum(self._lines[at].words for at in held) > half:
            return True
        over = [self._over(at) for at in text]
        if all(line is not None and self._leads_to_article(line) for line in over):
            return bool(text)
        under = [at for at in text if at > 0 and _is_link(self._lines[at - 1])]
        return len(under) >= _FEWEST and sum(self._lines[at].words for at in under) > half

    def _over(self, at: int) -> Block | None:
        """The line over another one, with or without a date or a label between."""
        for line in reversed(self._lines[max(0, at - 2) : at]):
            if _is_link(line) or line.words > _LONGEST_DATE:
                return line
        return None

    def _leads_to_article(self, line: Block) -> bool:
        """Whether a line is a link to another article of the source."""
        if not _is_link(line):
            return False
        page = self._page
        around = (e for e in line.inside.iterancestors() if e.tag == "a")
        links = (link.get("href") for link in (*around, *line.element.iter("a")))
        found = (public_url(href, page.base, page.site) for href in links if href)
        return any(
            url is not None and url != page.url and article_address(url, page.site.source)
            for url in found
        )

    @cached_property
    def _cards(self) -> frozenset[HtmlElement]:
        holding: dict[HtmlElement, int] = {}
        words: Counter[HtmlElement] = Counter()
        for line in self._lines:
            for element in _near(line.element):
                words[element] += line.words
                holding[element] = holding.get(element, 0) + _is_link(line)
        alike: dict[tuple[object, ...], list[HtmlElement]] = {}
        for element, links in holding.items():
            parent = element.getparent()
            if links and parent is not None and words[element] <= _MOST_CARD_WORDS:
                alike.setdefault((parent, element.tag, element.get("class")), []).append(element)
        return frozenset(
            card for cards in alike.values() if len(cards) >= _FEWEST for card in cards
        )


def _near(element: HtmlElement) -> list[HtmlElement]:
    found = [element]
    for above in element.iterancestors():
        if len(found) > _HIGHEST:
            break
        found.append(above)
    return found


def _is_link(line: Block) -> bool:
    """Whether a line is a link of some words, perhaps with a date or a number beside it."""
    beside = len(line.outside_links.split())
    linked = line.link_share > 0.8 or (line.link_share >= _LINKED and beside <= _LONGEST_DATE)
    return linked and line.words - beside >= _FEWEST_LINK_WORDS
