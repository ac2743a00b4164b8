"""The HTML of a page's body, cleaned by BeautifulSoup, as paragraphs.

An element that is probably no text is cut out, unless it holds most of the running text.
"""

import re
from dataclasses import dataclass
from functools import partial
from typing import Any

from bs4 import BeautifulSoup
from bs4.builder._lxml import LXMLTreeBuilder
from bs4.element import Tag
from lxml import etree
from lxml.html import HTMLParser, document_fromstring

from pipeline.normalize.characters import clean_characters
from pipeline.page.lines import Line, lines_of
from pipeline.page.tags import BLOCK_TAGS

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
_PICTURE_TAGS = ("img", "picture", "iframe", "video", "svg", "audio", "object", "embed")
_TEXT_IN_FIGURE_TAGS = ("table", "blockquote")
_PICTURE_CLASS = re.compile(r"img|image|photo|foto|picture|caption|media|gallery", re.IGNORECASE)
_MAX_CAPTION_WORDS = 40
_MAX_ASIDE_WORDS = 60
_LINES_LOOKED_BACK = 6
"""Lines before one that may decide whether it is a link under a label."""

_READ_ALSO = re.compile(
    r"(?:читайте(?: также| по теме)?|по теме|смотрите также|также по теме|материалы по теме|"
    r"похожие (?:новости|материалы)|тағы оқыңыз|сондай-ақ оқыңыз|оқи отырыңыз|"
    r"read (?:also|more)|see also|related(?: news| articles)?)\W*",
    re.IGNORECASE,
)
_FOLLOW_US = re.compile(
    r"\W*(?:подпи(?:сывайтесь|шитесь|саться)|жазылыңыз|subscribe to|follow us)", re.IGNORECASE
)
_SHARE_OR_AD = re.compile(
    r"(?:поделиться(?: в соц\w*(?: сет\w+)?)?|бөлісу|share(?: this)?|реклама|жарнама|"
    r"advertisement|теги|тегтер|tags)\W*",
    re.IGNORECASE,
)


class _DeepTreeBuilder(LXMLTreeBuilder):
    """Parses elements at any depth.

    By default libxml2 drops what is nested deeper than 256 elements: the end of a long text whose
    `<span>` elements are never closed.
    """

    def default_parser(self, encoding: str | None) -> Any:  # noqa: ARG002 (the builder's own)
        return partial(etree.HTMLParser, huge_tree=True)


def fragment_paragraphs(html: str, cut: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The paragraphs of a fragment of HTML. Headings, list items, quotations and table rows are
    paragraphs of their own.

    Left out are pictures with their captions, players, forms, lines of hashtags, share labels,
    links to related articles, and what the CSS selectors in `cut` name.
    """
    cleaned = str(_cleaned(html, cut))
    if not cleaned.strip():
        return ()
    root = document_fromstring(f"<html><body>{cleaned}", parser=HTMLParser(huge_tree=True))
    lines = lines_of(root, rows_are_lines=True)
    return tuple(line.text for line in _text_lines(lines))


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
            part.decompose()
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


@dataclass(frozen=True, slots=True)
class _Kind:
    """What speaks against a line being text."""

    is_label: bool
    """It is a label such as «Читайте также:», with its links beside it or below."""
    is_link: bool
    """It is a link, with nothing but a date or a number beside."""


def _text_lines(lines: list[Line]) -> list[Line]:
    """The lines that are text; a label is text where no link follows it."""
    kinds = [_kind(line) for line in lines]
    kept: list[Line] = []
    related = False
    for at, (line, kind) in enumerate(zip(lines, kinds, strict=True)):
        if kind.is_label:
            before_link = line.link_share > 0 or at + 1 == len(lines) or kinds[at + 1].is_link
            related = before_link
            if before_link:
                continue
        related = related and kind.is_link
        if not (related or _is_tag_line(line.text) or _is_share_line(line)):
            kept.append(line)
    return kept


def is_furniture(lines: list[Line], at: int) -> bool:
    """Whether a page's line is no text: a share label, a line of hashtags, a label over links to
    related articles, or such a link.
    """
    return lines[at] not in _text_lines(lines[max(0, at - _LINES_LOOKED_BACK) : at + 2])


def _kind(line: Line) -> _Kind:
    label = _READ_ALSO.match(line.text)
    rest = line.outside_links
    is_label = bool(_READ_ALSO.fullmatch(rest)) or bool(
        label and (label.end() == len(line.text) or line.link_share > 0.95)
        and ":" in line.text[: label.end()]
    )  # fmt: skip
    return _Kind(is_label, line.link_share > 0 and not re.search(r"[^\W\d]{2,}", rest))


def _is_tag_line(text: str) -> bool:
    """Whether a line is hashtags alone, such as `#степь #Сенат РК`."""
    if not text.startswith("#"):
        return False
    longest = 1 if text.count("#") == 1 else 3
    tags = [tag.strip(" ,;") for tag in text.split("#")[1:]]
    return all(1 <= len(tag.split()) <= longest for tag in tags) and text[-1] not in ".!?…"


def _is_share_line(line: Line) -> bool:
    if line.link_share > 0.9 and _FOLLOW_US.match(line.text):
        return True
    return bool(_SHARE_OR_AD.fullmatch(line.outside_links)) and (
        line.link_share > 0 or bool(_SHARE_OR_AD.fullmatch(line.text))
    )
