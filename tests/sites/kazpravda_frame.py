"""Kazpravda's addresses, and what stands around the content of each of its pages."""

from __future__ import annotations

from html import escape
from typing import Final

from tests.sites.content import SECTIONS, Headline
from tests.sites.look import Look
from tests.sites.page import Page
from tests.sites.words import Language, clock_date

PUBLIC: Final = "https://kazpravda.kz"
FRONTS: Final[dict[Language, str]] = {"ru": "/", "kk": "/kk/", "en": "/en/"}


def article_path(article: Headline) -> str:
    """The site's own form of an article's address."""
    return f"{FRONTS[article.language]}n/{article.slug}/"


def missing(look: Look, status: int = 404) -> Page:
    """The page that says that there is none."""
    body = f'<main class="{look.known("app__main")}"><h1>404</h1><p>Страница не найдена</p></main>'
    return Page(sort="missing", status=status, text=document("Страница не найдена", "ru", body))


def document(title: str, language: Language, body: str, head: str = "") -> str:
    """A whole page."""
    menu = "".join(
        f'<li><a href="{FRONTS[language]}r/{key}/">{label[language]}</a></li>'
        for key, label in SECTIONS.items()
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8">\n'
        f"<title>{escape(title)} - Казахстанская правда</title>\n{head}</head>\n<body>\n"
        '<header><a href="/">Рус</a> <a href="/kk/">Қаз</a> <a href="/en/">Eng</a>'
        f"<ul>{menu}</ul></header>\n{body}\n"
        '<footer><a href="https://advertiser.example/n/buy-a-yurt/">Реклама</a> '
        '<a href="https://t.me/kazpravda">Telegram</a></footer>\n</body></html>\n'
    )


def clock(article: Headline) -> str:
    """When it was published, as the page tells it."""
    moment = article.published
    day = clock_date(article.language, moment.day, moment.month, moment.year)
    return f"{day} {moment.hour}:{moment:%M}"
