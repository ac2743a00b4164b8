"""Every page of the recorded site: address, status, body. A pure function of the written items."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from seeds import kazpravda_article, kazpravda_frame, kazpravda_listings, senate_pages
from seeds.pieces import CULTURES, LANGUAGES, Article, Release, articles, releases, second_states

PAPER = kazpravda_frame.SITE
SENATE = senate_pages.SITE

HTML = "text/html; charset=utf-8"
XML = "application/xml; charset=utf-8"
TEXT = "text/plain; charset=utf-8"

DEAD_ARTICLE = (
    "/n/v-almaty-zapustili-pervyy-tramvay-na-vodorode/",
    "В Алматы запустили первый трамвай на водороде",
    datetime.fromisoformat("2026-03-13T14:00"),
)
"""An address in the paper's listings that answers 404."""

SHELL_RELEASE = (
    "/ru-RU/news/details/13238",
    "Объявление для представителей средств массовой информации",
    date(2026, 3, 12),
)
"""An address in the Senate's list that answers 200 with the site's shell only."""

FRONT_CARDS = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What one address answered at one visit."""

    url: str
    language: str
    body: str
    status: int = 200
    content_type: str = HTML
    location: str | None = None
    visit: Literal[1, 2] = 1
    """1 on the first day, 2 on the day after."""


def site_pages() -> tuple[Page, ...]:
    """The pages of both sites, in the order in which a crawler would have asked for them."""
    return (*paper_pages(), *senate_site_pages(), *second_visits())


def paper_pages() -> Iterator[Page]:
    """Kazpravda at the first visit."""
    written = articles()
    yield Page(
        url=f"{PAPER}/robots.txt",
        language="ru",
        body=kazpravda_listings.robots(),
        content_type=TEXT,
    )
    yield from _paper_sitemaps(written)
    yield from _paper_listings(written)
    for article in written:
        if article.old:
            yield _redirect(f"{PAPER}{article.old}", f"{PAPER}{article.path}", status=301)
        yield _article(article, written)
    yield Page(
        url=f"{PAPER}{DEAD_ARTICLE[0]}",
        language="ru",
        body=kazpravda_listings.not_found_page(),
        status=404,
    )


def senate_site_pages() -> Iterator[Page]:
    """The Senate at the first visit."""
    written = releases()
    yield Page(
        url=f"{SENATE}/robots.txt", language="ru", body=senate_pages.robots(), content_type=TEXT
    )
    yield _redirect(f"{SENATE}/", "/ru-RU", status=302)
    for language in LANGUAGES:
        yield from _senate_listings(
            language, [release for release in written if release.language == language]
        )
    for release in written:
        yield _release(release, written)
    yield Page(url=f"{SENATE}{SHELL_RELEASE[0]}", language="ru", body=senate_pages.shell_page("ru"))


def second_visits() -> Iterator[Page]:
    """Articles that were asked for again the day after, when they had changed."""
    written = articles()
    for article in second_states():
        yield _article(article, written, visit=2)


def _paper_sitemaps(written: Sequence[Article]) -> Iterator[Page]:
    listed = [
        article for article in _newest(written) if article.language == "ru" and not article.old
    ]
    index = kazpravda_listings.sitemap_index(listed[0].published)
    yield Page(url=f"{PAPER}/sitemap.xml", language="ru", body=index, content_type=XML)
    sitemap = kazpravda_listings.sitemap(listed)
    yield Page(url=f"{PAPER}/sitemap-1.xml", language="ru", body=sitemap, content_type=XML)


def _paper_listings(written: Sequence[Article]) -> Iterator[Page]:
    dead = kazpravda_listings.dead_card(*DEAD_ARTICLE)
    for language in LANGUAGES:
        newest = _newest([article for article in written if article.language == language])[
            :FRONT_CARDS
        ]
        body = kazpravda_listings.front_page(
            language, newest, extra=dead if language == "ru" else ""
        )
        yield Page(
            url=f"{PAPER}{kazpravda_frame.front_path(language)}", language=language, body=body
        )
    for rubric in kazpravda_frame.RUBRICS:
        listed = _newest(
            [article for article in written if rubric in (article.rubric, *article.also)]
        )
        body = kazpravda_listings.rubric_page(
            rubric, listed, extra=dead if rubric == "tehnologii" else ""
        )
        yield Page(url=f"{PAPER}/r/{rubric}/", language="ru", body=body)


def _newest(written: Sequence[Article]) -> list[Article]:
    return sorted(written, key=lambda article: article.published, reverse=True)


def _article(article: Article, written: Sequence[Article], visit: Literal[1, 2] = 1) -> Page:
    translations = [
        other
        for other in written
        if article.group and other.group == article.group and other.language != article.language
    ]
    body = kazpravda_article.article_page(article, translations, _related(article, written))
    return Page(url=f"{PAPER}{article.path}", language=article.language, body=body, visit=visit)


def _related(article: Article, written: Sequence[Article]) -> list[Article]:
    """The three articles that follow in the same language, round the end."""
    others = [other for other in written if other.language == article.language and not other.old]
    following = [other for other in others if other.path > article.path] + others
    return [other for other in dict.fromkeys(following) if other.path != article.path][:3]


def _senate_listings(language: str, written: Sequence[Release]) -> Iterator[Page]:
    culture = CULTURES[language]
    newest = sorted(written, key=lambda release: release.number, reverse=True)
    front = senate_pages.front_page(language, newest[:3])
    yield Page(url=f"{SENATE}/{culture}", language=language, body=front)
    dead = [SHELL_RELEASE] if language == "ru" else []
    yield Page(
        url=f"{SENATE}/{culture}/news",
        language=language,
        body=senate_pages.news_list(language, newest, dead=dead),
    )


def _release(release: Release, written: Sequence[Release]) -> Page:
    languages = {other.language for other in written if other.number == release.number}
    latest = [
        other
        for other in written
        if other.language == release.language and other.number != release.number
    ][-3:]
    body = senate_pages.release_page(release, languages, latest)
    return Page(url=f"{SENATE}{release.path}", language=release.language, body=body)


def _redirect(url: str, location: str, *, status: int) -> Page:
    link = f'<a href="{location}">{location}</a>'
    body = f"<html>\n<head><title>{status}</title></head>\n<body>{link}</body>\n</html>\n"
    return Page(url=url, language="ru", body=body, status=status, location=location)
