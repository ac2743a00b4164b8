"""Kazpravda's replica: the layout of 2021 to 2026 (docs/sources/kazpravda.md), the rest drawn."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import unquote

from tests.sites.feed import feed_at
from tests.sites.kazpravda_article import article_page
from tests.sites.kazpravda_frame import FRONTS, PUBLIC, article_path, missing
from tests.sites.kazpravda_lists import day, front, listing, rubric
from tests.sites.kazpravda_old import old_address
from tests.sites.page import Page, Shown
from tests.sites.pagination import Asked
from tests.sites.sitemap import sitemap_at
from tests.sites.words import Language

_ROBOTS: Final = "User-agent: *\nDisallow: /search\n"
_SITEMAP_LINE: Final = f"Sitemap: {PUBLIC}/sitemap.xml\n"
_ARTICLE = re.compile(r"/(?:(?P<lang>kk|en)/)?n/(?P<slug>[^/]+)(?P<slash>/?)")
_RUBRIC = re.compile(r"/(?:(?P<lang>kk|en)/)?r/(?P<rubric>[a-z0-9-]+)(?:/[a-z0-9-]+)?/?")
_TAG = re.compile(r"/t/(?P<tag>[^/]+)/?")
_DAY = re.compile(r"/(?:(?P<lang>kk|en)/)?archive/?")
_PAGE = re.compile(r"/page-(?P<number>\d+)/?$")


def page_at(path: str, query: Mapping[str, str], shown: Shown) -> Page:
    """What the site answers at a path."""
    if found := _ARTICLE.fullmatch(path):
        return _article_at(found["lang"] or "ru", found["slug"], found["slash"], shown)
    if path in {*FRONTS.values(), "/kk", "/en"}:
        return front(_language(path.strip("/")), shown)
    page = _PAGE.search(path) if shown.ways.pagination == "path" else None
    first = path[: page.start()] if page else path.rstrip("/")
    asked = Asked(path=f"{first}/", query=query, page=page["number"] if page else None)
    if found := _RUBRIC.fullmatch(first):
        return rubric(_language(found["lang"]), found["rubric"], shown, asked)
    if found := _TAG.fullmatch(first):
        title = f"#{unquote(found['tag'])}"
        return listing(title, shown.standing(None, title), "ru", shown, asked)
    if found := _DAY.fullmatch(first):
        return day(_language(found["lang"]), shown, asked)
    return _other(path, query, shown)


def _other(path: str, query: Mapping[str, str], shown: Shown) -> Page:
    if path == "/robots.txt":
        named = shown.ways.sitemap_in_robots and shown.ways.sitemap is not False
        return Page(text=_ROBOTS + _SITEMAP_LINE * named, content_type="text/plain")
    if path == "/search":
        words = query.get("q", "").lower()
        found = [one for one in shown.standing(None) if words and words in one.title.lower()]
        return listing("Поиск", found, "ru", shown, Asked(path="/search", query=query))
    for one in (
        sitemap_at(path, shown, PUBLIC, article_path),
        feed_at(path, shown, PUBLIC, article_path),
        old_address(path, shown),
    ):
        if one is not None:
            return one
    return missing(shown.look)


def _language(prefix: str | None) -> Language:
    return "kk" if prefix == "kk" else "en" if prefix == "en" else "ru"


def _article_at(prefix: str, slug: str, slash: str, shown: Shown) -> Page:
    article = shown.found(_language(prefix), unquote(slug))
    if article is None:
        return missing(shown.look)
    status = shown.index.status(article)
    if status is not None:
        return missing(shown.look, status=status)
    if not slash and shown.look.pick("bare address", ("serve", "redirect")) == "redirect":
        return Page(status=301, location=article_path(article))
    return article_page(shown.index.article(article), shown)
