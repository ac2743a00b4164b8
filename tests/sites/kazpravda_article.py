"""Kazpravda's page of an article."""

from __future__ import annotations

from datetime import UTC
from html import escape
from typing import Final
from urllib.parse import quote

from tests.sites.content import SECTIONS, Article
from tests.sites.kazpravda_frame import FRONTS, PUBLIC, article_path, clock, document
from tests.sites.look import Look
from tests.sites.page import COUNTER, Page, Shown
from tests.sites.words import Language

_PAID: Final[dict[Language, str]] = {
    "ru": "Полный текст доступен только по подписке. Оформить подписку",
    "kk": "Мәтіннің толық нұсқасы жазылушыларға ғана қолжетімді. Жазылу",
    "en": "The full text is for subscribers only. Subscribe",
}


def article_page(article: Article, shown: Shown, *, canonical: bool = False) -> Page:
    """The page of an article, which names its own address if `canonical`."""
    link = f'<link rel="canonical" href="{PUBLIC}{article_path(article)}">\n' if canonical else ""
    return Page(sort="article", text=_article(article, shown, link), article=article)


def _article(article: Article, shown: Shown, link: str) -> str:
    look, known, unknown = shown.look, shown.look.known, shown.look.unknown
    authors = f'<div class="{unknown("author")}">{", ".join(article.authors)}</div>\n'
    tag = look.pick("lead", ("div", "p", "h2"))
    body = (
        f'<main class="{known("app__main")}"><article class="{known("article")}">\n'
        f'<h1 class="{known("article__title")}">{escape(article.title)}</h1>\n'
        f'<a class="{unknown("section")}" href="{FRONTS[article.language]}r/{article.section}/">'
        f"{SECTIONS[article.section][article.language]}</a>\n"
        f'<time class="{known("article__date")}">{clock(article)}</time>\n'
        f'<div class="{known("article__views")}">{COUNTER}</div>\n'
        f"{authors if article.authors else ''}"
        f'<{tag} class="{unknown("lead")}">{escape(article.lead or "", quote=False)}</{tag}>\n'
        f"{_picture(article, look)}"
        f'<div class="{known("article__body")}">\n{_body(article, look)}</div>\n'
        f'<div class="{known("article__tags")}">{_tags(article)}</div>\n'
        f'<div class="{known("article__content")}">{_related(article, shown)}</div>\n'
        "</article></main>"
    )
    head = f'<meta property="aiturec:datetime" content="{_machine_time(article, look)}">\n'
    return document(article.title, article.language, body, head + link)


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


def _body(article: Article, look: Look) -> str:
    text = "" if article.shape == "bare gallery" else _paragraphs(article)
    if article.shape == "paid":
        notice = f'<a href="/subscribe/">{_PAID[article.language]}</a>'
        return f'{text}<div class="{look.unknown("paid")}">{notice}</div>\n'
    return text if article.shape == "plain" else text + _gallery(article, look)


def _gallery(article: Article, look: Look) -> str:
    slides = "".join(
        f'<div class="{look.unknown("slide")}" data-src="{image_path(article)}?{at}">'
        f'<img src="{image_path(article)}?{at}" alt=""></div>\n'
        for at in range(1, 8)
    )
    return f'<div class="{look.known("swiper-wrapper")} {look.known("js-lg")}">\n{slides}</div>\n'


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
    others = () if shown.empty else shown.index.before(article, 3)
    links = (f'<li><a href="{article_path(one)}">{escape(one.title)}</a></li>' for one in others)
    return f"<div>Читайте также</div><ul>{''.join(links)}</ul>"
