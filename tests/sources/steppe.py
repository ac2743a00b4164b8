"""The Steppe Courier: news in Russian and English. How each fact was learned: it is invented."""

from datetime import date

from pipeline.model.source import (
    AddressForm,
    ClassLayout,
    ListingPage,
    Listings,
    Sitemaps,
    Source,
)

STEPPE = Source(
    name="steppe",
    title="Steppe Courier",
    rank=3,
    host="steppe.example",
    languages=("ru", "en"),
    language_prefixes=(("en", "en"),),
    default_language="ru",
    articles=(AddressForm(kind="news", path=r"/(?:en/)?story/\d{4}/[^/]+/?", final_slash=True),),
    finding=(
        Listings(
            pages=(
                ListingPage(path="/", sure=True, front=True),
                ListingPage(path="/en/", sure=True, front=True),
            ),
            links=r"/(?:en/)?topic/[a-z]+/",
        ),
        Sitemaps(paths=("/sitemap.xml",)),
    ),
    layouts=(
        ClassLayout(
            name="2020", title=("h1.story__title",), body=("div.story__text",),
            published=("time.story__time",), lead=("p.story__lead",), authors=(".story__author",),
            image=(".story__picture img",), tags=(".story__tags",), cut=(".story__more",),
        ),
    ),
    names=("степной курьер", "steppe courier"),
    first_day=date(2020, 1, 6),
)  # fmt: skip
