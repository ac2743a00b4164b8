"""Whether a page shows only a part of its article: to those who have not paid, or on this page."""

import re
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from pipeline.normalize.addresses import resolved
from pipeline.normalize.characters import one_line
from pipeline.page import json_ld
from pipeline.page.lines import INVISIBLE_TAGS, is_hidden
from pipeline.page.page import Page

_READ_ON = re.compile(
    r"\W*(?:читать|читайте|смотреть) (?:далее|дальше|полностью|вс[её]|весь текст|продолжение)\W*|"
    r"\W*(?:показать|открыть|развернуть) (?:полностью|вс[её]|весь текст|текст|далее)\W*|"
    r"\W*(?:развернуть|далее|продолжение|следующая страница)\W*|"
    r"\W*(?:толық(?:ырақ)? оқу|толығырақ|толық мәтін|жалғасын? оқу|жалғасы|ары қарай оқу)\W*|"
    r"\W*(?:read (?:more|on|the rest|full (?:text|article|story))|continue reading|next page|"
    r"show (?:more|all|full (?:text|article))|full (?:text|story))\W*",
    re.IGNORECASE,
)
_READ_ON_STEMS = (
    "итать ", "итайте ", "мотреть ", "азвернуть", "оказать", "ткрыть", "родолжение", "алее",
    "ледующая страница", "олық", "алғас", "ры қарай", "ead more", "ead on", "ead the", "ead full",
    "ontinue reading", "how more", "how all", "how full", "ext page", "ull text", "ull story",
)  # fmt: skip
_PAGE_QUERY = re.compile(r"(?:^|&)(?:p|pages?|pagen_\d+|part|str)=(?:[2-9]|\d\d)", re.IGNORECASE)
_MIN_HIDDEN_WORDS = 6
_MAX_LEVELS_UP = 3
"""From the label to an element that holds the hidden text too."""
_FOR_SUBSCRIBERS = re.compile(
    r"(?:полн(?:ый|ая|ую|ой)\s+(?:текст|верси\w*|стать\w*|материал\w*)|"
    r"(?:продолжение|дочитать|читать далее|остальн\w+|стать\w+|материал|текст)\b)"
    r"[^.!?]{0,60}(?:подписк\w*|подписчик\w*|подписавш\w*|по подписке)|"
    r"(?:доступ\w*|открыт\w*|только)\s[^.!?]{0,40}(?:по подписке|(?:для )?подписчик\w*)|"
    r"(?:чтобы|для того чтобы)\s+(?:про|до)?читать[^.!?]{0,60}(?:оформите|подпи\w+)|"
    r"оформи(?:те|ть)\s+подписку|"
    r"(?:жазылушылар\w*|жазылым\w*|жазылған\w*)[^.!?]{0,40}(?:қолжетімді|ашық|арналған|ғана)|"
    r"(?:толық\s+(?:нұсқа\w*|мәтін\w*)|жалғасы\w*)[^.!?]{0,60}(?:жазыл\w*)|"
    r"(?:for|to|only)\s+(?:our\s+)?(?:paid\s+|premium\s+)?subscribers(?:\s+only)?|"
    r"subscribers?[\s-]only|subscribe\s+(?:now\s+)?to\s+(?:continue|read|keep|unlock)|"
    r"(?:continue|keep)\s+reading[^.!?]{0,40}subscri\w+|"
    r"already\s+a\s+subscriber",
    re.IGNORECASE,
)
_STEM = re.compile("подпи|жазыл|subscri", re.IGNORECASE)
"""What each of these wordings has."""
_MAX_NOTICE_WORDS = 30


def is_for_subscribers(line: str) -> bool:
    """Whether a line says that the rest of the text is for subscribers.

    >>> is_for_subscribers("Полный текст доступен только по подписке. Оформить подписку")
    True
    """
    return (
        _STEM.search(line) is not None
        and len(line.split()) <= _MAX_NOTICE_WORDS
        and bool(_FOR_SUBSCRIBERS.search(line))
    )


def is_not_free(page: Page) -> bool:
    """Whether the page's JSON-LD says that its article, or a part of it, is not free
    (schema.org isAccessibleForFree).
    """
    return any(
        str(node.get("isAccessibleForFree")).strip().lower() in ("false", "no", "0")
        or str(node.get("isAccessibleForFree")).lower().endswith("schema.org/false")
        for node in json_ld.nodes(page)
        if "isAccessibleForFree" in node
    )


def is_read_on(text: str) -> bool:
    """Whether a text is nothing but the label of what shows the rest of an article.

    >>> is_read_on("Читать далее →")
    True
    """
    return len(text) <= 40 and _READ_ON.fullmatch(text) is not None


def show_rest(page: Page) -> list[HtmlElement]:
    """Show the text that a page hides behind a label such as «Читать далее» beside it, and empty
    the label; the elements that were hidden. To be called before the page's lines are looked at.
    """
    shown: list[HtmlElement] = []
    if not any(stem in page.text for stem in _READ_ON_STEMS):
        return shown
    for label in list(page.root.iter("a", "button", "span", "div", "p", "label")):
        if label.text is None or not is_read_on(one_line(label.text)):
            continue
        near = [one for one in label.iterancestors() if one.tag not in ("body", "html")]
        found = ([one for one in above.iter() if _is_rest(one)] for above in near[:_MAX_LEVELS_UP])
        for hidden in next(filter(None, found), ()):
            hidden.attrib.pop("hidden", None)
            hidden.attrib.pop("style", None)
            label.text = None
            shown.append(hidden)
    return shown


def _is_rest(element: HtmlElement) -> bool:
    """Whether an element hides running text."""
    if not isinstance(element.tag, str) or element.tag in INVISIBLE_TAGS or not is_hidden(element):
        return False
    return len("".join(element.itertext()).split()) >= _MIN_HIDDEN_WORDS


def is_next_page(page: Page, link: HtmlElement) -> bool:
    """Whether a link leads to a further page of the same article."""
    url = resolved(link.get("href") or "", page.base)
    if url is None or "comment" in url.lower():
        return False
    own, other = urlsplit(page.url), urlsplit(url)
    if other.path.strip("/") == own.path.strip("/"):
        return bool(_PAGE_QUERY.search(other.query))
    return bool(
        re.fullmatch(rf"/?{re.escape(own.path.strip('/'))}/(?:page[/-]?)?[2-9]/?", other.path)
    )
