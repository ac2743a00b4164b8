"""Kazpravda's pages that are no articles: fronts, rubrics, sitemap, robots.txt, the 404."""

from collections.abc import Sequence
from datetime import datetime

from seeds.kazpravda_frame import (
    PAPER,
    RUBRICS,
    SITE,
    almaty,
    card,
    cards,
    elsewhere,
    framed,
    front_path,
    href,
    printed_time,
    running,
)
from seeds.pieces import Article

XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
SITEMAPS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def front_page(language: str, newest: Sequence[Article], extra: str = "") -> str:
    """The front page of one language: cards of the day, a slider, the newest, tabs, other links."""
    slider = "\n".join(
        f'<a href="{href(article)}">'
        f'<div class="news-slider__title">{running(article.title)}</div></a>'
        for article in newest[3:6]
    )
    parts = (
        '<section class="daynews">',
        *(_day_card(article) for article in newest[:3]),
        f'</section>\n<div class="news-slider">\n{slider}\n</div>',
        f'<section class="newsline">\n{cards(newest)}\n{extra}\n</section>',
        f'<div class="tab-content">\n{cards(newest[:5])}\n</div>',
        elsewhere(),
    )
    return framed(
        language=language,
        title=PAPER[language],
        head=f'<link rel="canonical" href="{SITE}{front_path(language)}">',
        main="\n".join(parts),
    )


def rubric_page(rubric: str, listed: Sequence[Article], extra: str = "") -> str:
    """The page of one rubric, with all of its articles."""
    heading = f'<h1 class="rubric__title">{RUBRICS[rubric]}</h1>'
    return framed(
        language="ru",
        title=f"{RUBRICS[rubric]} - {PAPER['ru']}",
        head=f'<link rel="canonical" href="{SITE}/r/{rubric}/">',
        main="\n".join((heading, cards(listed), extra, elsewhere())),
    )


def dead_card(path: str, title: str, when: datetime) -> str:
    """A card in a listing whose address answers 404."""
    return card(path, title, printed_time(when, "ru"))


def not_found_page() -> str:
    """What the site says with status 404."""
    return framed(
        language="ru",
        title="Страница не найдена",
        head='<meta name="robots" content="noindex">',
        main='<div class="error"><div class="error__code">404</div><p>Страница не найдена. '
        "Возможно, она была удалена или перенесена. Воспользуйтесь поиском или вернитесь на "
        '<a href="/">главную</a>.</p></div>',
    )


def robots() -> str:
    """robots.txt of the paper."""
    rules = ("/search", "/admin/", "/*?print=")
    disallowed = "".join(f"Disallow: {rule}\n" for rule in rules)
    return f"User-agent: *\n{disallowed}Crawl-delay: 1\n\nSitemap: {SITE}/sitemap.xml\n"


def sitemap_index(changed: datetime) -> str:
    """sitemap.xml: one numbered file."""
    row = _sitemap_row("sitemap", "/sitemap-1.xml", changed)
    return f"{XML}<sitemapindex {SITEMAPS}>\n{row}\n</sitemapindex>\n"


def sitemap(listed: Sequence[Article]) -> str:
    """sitemap-1.xml: articles with their times."""
    rows = "\n".join(_sitemap_row("url", article.path, article.published) for article in listed)
    return f"{XML}<urlset {SITEMAPS}>\n{rows}\n</urlset>\n"


def _sitemap_row(element: str, path: str, changed: datetime) -> str:
    lastmod = almaty(changed).isoformat()
    return f"<{element}><loc>{SITE}{path}</loc><lastmod>{lastmod}</lastmod></{element}>"


def _day_card(article: Article) -> str:
    return (
        f'<article><a class="daynews__link" href="{href(article)}">'
        f'<div class="daynews__title">{running(article.title)}</div>'
        f"<time>{printed_time(article.published, article.language)}</time></a></article>"
    )
