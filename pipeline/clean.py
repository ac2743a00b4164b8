"""The body's fragment of a page, cleaned by BeautifulSoup into paragraphs."""

import re

from bs4 import BeautifulSoup
from bs4.element import Tag

from pipeline.blocks import BLOCK_TAGS, HEADING_TAGS
from pipeline.text import one_line

_NO_TEXT = [
    "script",
    "style",
    "noscript",
    "template",
    "iframe",
    "figure",
    "figcaption",
    "form",
    "button",
    "select",
    "svg",
    "nav",
    "aside",
    "footer",
    "video",
    "audio",
    "object",
    "embed",
    "ins",
]
_READ_ALSO = re.compile(
    r"^\W*(?:читайте также|читайте по теме|по теме|смотрите также|также по теме|материалы по теме|"
    r"тағы оқыңыз|сондай-ақ оқыңыз|read also|see also|related)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?…:;»\"”)\]]\s*$")
_EDGE = "\x1e"
_LINK_START, _LINK_END = "\x02", "\x03"


def fragment_paragraphs(html: str, cut: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The paragraphs of a fragment: headings, list items, quotations and table rows are
    paragraphs of their own. Pictures with their captions, players, forms, lines of hashtags and
    links to related pieces are left out; `cut` names more by CSS selectors.
    """
    soup = BeautifulSoup(html, "lxml")
    for unwanted in [*soup.find_all(_NO_TEXT), *(soup.select(", ".join(cut)) if cut else [])]:
        if not unwanted.decomposed:
            unwanted.decompose()
    for hidden in soup.select("[hidden], [style*='display:none'], [style*='display: none']"):
        if not hidden.decomposed:
            hidden.decompose()
    _mark_edges(soup)
    lines = (_Line(text) for text in soup.get_text().split(_EDGE))
    return tuple(_kept([line for line in lines if line.text]))


class _Line:
    """One line of the fragment, and whether all of it is a link."""

    def __init__(self, marked: str) -> None:
        outside = re.sub(f"{_LINK_START}.*?{_LINK_END}", "", marked, flags=re.DOTALL)
        self.text = one_line(marked)
        self.is_link = bool(self.text) and not one_line(outside)


def _kept(lines: list[_Line]) -> list[str]:
    kept: list[str] = []
    related = False
    for line in lines:
        if _READ_ALSO.match(line.text):
            related = True
            continue
        related = related and line.is_link
        if related or re.match(r"^(?:#\w+[\s,]*)+$", line.text):
            continue
        kept.append(line.text)
    return kept


def _mark_edges(soup: BeautifulSoup) -> None:
    """Write the edges of lines and links into the text itself."""
    for line_break in soup.find_all("br"):
        line_break.replace_with(_break_mark(line_break))
    for cell in soup.find_all(["td", "th"]):
        cell.insert_after(" ")
    for element in soup.find_all([*(BLOCK_TAGS - {"td", "th"})]):
        element.insert_before(_EDGE)
        element.insert_after(_EDGE)
    for link in soup.find_all("a"):
        link.insert(0, _LINK_START)
        link.append(_LINK_END)


def _break_mark(line_break: Tag) -> str:
    """Two breaks in a row end a paragraph; so does one after the end of a sentence."""
    before = line_break.previous_sibling
    while before is not None and isinstance(before, str) and not before.strip():
        before = before.previous_sibling
    heading = line_break.find_parent(list(HEADING_TAGS))
    text = before.get_text() if isinstance(before, Tag) else str(before or "")
    after_break = text.endswith(("\n", _EDGE)) or before is None
    if heading is None and (after_break or _SENTENCE_END.search(text)):
        return _EDGE
    return "\n"
