"""The text of a page's body as paragraphs, without what in its element is no text.

Figures of pictures are left out with their lines. What it takes the whole text to judge is cleaned
by BeautifulSoup: an element that is probably no text is cut out, unless it holds most of the
running text.
"""

import re
from collections.abc import Iterator
from functools import partial
from itertools import chain, islice
from typing import Any

from bs4 import BeautifulSoup
from bs4.builder._lxml import LXMLTreeBuilder
from bs4.element import Tag
from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring, tostring

from pipeline.normalize.characters import clean_characters
from pipeline.normalize.credits import ends_in_credit
from pipeline.page.furniture import is_named_caption, text_lines
from pipeline.page.lines import BLOCK_TAGS, HEADING_TAGS, Line, lines_of, text_up_to
from pipeline.page.page import Page
from pipeline.page.teasers import leads_to_other_article

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
_TEXT_TAGS = HEADING_TAGS | {"li", "td", "th", "dt", "dd", "blockquote"}
_SENTENCE_ENDS = frozenset('.!?…:;»”“"')
_MAX_LEVELS_TO_PICTURE = 2
_BOX_TAGS = frozenset({"div", "section", "article", "aside", "blockquote"})
_MAX_BOX_CHARACTERS, _MAX_ELEMENTS_IN_BOX = 500, 60
_MAX_LEVELS_TO_BOX, _MAX_BOXES = 6, 100
_MIN_PROSE_WORDS, _MAX_LINES_ABOVE = 8, 4
"""Of a line that is no label; above the title in a card."""
_AD_LABEL = re.compile(
    r"\W*(?:(?:на правах )?реклам[аы]|жарнама(?: құқығында)?|advertis(?:ement|ing)|sponsored)\W*",
    re.IGNORECASE,
)
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
    lines = page.lines_of(element)
    shown = [line for line in lines if line.element not in in_figures]
    return tuple(line.text for line in text_lines(without_insets(shown, page), page))


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
        holder = next(picture.iterancestors(*BLOCK_TAGS), None)
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
    lines = lines_of(root)
    return tuple(line.text for line in text_lines(without_insets(lines, page), page))


def without_insets(lines: list[Line], page: Page) -> list[Line]:
    """The lines of a text without those of what stands among them in an element of its own: a
    picture's caption, another article's card with a picture, an advertisement by its label. What
    would be more than half of it is the text.
    """
    found: set[int] = set()
    boxes = 0
    for at, line in enumerate(lines):
        if is_inset_caption(line, page):
            found.add(at)
        elif boxes < _MAX_BOXES and (_is_card_link(line, page) or _AD_LABEL.fullmatch(line.text)):
            boxes += 1
            found.update(_numbers_in_box(lines, at, with_picture=bool(line.text_links)))
    if 2 * sum(lines[at].words for at in found) > sum(line.words for line in lines):
        return lines
    return [line for at, line in enumerate(lines) if at not in found] if found else lines


def is_inset_caption(line: Line, page: Page) -> bool:
    """Whether a line is the caption of a picture in the text: by its class, or right behind the
    picture, where it ends with who made that, or fills an element that holds just both.
    """
    if is_named_caption(line):
        return True
    if not page.pictures or line.words > _MAX_CAPTION_WORDS or line.element.tag in _TEXT_TAGS:
        return False
    is_label = line.text[-1] not in _SENTENCE_ENDS and line.element.tag != "p"
    if not is_label and not ends_in_credit(line.text):
        return False
    if not _has_picture(line.element):
        return ends_in_credit(line.text) and _follows_picture(line.element)
    return text_up_to(line.element, len(line.text)) == line.text if is_label else True


def _has_picture(element: HtmlElement) -> bool:
    """Whether an element of few others has a picture in it."""
    inner = list(islice(element.iter(), _MAX_ELEMENTS_IN_BOX + 1))
    return len(inner) <= _MAX_ELEMENTS_IN_BOX and any(one.tag == "img" for one in inner)


def _follows_picture(element: HtmlElement) -> bool:
    """Whether right before an element stands one that is nothing but a picture."""
    for inner in (element, *islice(element.iterancestors(), _MAX_LEVELS_TO_PICTURE)):
        before, parent = inner.getprevious(), inner.getparent()
        if before is not None:
            is_picture = _has_picture(before) and not text_up_to(before, 0)
            return is_picture and not (before.tail or "").strip()
        if parent is None or (parent.text or "").strip():
            return False
    return False


def _is_card_link(line: Line, page: Page) -> bool:
    """Whether a line is a link to another article of the source, on a page with pictures."""
    return (
        bool(line.text_links)
        and line.is_link
        and bool(page.pictures)
        and any(leads_to_other_article(page, link) for link in line.text_links)
    )


def _is_small(element: HtmlElement) -> bool:
    """Whether an element holds few others and little text."""
    if next(islice(element.iter(), _MAX_ELEMENTS_IN_BOX, None), None) is not None:
        return False
    return len(text_up_to(element, _MAX_BOX_CHARACTERS)) <= _MAX_BOX_CHARACTERS


def _numbers_in_box(lines: list[Line], at: int, *, with_picture: bool) -> range:
    """The numbers of the lines in the largest element around one that holds little, and no prose
    above it; none where it should have a picture and has none.
    """
    first = max(0, at - _MAX_LINES_ABOVE)
    box = None
    ancestors = islice(lines[at].element.iterancestors(), _MAX_LEVELS_TO_BOX)
    for above in (lines[at].element, *ancestors):
        holds_prose = any(
            one.words >= _MIN_PROSE_WORDS and one.is_inside(above) for one in lines[first:at]
        )
        if holds_prose or not _is_small(above):
            break
        if above.tag in _BOX_TAGS:
            box = above
    if box is None or (with_picture and not _has_picture(box)):
        return range(0)
    start = next(number for number in range(first, at + 1) if lines[number].is_inside(box))
    end = at + 1
    while end < len(lines) and lines[end].is_inside(box):
        end += 1
    return range(start, end)


def _cleaned(html: str, cut: tuple[str, ...]) -> Tag:
    soup = BeautifulSoup(f"<html><body>{clean_characters(html)}", builder=_DeepTreeBuilder())
    body = soup.body or soup
    whole = [child for child in body.children if isinstance(child, Tag) or str(child).strip()]
    root = whole[0] if len(whole) == 1 else body
    for textless in body.find_all(True):
        if textless.name in _TEXTLESS_TAGS and not textless.decomposed:
            textless.decompose()
    every = body.find_all(True)
    half_of_text = _running_words(body) / 2
    doubtful = [
        *(soup.select(", ".join(cut)) if cut else []),
        *(
            one
            for one in every
            if one.name in ("aside", "form") and _running_words(one) <= _MAX_ASIDE_WORDS
        ),
    ]
    unwanted = [
        *(part for part in doubtful if _running_words(part) <= half_of_text),
        *(one for one in every if _is_no_text(one)),
        *_captions(every),
    ]
    for part in unwanted:
        if not (part.decomposed or part is root or part is body):
            part.clear(decompose=True)  # its place stays: it parts what stands around it
    return body


def _is_no_text(element: Tag) -> bool:
    """Whether an element is by its tag none of the text."""
    if element.name in ("figure", "figcaption", "footer"):
        return not _is_text_figure(element)
    return element.name in ("nav", "button", "select")


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


def _captions(elements: list[Tag]) -> list[Tag]:
    """Those of the elements that by their class are a caption, or a picture with its caption."""
    found = [one for one in elements if "caption" in _classes(one)]
    for picture in elements:
        if picture.name == "img":
            holder = next((one for one in picture.parents if one.name in BLOCK_TAGS), None)
            if holder is not None and _PICTURE_CLASS.search(_classes(holder)):
                found.append(holder)
    return [one for one in found if _running_words(one) <= _MAX_CAPTION_WORDS]


def _classes(element: Tag) -> str:
    return " ".join(element.get("class") or [])
