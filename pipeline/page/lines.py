"""A page as the lines that a reader sees: its text cut at block elements, in order."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement

from pipeline.normalize.characters import one_line

BLOCK_TAGS = frozenset([
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
    "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1",
    "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "main",
    "menu", "nav", "ol", "option", "p", "pre", "section", "summary", "table", "tbody", "td",
    "tfoot", "th", "thead", "tr", "ul",
])  # fmt: skip
"""Elements that begin a new line (HTML Standard, 15.3.3 and 15.3.5)."""

BLOCK_TAGS_WITHOUT_CELLS = BLOCK_TAGS - {"td", "th"}
"""The same where a table's row is one line."""

HEADING_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

INVISIBLE_TAGS = frozenset([
    "audio", "button", "canvas", "datalist", "embed", "head", "iframe", "input", "math", "meta",
    "link", "noscript", "object", "script", "select", "style", "svg", "template", "textarea",
    "title", "video",
])  # fmt: skip
"""Elements whose text a reader of the page does not see as text."""

_UNSEEN_TAGS = INVISIBLE_TAGS | {etree.Comment, etree.ProcessingInstruction, etree.Entity}
"""The same, and what lxml has for the tag of a node that is no element."""

LANDMARK_TAGS = frozenset({"nav", "footer", "aside", "figure", "figcaption"})
"""Elements that stand apart from the running text (HTML Standard, 4.3 and 4.4)."""

OUTSIDE_ARTICLE_TAGS = frozenset({"nav", "footer", "aside"})
"""Those of them that are no part of an article."""

_MARKING_TAGS = frozenset([
    "abbr", "b", "bdi", "bdo", "big", "br", "cite", "code", "del", "dfn", "em", "font", "i", "img",
    "ins", "kbd", "mark", "q", "s", "samp", "strike", "strong", "sub", "sup", "tt", "u", "var",
    "wbr",
])  # fmt: skip
"""Elements that may begin or end amid a word, to set letters off."""
_CELL_TAGS = BLOCK_TAGS - BLOCK_TAGS_WITHOUT_CELLS
_AGE = r"(?:0|6|12|16|18|21)\+"
_BEFORE = re.compile(
    rf"(?P<age>(?<!\d){_AGE})$|(?P<number>\d)$|(?P<word>[^\W\d_]+)(?P<end>[.!?…:»”\")]*)$"
)
_AFTER = re.compile(rf"(?P<age>{_AGE})|(?P<number>\d)|(?P<word>[^\W\d_]+)")
_MIN_WORD, _MIN_LABEL = 4, 3
_MAX_WORD = 40

_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?:[.!?…][»\"”’)\]]*|[:;])\s*$")
_OPENS_LINE = re.compile(r"\s*(?:[•●▪◦‣]|\d{1,2}\.\d{1,2}\.(?:19|20)\d\d\b)")
_MAX_ENDING_CHARACTERS = 100
"""So many of a line's last ones say how it ends; more are no date or number."""
_FIGURES_ALONE = re.compile(r"\s*(?:\d{1,2}\.\d{1,2}\.(?:19|20)\d\d)?[\s\d]*$")


class Line(NamedTuple):
    """One line of a page; a tuple, for pages have many and these are made the quickest."""

    text: str
    """In the form of `one_line`; never empty."""
    words: int
    """Number of words."""
    outside_links: str
    """The part of the text that is no link, in the same form."""
    element: HtmlElement
    """The nearest block element around the line."""
    inside: HtmlElement
    """The element that the line's first text stands in."""
    near: HtmlElement
    """The same element, or its child right before that text: the line's place in document order."""
    landmark: str | None
    """The tag of the innermost nav, footer, aside, figure or figcaption around the line, if any."""
    text_links: tuple[HtmlElement, ...]
    """The `<a>` elements that some of its text stands in, in order."""

    @property
    def link_share(self) -> float:
        """The share of the line's characters that are links, from 0 to 1."""
        return 1 - len(self.outside_links) / len(self.text)

    @property
    def is_text(self) -> bool:
        """Whether less than half of it is a link."""
        return 2 * len(self.outside_links) > len(self.text)

    @property
    def is_link(self) -> bool:
        """Whether more than four fifths of it are a link."""
        return 5 * len(self.outside_links) < len(self.text)

    @property
    def is_outside_article(self) -> bool:
        """Whether it stands in navigation, a footer or an aside."""
        return self.landmark in OUTSIDE_ARTICLE_TAGS

    @property
    def links(self) -> list[HtmlElement]:
        """The `<a>` elements around the line, then those in its block element."""
        return [*self.inside.iterancestors("a"), *self.element.iter("a")]

    def is_inside(self, element: HtmlElement) -> bool:
        """Whether the line is a part of an element."""
        return self.element is element or element in self.element.iterancestors()


def lines_of(root: HtmlElement, *, rows_are_lines: bool = False) -> list[Line]:
    """The lines of a page or a part of it, in document order.

    Two successive `<br>` end a line. A single one ends it after the end of a sentence, after a
    date or number that stands alone, before a date or a bullet, and between a link and other
    text. With `rows_are_lines` a table's row is one line, otherwise each cell is one.
    """
    return Walk(root, BLOCK_TAGS_WITHOUT_CELLS if rows_are_lines else BLOCK_TAGS).lines


def has_line(root: HtmlElement) -> bool:
    """Whether an element has any line."""
    walk = etree.iterwalk(root, events=("start", "comment", "pi"))
    for event, element in walk:
        if event == "start" and _is_invisible(element):
            walk.skip_subtree()
        elif event == "start" and element.text and one_line(element.text):
            return True
        tail = element.tail if element is not root else None
        if tail and one_line(tail):
            return True
    return False


def lines_text(element: HtmlElement) -> str:
    """The text of all of an element's lines, joined by spaces."""
    if not len(element) and isinstance(element.tag, str) and not _is_invisible(element):
        return one_line(element.text or "")
    return " ".join(line.text for line in lines_of(element))


def text_up_to(element: HtmlElement, limit: int) -> str:
    """An element's text; of one that is longer than the limit, a beginning that is too."""
    parts: list[str] = []
    for part in element.itertext():
        parts.append(part)
        limit -= letters_in(part)
        if limit < 0:
            break
    return one_line("".join(parts))


def letters_in(text: str) -> int:
    """How many characters a text has that are no white space."""
    line = one_line(text)
    return len(line) - line.count(" ")


def texts_from(line: Line) -> Iterator[tuple[HtmlElement, str]]:
    """The texts of a line's block element from the line's first on, each with the element that it
    stands in.
    """
    element, is_before = line.near, line.near is line.inside
    while True:
        if is_before and not _is_invisible(element):
            yield element, element.text or ""
            if len(element):
                element = element[0]
                continue
        if element is line.element or (parent := element.getparent()) is None:
            return
        yield parent, element.tail or ""
        after = element.getnext()
        element, is_before = (parent, False) if after is None else (after, True)


_new_tuple = tuple.__new__
"""Makes a `Line` of a tuple; its own call, which is not in C, takes twice as long."""
_Text = tuple[str, HtmlElement, HtmlElement, HtmlElement, HtmlElement | None, int, int]
"""A text, the element that it stands in, that element or its child before it, the block and the
link around, the `<br>` since the text before, and how many texts there were so far that are no
white space. A plain tuple, for it is made the quickest.
"""


class Walk:
    """One walk over a tree, which collects its lines."""

    def __init__(self, root: HtmlElement, block_tags: frozenset[str] = BLOCK_TAGS) -> None:
        self.lines: list[Line] = []
        self._in_lines: list[tuple[int, int]] = []
        """How many texts there were, without those of white space, up to each line and its end."""
        self._in_elements: dict[HtmlElement, tuple[int, int]] = {}
        """The same of the elements that have no link and no landmark around."""
        self._over(root, block_tags)

    def lines_of(self, element: HtmlElement) -> list[Line] | None:
        """The lines that a walk over an element alone would give, where they are some of these."""
        if element not in self._in_elements:
            return None
        start, end = self._in_elements[element]
        first, after = bisect_left(self._in_lines, (start,)), bisect_left(self._in_lines, (end,))
        is_begun = first > 0 and self._in_lines[first - 1][1] > start
        goes_on = after > 0 and self._in_lines[after - 1][1] > end
        return None if is_begun or goes_on else self.lines[first:after]

    def _over(  # noqa: C901, PLR0912, PLR0915 (here calls would cost more than what they do)
        self, root: HtmlElement, block_tags: frozenset[str]
    ) -> None:
        """Collect texts into a line up to the next edge of a block element; without recursion, for
        pages may be nested deeply.
        """
        texts: list[_Text] = []  # of the line that has not ended
        count = 0
        breaks = 0  # since the last text that was not white space
        is_apart = False  # whether an element that is no mark of letters began or ended since
        block = _nearest_block(root)
        landmark: str | None = None
        link: HtmlElement | None = None
        around: list[tuple[HtmlElement, str | None, HtmlElement | None, int]] = []
        element, inside, is_start = root, root, True
        while True:
            tag = element.tag
            if is_start and (
                tag in _UNSEEN_TAGS
                or (
                    (names := element.keys())
                    and ("hidden" in names or "style" in names)
                    and is_hidden(element)
                )
            ):
                is_start = False  # all that is seen is the text behind
            else:
                if tag in block_tags or (tag == "time" and _is_lone_time(element)):
                    if texts:
                        self._add_lines(texts, landmark)
                        texts = []
                    breaks = 0
                elif tag == "br":
                    breaks += is_start
                elif tag not in _MARKING_TAGS:
                    is_apart = True
                    if tag in _CELL_TAGS and not is_start and texts and not breaks:
                        texts.append((" ", element, element, block, None, 0, count))
                if is_start:
                    around.append((block, landmark, link, count))
                    if tag in BLOCK_TAGS:
                        block = element
                        if tag in LANDMARK_TAGS:
                            landmark = tag
                    elif tag == "a" and _is_closed(element):
                        link = element
                else:
                    block, landmark, link, start = around.pop()
                    if link is None and landmark is None:
                        self._in_elements[element] = (start, count)
            if is_start:
                text, inside = element.text, element
            elif element is root or (parent := element.getparent()) is None:
                break
            else:
                text, inside = element.tail, parent
            if text and not text.isspace():
                if (
                    texts
                    and not breaks
                    and text[0].isalnum()
                    and not texts[-1][0][-1].isspace()
                    and _is_word_apart(texts, text, is_apart=is_apart)
                ):
                    text = f" {text}"
                count += 1
                texts.append((text, inside, element, block, link, breaks, count))
                breaks, is_apart = 0, False
            elif text and texts and not breaks:
                texts.append((text, inside, element, block, link, 0, count))
                is_apart = False
            if is_start:
                if len(element):
                    element = element[0]
                else:
                    is_start = False
            elif (following := element.getnext()) is None:
                element = inside
            else:
                element, is_start = following, True
        if texts:
            self._add_lines(texts, landmark)

    def _add_lines(self, texts: list[_Text], landmark: str | None) -> None:
        """Add the lines of the texts between two edges of block elements."""
        for line in _cut(texts) if len(texts) > 1 else (texts,):
            text, inside, near, block, link, _, count = line[0]
            if len(line) > 1:
                text, outside_links, links = _joined(line)
            elif link is None:
                text = outside_links = one_line(text)
                links = ()
            else:
                text, outside_links, links = one_line(text), "", (link,)
            if text:
                words = text.count(" ") + 1
                self.lines.append(
                    _new_tuple(
                        Line, (text, words, outside_links, block, inside, near, landmark, links)
                    )
                )
                self._in_lines.append((count - 1, line[-1][-1]))


def _is_closed(link: HtmlElement) -> bool:
    """Whether a link has an end: in one without, the next link stands."""
    return not len(link) or next(link.iterdescendants("a"), None) is None


def _joined(texts: list[_Text]) -> tuple[str, str, tuple[HtmlElement, ...]]:
    """The text of a line, that outside links, and the links."""
    text = one_line("".join([one[0] for one in texts]))
    shown = [one[4] for one in texts if one[4] is not None and not one[0].isspace()]
    if not shown:
        return text, text, ()
    outside = one_line("".join([one[0] if one[4] is None else " " for one in texts]))
    return text, outside, tuple(dict.fromkeys(shown))


def _is_word_apart(texts: list[_Text], after: str, *, is_apart: bool) -> bool:
    """Whether a text begins another word than that with which the ones before end; `is_apart` where
    an element that is no mark of letters begins or ends between.
    """
    last = texts[-1][0]
    if not (is_apart or last[-1] == "+" or "+" in after[:3]):
        return False
    before = ""
    for text, *_, breaks, _ in reversed(texts[-3:]):
        before = text[-_MAX_WORD:] + before
        if breaks:
            break
    return _are_two_words(before[-_MAX_WORD:], after[:_MAX_WORD], is_apart=is_apart)


def _are_two_words(before: str, after: str, *, is_apart: bool) -> bool:
    """Whether texts that adjoin where an inline element begins or ends are two words: an age mark
    beside a word, or, if they are `is_apart`, a label beside a text, such as «Политика» and
    «Обновлено». A single capital is no word, for a text may begin with a large one; and names such
    as "iPhone" have their capital inside.
    """
    left, right = _BEFORE.search(before), _AFTER.match(after)
    if left is None or right is None:
        return False
    first, last = left["word"] or "", right["word"] or ""
    if left["age"] or right["age"]:
        return len(first or last) >= _MIN_LABEL and not left["end"]
    if not is_apart:
        return False
    is_word = len(first) >= _MIN_WORD and first[-1].islower()
    if right["number"]:
        return is_word
    begins_word = last[:1].isupper() and (last[1:2].islower() or len(last) >= _MIN_LABEL)
    is_label = len(first) >= _MIN_LABEL and first.isupper() and last[1:2].islower()
    return begins_word and (is_word or is_label or bool(left["number"]))


def _cut(texts: list[_Text]) -> list[list[_Text]]:
    """The texts, cut at the `<br>` that end a line."""
    starts = [at for at, text in enumerate(texts) if text[5] and at > 0]
    if not starts:
        return [texts]
    segments = [texts[start:end] for start, end in pairwise([0, *starts, len(texts)])]
    lines, was_link = segments[:1], _is_link(segments[0])
    for segment in segments[1:]:
        is_link = _is_link(segment)
        if _break_parts(lines[-1], segment, differ=is_link != was_link):
            lines.append(segment)
            was_link = is_link
        else:
            lines[-1] += ((" ", *segment[0][1:]), *segment)
            was_link = was_link and is_link
    return lines


def _is_link(texts: list[_Text]) -> bool:
    return all(link is not None or text.isspace() for text, _, _, _, link, *_ in texts)


def _break_parts(before: list[_Text], after: list[_Text], *, differ: bool) -> bool:
    """Whether `<br>` between texts end a line, rather than only break one; `differ` where only one
    side is a link.
    """
    _, _, _, block, _, breaks, _ = after[0]
    if breaks > 1 and block.tag not in HEADING_TAGS:
        return True
    if before[0][3].tag in HEADING_TAGS:
        return False
    text = "".join([one[0] for one in after])
    return differ or _ends_line(before) or bool(_OPENS_LINE.match(text))


def _ends_line(texts: list[_Text]) -> bool:
    """Whether texts end with a sentence, or are a date or number alone."""
    ending: list[str] = []
    length = 0
    for text, *_ in reversed(texts):
        ending.append(text if ending else text.rstrip())
        length += len(ending[-1])
        if length > _MAX_ENDING_CHARACTERS:
            break
    text = "".join(reversed(ending))[-_MAX_ENDING_CHARACTERS - 1 :]
    return bool(_SENTENCE_END.search(text)) or (
        length <= _MAX_ENDING_CHARACTERS and bool(_FIGURES_ALONE.match(text))
    )


def _nearest_block(element: HtmlElement) -> HtmlElement:
    while element.tag not in BLOCK_TAGS:
        parent = element.getparent()
        if parent is None:
            break
        element = parent
    return element


def _is_lone_time(element: HtmlElement) -> bool:
    """Whether a `<time>` stands outside running text: then it is a line of its own."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return True
    if parent.tag in ("p", "li", "td"):
        return False
    text, tail = parent.text if before is None else before.tail, element.tail
    return len((text or "").split()) < 2 and len((tail or "").split()) < 2


def is_shown(element: HtmlElement) -> bool:
    """Whether neither an element nor those around it are hidden."""
    return not any(map(_is_invisible, (element, *element.iterancestors())))


def _is_invisible(element: HtmlElement) -> bool:
    return element.tag in _UNSEEN_TAGS or is_hidden(element)


def is_hidden(element: HtmlElement) -> bool:
    """Whether an element's own attributes hide it."""
    get = element.get
    return get("hidden") is not None or bool((style := get("style")) and _HIDDEN.search(style))
