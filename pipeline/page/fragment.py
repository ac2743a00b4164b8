"""The text of a page's body as paragraphs, without what in its element is no text.

Figures of pictures are left out with their lines. What it takes the whole text to judge is cleaned
by BeautifulSoup: an element that is probably no text is cut out, unless it holds most of the
running text.
"""

import re
from collections.abc import Iterator
from functools import partial
from itertools import chain
from typing import Any

from bs4 import BeautifulSoup
from bs4.builder._lxml import LXMLTreeBuilder
from bs4.element import Tag
from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring, tostring

from pipeline.normalize.characters import clean_characters
from pipeline.page.furniture import text_lines
from pipeline.page.lines import BLOCK_TAGS, lines_of
from pipeline.page.page import Page

_TEXTLESS_TAGS = (
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "iframe",
    "object",
    "video",
    "audio",
)
_DOUBTFUL_TAGS = ("aside", "form", "nav", "footer")
_FIGURE_TAGS = ("figure", "figcaption")
_PICTURE_TAGS = ("img", "picture", "iframe", "video", "svg", "audio", "object", "embed")
_TEXT_IN_FIGURE_TAGS = ("table", "blockquote")
_PICTURE_CLASS = re.compile(r"img|image|photo|foto|picture|caption|media|gallery", re.IGNORECASE)
_MAX_CAPTION_WORDS = 40
_MAX_ASIDE_WORDS = 60


class _DeepTreeBuilder(LXMLTreeBuilder):
    """Parses elements at any depth.

    By default libxml2 drops what is nested deeper than 256 elements: the end of a long text whose
    `<span>` elements are never closed.
    """

    def default_parser(self, encoding: str | None) -> Any:  # noqa: ARG002 (the builder's own)
        return partial(etree.HTMLParser, huge_tree=True)


def element_paragraphs(
    page: Page, element: HtmlElement, cut: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """The paragraphs of an element of a page, as `fragment_paragraphs`."""
    in_figures = _in_figures(element)
    if _needs_cleaning(page, element, in_figures, cut):
        html = tostring(element, encoding="unicode", with_tail=False)
        return fragment_paragraphs(page, html, cut)
    lines = page.lines_of(element, rows_are_lines=True)
    shown = [line for line in lines if line.element not in in_figures]
    return tuple(line.text for line in text_lines(shown, page))


def _in_figures(element: HtmlElement) -> set[HtmlElement]:
    """The figures and captions in an element, with all in them."""
    found: set[HtmlElement] = set()
    for figure in element.iter(*_FIGURE_TAGS):
        if figure not in found:
            found.update(figure.iter())
    return found


def _needs_cleaning(
    page: Page, element: HtmlElement, in_figures: set[HtmlElement], cut: tuple[str, ...]
) -> bool:
    """Whether an element has more in it than text, figures of pictures, and what no line has
    anyway.
    """
    if element in in_figures or any(one.tag in _TEXT_IN_FIGURE_TAGS for one in in_figures):
        return True
    doubtful = chain(
        element.iter(*_DOUBTFUL_TAGS),
        (
            one
            for one in page.elements(*cut, "[class*=caption]")
            if one is element or element in one.iterancestors()
        ),
        _picture_holders(element),
    )
    return any(one not in in_figures for one in doubtful)


def _picture_holders(element: HtmlElement) -> Iterator[HtmlElement]:
    """The blocks around pictures that are made for one by their class."""
    for picture in element.iter("img"):
        holder = next((one for one in picture.iterancestors() if one.tag in BLOCK_TAGS), None)
        if holder is not None and _PICTURE_CLASS.search(holder.get("class", "")):
            yield holder


def fragment_paragraphs(page: Page, html: str, cut: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The paragraphs of a fragment of a page's HTML. Headings, list items, quotations and rows of
    tables are paragraphs of their own.

    Left out are pictures with their captions, players, forms, furniture, and what the CSS selectors
    in `cut` name.
    """
    cleaned = str(_cleaned(html, cut))
    if not cleaned.strip():
        return ()
    root = document_fromstring(f"<html><body>{cleaned}", parser=HTMLParser(huge_tree=True))
    lines = lines_of(root, rows_are_lines=True)
    return tuple(line.text for line in text_lines(lines, page))


def _cleaned(html: str, cut: tuple[str, ...]) -> Tag:
    soup = BeautifulSoup(f"<html><body>{clean_characters(html)}", builder=_DeepTreeBuilder())
    body = soup.body or soup
    whole = [child for child in body.children if isinstance(child, Tag) or str(child).strip()]
    root = whole[0] if len(whole) == 1 else body
    for textless in body.find_all(list(_TEXTLESS_TAGS)):
        if not textless.decomposed:
            textless.decompose()
    half_of_text = _running_words(body) / 2
    doubtful = [
        *(soup.select(", ".join(cut)) if cut else []),
        *(
            one
            for one in body.find_all(["aside", "form"])
            if _running_words(one) <= _MAX_ASIDE_WORDS
        ),
    ]
    certain = [
        *body.find_all(["nav", "button", "select"]),
        *(
            part
            for part in body.find_all(["figure", "figcaption", "footer"])
            if not _is_text_figure(part)
        ),
        *_captions(body),
    ]
    unwanted = [part for part in doubtful if _running_words(part) <= half_of_text] + certain
    for part in unwanted:
        if not (part.decomposed or part is root or part is body):
            part.clear(decompose=True)  # its place stays: it parts what stands around it
    return body


def _running_words(element: Tag) -> int:
    """Number of words outside links."""
    linked = sum(len(link.get_text(" ").split()) for link in element.find_all("a"))
    return len(element.get_text(" ").split()) - linked


def _is_text_figure(element: Tag) -> bool:
    """Whether an element is part of the text: a figure of a table or quotation without picture,
    its caption, or a quotation's footer.
    """
    if element.name == "footer":
        return element.find_parent("blockquote") is not None
    figure = element if element.name == "figure" else element.find_parent("figure")
    return (
        figure is not None
        and figure.find(list(_TEXT_IN_FIGURE_TAGS)) is not None
        and figure.find(list(_PICTURE_TAGS)) is None
    )


def _captions(body: Tag) -> list[Tag]:
    """Elements that by their class are a caption, or a picture with its caption."""
    found = body.select("[class*=caption]")
    for picture in body.find_all("img"):
        holder = picture.find_parent(list(BLOCK_TAGS))
        if holder is not None and _PICTURE_CLASS.search(" ".join(holder.get("class") or [])):
            found.append(holder)
    return [one for one in found if _running_words(one) <= _MAX_CAPTION_WORDS]
