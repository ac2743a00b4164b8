"""Kazpravda's replica: the design of 2021 to 2026 as sites.md tells it; the rest is drawn."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from html import escape
from typing import Final
from urllib.parse import quote, unquote

from tests.sites.content import SECTIONS, Article
from tests.sites.look import Look
from tests.sites.page import COUNTER, Page, Shown
from tests.sites.words import Language, clock_date

PUBLIC: Final = "https://kazpravda.kz"
ROBOTS: Final = f"User-agent: *\nDisallow: /search\nSitemap: {PUBLIC}/sitemap.xml\n"
FRONTS: Final[dict[Language, str]] = {"ru": "/", "kk": "/kk/", "en": "/en/"}
PER_LIST: Final = 24
PER_SITEMAP: Final = 15

_ARTICLE = re.compile(r"/(?:(?P<lang>kk|en)/)?n/(?P<slug>[^/]+)(?P<slash>/?)")
_RUBRIC = re.compile(r"/(?:(?P<lang>kk|en)/)?r/(?P<rubric>[a-z0-9-]+)(?:/[a-z0-9-]+)?/?")
_TAG = re.compile(r"/t/(?P<tag>[^/]+)/?")
_SITEMAP = re.compile(r"/sitemap-(?P<number>\d+)\.xml")
_LINK_FORMS: Final = (
    "{path}",
    "{path}",
    "{path}",
    "{public}{path}",
    "https://www.kazpravda.kz{path}",
    "{path}?utm_source=front&utm_medium=card",
    "{bare}",
)


def article_path(article: Article) -> str:
    """The site's own form of an article's address."""
    return f"{FRONTS[article.language]}n/{article.slug}/"


def page_at(path: str, query: Mapping[str, str], shown: Shown) -> Page:
    """What the site answers at a path."""
    if found := _ARTICLE.fullmatch(path):
        return _article_at(found["lang"] or "ru", found["slug"], found["slash"], shown)
    if path in {*FRONTS.values(), "/kk", "/en"}:
        return _front(_language(path.strip("/")), shown)
    if found := _RUBRIC.fullmatch(path):
        return _rubric(_language(found["lang"]), found["rubric"], shown)
    if found := _TAG.fullmatch(path):
        tagged = [one for one in shown.standing() if unquote(found["tag"]) in one.tags]
        return _list(f"#{unquote(found['tag'])}", tagged, "ru", shown.look)
    if found := _SITEMAP.fullmatch(path):
        return _sitemap(int(found["number"]), shown)
    return _other(path, query, shown)


def _other(path: str, query: Mapping[str, str], shown: Shown) -> Page:
    if path == "/robots.txt":
        return Page(text=ROBOTS, content_type="text/plain")
    if path == "/sitemap.xml":
        return _sitemap_index(shown)
    if path.rstrip("/") == "/archive":
        return _day(query.get("date", ""), shown)
    if path == "/search":
        words = query.get("q", "").lower()
        found = [one for one in shown.standing() if words and words in one.title.lower()]
        return _list("Поиск", found, "ru", shown.look)
    return _missing(shown.look)


def _language(prefix: str | None) -> Language:
    return "kk" if prefix == "kk" else "en" if prefix == "en" else "ru"


def _article_at(prefix: str, slug: str, slash: str, shown: Shown) -> Page:
    language = _language(prefix)
    for article in shown.articles:
        if article.slug == unquote(slug) and article.language == language:
            break
    else:
        return _missing(shown.look)
    if article.number in shown.removed:
        return _missing(shown.look, status=shown.removed[article.number])
    if not slash and shown.look.pick("bare address", ("serve", "redirect")) == "redirect":
        return Page(status=301, location=article_path(article))
    return Page(sort="article", text=_article(article, shown), article=article)


def _missing(look: Look, status: int = 404) -> Page:
    body = f'<main class="{look.known("app__main")}"><h1>404</h1><p>Страница не найдена</p></main>'
    return Page(sort="missing", status=status, text=_document("Страница не найдена", "ru", body))


def _document(title: str, language: Language, body: str, head: str = "") -> str:
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


def _article(article: Article, shown: Shown) -> str:
    look, known, unknown = shown.look, shown.look.known, shown.look.unknown
    authors = f'<div class="{unknown("author")}">{", ".join(article.authors)}</div>\n'
    tag = look.pick("lead", ("div", "p", "h2"))
    body = (
        f'<main class="{known("app__main")}"><article class="{known("article")}">\n'
        f'<h1 class="{known("article__title")}">{escape(article.title)}</h1>\n'
        f'<a class="{unknown("section")}" href="{FRONTS[article.language]}r/{article.section}/">'
        f"{SECTIONS[article.section][article.language]}</a>\n"
        f'<time class="{known("article__date")}">{_clock(article)}</time>\n'
        f'<div class="{known("article__views")}">{COUNTER}</div>\n'
        f"{authors if article.authors else ''}"
        f'<{tag} class="{unknown("lead")}">{escape(article.lead or "", quote=False)}</{tag}>\n'
        f"{_picture(article, look)}"
        f'<div class="{known("article__body")}">\n{_paragraphs(article)}</div>\n'
        f'<div class="{known("article__tags")}">{_tags(article)}</div>\n'
        f'<div class="{known("article__content")}">{_related(article, shown)}</div>\n'
        "</article></main>"
    )
    head = f'<meta property="aiturec:datetime" content="{_machine_time(article, look)}">\n'
    return _document(article.title, article.language, body, head)


def _clock(article: Article) -> str:
    moment = article.published
    day = clock_date(article.language, moment.day, moment.month, moment.year)
    return f"{day} {moment.hour}:{moment:%M}"


def _machine_time(article: Article, look: Look) -> str:
    moment = article.published
    forms = {
        "offset": moment.isoformat(),
        "zulu": f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "naive": f"{moment:%Y-%m-%dT%H:%M:%S}",
        "epoch": f"{moment.timestamp():.0f}",
    }
    return forms[look.pick("machine time", tuple(forms))]


def _picture(article: Article, look: Look) -> str:
    if article.caption is None:
        return ""
    caption = f'<div class="{look.unknown("caption")}">{escape(article.caption)}</div>'
    return (
        f'<div class="{look.known("article__img")}">'
        f'<img src="{image_path(article)}" alt="">{caption}</div>\n'
    )


def image_path(article: Article) -> str:
    """Where the picture of an article would be."""
    return f"/media/news/{article.published:%Y/%m/%d}/{article.number:032x}_1280x720.jpg"


def _paragraphs(article: Article) -> str:
    """Children of the body: plain, with inline marks, a heading, a quotation; and what to cut."""
    rows = [_paragraph(article.number + at, text) for at, text in enumerate(article.paragraphs)]
    if article.number % 5 == 2:
        rows.insert(1, '<figure><img src="/media/news/x.jpg" alt=""><figcaption>Фото: t.me/x'
                       "</figcaption></figure>")  # fmt: skip
    if article.number % 7 == 3:
        rows.append(f"<p>#{escape(' #'.join(article.tags or ('степь',)))}</p>")
    return "\n".join(rows) + "\n"


def _paragraph(at: int, text: str) -> str:
    marked = escape(text, quote=False).replace("«", "&laquo;", at % 2)
    words = marked.split(" ")
    if at % 6 == 1:
        words[1] = f"<strong>{words[1]}</strong>"
    if at % 6 == 2:
        words[2] = f'<a href="/r/politika/">{words[2]}</a>'
    if at % 6 == 4:
        words[3] = f"\n   {words[3]}"
    line = " ".join(words)
    if at % 13 == 5:
        return f"<h3>{line}</h3>"
    return f"<blockquote><p>{line}</p></blockquote>" if at % 8 == 3 else f"<p>{line}</p>"


def _tags(article: Article) -> str:
    return " ".join(f'<a href="/t/{quote(tag)}/">{escape(tag)}</a>' for tag in article.tags)


def _related(article: Article, shown: Shown) -> str:
    others = [one for one in shown.standing(article.language) if one.number < article.number]
    links = (
        f'<li><a href="{article_path(one)}">{escape(one.title)}</a></li>' for one in others[:3]
    )
    return f"<div>Читайте также</div><ul>{''.join(links)}</ul>"


def _front(language: Language, shown: Shown) -> Page:
    return _list("Главная", shown.standing(language), language, shown.look)


def _rubric(language: Language, rubric: str, shown: Shown) -> Page:
    if rubric not in SECTIONS:
        return _missing(shown.look)
    here = [one for one in shown.standing(language) if one.section == rubric]
    return _list(SECTIONS[rubric][language], here, language, shown.look)


def _list(title: str, found: Sequence[Article], language: Language, look: Look) -> Page:
    newest = found[:PER_LIST]
    cards = "\n".join(_card(one, look, first=at == 0) for at, one in enumerate(newest))
    slides = "".join(
        f'<a href="{_link(one, look, "slide")}">'
        f'<div class="{look.known("news-slider__title")}">{escape(one.title)}</div></a>'
        for one in newest[:2]
    )
    again = "\n".join(_card(one, look, first=False) for one in newest[:5])
    body = (
        f'<main class="{look.known("app__main")}">\n<h1>{escape(title)}</h1>\n<div>{slides}</div>\n'
        f'{cards}\n<div class="{look.known("tab-content")}">\n{again}\n</div>\n</main>'
    )
    return Page(sort="listing", text=_document(title, language, body))


def _card(article: Article, look: Look, *, first: bool) -> str:
    name = "daynews" if first else "news"
    opening = "<article>" if first else f'<article class="{look.known("news")}">'
    return (
        f'{opening}<a class="{look.known(f"{name}__link")}" href="{_link(article, look, name)}">'
        f'<div class="{look.known(f"{name}__title")}">{escape(article.title)}</div></a>'
        f"<time>{_clock(article)}</time></article>"
    )


def _link(article: Article, look: Look, place: str) -> str:
    path = article_path(article)
    form = look.pick(f"link {place} {article.number}", _LINK_FORMS)
    return escape(form.format(path=path, bare=path.removesuffix("/"), public=PUBLIC))


def _day(date: str, shown: Shown) -> Page:
    """A day of the archive. The form of the date is drawn, for nobody knows it."""
    form = shown.look.pick("archive date", ("%Y-%m-%d", "%d.%m.%Y"))
    here = [one for one in shown.standing("ru") if one.published.strftime(form) == date]
    return _list("Архив", here, "ru", shown.look)


def _sitemap_index(shown: Shown) -> Page:
    count = max(1, -(-len(shown.standing("ru")) // PER_SITEMAP))
    rows = "".join(
        f"<sitemap><loc>{PUBLIC}/sitemap-{number}.xml</loc></sitemap>\n"
        for number in range(1, count + 1)
    )
    return _xml(f"<sitemapindex {_XMLNS}>\n{rows}</sitemapindex>")


def _sitemap(number: int, shown: Shown) -> Page:
    """Oldest first, so that a full file stays as it is."""
    ours = shown.standing("ru")[::-1][(number - 1) * PER_SITEMAP : number * PER_SITEMAP]
    if number < 1 or (not ours and number > 1):
        return _missing(shown.look)
    rows = "".join(
        f"<url><loc>{PUBLIC}{article_path(one)}</loc>"
        f"<lastmod>{_lastmod(one.published)}</lastmod></url>\n"
        for one in ours
    )
    return _xml(f"<urlset {_XMLNS}>\n{rows}</urlset>")


_XMLNS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def _lastmod(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _xml(content: str) -> Page:
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n{content}\n'
    return Page(sort="listing", text=text, content_type="application/xml")
