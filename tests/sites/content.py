"""Invented articles: the same seed gives the same ones, and a longer list only adds newer ones.

No two articles of one list share a run of four words, and none has one twice: a word that would
complete a used run is drawn again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from itertools import count as counting
from itertools import islice
from random import Random
from typing import Any, Final, Literal

from tests.sites.words import LEXICONS, Language
from tests.sites.writer import Writer

SiteName = Literal["kazpravda", "senate"]

SECTIONS: Final[dict[str, dict[Language, str]]] = {
    "prezident": {"ru": "Президент", "kk": "Президент", "en": "President"},
    "politika": {"ru": "Политика", "kk": "Саясат", "en": "Politics"},
    "ekonomika": {"ru": "Экономика", "kk": "Экономика", "en": "Economy"},
    "obshchestvo": {"ru": "Общество", "kk": "Қоғам", "en": "Society"},
    "tehnologii": {"ru": "Технологии", "kk": "Технология", "en": "Technology"},
    "kultura": {"ru": "Культура", "kk": "Мәдениет", "en": "Culture"},
    "sport": {"ru": "Спорт", "kk": "Спорт", "en": "Sport"},
    "v-mire": {"ru": "В мире", "kk": "Әлемде", "en": "World"},
}
"""Rubric in the address, and its label by language."""

CYCLE: Final[dict[SiteName, tuple[Language, ...]]] = {
    "kazpravda": ("ru", "kk", "ru", "en", "ru"),
    "senate": ("ru", "kk", "en"),
}
_FIRST_NUMBER: Final[dict[SiteName, int]] = {"kazpravda": 1, "senate": 12950}
_CLOCKS_BACK: Final = datetime(2024, 2, 29, 18, tzinfo=UTC)
_OLD_ARTICLES: Final = 6
"""So many stand before the leap to 2026, on both sides of the change of the clocks."""
_SOUNDS: Final = (
    "a b v g d e e zh z i y k l m n o p r s t u f h ts ch sh shch _ y _ e yu ya a g k n o u u h i"
)
_LATIN: Final = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһі",
        _SOUNDS.split(),
        strict=True,
    )
)


Kind = Literal["news", "pages"]
Shape = Literal["plain", "paid", "gallery", "bare gallery"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """What lists tell of an article, and what finds it."""

    site: SiteName
    number: int
    """Rises with the date; on the Senate it mostly stands in the address."""
    language: Language
    slug: str
    """Of the first title: it stays when the title is changed. The Senate's is a number."""
    title: str
    published: datetime
    """To the minute, with the offset of that time in Almaty."""
    section: str
    """Key of `SECTIONS`."""
    tags: tuple[str, ...]
    kind: Kind = "news"
    """The Senate's word in the address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article(Headline):
    """One invented article, whatever site shows it."""

    lead: str | None
    """Null on the Senate, whose pages mark none."""
    paragraphs: tuple[str, ...]
    """Without the lead."""
    authors: tuple[str, ...]
    caption: str | None
    views: int
    """Where the counter starts."""
    shape: Shape = "plain"
    """How Kazpravda shows the body."""

    def to_json(self) -> dict[str, Any]:
        """As `from_json` takes it."""
        return asdict(self) | {"published": self.published.isoformat()}

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Article:
        """The article that `to_json` gave."""
        lists = {name: tuple(row[name]) for name in ("paragraphs", "authors", "tags")}
        published = datetime.fromisoformat(row["published"])
        return cls(**{**row, **lists, "published": published})


def articles(seed: int, count: int, *, site: SiteName = "kazpravda") -> tuple[Article, ...]:
    """The first `count` articles of a seed, oldest first."""
    return tuple(islice(_endless(seed, site), count))


def fresh_paragraph(seed: str, language: Language) -> str:
    """A paragraph that stands in no article, for changing one."""
    return Writer(Random(f"fresh {seed} {language}"), language).paragraph(3)


def reprint(release: Article, number: int, *, minutes: int = 90) -> Article:
    """Kazpravda's print of a Senate release: its first paragraph is the lead, nothing is added."""
    lead, *rest = release.paragraphs
    return replace(
        release,
        site="kazpravda",
        number=number,
        slug=transliterated(release.title),
        lead=lead,
        paragraphs=tuple(rest),
        published=almaty(release.published + timedelta(minutes=minutes)),
    )


def almaty(moment: datetime) -> datetime:
    """The moment with the offset then in force in Almaty: +06:00 until February 2024."""
    hours = 6 if moment < _CLOCKS_BACK else 5
    return moment.astimezone(timezone(timedelta(hours=hours)))


def transliterated(title: str) -> str:
    """The slug of a title, by Kazpravda's table.

    >>> transliterated("Щедрый съезд: «Ёлка» и Әли")
    'shchedryy-sezd-elka-i-ali'
    """
    latin = "".join(_LATIN.get(letter, letter) for letter in title.lower())
    return re.sub(r"[^a-z0-9]+", "-", latin.replace("_", "")).strip("-")


def _endless(seed: int, site: SiteName) -> Iterator[Article]:
    writers = {
        language: Writer(Random(f"{seed} {site} {language}"), language) for language in CYCLE[site]
    }
    random = Random(f"{seed} {site}")
    number, moment = _FIRST_NUMBER[site], datetime(2024, 2, 27, 4, 30, tzinfo=UTC)
    for index in counting():
        language = CYCLE[site][index % len(CYCLE[site])]
        article = _article(writers[language], random, index, number, almaty(moment), site)
        yield article if site == "kazpravda" else _release(article)
        number += 1 if site == "kazpravda" else random.randint(1, 4)
        moment = _next_moment(moment, random, index)


def _next_moment(moment: datetime, random: Random, index: int) -> datetime:
    """Never in the hour that Almaty had twice, from 17:00 to 19:00 UTC on 29 February 2024."""
    if index < _OLD_ARTICLES - 1:
        return moment + timedelta(hours=21, minutes=random.randint(1, 40))
    if index == _OLD_ARTICLES - 1:
        return datetime(2026, 3, 1, 1, 5, tzinfo=UTC)
    return moment + timedelta(minutes=random.randint(40, 420))


def _article(
    writer: Writer, random: Random, index: int, number: int, published: datetime, site: SiteName
) -> Article:
    title = writer.title(long=index % 11 == 7)
    lexicon = writer.lexicon
    short = index % 12 == 5
    size = 1 if short else 40 if index % 25 == 20 else random.randint(3, 7)
    lead = writer.paragraph(1 if short else 2)
    if writer.language == "ru" and index % 4 == 0:
        lead = lead.removesuffix(".") + ", сообщает Kazpravda.kz"
    return Article(
        site=site,
        number=number,
        language=writer.language,
        slug=transliterated(title),
        title=title,
        lead=lead,
        paragraphs=tuple(writer.paragraph(1 if short else 3) for _ in range(size)),
        published=published,
        section=random.choice(tuple(SECTIONS)),
        authors=tuple(random.sample(lexicon.names, 0 if short else index % 3)),
        tags=tuple(sorted(random.sample(lexicon.tags, random.randint(0, 4)))),
        caption=None if index % 5 == 4 else f"Фото: {random.choice(LEXICONS['ru'].names)}",
        views=random.choice((1, 11, random.randint(12, 999), random.randint(1000, 29999))),
    )


def _release(article: Article) -> Article:
    """The article as a Senate release: it marks no lead, names no author, bears no tag."""
    assert article.lead is not None
    lead = article.lead.removesuffix(", сообщает Kazpravda.kz").removesuffix(".") + "."
    return replace(
        article,
        lead=None,
        paragraphs=(lead, *article.paragraphs),
        authors=(),
        tags=(),
        slug=str(article.number),
    )
