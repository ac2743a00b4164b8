"""Whether a page shows only a part of its article to readers who have not paid."""

import re

from pipeline.page import json_ld
from pipeline.page.page import Page

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
_MAX_NOTICE_WORDS = 30


def is_for_subscribers(line: str) -> bool:
    """Whether a line says that the rest of the text is for subscribers.

    >>> is_for_subscribers("Полный текст доступен только по подписке. Оформить подписку")
    True
    """
    return len(line.split()) <= _MAX_NOTICE_WORDS and bool(_FOR_SUBSCRIBERS.search(line))


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
