"""Other articles on a page: their teasers, and those that stand below in full.

A card is one of several like elements side by side that each hold a link.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import chain, islice, takewhile
from typing import Literal

from lxml.html import HtmlElement

from pipeline.model.capture import Address
from pipeline.normalize.addresses import article_address
from pipeline.page.line_matching import kind_of, with_those_around
from pipeline.page.lines import HEADING_TAGS, OUTSIDE_ARTICLE_TAGS, Line, text_up_to
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
_MAX_CARD_CHARACTERS = 1000
_Held = Literal["one", "several", "dated"]
"""How many other articles the links in an element lead to; `dated` where each of these has a date
of its own, in the child of the element that it stands in.
"""


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
        return next((one for one in _upwards(element) if one in cards), None) if cards else None

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


class Surroundings:
    """What stands around an article whose elements are `own`, such as its heading and its text.

    What was found out is kept: a page may have thousands of times, links, and elements around them.
    """

    def __init__(self, page: Page, own: Iterable[HtmlElement]) -> None:
        self._page = page
        self._around = with_those_around(own)
        self._language = page.address.language if page.address else None
        self._outside: dict[HtmlElement, HtmlElement | None] = {}
        self._holders: dict[HtmlElement, HtmlElement | None] = {}
        self._held: dict[HtmlElement, _Held] = {}
        self._several: dict[tuple[HtmlElement, object], bool] = {}
        self._leads: dict[int, bool] = {}
        self._none_before: dict[int, int] = {}
        """For the number of a link, one up to which no other leads to another article."""

    def is_apart(self, element: HtmlElement) -> bool:
        """Whether an element is no part of the article: it stands in navigation, a footer, an
        aside, comments, or another article's teaser.
        """
        outside = self._nearest(element, self._outside, _is_outside)
        return outside is not None or self.is_in_teaser(element)

    def is_in_teaser(self, element: HtmlElement) -> bool:
        """Whether an element belongs to the teaser of another article: the innermost element around
        it that has links to other articles in this one's language, and is around none of the
        article's own, has links to one of them alone, or several elements like this.
        """
        holder = self._nearest(element, self._holders, self._leads_to_others)
        if holder is None:
            return False
        if holder not in self._held:
            self._held[holder] = self._what_holds(holder)
        held = self._held[holder]
        return held == "one" or (held == "several" and self._has_several(holder, kind_of(element)))

    def _nearest(
        self,
        element: HtmlElement,
        known: dict[HtmlElement, HtmlElement | None],
        is_it: Callable[[HtmlElement], bool],
    ) -> HtmlElement | None:
        """The innermost such element around one that is around none of the article's own."""
        passed: list[HtmlElement] = []
        found = None
        for above in _upwards(element):
            if above in self._around:
                break
            if above in known:
                found = known[above]
                break
            passed.append(above)
            if is_it(above):
                found = above
                break
        known.update(dict.fromkeys(passed, found))
        return found

    def _what_holds(self, holder: HtmlElement) -> _Held:
        children: set[HtmlElement | None] = set()
        for at in self._others_in(holder):
            child = _child_around(self._page.anchors[at], holder)
            if child not in children and not _has_date(child):
                break
            children.add(child)
        else:
            return "dated"
        addresses = (self._page.anchors[at].get("href") for at in self._others_in(holder))
        first = next(addresses)
        return "one" if all(other == first for other in addresses) else "several"

    def _has_several(self, holder: HtmlElement, kind: tuple[object, object]) -> bool:
        if (holder, kind) not in self._several:
            alike = (one for one in holder.iter() if kind_of(one) == kind)
            self._several[holder, kind] = len(list(islice(alike, 2))) > 1
        return self._several[holder, kind]

    def _leads_to_others(self, element: HtmlElement) -> bool:
        numbers = self._page.anchors_in(element)
        at = numbers.start
        while at < numbers.stop and not self._leads_to_another(at):
            at = self._none_before.get(at, at + 1)
        if at > numbers.start:
            self._none_before[numbers.start] = at
        return at < numbers.stop

    def _others_in(self, element: HtmlElement) -> Iterator[int]:
        """The numbers of the links in an element that lead to other articles in this language."""
        return filter(self._leads_to_another, self._page.anchors_in(element))

    def _leads_to_another(self, at: int) -> bool:
        if at not in self._leads:
            other = _other_article(self._page, self._page.anchors[at])
            self._leads[at] = other is not None and other.language == self._language
        return self._leads[at]


def _upwards(element: HtmlElement) -> Iterator[HtmlElement]:
    return chain((element,), element.iterancestors())


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
    other = set(_upwards(alone[-1]))
    like = {kind_of(one) for one in takewhile(lambda one: one not in other, _upwards(own[-1]))}
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


def _is_outside(element: HtmlElement) -> bool:
    names = f"{element.get('class')} {element.get('id')}"
    return element.tag in OUTSIDE_ARTICLE_TAGS or bool(_COMMENTS.search(names))


def _child_around(link: HtmlElement, holder: HtmlElement) -> HtmlElement | None:
    """The child of an element that a link stands in; None where it is a child itself."""
    return next((one for one in link.iterancestors() if one.getparent() is holder), None)


def _has_date(element: HtmlElement | None) -> bool:
    """Whether an element has a date near its beginning."""
    return element is not None and bool(printed_dates(text_up_to(element, _MAX_CARD_CHARACTERS)))


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
    if line.is_text:
        return False
    beside = len(line.outside_links.split())
    return (line.is_link or beside <= _MAX_DATE_WORDS) and line.words - beside >= _MIN_LINK_WORDS
