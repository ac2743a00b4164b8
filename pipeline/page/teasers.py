"""Other articles on a page: their teasers, and those that stand below in full.

A card is one of several like elements side by side that each hold a link.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice, takewhile

from lxml.html import HtmlElement

from pipeline.model.capture import Address
from pipeline.normalize.addresses import article_address
from pipeline.normalize.characters import one_line
from pipeline.page.line_matching import kind_of
from pipeline.page.lines import HEADING_TAGS, OUTSIDE_ARTICLE_TAGS, Line
from pipeline.page.page import Page
from pipeline.times.dated_lines import is_date_line
from pipeline.times.dates import printed_dates

_MIN_CARDS = 3
_MAX_LEVELS_TO_CARD = 6
"""Levels between a line's element and its card."""
_MAX_DATE_WORDS = 6
_MAX_CARD_WORDS = 120
_MIN_LINK_WORDS = 3
_MIN_TEXT_WORDS = 8
_LINES_TO_DATE = 3
"""From a heading to its date."""
_COMMENTS = re.compile(
    r"(?<![a-z])(?:comments?(?![a-z])|commentlist|disqus|repl(?:y|ies)\b)", re.IGNORECASE
)
"""Names that elements of comments have on any site."""


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
        above = (element, *element.iterancestors())
        return next((one for one in above if one in self._cards), None)

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
        return len(under_links) >= _MIN_CARDS and self._is_most(under_links, text)

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
        links_in: dict[HtmlElement, int] = {}
        words: Counter[HtmlElement] = Counter()
        for line in self._lines:
            for element in _with_ancestors(line.element):
                words[element] += line.words
                links_in[element] = links_in.get(element, 0) + _is_card_link(line)
        alike: dict[tuple[object, ...], list[HtmlElement]] = {}
        for element, links in links_in.items():
            parent = element.getparent()
            if links and parent is not None and words[element] <= _MAX_CARD_WORDS:
                alike.setdefault((parent, element.tag, element.get("class")), []).append(element)
        return frozenset(
            card for cards in alike.values() if len(cards) >= _MIN_CARDS for card in cards
        )


def is_apart(page: Page, element: HtmlElement, own: Iterable[HtmlElement]) -> bool:
    """Whether an element is no part of the article that has the elements `own`: it stands in
    navigation, a footer, an aside, comments, or another article's teaser.
    """
    own = list(own)
    return any(
        above.tag in OUTSIDE_ARTICLE_TAGS
        or _COMMENTS.search(f"{above.get('class')} {above.get('id')}")
        for above in _around_alone(element, own)
    ) or stands_in_teaser(page, element, own)


def stands_in_teaser(page: Page, element: HtmlElement, own: Iterable[HtmlElement]) -> bool:
    """Whether an element belongs to the teaser of another article: the innermost element around it
    that has links to other articles in this one's language, and is around none of the article's
    `own` elements, has links to one of them alone, or several elements like this.
    """
    kind = kind_of(element)
    this = article_address(page.url, page.site.source)
    language = this.language if this else None
    for above in _around_alone(element, own):
        links = [link for link in above.iter("a") if _leads_to(page, link, language)]
        if links and all(_has_date_of_its_own(link, above) for link in links):
            return False
        others = {link.get("href") for link in links}
        if others:
            alike = [one for one in above.iter() if kind_of(one) == kind]
            return len(others) == 1 or len(alike) > 1
    return False


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
    around = {above for one in own for above in (one, *one.iterancestors())}
    title = None if heading_at is None else lines[heading_at].text
    found: set[int] = set()
    for at in range(first + 1, len(lines)):
        heading = _heading_of(lines[at])
        if heading is None or at in found or lines[at].text == title:
            continue
        text = _text_above(lines, at)
        apart = takewhile(lambda one: one not in around, heading.iterancestors())
        alone = [heading, *(one for one in apart if not text.is_inside(one))]
        if _begins_other(page, at, alone, own):
            end = alone[-1].getparent() if alone[-1] is heading else alone[-1]
            found.update(n for n in range(at, len(lines)) if end is None or lines[n].is_inside(end))
    return frozenset(found)


def _begins_other(page: Page, at: int, alone: list[HtmlElement], own: list[HtmlElement]) -> bool:
    """Whether another article begins in line `at`: `alone` are its heading and the elements around
    it that hold no text above it, and nothing of this article's `own`, its first line's and perhaps
    its heading's.
    """
    line = page.lines[at]
    holder = own[0].getparent()
    is_apart_from_text = holder is None or holder not in line.element.iterancestors()
    is_dated = _has_date_near(page.lines, at, alone[-1])
    if alone[0].tag not in HEADING_TAGS:
        return is_dated and is_apart_from_text and len(alone) > 1 and _is_linked(page, line)
    if is_dated:
        return is_apart_from_text or alone[0].tag == "h1" or _is_linked(page, line)
    like = {kind_of(one) for one in _around_alone(own[-1], [alone[-1]])}
    is_alike = is_apart_from_text and len(own) > 1 and kind_of(alone[-1]) in like
    return is_alike and (alone[0].tag == own[-1].tag or _is_linked(page, line))


def _text_above(lines: list[Line], at: int) -> Line:
    """The nearest line of text above line `at`, or the first line."""
    above = (
        line for line in reversed(lines[:at]) if line.is_text and line.words >= _MIN_TEXT_WORDS
    )
    return next(above, lines[0])


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


def _leads_to(page: Page, link: HtmlElement, language: str | None) -> bool:
    other = _other_article(page, link)
    return other is not None and other.language == language


def _has_date_of_its_own(link: HtmlElement, within: HtmlElement) -> bool:
    """Whether the child of an element that a link stands in has a date."""
    child = next((one for one in link.iterancestors() if one.getparent() is within), None)
    return child is not None and bool(printed_dates(one_line("".join(child.itertext()))))


def _around_alone(element: HtmlElement, own: Iterable[HtmlElement]) -> Iterator[HtmlElement]:
    """An element and those around it that are around none of the article's own."""
    around = {above for one in own for above in (one, *one.iterancestors())}
    return takewhile(lambda one: one not in around, (element, *element.iterancestors()))


def leads_to_other_article(page: Page, link: HtmlElement) -> bool:
    """Whether an `<a>` element leads to another article of the source."""
    return _other_article(page, link) is not None


def _other_article(page: Page, link: HtmlElement) -> Address | None:
    """The article of the source that an `<a>` element leads to; None where it is this one."""
    href = link.get("href")
    url = page.own_link(href) if href else None
    return article_address(url, page.site.source) if url and url != page.url else None


def _with_ancestors(element: HtmlElement) -> list[HtmlElement]:
    """An element with those around it that may be its card, from the inside."""
    return [element, *islice(element.iterancestors(), _MAX_LEVELS_TO_CARD)]


def _is_card_link(line: Line) -> bool:
    """Whether a line is a link of three words or more, perhaps with a date or a number beside."""
    beside = len(line.outside_links.split())
    is_linked = line.is_link or (not line.is_text and beside <= _MAX_DATE_WORDS)
    return is_linked and line.words - beside >= _MIN_LINK_WORDS
