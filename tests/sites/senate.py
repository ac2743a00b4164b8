"""The Senate's replica: its order of text in three markups, one of them drawn for an instance.

An unknown path answers 200 with a shell, as the real site does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Final
from urllib.parse import quote

from tests.sites.content import SECTIONS, Article, Headline
from tests.sites.feed import alternates, feed_at
from tests.sites.links import link
from tests.sites.look import Look
from tests.sites.page import COUNTER, Page, Shown
from tests.sites.sitemap import sitemap_at
from tests.sites.words import Language

PUBLIC: Final = "https://senate.parlam.kz"
ROBOTS: Final = "User-agent: *\nDisallow: /api/\n"
CULTURES: Final[dict[Language, str]] = {"ru": "ru-RU", "kk": "kk-KZ", "en": "en-US"}
STYLES: Final = (0, 1, 2)
PER_LIST: Final = 10

_BAR: Final = ("Цвет сайта", "Расстояние между буквами")
_NAME: Final[dict[Language, tuple[str, str]]] = {
    "ru": ("Сенат", "Парламента Республики Казахстан"),
    "kk": ("Қазақстан Республикасы", "Парламентінің Сенаты"),
    "en": ("The Senate", "of the Parliament of the Republic of Kazakhstan"),
}
_NEWS: Final[dict[Language, str]] = {"ru": "Новости", "kk": "Жаңалықтар", "en": "News"}
_SHARE: Final[dict[Language, str]] = {"ru": "Поделиться", "kk": "Бөлісу", "en": "Share this"}
_PRESS: Final[dict[Language, str]] = {
    "ru": "Пресс-служба Сената, 74-72-27",
    "kk": "Сенаттың баспасөз қызметі, 74-72-27",
    "en": "Senate Press Service, 74-72-27",
}
_CULTURE = re.compile(r"/(?P<culture>ru-RU|kk-KZ|en-US)(?P<rest>/.*)?", re.IGNORECASE)
_DETAILS = re.compile(r"/(?P<kind>news|pages)/details/(?P<number>\d+)/?")


def article_path(article: Headline) -> str:
    """The site's own form of a release's address."""
    return f"/{CULTURES[article.language]}/{article.kind}/details/{article.slug}"


def page_at(path: str, query: Mapping[str, str], shown: Shown) -> Page:
    """What the site answers at a path."""
    if path == "/robots.txt":
        named = shown.ways.sitemap and shown.ways.sitemap_in_robots
        line = f"Sitemap: {PUBLIC}/sitemap.xml\n" if named else ""
        return Page(text=ROBOTS + line, content_type="text/plain")
    if path == "/":
        return Page(status=302, location="/ru-RU")
    for one in (
        sitemap_at(path, shown, PUBLIC, article_path),
        feed_at(path, shown, PUBLIC, article_path),
    ):
        if one is not None:
            return one
    found = _CULTURE.fullmatch(path)
    if found is None:
        return shell("ru", shown)
    rest = (found["rest"] or "").rstrip("/")
    return _in_language(_language(found["culture"]), rest, query, shown)


def newest(shown: Shown) -> Page:
    """A list of the newest in Russian."""
    return _list(shown.standing("ru")[:PER_LIST], 1, "ru", shown)


def _in_language(language: Language, rest: str, query: Mapping[str, str], shown: Shown) -> Page:
    if rest == "":
        news = shown.standing(language)[:PER_LIST] if shown.ways.front_news else ()
        return _list(news, 1, language, shown, alternates(language, shown))
    if rest.lower() in {"/news", "/news/index"}:
        page = query.get("p", "1")
        number = max(1, int(page)) if page.isdecimal() else 1
        return _list(shown.standing(language), number, language, shown)
    if details := _DETAILS.fullmatch(rest):
        return _release_at(language, details["kind"], details["number"], shown)
    return shell(language, shown)


def _language(culture: str) -> Language:
    prefix = culture[:2].lower()
    return "kk" if prefix == "kk" else "en" if prefix == "en" else "ru"


def _release_at(language: Language, kind: str, number: str, shown: Shown) -> Page:
    found = shown.found(language, number, kind)
    if found is None:
        return shell(language, shown)
    status = shown.index.status(found)
    if status is not None:
        return shell(language, shown, status=status)
    article = shown.index.article(found)
    text = _document(language, shown.look, _release(article, shown.look), article.title)
    return Page(sort="article", text=text, article=article)


def shell(language: Language, shown: Shown, status: int = 200) -> Page:
    """The site without content, but perhaps with a column of the latest news."""
    latest = ""
    if shown.ways.shell_latest:
        cards = (_card(one, shown) for one in shown.standing(language)[:5])
        latest = f'<div class="{shown.look.unknown("latest")}">{"".join(cards)}</div>\n'
    content = f'{latest}<div id="{shown.look.unknown("root")}"></div>'
    return Page(sort="missing", status=status, text=_document(language, shown.look, content))


def _document(
    language: Language, look: Look, content: str, title: str | None = None, head: str = ""
) -> str:
    name = " ".join(_NAME[language])
    titled = title is not None and look.pick("head title", (True, False))
    bar = "".join(f"<span>{one}</span>\n" for one in _BAR)
    lines = "".join(f"<div>{line}</div>\n" for line in _NAME[language])
    menu = "".join(
        f'<li><a href="/{culture}">{language.upper()}</a></li>'
        for language, culture in CULTURES.items()
    )
    culture = CULTURES[language]
    return (
        f'<!DOCTYPE html>\n<html lang="{look.pick("html lang", ("ru", culture))}"><head>'
        f'<meta charset="utf-8"><title>{escape(title or "") if titled else name}</title>'
        f"{head}</head>\n"
        f'<body>\n<div class="{look.unknown("bar")}">{bar}</div>\n'
        f'<div class="{look.unknown("name")}">{lines}</div>\n'
        f'<ul>{menu}<li><a href="/{culture}/about/deputies">921</a></li>'
        f'<li><a href="/{culture}/news">{_NEWS[language]}</a></li></ul>\n'
        f'{content}\n<footer><a href="https://www.parlam.example/">parlam</a></footer>\n'
        "</body></html>\n"
    )


def style_of(look: Look) -> int:
    """Which of the three markups an instance has."""
    return look.pick("style", STYLES) if look.style is None else look.style


def _release(article: Article, look: Look) -> str:
    """Section (sometimes), title, date and views, paragraphs, the press line, the share label."""
    section = (
        f'<div class="{look.unknown("section")}">{_NEWS[article.language]}: '
        f"{SECTIONS[article.section][article.language]}</div>\n"
        if article.number % 3 == 0
        else ""
    )
    markup = (_with_headline, _without_headline, _all_divs)[style_of(look)]
    share = f'<div class="{look.unknown("share")}">{_SHARE[article.language]}</div>'
    return f"{section}{markup(article, look)}\n{share}"


def press_line(article: Article) -> str:
    """The line in brackets that closes a release."""
    photo = {"ru": "Фото", "kk": "Сурет", "en": "Photo by"}[article.language]
    credit = "" if article.caption is None else f", {photo} {article.caption.split(' ', 1)[1]}"
    return f"({_PRESS[article.language]}{credit})"


def _lines(article: Article) -> list[str]:
    lines = [*article.paragraphs, press_line(article)]
    return [escape(line, quote=False) for line in lines]


def _with_headline(article: Article, look: Look) -> str:
    lines = "\n".join(f"<p>{line}</p>" for line in _lines(article))
    return (
        f'<article><h1>{escape(article.title)}</h1>\n<div class="{look.unknown("date")}">'
        f"{article.published:%d.%m.%Y} <i></i>{COUNTER}</div>\n"
        f'<div class="{look.unknown("text")}">\n{lines}\n</div></article>'
    )


def _without_headline(article: Article, look: Look) -> str:
    lines = "\n".join(f"<p><span>{line}</span></p>" for line in _lines(article))
    return (
        f'<section><div class="{look.unknown("title")}">{escape(article.title)}</div>\n'
        f"<span>{article.published:%d.%m.%Y}</span> <span>{COUNTER}</span>\n{lines}\n</section>"
    )


def _all_divs(article: Article, look: Look) -> str:
    lines = "\n".join(f"<div>{line}</div>" for line in _lines(article))
    return (
        f'<div class="{look.unknown("page")}"><h2>{escape(article.title)}</h2>\n'
        f"<p><time>{article.published:%d.%m.%Y}</time>&nbsp;<b>{COUNTER}</b></p>\n"
        f'<div class="{look.unknown("text")}">{lines}</div></div>'
    )


def _list(
    found: Sequence[Headline], number: int, language: Language, shown: Shown, head: str = ""
) -> Page:
    last = max(1, -(-len(found) // PER_LIST))
    if shown.ways.beyond == "repeat":
        number = min(number, last)
    here = found[(number - 1) * PER_LIST : number * PER_LIST]
    cards = "\n".join(_card(article, shown) for article in here)
    more = ""
    if number < last:
        more = f'<a href="/{CULTURES[language]}/news?p={number + 1}">{number + 1}</a>'
    content = f'<div class="{shown.look.unknown("list")}">\n{cards}\n</div>\n<div>{more}</div>'
    text = _document(language, shown.look, content, head=head)
    return Page(sort="listing", text=text)


def _card(article: Headline, shown: Shown) -> str:
    tag = ("article", "div", "li")[style_of(shown.look)]
    return (
        f'<{tag} class="{shown.look.unknown("card")}"><a href="{_link(article, shown)}">'
        f"{escape(article.title)}</a> <span>{article.published:%d.%m.%Y}</span></{tag}>"
    )


def _link(article: Headline, shown: Shown) -> str:
    look, path = shown.look, article_path(article)
    if shown.ways.culture_case:
        culture = CULTURES[article.language]
        cased = look.pick(f"case {article.number}", (culture, culture.lower(), culture.upper()))
        path = path.replace(culture, cased)
    if article.kind == "pages":
        path += f"?type=internationalactivity&title={quote(article.title)}"
        return escape(path)
    if shown.ways.dirty_links:
        return link(article, path, PUBLIC, look, "card", dirty=True)
    return look.pick(f"link {article.number}", ("", "", PUBLIC)) + path
