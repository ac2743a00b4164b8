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

from tests.sites.words import LEXICONS, Language, Lexicon, Part

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

_CYCLE: Final[dict[SiteName, tuple[Language, ...]]] = {
    "kazpravda": ("ru", "kk", "ru", "en", "ru"),
    "senate": ("ru", "kk", "en"),
}
_FIRST_NUMBER: Final[dict[SiteName, int]] = {"kazpravda": 1, "senate": 12950}
_CLOCKS_BACK: Final = datetime(2024, 2, 29, 18, tzinfo=UTC)
_OLD_ARTICLES: Final = 6
"""So many stand before the leap to 2026, on both sides of the change of the clocks."""
_PARTS: Final[dict[str, Part]] = {"n": "noun", "a": "adjective", "v": "verb", "l": "link"}
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One invented article, whatever site shows it."""

    site: SiteName
    number: int
    """Rises with the date; on the Senate it stands in the address."""
    language: Language
    slug: str
    """Of the first title: it stays when the title is changed."""
    title: str
    lead: str | None
    """Null on the Senate, whose pages mark none."""
    paragraphs: tuple[str, ...]
    """Without the lead."""
    published: datetime
    """To the minute, with the offset of that time in Almaty."""
    section: str
    """Key of `SECTIONS`."""
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    caption: str | None
    views: int
    """Where the counter starts."""

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
    return _Writer(Random(f"fresh {seed} {language}"), language).paragraph(3)


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
        language: _Writer(Random(f"{seed} {site} {language}"), language)
        for language in _CYCLE[site]
    }
    random = Random(f"{seed} {site}")
    number, moment = _FIRST_NUMBER[site], datetime(2024, 2, 27, 4, 30, tzinfo=UTC)
    for index in counting():
        language = _CYCLE[site][index % len(_CYCLE[site])]
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
    writer: _Writer, random: Random, index: int, number: int, published: datetime, site: SiteName
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


class _Writer:
    """Writes in one language and never the same run of four words again."""

    def __init__(self, random: Random, language: Language) -> None:
        self.language: Language = language
        self.lexicon: Lexicon = LEXICONS[language]
        self._random = random
        self._last: tuple[str, ...] = ()
        self._used: set[tuple[str, ...]] = set()

    def title(self, *, long: bool) -> str:
        """Some six or, if long, some twenty words without a full stop."""
        return " ".join(self._sentence() for _ in range(3 if long else 1)).rstrip(".")

    def paragraph(self, sentences: int) -> str:
        """So many sentences, one of them sometimes quoted."""
        return " ".join(
            self._quoted() if self._random.random() < 0.15 else self._sentence()
            for _ in range(sentences)
        )

    def _quoted(self) -> str:
        opening, closing = '""' if self.language == "en" else "«»"
        dash = self._random.choice("-–")
        said, rest = self._sentence().removesuffix("."), self._sentence()
        return f"{opening}{said}{closing}, {dash} {rest[0].lower()}{rest[1:]}"

    def _sentence(self) -> str:
        patterns = [self._random.choice(self.lexicon.patterns) for _ in range(2)]
        clauses = [" ".join(self._word(_PARTS[letter]) for letter in one) for one in patterns]
        text = ", ".join(clauses[: self._random.randint(1, 2)])
        return text[0].upper() + text[1:] + "."

    def _word(self, part: Part) -> str:
        pool = {
            "noun": self.lexicon.nouns,
            "adjective": self.lexicon.adjectives,
            "verb": self.lexicon.verbs,
            "link": self.lexicon.links,
        }[part]
        while True:
            word = self._random.choice(pool)
            run = (*self._last[-3:], word)
            if run not in self._used:
                break
        if len(run) == 4:
            self._used.add(run)
        self._last = run[-3:]
        return word
