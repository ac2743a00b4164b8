"""Articles for a replica of Kazpravda, of weeks in a row, in one of two vocabularies.

`small` is the replica's own: a thousand word forms or two, all about as often, so that any two
texts have runs of three words in common, and none of four. `zipf` is as in real texts: 40,000 forms
a language, the n-th of them 1/n times as often as the first.
"""

import re
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate
from random import Random
from typing import Literal

from tests.sites.content import Article, articles, transliterated
from tests.sites.words import Language

Vocabulary = Literal["small", "zipf"]

_FORMS = 40_000
_SEED = 1
_LONG_AGO = 6
"""The first articles of a replica lie two years before the others."""
_WORD = re.compile(r"[^\W\d_]+")
_ATTRIBUTION = ", сообщает Kazpravda.kz"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Letters:
    """What a language's words are made of."""

    consonants: str
    vowels: str
    endings: tuple[str, ...]
    commonest: tuple[str, ...]
    """The first by rank."""


_LETTERS: dict[Language, _Letters] = {
    "ru": _Letters(
        consonants="бвгджзклмнпрстфхцчш", vowels="аеиоуяы",
        endings=("", "а", "ы", "ов", "ам", "ого", "ому", "ый", "ая", "ила", "или", "ение", "ением"),
        commonest=("в", "и", "на", "с", "по", "для", "что", "не", "к", "от", "из", "о", "года"),
    ),
    "kk": _Letters(
        consonants="бғгджзқклмнңпрстш", vowels="аәоөұүыіе",
        endings=("", "ның", "ға", "дың", "лар", "ді", "ған", "үшін", "тық", "дық"),
        commonest=("және", "үшін", "мен", "бұл", "деп", "бойынша", "болып", "бар", "жылы"),
    ),
    "en": _Letters(
        consonants="bcdfghklmnprstvwy", vowels="aeiou", endings=("", "s", "ed", "ing", "ion", "al"),
        commonest=("the", "of", "and", "to", "in", "a", "for", "that", "with", "is", "on", "was"),
    ),
}  # fmt: skip


def site_articles(count: int, vocabulary: Vocabulary) -> Iterator[Article]:
    """So many articles, oldest first."""
    random = Random(_SEED)
    for article in articles(_SEED, _LONG_AGO + count)[_LONG_AGO:]:
        yield article if vocabulary == "small" else _rewritten(article, random)


def _rewritten(article: Article, random: Random) -> Article:
    """An article with another word drawn for each."""
    title = _written(article.title, article.language, random)
    return replace(
        article, title=title, slug=f"{transliterated(title)}-{article.number}",
        lead=article.lead and _written(article.lead, article.language, random),
        paragraphs=tuple(_written(one, article.language, random) for one in article.paragraphs),
    )  # fmt: skip


def _written(text: str, language: Language, random: Random) -> str:
    """A text with a word drawn for each; an attribution stays."""
    forms, sums = _forms(language), _sums()

    def drawn(word: re.Match[str]) -> str:
        form = forms[bisect(sums, random.random() * sums[-1])]
        return form.capitalize() if word[0][0].isupper() else form

    kept = _ATTRIBUTION if text.endswith(_ATTRIBUTION) else ""
    return _WORD.sub(drawn, text.removesuffix(kept)) + kept


@lru_cache
def _sums() -> list[float]:
    """The weights of the forms, each with all before it."""
    return list(accumulate(1 / rank for rank in range(1, _FORMS + 1)))


@lru_cache
def _forms(language: Language) -> tuple[str, ...]:
    """All forms of a language by rank, the shorter the more frequent, as in real texts."""
    random, letters = Random(f"forms {language}"), _LETTERS[language]
    forms = dict.fromkeys(letters.commonest)
    while len(forms) < _FORMS:
        syllables = 1 + random.randrange(1 + min(3, len(forms) // 300))
        stem = "".join(
            random.choice(letters.consonants) + random.choice(letters.vowels)
            for _ in range(syllables)
        )
        forms[stem + random.choice(letters.consonants) + random.choice(letters.endings)] = None
    return tuple(forms)
