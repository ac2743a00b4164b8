"""Whether a page shows only a part of its article: to those who have not paid, or on this page."""

import re
from itertools import islice
from urllib.parse import urlsplit

from lxml import etree
from lxml.html import HtmlElement

from pipeline.normalize.addresses import resolved
from pipeline.normalize.characters import one_line
from pipeline.normalize.networks import NETWORK_NAME
from pipeline.page import json_ld
from pipeline.page.lines import INVISIBLE_TAGS, is_hidden
from pipeline.page.page import Page

_READ_ON = re.compile(
    r"\W*(?:"
    r"(?:читать|читайте|смотреть|показать|открыть|развернуть|раскрыть|загрузить)"
    r"(?: (?:эту )?(?:стать[юи]|новость|материал|текст|публикацию))?"
    r" (?:далее|дальше|полностью|целиком|до конца|вс[её]|весь текст|продолжение)|"
    r"(?:показать|открыть|развернуть|раскрыть|загрузить) (?:текст|стать[юи]|материал)|"
    r"продолжить чтение|развернуть|далее|продолжение|следующая страница|"
    r"(?:\w+н[ыі] )?(?:толық(?:ырақ)?|толығымен|жалғасын?|[аә]рі қарай|ары қарай)"
    r" (?:оқу|оқыңыз|көру|көрсету|ашу)|толығырақ|толық мәтін|жалғасы|оқуды жалғастыру|"
    r"(?:read|show) (?:the )?(?:full|whole|entire|rest of the)"
    r" (?:text|article|story)|"
    r"read (?:more|on|the rest)|(?:continue|keep) reading|next page|show (?:more|all)|"
    r"full (?:text|story)"
    r")\W*",
    re.IGNORECASE,
)
_READ_ON_STEMS = (
    "итать ", "итайте ", "мотреть ", "азвернуть", "аскрыть", "оказать", "ткрыть", "агрузить",
    "родолжение", "родолжить чтение", "алее", "ледующая страница", "олық", "олығ", "алғас",
    "рі қарай", "ры қарай", "ead more", "ead on", "ead the", "ead full", "ontinue reading",
    "eep reading", "how more", "how all", "how full", "how the", "ext page", "ull text",
    "ull story",
)  # fmt: skip
_HIDING_SIGNS = ("hidden", "display", "<template")
"""One of these stands where a page hides text."""
_may_be_hidden = etree.XPath("//template | //*[@hidden or @style]")
_MAX_LAST_CHARACTERS = 100
_LAST_WORDS = re.compile(r"(?<=[.…!?\])»])\s+([^.…!?\s][^.…!?]{3,40}[…\W]*)$")
_MAY_BE_NUMBERED = re.compile(r"=\d|(?:^|/|page-?)[2-9]/?\s*(?:[?#]|$)", re.IGNORECASE)
"""In each link to a further page; most links lead elsewhere."""
_PAGE_QUERY = re.compile(r"(?:^|&)(?:p|pages?|pagen_\d+|part|str)=(?:[2-9]|\d\d)", re.IGNORECASE)
_MIN_HIDDEN_WORDS = 6
_MAX_LABELS = 200
"""Of teasers too; around each all is looked through."""
_MAX_LEVELS_UP = 3
"""From the label to an element that holds the hidden text too."""
_FOR_SUBSCRIBERS = re.compile(
    r"(?:полн(?:ый|ая|ую|ой)\s+(?:текст|верси\w*|стать\w*|материал\w*)|"
    r"(?:продолжение|дочитать|читать далее|полностью|целиком|остальн\w+|стать\w+|материал|текст)\b)"
    r"[^.!?]{0,60}(?:подписк\w*|подписчик\w*|подписавш\w*|по подписке)|"
    r"(?:доступ\w*|открыт\w*|только)\s[^.!?]{0,40}(?:по подписке|(?:для )?подписчик\w*)|"
    r"(?:чтобы|для того чтобы)\s+(?:про|до)?читать[^.!?]{0,60}(?:оформите|подпи\w+)|"
    r"оформи(?:те|ть)\s+подписку|"
    r"(?:жазылушылар\w*|жазылым\w*|жазылған\w*)[^.!?]{0,40}(?:қолжетімді|ашық|арналған|ғана)|"
    r"(?:толық\s+(?:нұсқа\w*|мәтін\w*)|жалғасы\w*)[^.!?]{0,60}(?:жазыл\w*)|"
    r"(?:for|to|only)\s+(?:our\s+)?(?:paid\s+|premium\s+)?subscribers(?:\s+only)?|"
    r"subscribers?[\s-]only|subscribe\s+(?:now\s+)?to\s+(?:continue|read|keep|unlock)|"
    r"(?:continue|keep)\s+reading[^.!?]{0,40}subscri\w+|"
    r"already\s+a\s+subscriber"
)
_DEMAND = re.compile(
    r"\b(?:войдите|авторизуйтесь|(?:за)?регистрируйтесь|подпи(?:шитесь|сывайтесь)|оформите|"
    r"оплатите|купите|приобретите)\b|"
    r"(?:^\W*|[.!?,;:–—-]\s*|\b(?:or|and|please)\s+)"
    r"(?:(?:log|sign) ?in|sign ?up|register|subscribe|create (?:an?|your)|"
    r"become an? \w+|join)\b|"
    r"\b(?:необходим[оа]?|нужн[оа]|требуется|надо) (?:\w+ ){0,2}?"
    r"(?:войти|авториз\w+|(?:за)?регистр\w+|подпис\w+|оплат\w+)|"
    r"\b(?:кіріңіз|тіркеліңіз|жазылыңыз|төлеңіз|өтіңіз|кіріп|тіркеліп|жазылып)\b|"
    r"\b(?:кіру|тіркелу|жазылу|төлеу|авторизация)(?: \w+)? (?:қажет|керек)|"
    r"\b(?:must be (?:logged|signed) in|(?:need|have) to (?:log in|sign (?:in|up)|register))"
)
"""What a reader is asked to do first, and in `_TO_READ_ON`, what that is good for."""
_TO_READ_ON = re.compile(
    r"\b(?:чтобы|для|и)\s(?:[^.!?,]{0,25}\s)?"
    r"(?:(?:про|до)?чита(?:ть|йте)|продолж(?:ить|айте)|чтения|просмотра|доступа?|открыть|увидеть)\s"
    r"(?:[\w-]+\s){0,2}?(?:далее|дальше|полностью|целиком|до конца|чтение|читать|"
    r"(?:полн|вс|эт)\w+\s(?:текст|верси|стать|материал)\w*|(?:текст|материал|стать)[\wю]*)\b|"
    r"(?:толық|жалғас\w*|қарай|мәтін\w*|мақала\w*|оқуды)\b[^.!?]{0,30}"
    r"\b(?:(?:оқу|көру|ашу|жалғастыру) үшін|оқыңыз)|"
    r"\bto (?:(?:continue|keep) reading|read (?:on|more|full|the (?:full|rest|whole|entire)|"
    r"this (?:article|story))|(?:unlock|access|view|see) (?:this|the (?:full|rest)))"
)
_FOR_MEMBERS = re.compile(
    r"(?:текст|верси|стать|материал|продолжени)\w*[^.!?]{0,40}(?:доступ|открыт)\w*[^.!?]{0,30}?"
    r"(?:(?:за)?регистрированн\w+|авторизованн\w+|после (?:\w+ )?(?:регистрации|авторизации|входа|"
    r"оплаты))(?: (?:пользовател|читател|посетител)\w+)?(?=\W*(?:$|[.!]))|"
    r"(?:тіркелген|авторизацияланған) \w+[^.!?]{0,20}(?:қолжетімді|ашық|арналған)\W*$|"
    r"(?:for|to) (?:registered|logged-in|signed-in) (?:users|readers|members)(?: only)?\W*$|"
    r"for members only\W*$"
)
_CHANNEL = re.compile(rf"{NETWORK_NAME.pattern}|канал|рассылк|арна(?:мыз|ғ)|newsletter")
_STEMS = (
    "подпи", "жазыл", "subscri", "войд", "войти", "авториз", "регистр", "оплат", "купите",
    "приобрет", "тіркел", "кіріңіз", "кіру", "төле", "log", "sign", "regist", "account",
    "member", "кіріп", "join",
)  # fmt: skip
"""One of these stands in each of these wordings."""
_MAX_NOTICE_CHARACTERS, _MAX_NOTICE_WORDS = 250, 30


def is_for_subscribers(line: str) -> bool:
    """Whether a line says that the rest of the text is for subscribers or registered readers.

    >>> is_for_subscribers("Полный текст доступен только по подписке. Оформить подписку")
    True
    """
    if len(line) > _MAX_NOTICE_CHARACTERS:
        return False
    lower = line.lower()  # much faster than patterns that ignore the case
    if not any(map(lower.__contains__, _STEMS)) or len(line.split()) > _MAX_NOTICE_WORDS:
        return False
    return (
        _FOR_SUBSCRIBERS.search(lower) is not None
        or _FOR_MEMBERS.search(lower) is not None
        or _asks_first(lower)
    )


def _asks_first(lower: str) -> bool:
    """Whether a line asks to log in, register, subscribe or pay, so as to read on."""
    return (
        _TO_READ_ON.search(lower) is not None
        and _DEMAND.search(lower) is not None
        and _CHANNEL.search(lower) is None
    )


def is_not_free(page: Page) -> bool:
    """Whether the page's JSON-LD says that its article, or a part of it, is not free
    (schema.org isAccessibleForFree).
    """
    return any(
        str(node.get("isAccessibleForFree")).strip().lower() in ("false", "no", "0")
        or str(node.get("isAccessibleForFree")).lower().endswith("schema.org/false")
        for node in page.once(json_ld.nodes)
        if "isAccessibleForFree" in node
    )


def is_read_on(text: str) -> bool:
    """Whether a text is nothing but the label of what shows the rest of an article.

    >>> is_read_on("Читать далее →")
    True
    """
    return len(text) <= 40 and _READ_ON.fullmatch(text) is not None


def without_read_on(paragraph: str) -> str | None:
    """A paragraph without the label that stands behind its last sentence; None without one.

    >>> without_read_on("Вода пришла в аул… (читать полностью)")
    'Вода пришла в аул…'
    """
    found = _LAST_WORDS.search(paragraph, max(0, len(paragraph) - _MAX_LAST_CHARACTERS))
    return paragraph[: found.start()] if found and is_read_on(found[1]) else None


def show_rest(page: Page) -> list[HtmlElement]:
    """Show the text that a page hides behind a label such as «Читать далее» beside it, and empty
    the label; the elements that were hidden. To be called before the page's lines are looked at.
    """
    shown: list[HtmlElement] = []
    if not any(sign in page.text for sign in _HIDING_SIGNS):
        return shown
    if not any(map(_is_rest, _may_be_hidden(page.root))):
        return shown
    if not any(stem in page.text for stem in _READ_ON_STEMS):
        return shown
    may_be = list(page.root.iter("a", "button", "span", "div", "p", "label"))
    labels = (one for one in may_be if one.text is not None and is_read_on(one_line(one.text)))
    for label in islice(labels, _MAX_LABELS):
        near = [one for one in label.iterancestors() if one.tag not in ("body", "html")]
        found = ([one for one in above.iter() if _is_rest(one)] for above in near[:_MAX_LEVELS_UP])
        for hidden in next(filter(None, found), ()):
            hidden.attrib.pop("hidden", None)
            hidden.attrib.pop("style", None)
            if hidden.tag == "template":
                hidden.tag = "div"
            label.text = None
            shown.append(hidden)
    return shown


def _is_rest(element: HtmlElement) -> bool:
    """Whether an element hides running text."""
    if not isinstance(element.tag, str):
        return False
    may_show = element.tag not in INVISIBLE_TAGS and is_hidden(element)
    if element.tag != "template" and not may_show:
        return False
    return len("".join(element.itertext()).split()) >= _MIN_HIDDEN_WORDS


def read_on_buttons(page: Page) -> list[HtmlElement]:
    """The buttons that are labelled so and do not show what the page has itself."""
    return [
        button
        for button in page.root.iter("button", "input")
        if is_read_on(one_line(button.get("value") or "".join(button.itertext())))
    ]


def has_next_page(page: Page) -> bool:
    """Whether the page's head names a further page of the same article (`<link rel=next>`)."""
    links = page.root.iter("link")
    return any(is_next_page(page, one) for one in links if one.get("rel", "").lower() == "next")


def is_next_page(page: Page, link: HtmlElement) -> bool:
    """Whether a link leads to a further page of the same article."""
    href = link.get("href") or ""
    if _MAY_BE_NUMBERED.search(href) is None:
        return False
    url = resolved(href, page.base)
    if url is None or "comment" in url.lower():
        return False
    own, other = urlsplit(page.url), urlsplit(url)
    if other.path.strip("/") == own.path.strip("/"):
        return bool(_PAGE_QUERY.search(other.query))
    return bool(
        re.fullmatch(rf"/?{re.escape(own.path.strip('/'))}/(?:page[/-]?)?[2-9]/?", other.path)
    )
