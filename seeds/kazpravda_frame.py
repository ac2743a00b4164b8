"""What all pages of Kazpravda share: the frame, cards that link to articles, the printed time."""

import zlib
from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone
from html import escape
from urllib.parse import quote

from seeds.pieces import LANGUAGES, Article

SITE = "https://kazpravda.kz"

RUBRICS = {
    "prezident": "Президент",
    "politika": "Политика",
    "ekonomika": "Экономика",
    "obshchestvo": "Общество",
    "kultura": "Культура",
    "sport": "Спорт",
    "v-mire": "В мире",
    "proisshestviya": "Происшествия",
    "tehnologii": "Технологии",
}

MONTHS = {
    "ru": (
        *("января", "февраля", "марта", "апреля", "мая", "июня"),
        *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
    ),
    "kk": (
        *("қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым"),
        *("шілде", "тамыз", "қыркүйек", "қазан", "қараша", "желтоқсан"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}
PAPER = {
    "ru": "Казахстанская правда",
    "kk": "Казахстанская правда",
    "en": "Kazakhstanskaya Pravda",
}
SUBSCRIBE = {"ru": "Подписка", "kk": "Жазылу", "en": "Subscribe"}
RIGHTS = {
    "ru": "При использовании материалов гиперссылка обязательна.",
    "kk": "Материалдарды пайдаланғанда гиперсілтеме міндетті.",
    "en": "A hyperlink is required when materials are used.",
}


def printed_time(when: datetime, language: str) -> str:
    """The time as the paper prints it.

    >>> printed_time(datetime(2026, 3, 4, 7, 31), "ru")
    '4 марта 2026 г. 7:31'
    """
    month = MONTHS[language][when.month - 1]
    hour = f"{when.hour}:{when:%M}"
    year = {"ru": f"{when.year} г. ", "kk": f"{when.year} ж. ", "en": f"{when.year}, "}[language]
    return f"{when.day} {month} {year}{hour}"


def almaty(when: datetime) -> datetime:
    """The wall clock with the offset then in force: +06:00 to 29 February 2024, +05:00 since."""
    hours = 6 if when.date() < date(2024, 3, 1) else 5
    return when.replace(tzinfo=timezone(timedelta(hours=hours)))


def number_of(text: str, purpose: str) -> int:
    """A number that stays the same for a text, whatever the order of items: it chooses variants."""
    return zlib.crc32(f"{purpose} {text}".encode())


def running(text: str) -> str:
    """Text as HTML, with quotation marks as they are."""
    return escape(text, quote=False)


def front_path(language: str) -> str:
    """The path of a language's front page."""
    return "/" if language == "ru" else f"/{language}/"


def framed(*, language: str, title: str, head: str, main: str) -> str:
    """A whole page: `head` goes into the head element, `main` into main.app__main."""
    return f"""<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
{head}
<link rel="stylesheet" href="/static/build/app.css?v=41">
<script>window.dataLayer = window.dataLayer || [];</script>
</head>
<body>
<div class="app">
<header class="header">
<a class="header__logo" href="{front_path(language)}">{PAPER[language]}</a>
{_languages(language)}
<form class="header__search" action="/search"><input name="q" type="search"></form>
<nav class="header__menu">{_menu()}</nav>
</header>
<main class="app__main">
{main}
</main>
<footer class="footer">
<p>© {PAPER[language]}, 2026. {RIGHTS[language]}</p>
<p>010000, Астана, info@example.org, 8 (7172) 00-00-00</p>
<ul><li><a href="/about/">О газете</a></li>
<li><a href="/podpiska/">{SUBSCRIBE[language]}</a></li></ul>
</footer>
</div>
<script src="/static/build/app.js?v=41" defer></script>
</body>
</html>
"""


def cards(listed: Sequence[Article]) -> str:
    """A card for each article, as in rubrics and beside articles."""
    return "\n".join(
        card(href(article), article.title, printed_time(article.published, article.language))
        for article in listed
    )


def card(link: str, title: str, printed: str) -> str:
    """One card: article.news with its link, title and time."""
    return (
        f'<article class="news"><a class="news__link" href="{link}">'
        f'<div class="news__title">{running(title)}</div><time>{printed}</time></a></article>'
    )


def href(article: Article) -> str:
    """The link as listings of real sites write it: mostly relative, now and then otherwise."""
    if article.old:
        return article.old
    return (
        article.path,
        article.path,
        f"https://www.kazpravda.kz{article.path}",
        article.path.rstrip("/"),
        f"{article.path}?utm_source=main&amp;utm_medium=block",
        article.path,
    )[number_of(article.slug, "href") % 6]


def elsewhere() -> str:
    """Links that lead to no article: a tag, a video, the search, other hosts, the subscription."""
    links = (
        (f"/t/{quote('Сенат')}/", "Сенат"),
        ("/video/2026-03-15-itogi-nedeli/", "Видео"),
        ("/search?q=referendum", "Поиск"),
        ("https://social.example/kazpravda", "Telegram"),
        ("https://example.org/n/partner-article/", "Новости партнеров"),
        ("/podpiska/", "Подписка"),
    )
    inner = "".join(f'<a href="{link}">{label}</a>' for link, label in links)
    return f'<aside class="sidebar">{inner}</aside>'


def _languages(current: str) -> str:
    links = "".join(
        f"<span>{language}</span>"
        if language == current
        else f'<a href="{front_path(language)}">{language}</a>'
        for language in LANGUAGES
    )
    return f'<div class="header__languages">{links}</div>'


def _menu() -> str:
    return "".join(f'<a href="/r/{rubric}/">{label}</a>' for rubric, label in RUBRICS.items())
