"""A page as the lines that a reader sees: its text cut at block elements, in order."""

import re
from dataclasses import dataclass

from lxml.html import HtmlElement

BLOCK_TAGS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
"""Elements that begin a new line (HTML Standard, 15.3.3 and 15.3.5)."""

HEADING_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

UNSEEN_TAGS = frozenset(
    [
        "audio",
        "button",
        "canvas",
        "datalist",
        "embed",
        "head",
        "iframe",
        "input",
        "math",
        "meta",
        "link",
        "noscript",
        "object",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
        "title",
        "video",
    ]
)
"""Elements whose text a reader of the page does not see as text."""

_APART = frozenset({"nav", "footer", "aside", "figure", "figcaption", "form"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_SENTENCE_END = re.compile(r"[.!?…:;»\"”)\]]\s*$")
_DEEPEST = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One line of a page."""

    text: str
    """White space folded; never empty."""
    element: HtmlElement
    """The nearest block element around the line."""
    near: HtmlElement
    """The element that the line's first text stands in, or right after."""
    apart: str | None
    """The tag of the nearest element around it that stands apart from the running text
    (nav, footer, aside, figure, form), if any."""
    link_share: float
    """The share of the line's characters that are links."""

    @property
    def words(self) -> int:
        """Number of words."""
        return len(self.text.split())


def blocks(root: HtmlElement) -> list[Block]:
    """The lines of a page or a part of it, in document order.

    Two successive line breaks end a line; so does a single one after the end of a sentence.
    """
    walk = _Walk()
    walk.into(root, None, False, 0)
    walk.end_line()
    return walk.lines


class _Walk:
    """Collects text up to the next edge of a block element."""

    def __init__(self) -> None:
        self.lines: list[Block] = []
        self._text: list[tuple[str, bool]] = []
        self._at: tuple[HtmlElement, HtmlElement, str | None] | None = None

    def into(self, element: HtmlElement, apart: str | None, in_link: bool, depth: int) -> None:
        tag = element.tag
        if not isinstance(tag, str) or tag in UNSEEN_TAGS or _is_hidden(element):
            return
        is_block = tag in BLOCK_TAGS or _is_lone_time(element)
        if is_block:
            self.end_line()
        apart = tag if tag in _APART else apart
        in_link = in_link or tag == "a"
        if tag == "br":
            self._break(element)
        self._add(element.text, element, element, apart, in_link)
        for child in element:
            if depth < _DEEPEST:
                self.into(child, apart, in_link, depth + 1)
            self._add(child.tail, element, child, apart, in_link)
        if is_block:
            self.end_line()

    def _add(
        self,
        text: str | None,
        element: HtmlElement,
        near: HtmlElement,
        apart: str | None,
        link: bool,
    ) -> None:
        if not text:
            return
        if self._at is None and text.strip():
            self._at = (element, near, apart)
        self._text.append((text, link))

    def _break(self, element: HtmlElement) -> None:
        so_far = "".join(text for text, _ in self._text)
        ends = so_far.rstrip(" ").endswith("\n\v") or _SENTENCE_END.search(so_far)
        if ends and _nearest_block(element).tag not in HEADING_TAGS:
            self.end_line()
        else:
            self._text.append(("\n\v", False))

    def end_line(self) -> None:
        text = _SPACE.sub(" ", "".join(part for part, _ in self._text)).strip()
        if text and self._at:
            linked = sum(len(part.strip()) for part, link in self._text if link)
            element, near, apart = self._at
            self.lines.append(
                Block(
                    text=text,
                    element=_nearest_block(element),
                    near=near,
                    apart=apart,
                    link_share=min(1.0, linked / len(text)),
                )
            )
        self._text = []
        self._at = None


def _nearest_block(element: HtmlElement) -> HtmlElement:
    while element.tag not in BLOCK_TAGS:
        parent = element.getparent()
        if parent is None:
            break
        element = parent
    return element


def _is_lone_time(element: HtmlElement) -> bool:
    """A `<time>` outside running text: a line of its own, whatever stands beside it."""
    parent = element.getparent()
    return element.tag == "time" and (parent is None or parent.tag not in ("p", "li", "td"))


def _is_hidden(element: HtmlElement) -> bool:
    return "hidden" in element.attrib or bool(_HIDDEN.search(element.get("style", "")))
