"""The Senate: press releases in three languages.

Proven facts: the article's address in English, the order of a news page's text. Guesses: the same
in Russian and Kazakh, every address of a list, the share labels in Russian and Kazakh. No class
name of its news pages was ever seen, so none is used. How sure each fact is:
docs/sources/senate.md
"""

from datetime import date

from pipeline.model.source import (
    AddressForm,
    Expect,
    Feeds,
    ListingPage,
    Listings,
    Numbers,
    Sitemaps,
    Source,
    TextLayout,
)

_CULTURES = ("ru-RU", "kk-KZ", "en-US")
_CULTURE = r"(?:ru-RU|kk-KZ|en-US)"

SENATE = Source(
    name="senate",
    title="Senate of the Parliament of Kazakhstan",
    rank=1,
    host="senate.parlam.kz",
    languages=("ru", "kk", "en"),
    language_prefixes=(
        ("ru-RU", "ru"),
        ("kk-KZ", "kk"),
        ("en-US", "en"),
        ("ru", "ru"),
        ("kk", "kk"),
        ("en", "en"),
    ),
    default_language="ru",
    articles=(
        AddressForm(kind="news", path=rf"/{_CULTURE}/news/details/(?P<number>\d+)/?"),
        AddressForm(
            kind="page",
            path=rf"/{_CULTURE}/pages/details/(?P<number>\d+)/?",
            asks_with_query=True,
        ),
        AddressForm(
            kind="old",
            path=r"/(?:ru|kk|en)/senate/press-center/article/(?P<number>\d+)/?",
            host="parlam.kz",
        ),
    ),
    finding=(
        Listings(
            pages=(
                ListingPage(path="/", sure=True, front=True),
                *(ListingPage(path=f"/{culture}", sure=False, front=True) for culture in _CULTURES),
                *(ListingPage(path=f"/{culture}/news", sure=False) for culture in _CULTURES),
                *(ListingPage(path=f"/{culture}/news/index", sure=False) for culture in _CULTURES),
            ),
            links=rf"/{_CULTURE}/(?:news|pages)(?:/index)?/?(?:\?(?:p=1|type=\w+)?)?",
        ),
        Feeds(paths=("/rss", "/feed")),
        Sitemaps(paths=("/sitemap.xml",)),
        Numbers(
            paths=tuple(f"/{culture}/news/details/{{number}}" for culture in _CULTURES),
            known=(
                (3232, date(2020, 7, 13)),
                (5468, date(2021, 10, 18)),
                (5850, date(2022, 1, 13)),
                (6482, date(2022, 5, 16)),
            ),
        ),
    ),
    layouts=(
        TextLayout(
            name="text-order",
            site_names=(
                "сенат",
                "сенат парламента",
                "сенат парламента рк",
                "парламента республики казахстан",
                "сенат парламента республики казахстан",
                "республики казахстан",
                "парламента",
                "қазақстан республикасы",
                "қазақстан республикасының",
                "парламентінің сенаты",
                "қазақстан республикасы парламентінің сенаты",
                "парламенті сенаты",
                "парламенті",
                "senate",
                "the senate",
                "senate of the parliament",
                "of the parliament",
                "senate of the parliament of the republic of kazakhstan",
                "of the republic of kazakhstan",
                "the senate of the parliament",
                "parliament of the republic of kazakhstan",
                "the senate of the parliament of the republic of kazakhstan",
                "republic of kazakhstan",
                "цвет сайта",
                "расстояние между буквами",
                "размер шрифта",
                "изображения",
            ),
            share_labels=(
                "share this",
                "share",
                "share this page",
                "поделиться",
                "поделиться в соцсетях",
                "поделиться в социальных сетях",
                "поделиться новостью",
                "бөлісу",
                "бөлісіңіз",
                "әлеуметтік желілерде бөлісу",
            ),
            press_service=(
                "senate press service",
                "press service",
                "пресс-служба",
                "пресс-службы",
                "баспасөз қызметі",
            ),
            image_paths=("/storage/",),
        ),
    ),
    names=("senate.parlam.kz", "пресс-служба сената", "пресс-службу сената"),
    expect=Expect(items_per_week=None, read_by_layout=0.95),
    first_day=date(2013, 1, 1),
    schedule="*/30 * * * *",
    delay_seconds=2.0,
)
