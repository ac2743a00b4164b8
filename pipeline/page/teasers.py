"""Other articles on a page: their teasers, and those that stand below in full.

A card is one of several like elements side by side that each hold a link.
"""

from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from itertools import islice, takewhile

from lxml.html import HtmlElement

from pipeline.model.capture import Address
from pipeline.normalize.addresses import article_address
from pipeline.page.line_matching import kind_of, upwards, with_those_around
from pipeline.page.lines import HEADING_TAGS, Line
from pipeline.page.page import Page
from pipeline.times.dated_lines import is_date_line

_MIN_CARDS = 3
_MAX_LEVELS_TO_CARD = 6
"""Levels between a line's element and its card."""
_MAX_DATE_WORDS = 6
_MAX_CARD_WORDS = 120
_MIN_LINK_WORDS = 3
_MIN_TEXT_WORDS = 8
_LINES_TO_DATE = 3
"""From a heading to its date."""


class Teasers:
    """Which lines and elements of one page belong to a card."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._lines = page.lines

    def contains(self, line: Line) -> bool:
        """Whether a line stands in a card."""
        return self.card(line.element) is not None

    def card(self, element: HtmlElement) -> HtmlElement | None:
        """The innermost card around an element; None where it stands in none."""
        cards = self._cards
        return next((one for one in upwards(element) if one in cards), None) if cards else None

    def are_most_of(self, numbers: list[int]) -> bool:
        """Whether the lines with these numbers are a list of teasers: most of their text stands
        in cards or right under links, or each line of text has a link to an article above it.
        """
        text = [at for at in numbers if self._lines[at].is_text]
        in_cards = [at for at in text if self.contains(self._lines[at])]
        cards = {self.card(self._lines[at].element) for at in in_cards}
        if len(cards) >= _MIN_CARDS and self._is_most(in_cards, text):
            return True
        above = [self._link_above(at) for at in text]
        if all(line is not None and self._leads_to_article(line) for line in above):
            return bool(text)
        under_links = [at for at in text if at > 0 and _is_card_link(self._lines[at - 1])]
        is_half = len(under_links) >= _MIN_CARDS and 2 * len(under_links) >= len(text)
        return is_half and self._is_most(under_links, text)

    def _is_most(self, part: list[int], whole: list[int]) -> bool:
        """Whether some of the lines hold more than half of the words of all."""
        return 2 * sum(self._lines[at].words for at in part) > sum(
            self._lines[at].words for at in whole
        )

    def _link_above(self, at: int) -> Line | None:
        """The line above another one; a short one, such as a date, is passed over once."""
        for line in reversed(self._lines[max(0, at - 2) : at]):
            if _is_card_link(line) or line.words > _MAX_DATE_WORDS:
                return line
        return None

    def _leads_to_article(self, line: Line) -> bool:
        """Whether a line is a link to another article of the source."""
        if not _is_card_link(line):
            return False
        return any(leads_to_other_article(self._page, link) for link in line.links)

    @cached_property
    def _cards(self) -> frozenset[HtmlElement]:
        """Elements with the same parent, tag and class, of which three or more hold a link."""
        links = [line for line in self._lines if _is_card_link(line)]
        if len(links) < _MIN_CARDS:
            return frozenset()
        words: Counter[HtmlElement] = Counter()
        for line in self._lines:
            for element in _with_ancestors(line.element):
                words[element] += line.words
        alike: dict[tuple[object, ...], list[HtmlElement]] = {}
        for element in {above for line in links for above in _with_ancestors(line.element)}:
            parent = element.getparent()
            if parent is not None and words[element] <= _MAX_CARD_WORDS:
                alike.setdefault((parent, element.tag, element.get("class")), []).append(element)
        return frozenset(
            card for cards in alike.values() if len(cards) >= _MIN_CARDS for card in cards
        )


def lines_of_others(page: Page, heading_at: int | None, first: int) -> frozenset[int]:
    """The numbers of the lines of other articles that begin below the text's first line, `first`.

    Such an article begins with a heading with a date of its own that stands apart from the text, is
    a link to an article, or is an h1; or with one in an element like that of this article with its
    heading, the last line of which is `heading_at`, and of that heading's tag or linked. A link to
    an article with a date, both apart from the text, is a heading too. It ends with the element
    around its heading that holds no text above it; where there is none, with that around both.
    """
    lines = page.lines
    own = [lines[first].element, *(() if heading_at is None else (lines[heading_at].element,))]
    around = with_those_around(own)
    title = None if heading_at is None else lines[heading_at].text
    found: set[int] = set()
    text = next((line for line in reversed(lines[:first]) if _is_long_text(line)), lines[0])
    for at in range(first + 1, len(lines)):
        text = lines[at - 1] if _is_long_text(lines[at - 1]) else text
        heading = _heading_of(lines[at])
        if heading is None or at in found or lines[at].text == title:
            continue
        apart = takewhile(lambda one: one not in around, heading.iterancestors())
        alone = [heading, *(one for one in apart if not text.is_inside(one))]
        if _begins_other(page, at, alone, own):
            holder = alone[-1].getparent() if alone[-1] is heading else alone[-1]
            found.update(range(at, len(lines)) if holder is None else _lines_in(page, holder, at))
    return frozenset(found)


def _lines_in(page: Page, holder: HtmlElement, at: int) -> Iterator[int]:
    """The numbers of an element's lines from line `at` on, which is one of them."""
    end = page.end(holder)
    for number in range(at, len(page.lines)):
        if page.positions[page.lines[number].near] >= end:
            return
        if page.lines[number].is_inside(holder):
            yield number


def _begins_other(page: Page, at: int, alone: list[HtmlElement], own: list[HtmlElement]) -> bool:
    """Whether another article begins in line `at`: `alone` are its heading and the elements around
    it that hold no text above it, and nothing of this article's `own`, its first line's and perhaps
    its heading's.
    """
    line = page.lines[at]
    holder = own[0].getparent()
    is_apart_from_text = holder is None or holder not in line.element.iterancestors()
    is_heading = alone[0].tag in HEADING_TAGS
    if not is_heading and (len(alone) == 1 or not is_apart_from_text):
        return False
    is_dated = _has_date_near(page.lines, at, alone[-1])
    if not is_heading:
        return is_dated and _is_linked(page, line)
    if is_dated:
        return is_apart_from_text or alone[0].tag == "h1" or _is_linked(page, line)
    other = set(upwards(alone[-1]))
    like = {kind_of(one) for one in takewhile(lambda one: one not in other, upwards(own[-1]))}
    is_alike = is_apart_from_text and len(own) > 1 and kind_of(alone[-1]) in like
    return is_alike and (alone[0].tag == own[-1].tag or _is_linked(page, line))


def _is_long_text(line: Line) -> bool:
    return line.words >= _MIN_TEXT_WORDS and line.is_text


def _is_linked(page: Page, line: Line) -> bool:
    return any(leads_to_other_article(page, link) for link in line.links)


def _heading_of(line: Line) -> HtmlElement | None:
    """The heading that a line stands in, or its element where it is all a link, which may be one;
    else None.
    """
    element, parent = line.element, line.element.getparent()
    if parent is not None and parent.tag in HEADING_TAGS:
        return parent
    if element.tag in HEADING_TAGS or (line.text_links and _is_card_link(line)):
        return element
    return None


def _has_date_near(lines: list[Line], at: int, holder: HtmlElement) -> bool:
    """Whether a date stands below line `at`, before any heading and any text, or right above it as
    the first line of `holder`: a line with little else, or a `<time>`.
    """
    if [one.is_inside(holder) for one in lines[at - 2 : at]] == [False, True]:
        return _is_date(lines[at - 1]) or _has_date_below(lines, at)
    return _has_date_below(lines, at)


def _has_date_below(lines: list[Line], at: int) -> bool:
    below = lines[at + 1 : at + 1 + _LINES_TO_DATE]
    short = takewhile(lambda one: one.words <= 2 * _MAX_DATE_WORDS and not _is_heading(one), below)
    return any(map(_is_date, short))


def _is_date(line: Line) -> bool:
    is_short = line.words <= 2 * _MAX_DATE_WORDS and not _is_heading(line)
    return is_short and (line.inside.tag == "time" or is_date_line(line.text))


def _is_heading(line: Line) -> bool:
    return line.element.tag in HEADING_TAGS


def leads_to_other_article(page: Page, link: HtmlElement) -> bool:
    """Whether an `<a>` element leads to another article of the source."""
    return other_article(page, link) is not None


def other_article(page: Page, link: HtmlElement) -> Address | None:
    """The article of the source that an `<a>` element leads to; None where it is this one."""
    href = link.get("href")
    url = page.own_link(href) if href else None
    return article_address(url, page.site.source) if url and url != page.url else None


def _with_ancestors(element: HtmlElement) -> list[HtmlElement]:
    """An element with those around it that may be its card, from the inside."""
    return [element, *islice(element.iterancestors(), _MAX_LEVELS_TO_CARD)]


def _is_card_link(line: Line) -> bool:
    """Whether a line is a link of three words or more, perhaps with a date or a number beside."""
    if line.is_text:
        return False
    beside = len(line.outside_links.split())
    return (line.is_link or beside <= _MAX_DATE_WORDS) and line.words - beside >= _MIN_LINK_WORDS
