"""A page as the lines that a reader sees: its text cut at block elements, in order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

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

LANDMARK_TAGS = frozenset({"nav", "footer", "aside", "figure", "figcaption"})
"""Elements that stand apart from the running text (HTML Standard, 4.3 and 4.4)."""

OUTSIDE_ARTICLE_TAGS = frozenset({"nav", "footer", "aside"})
"""Those of them that are no part of an article."""

_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?:[.!?…][»\"”’)\]]*|[:;])\s*$")
_OPENS_LINE = re.compile(r"\s*(?:[•●▪◦‣]|\d{1,2}\.\d{1,2}\.(?:19|20)\d\d\b)")
_MAX_ENDING_CHARACTERS = 100
"""So many of a line's last ones say how it ends; more are no date or number."""
_FIGURES_ALONE = re.compile(r"\s*(?:\d{1,2}\.\d{1,2}\.(?:19|20)\d\d)?[\s\d]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a page."""

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
        return self.link_share < 0.5

    @property
    def is_link(self) -> bool:
        """Whether nearly all of it is a link."""
        return self.link_share > 0.8

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
    walk = _Walk(BLOCK_TAGS_WITHOUT_CELLS if rows_are_lines else BLOCK_TAGS)
    walk.over(root)
    return walk.lines


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
        if is_before and isinstance(element.tag, str) and not _is_invisible(element):
            yield element, element.text or ""
            if len(element):
                element = element[0]
                continue
        if element is line.element or (parent := element.getparent()) is None:
            return
        yield parent, element.tail or ""
        after = element.getnext()
        element, is_before = (parent, False) if after is None else (after, True)


@dataclass(slots=True)
class _Segment:
    """Text between two line breaks."""

    element: HtmlElement
    near: HtmlElement
    landmark: str | None
    texts: list[str] = field(default_factory=list)
    """Joined once only, since a line may have any number of them."""
    outside_links: list[str] = field(default_factory=list)
    """The same with a space for each text in a link."""
    is_link: bool = True
    """Whether all of it is a link."""
    links: list[HtmlElement] = field(default_factory=list)

    def add(self, text: str, link: HtmlElement | None) -> None:
        """Put text after this one's, from inside a link or not."""
        self.texts.append(text)
        self.outside_links.append(text if link is None else " ")
        if text.isspace():
            return
        if link is None:
            self.is_link = False
        elif link not in self.links[-1:]:
            self.links.append(link)

    def append(self, other: "_Segment") -> None:
        """Put the text of another segment after this one's."""
        self.texts += (" ", *other.texts)
        self.outside_links += (" ", *other.outside_links)
        self.is_link = self.is_link and other.is_link
        self.links += other.links

    def ends_line(self) -> bool:
        """Whether it ends with a sentence, or is a date or number alone."""
        ending: list[str] = []
        length = 0
        for text in reversed(self.texts):
            ending.append(text if ending else text.rstrip())
            length += len(ending[-1])
            if length > _MAX_ENDING_CHARACTERS:
                break
        text = "".join(reversed(ending))[-_MAX_ENDING_CHARACTERS - 1 :]
        return bool(_SENTENCE_END.search(text)) or (
            length <= _MAX_ENDING_CHARACTERS and bool(_FIGURES_ALONE.match(text))
        )


class _Walk:
    """One walk over a tree: collects text into a line up to the next edge of a block element."""

    def __init__(self, block_tags: frozenset[str]) -> None:
        self.lines: list[Line] = []
        self._block_tags = block_tags
        self._segments: list[_Segment] = []
        self._breaks = 0
        """Number of `<br>` since the last text that was not white space."""
        self._landmarks: list[str] = []
        self._links: list[HtmlElement] = []
        """The links around the place where the walk is."""

    def over(self, root: HtmlElement) -> None:
        """Collect the lines of a tree, without recursion: pages may be nested deeply."""
        walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        unseen: HtmlElement | None = None
        for event, element in walk:
            if event == "start":
                if unseen is not None:
                    continue
                if _is_invisible(element):
                    unseen = element
                    walk.skip_subtree()
                else:
                    self._enter(element)
                continue
            if event == "end":
                if unseen is None:
                    self._leave(element)
                elif element is unseen:
                    unseen = None
            tail = element.tail
            if tail and element is not root and (parent := element.getparent()) is not None:
                self._add(tail, parent, element)
        self._end_line()

    def _enter(self, element: HtmlElement) -> None:
        tag = element.tag
        if tag in self._block_tags:
            self._end_line()
            if tag in LANDMARK_TAGS:
                self._landmarks.append(tag)
        elif tag == "a":
            if element.find(".//a") is None:  # else it was never closed
                self._links.append(element)
        elif tag == "br":
            self._breaks += 1
        elif tag == "time" and _is_lone_time(element):
            self._end_line()
        if text := element.text:
            self._add(text, element, element)

    def _leave(self, element: HtmlElement) -> None:
        tag = element.tag
        if tag in self._block_tags:
            self._end_line()
            if tag in LANDMARK_TAGS:
                self._landmarks.pop()
        elif tag == "a":
            if element in self._links[-1:]:
                self._links.pop()
        elif tag in ("td", "th"):
            self._add(" ", element, element)
        elif tag == "time" and _is_lone_time(element):
            self._end_line()

    def _add(self, text: str, element: HtmlElement, near: HtmlElement) -> None:
        if not text.isspace():
            if self._breaks > 1 and _nearest_block(element).tag not in HEADING_TAGS:
                self._end_line()
            if self._breaks or not self._segments:
                landmark = self._landmarks[-1] if self._landmarks else None
                self._segments.append(_Segment(element, near, landmark))
            self._breaks = 0
        if self._segments and not self._breaks:
            self._segments[-1].add(text, self._links[-1] if self._links else None)

    def _end_line(self) -> None:
        self._breaks = 0
        if not self._segments:
            return
        lines: list[_Segment] = self._segments[:1]
        for segment in self._segments[1:]:
            if _break_parts(lines[-1], segment):
                lines.append(segment)
            else:
                lines[-1].append(segment)
        self.lines += [line for found in lines if (line := _line(found)) is not None]
        self._segments = []


def _break_parts(before: _Segment, after: _Segment) -> bool:
    """Whether a single `<br>` ends a line, rather than only breaks one."""
    if _nearest_block(before.element).tag in HEADING_TAGS:
        return False
    return (
        before.ends_line()
        or bool(_OPENS_LINE.match("".join(after.texts)))
        or before.is_link != after.is_link
    )


def _line(segment: _Segment) -> Line | None:
    text = one_line("".join(segment.texts))
    if not text:
        return None
    return Line(
        text=text,
        outside_links=one_line("".join(segment.outside_links)) if segment.links else text,
        words=text.count(" ") + 1,
        element=_nearest_block(segment.element),
        inside=segment.element,
        near=segment.near,
        landmark=segment.landmark,
        text_links=tuple(dict.fromkeys(segment.links)),
    )


def _nearest_block(element: HtmlElement) -> HtmlElement:
    while element.tag not in BLOCK_TAGS:
        parent = element.getparent()
        if parent is None:
            break
        element = parent
    return element


def _is_lone_time(element: HtmlElement) -> bool:
    """Whether an element is a `<time>` outside running text: then it is a line of its own."""
    if element.tag != "time":
        return False
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return True
    beside = (parent.text if before is None else before.tail, element.tail)
    return parent.tag not in ("p", "li", "td") and not any(
        len(text.split()) >= 2 for text in beside if text
    )


def is_shown(element: HtmlElement) -> bool:
    """Whether neither an element nor those around it are hidden."""
    return not any(map(_is_invisible, (element, *element.iterancestors())))


def _is_invisible(element: HtmlElement) -> bool:
    return element.tag in INVISIBLE_TAGS or is_hidden(element)


def is_hidden(element: HtmlElement) -> bool:
    """Whether an element's own attributes hide it."""
    style = element.get("style")
    return element.get("hidden") is not None or bool(style and _HIDDEN.search(style))
