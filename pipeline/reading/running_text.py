"""Finds the running text of any site's page, by where most of its paragraphs stand.

Lines are named by their number in `Page.lines`, from 0.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import islice

from lxml.html import HtmlElement

from pipeline.normalize.sentences import is_sentence
from pipeline.page.lead import CELL_TAGS
from pipeline.page.line_matching import upwards
from pipeline.page.lines import HEADING_TAGS, LANDMARK_TAGS, Line
from pipeline.page.page import Page
from pipeline.page.teasers import Teasers

_NAMES_BESIDE = re.compile(
    r"(?<![a-z])(?:ads?|advert\w*|also|author-?bio|bio|breadcrumbs?|byline|caption\w*|"
    r"copyright|credits?|disclaimer|menu|more-?(?:stories|news|articles)|"
    r"most-?(?:read|popular)|nav|navbar|navigation|newsletters?|outbrain|pager|pagination|popular|"
    r"popup|print-only|promo\w*|read-?more|recommend\w*|related|share|sharing|sidebar|sign-?up|"
    r"social|sponsor\w*|subscri\w+|taboola|taglist|tags?|teasers?|toolbar|trending|widget)(?![a-z])",
    re.IGNORECASE,
)
"""Words in the names that elements beside a text have on any site."""
_NAMES_APART = re.compile(
    r"(?<![a-z])(?:comments?(?![a-z])|commentlist|consent|cookies?(?![a-z])|disqus|"
    r"footer(?![a-z])|repl(?:y|ies)\b|respond)",
    re.IGNORECASE,
)
"""Such words in those of elements that are none of a text, however much they hold."""
_TAGS_APART = frozenset({"nav", "footer"})
_TAGS_BESIDE = (LANDMARK_TAGS | {"form"}) - _TAGS_APART
_MOST_OF_TEXT = 0.4
"""An element with more of a page's text is not beside it, whatever its name."""
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Letters of scripts that write words without spaces between."""
_MIN_UNSPACED_LETTERS = 15
_MIN_WORDS = 8
_FEW_CHARACTERS = 100
_MIN_CHARACTERS_OF_TEXT, _MIN_SHARE_OF_TEXT = 300, 0.15
"""What the innermost element around a heading holds, if it holds its text too."""
_LEVELS_OF_TEXT, _WEIGHT_OF_LEVEL = 5, 0.6
_MUCH_MORE = 1.5
_MAX_LEVELS_DEEPER = 2
_PART_TAGS = HEADING_TAGS | {"p", "li", "blockquote", "pre", "caption"}


def text_lines(page: Page, teasers: Teasers, heading_at: int | None) -> list[int]:
    """The numbers of the lines of the text below a heading, the last line of which is `heading_at`;
    of the whole page where it is None.

    Comments, cards and what the page repeats are none of it; nor is what stands in landmarks, or in
    elements named for what stands beside texts, where that is little.
    """
    lines = page.lines
    start = 0 if heading_at is None else heading_at + 1
    around = frozenset() if heading_at is None else frozenset(upwards(lines[heading_at].element))
    repeated = _repeated(lines)
    apart = _Inside(_is_apart, around)
    every = [
        at
        for at in range(start, len(lines))
        if _is_paragraph(lines[at])
        and lines[at].text not in repeated
        and not apart.hold(lines[at].element)
        and not teasers.contains(lines[at])
    ]
    beside = _Inside(_Beside(lines, every).is_one, around)
    own = [at for at in every if not beside.hold(lines[at].element)]
    if _characters(lines, own) < _FEW_CHARACTERS:
        own = every
    holder = _holder(page, own, heading_at)
    if holder is None:
        return []
    paragraphs = [at for at in own if _is_within(page, at, holder)]
    own = _without_deep(paragraphs, lines)
    known, in_boxes = set(own), set(paragraphs).difference(own)
    alike = _elements_alike(own, lines, holder)
    parents = {lines[at].element.getparent() for at in own}

    def belongs(at: int) -> bool:
        line = lines[at]
        return at in known or (
            at not in in_boxes
            and is_part(line, alike)
            and _is_within(page, at, holder)
            and (line.text not in repeated or line.element.getparent() in parents)
            and not apart.hold(line.element)
            and not beside.hold(line.element)
        )

    return [at for at in _extent(lines, own, start, alike) if belongs(at)]


def _elements_alike(
    own: list[int], lines: list[Line], holder: HtmlElement
) -> frozenset[HtmlElement]:
    """The elements that hold lines of the text themselves, the holder if it has several, and those
    beside with the same tag and class where the text has several of these.
    """
    direct = Counter(lines[at].element for at in own)
    kinds = Counter(_kind(one) for one in direct)
    siblings = (line.element for line in lines if kinds[_kind(line.element)] > 1)
    is_bare = len(direct) == 1 or direct[holder] > 1
    return frozenset(one for one in direct if one is not holder or is_bare).union(siblings)


def _kind(element: HtmlElement) -> tuple[object, ...]:
    return element.getparent(), element.tag, element.get("class")


def _extent(lines: list[Line], own: list[int], start: int, alike: frozenset[HtmlElement]) -> range:
    """The numbers from the first line beside the text's first paragraph, such as a subhead, to the
    last one of those right below it that stand beside or within its paragraphs: a signature, the
    last answer, a list.
    """
    elements = {lines[at].element for at in own}
    parents = {above.getparent() for one in elements for above in (one, _beside(one))}
    holder = lines[own[0]].element.getparent()
    before = range(start, own[0])
    first = next((at for at in before if lines[at].element.getparent() is holder), own[0])
    end = own[-1] + 1
    while end < len(lines) and (
        (one := lines[end].element) in alike
        or one.getparent() in parents
        or _beside(one).getparent() in parents
    ):
        end += 1
    return range(first, end)


def _beside(element: HtmlElement) -> HtmlElement:
    """The element that may stand beside paragraphs: of an item or a cell, its list or table; of
    the lines of a quotation, that.
    """
    if element.tag in CELL_TAGS or element.tag == "tr":
        return next(element.iterancestors("ul", "ol", "dl", "table"), element)
    parent = element.getparent()
    return parent if parent is not None and parent.tag == "blockquote" else element


def is_running_text(text: str) -> bool:
    """Whether a line is running text, in scripts with or without spaces."""
    return is_sentence(text) or len(_UNSPACED.findall(text)) >= _MIN_UNSPACED_LETTERS


def is_part(line: Line, alike: frozenset[HtmlElement] | set[HtmlElement] = frozenset()) -> bool:
    """Whether a line that is no paragraph may stand between those of a text: in an element for
    paragraphs, headings, items or cells, or in one that holds paragraphs itself.
    """
    element = line.element
    return (
        (element.tag in _PART_TAGS or element.tag in CELL_TAGS or element in alike)
        and (not line.is_link or line.text[-1] in ".!?")
        and line.text[-1] != "…"
        and line.landmark is None
    )


def _repeated(lines: list[Line]) -> set[str]:
    """The lines that stand in several places of a page, each within another element."""
    first: dict[str, HtmlElement | None] = {}
    found: set[str] = set()
    for line in lines:
        parent = line.element.getparent()
        if first.setdefault(line.text, parent) is not parent:
            found.add(line.text)
    return found


def _is_paragraph(line: Line) -> bool:
    return line.is_text and (line.words >= _MIN_WORDS or is_running_text(line.text))


def _is_within(page: Page, at: int, holder: HtmlElement) -> bool:
    return page.positions[holder] <= page.positions[page.lines[at].element] < page.end(holder)


def _characters(lines: list[Line], numbers: Iterable[int]) -> int:
    """How long lines are: in characters, since not all scripts part words."""
    return sum(len(lines[at].text) for at in numbers)


def _names(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def _is_apart(element: HtmlElement) -> bool:
    return element.tag in _TAGS_APART or _NAMES_APART.search(_names(element)) is not None


class _Inside:
    """Elements of a kind and what stands in them, but for those around a heading and the page's
    body. What was found out is kept.
    """

    def __init__(
        self, is_one: Callable[[HtmlElement], bool], around: frozenset[HtmlElement]
    ) -> None:
        self._is_one = is_one
        self._around = around
        self._known: dict[HtmlElement, bool] = {}

    def hold(self, element: HtmlElement) -> bool:
        """Whether an element is such a one, or stands in one."""
        passed: list[HtmlElement] = []
        found = False
        for above in upwards(element):
            if above in self._known:
                found = self._known[above]
                break
            if above in self._around or above.tag == "body":
                break
            passed.append(above)
            if self._is_one(above):
                found = True
                break
        self._known.update(dict.fromkeys(passed, found))
        return found


class _Beside:
    """Elements that stand beside a text by their tags or the words in their names, and hold little
    of it: each alone, and all with that word together.
    """

    def __init__(self, lines: list[Line], numbers: list[int]) -> None:
        self._held = _held(lines, numbers)
        self._most = _MOST_OF_TEXT * _characters(lines, numbers)
        self._named: Counter[str] = Counter()
        self._words: dict[HtmlElement, frozenset[str]] = {}
        for at in numbers:
            for word in self._words_around(lines[at].element):
                self._named[word] += len(lines[at].text)

    def is_one(self, element: HtmlElement) -> bool:
        """Whether an element is one of these."""
        if self._held[element] > self._most:
            return False
        return element.tag in _TAGS_BESIDE or any(
            self._named[word] <= self._most for word in _words_beside(element)
        )

    def _words_around(self, element: HtmlElement) -> frozenset[str]:
        passed: list[HtmlElement] = []
        found: frozenset[str] = frozenset()
        for above in upwards(element):
            if above in self._words:
                found = self._words[above]
                break
            passed.append(above)
        for above in reversed(passed):
            found |= _words_beside(above)
            self._words[above] = found
        return found


def _words_beside(element: HtmlElement) -> frozenset[str]:
    """The words in an element's names that say that it stands beside a text."""
    names = _names(element)
    return frozenset(map(str.lower, _NAMES_BESIDE.findall(names))) if names != " " else frozenset()


def _without_deep(own: list[int], lines: list[Line]) -> list[int]:
    """The lines without those that stand levels deeper than half of the text: in boxes of their
    own.
    """
    depths = {at: sum(1 for _ in lines[at].element.iterancestors()) for at in own}
    rest = _characters(lines, own) / 2
    for at in sorted(own, key=lambda at: depths[at]):
        rest -= len(lines[at].text)
        if rest <= 0:
            return [one for one in own if depths[one] <= depths[at] + _MAX_LEVELS_DEEPER]
    return own


def _held(lines: list[Line], numbers: Iterable[int]) -> Counter[HtmlElement]:
    """How many characters of the lines each element holds."""
    direct: Counter[HtmlElement] = Counter()
    for at in numbers:
        direct[lines[at].element] += len(lines[at].text)
    held: Counter[HtmlElement] = Counter()
    for element, count in direct.items():
        for above in upwards(element):
            held[above] += count
    return held


def _holder(page: Page, own: list[int], heading_at: int | None) -> HtmlElement | None:
    """The element that holds the most of the lines' text near below it, within the innermost one
    around the heading that holds its text too; or one around it that holds much more.
    """
    lines, held = page.lines, _held(page.lines, own)
    least = max(_MIN_CHARACTERS_OF_TEXT, _MIN_SHARE_OF_TEXT * _characters(lines, own))
    above = () if heading_at is None else upwards(lines[heading_at].element)
    scope = next((one for one in above if held[one] >= least), page.root)
    scores: dict[HtmlElement, float] = {}
    for at in own:
        if not _is_within(page, at, scope):
            continue
        element = lines[at].element
        weight = float(len(lines[at].text))
        first = 1 if element.tag in _PART_TAGS else 0
        for one in islice(upwards(element), first, first + _LEVELS_OF_TEXT):
            scores[one] = scores.get(one, 0) + weight
            weight *= _WEIGHT_OF_LEVEL
            if one is scope:
                break
    best = max(scores, key=lambda one: scores[one], default=None)
    if best is None:
        return None
    for wider in best.iterancestors():
        if best is scope or wider.tag == "html":
            break
        if held[wider] > held[best] * _MUCH_MORE:
            best = wider
    return best
