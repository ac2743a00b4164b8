"""Kazpravda's addresses of former designs, each article's in one form."""

from __future__ import annotations

import re
from html import escape
from typing import Final
from urllib.parse import unquote

from tests.sites.content import Headline
from tests.sites.kazpravda_article import article_page
from tests.sites.kazpravda_frame import article_path
from tests.sites.page import Page, Shown

_FORMS: Final = (
    "/archives/view/{number}",
    "/fresh/view/{slug}/",
    "/articles/view/{slug}",
    "/news/{section}/{slug}/",
)
_NUMBERED: Final = re.compile(r"/archives/view/(?P<number>\d+)/?")
_SLUGGED: Final = re.compile(r"/(?:fresh/view|articles/view|news/[^/]+)/(?P<slug>[^/]+)/?")


def old_path(article: Headline) -> str:
    """The address that a Russian article had."""
    form = _FORMS[article.number % len(_FORMS)]
    return form.format(number=article.number, slug=article.slug, section=article.section)


def old_links(shown: Shown) -> str:
    """Some links as former designs wrote them, to the oldest that stand."""
    if shown.ways.old_addresses == "absent" or shown.empty:
        return ""
    oldest = shown.index.part("ru", 0, 4)
    links = (f'<li><a href="{old_path(one)}">{escape(one.title)}</a></li>' for one in oldest)
    return f"<ul>{''.join(links)}</ul>"


def old_address(path: str, shown: Shown) -> Page | None:
    """What an old address answers; None for one that is none."""
    if shown.ways.old_addresses == "absent":
        return None
    found = _article(path, shown)
    if found is None or shown.index.status(found) is not None:
        return None
    if shown.ways.old_addresses == "redirect":
        return Page(status=301, location=article_path(found))
    return article_page(shown.index.article(found), shown, canonical=True)


def _article(path: str, shown: Shown) -> Headline | None:
    if (found := _NUMBERED.fullmatch(path)) and "numbers" not in shown.closed:
        article = shown.index.numbered(int(found["number"]))
        return article if article is not None and article.language == "ru" else None
    if found := _SLUGGED.fullmatch(path):
        return shown.found("ru", unquote(found["slug"]))
    return None
