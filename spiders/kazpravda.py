"""Kazakhstanskaya Pravda: articles in Russian, Kazakh and English.

Proven facts: the article's address, title, time and body by class, `/r/` rubrics, the order on
the page. Guesses, never relied on alone: the classes of lead and authors; that `/kk/` and `/en/`
have the same form. The older layout is that of about 2017 to 2020. How sure each fact is:
docs/sources/kazpravda.md
"""

from datetime import date

from pipeline.model.source import (
    AddressForm,
    ClassLayout,
    DayArchive,
    Expect,
    Feeds,
    ListingPage,
    Listings,
    Sitemaps,
    Source,
)

_RUBRICS = (
    "prezident", "politika", "ekonomika", "obshchestvo", "proisshestviya", "tehnologii",
    "kultura", "sport", "v-mire",
)  # fmt: skip

KAZPRAVDA = Source(
    name="kazpravda",
    title="Kazakhstanskaya Pravda",
    rank=2,
    host="kazpravda.kz",
    languages=("ru", "kk", "en"),
    language_prefixes=(("kk", "kk"), ("en", "en")),
    default_language="ru",
    articles=(
        AddressForm(kind="news", path=r"/(?:(?:kk|en)/)?n/[^/]+/?", final_slash=True),
        AddressForm(
            kind="old", path=r"/(?:archives|fresh|articles)/view/[^/]+/?", final_slash=True
        ),
        AddressForm(
            kind="old", path=r"/news/(?!page-\d)[^/]+/(?!page-\d)[^/]+/?", final_slash=True
        ),
    ),
    finding=(
        Listings(
            pages=(
                ListingPage(path="/", sure=True, front=True),
                ListingPage(path="/kk/", sure=False, front=True),
                ListingPage(path="/en/", sure=False, front=True),
                *(ListingPage(path=f"/r/{rubric}/", sure=False) for rubric in _RUBRICS),
            ),
            links=r"/(?:(?:kk|en)/)?r/[a-z0-9-]+(?:/[a-z0-9-]+)?/?",
        ),
        Feeds(paths=("/rss", "/kk/rss", "/en/rss", "/rss.xml", "/feed")),
        Sitemaps(paths=("/sitemap.xml",)),
        DayArchive(
            paths=("/archive/?date={date}", "/kk/archive/?date={date}", "/en/archive/?date={date}"),
            forms=("%Y-%m-%d", "%d.%m.%Y"),
        ),
    ),
    layouts=(
        ClassLayout(
            name="2021",
            title=("h1.article__title",),
            body=("div.article__body", ".article__body"),
            published_meta=("aiturec:datetime",),
            published=("time.article__date", ".article__date"),
            lead=(".article__lead",),
            authors=(".article__authors", ".article__author"),
            views=("div.article__views",),
            image=(
                "div.article__img img",
                ".article__img img",
                "div.swiper-wrapper.js-lg [data-src]",
            ),
            tags=("[class*=article__tags]",),
            cut=(
                "[class*=article__tags]",
                "div.article__content",
                "[class*=related]",
                "div.js-lg",
            ),
        ),
        ClassLayout(
            name="2017",
            title=(".article_main_left_block h1",),
            body=("div.article_text_block",),
            published=("div.author_date_article",),
            lead=(".article_lead_block",),
            image=("div.article_img_block img",),
        ),
    ),
    names=("kazpravda.kz", "казахстанская правда", "казахстанской правды"),
    expect=Expect(items_per_week=None, read_by_layout=0.95),
    first_day=date(2013, 11, 12),
    schedule="*/15 * * * *",
    delay_seconds=1.0,
)
