"""What stands around an article on its page, and is no part of it."""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Literal

from lxml.html import HtmlElement

from pipeline.page.line_matching import kind_of, upwards, with_those_around
from pipeline.page.lines import OUTSIDE_ARTICLE_TAGS, text_up_to
from pipeline.page.page import Page
from pipeline.page.teasers import other_article
from pipeline.times.dates import printed_dates

_COMMENTS = re.compile(
    r"(?<![a-z])(?:comments?(?![a-z])|commentlist|disqus|repl(?:y|ies)\b)", re.IGNORECASE
)
"""Names that elements of comments have on any site."""
_MAX_CARD_CHARACTERS = 1000
_Held = Literal["one", "several", "dated"]
"""How many other articles the links in an element lead to; `dated` where each of these has a date
of its own, in the child of the element that it stands in.
"""


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
        for above in upwards(element):
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
            other = other_article(self._page, self._page.anchors[at])
            self._leads[at] = other is not None and other.language == self._language
        return self._leads[at]


def _is_outside(element: HtmlElement) -> bool:
    names = f"{element.get('class')} {element.get('id')}"
    return element.tag in OUTSIDE_ARTICLE_TAGS or bool(_COMMENTS.search(names))


def _child_around(link: HtmlElement, holder: HtmlElement) -> HtmlElement | None:
    """The child of an element that a link stands in; None where it is a child itself."""
    return next((one for one in link.iterancestors() if one.getparent() is holder), None)


def _has_date(element: HtmlElement | None) -> bool:
    """Whether an element has a date near its beginning."""
    return element is not None and bool(printed_dates(text_up_to(element, _MAX_CARD_CHARACTERS)))
