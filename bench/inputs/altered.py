"""Invented texts, and what may happen to them in print: cut, retitled, merged, reworded, put in
another order; unrelated ones; series built on one form. They contain nobody's text.

Words are made of a language's letters and drawn with Zipf's frequencies (Zipf 1949), so that
common words and now and then a common pair of words stand in unrelated texts, as in real ones.
"""

import random
from collections.abc import Iterator
from itertools import accumulate

_LETTERS = {
    "ru": ("аеиоуыяю", "бвгджзклмнпрстфхцчшщ"),
    "kk": ("аәеиоөұүыі", "бғгджзкқлмнңпрсһш"),
    "en": ("aeiouy", "bcdfghjklmnpqrstvwxz"),
}
LANGUAGES = tuple(_LETTERS)
_WORDS = 20_000

Sentences = list[list[str]]


class Press:
    """Writes texts in one language, always the same for the same seed."""

    def __init__(self, language: str, seed: int) -> None:
        self._random = random.Random(f"{language} {seed}")
        self._lexicon = _lexicon(language)
        self._weights = list(accumulate(1 / rank for rank in range(1, len(self._lexicon) + 1)))

    def text(self, words: int | None = None) -> Sentences:
        """A piece of exactly so many words, which may be none, or of 120 to 500."""
        left = self._random.randint(120, 500) if words is None else words
        sentences: Sentences = []
        while left > 0:
            length = min(left, self._random.randint(7, 22))
            sentences.append(self._draw(length))
            left -= length
        return sentences

    def cut(self, text: Sentences, keep: float) -> Sentences:
        """As many sentences in a row as make this share of the words, from anywhere."""
        wanted = keep * count(text)
        first = self._random.randrange(len(text))
        kept: Sentences = []
        while count(kept) < wanted and first + len(kept) < len(text):
            kept.append(text[first + len(kept)])
        while count(kept) < wanted:
            first -= 1
            kept.insert(0, text[first])
        return kept

    def retitled(self, text: Sentences) -> Sentences:
        """The same below a first sentence of the outlet's own."""
        return [*self.text(14), *text[1:]]

    def expanded(self, text: Sentences, own: float) -> Sentences:
        """The same with the outlet's own matter put before and behind, so much of the whole."""
        added = round(count(text) * own / (1 - own))
        before = self._random.randint(0, added)
        return [*self.text(before), *text, *self.text(added - before)]

    def reworded(self, text: Sentences, share: float) -> Sentences:
        """The same with this share of the words changed, evenly."""
        return [
            [self._draw(1)[0] if self._random.random() < share else word for word in sentence]
            for sentence in text
        ]

    def reordered(self, text: Sentences) -> Sentences:
        """The same sentences in another order."""
        return self._random.sample(text, len(text))

    def series(self, items: int, formula: float) -> Iterator[Sentences]:
        """Pieces of 150 to 400 words of which one form, in three places, makes this share."""
        form = [self.text(round(400 * formula) // 3) for _ in range(3)]
        for _ in range(items):
            words = self._random.randint(150, 400)
            own = [self.text(round(words * (1 - formula)) // 3) for _ in range(3)]
            parts = [_head(part, round(words * formula) // 3) for part in form]
            yield [s for pair in zip(parts, own, strict=True) for part in pair for s in part]

    def _draw(self, words: int) -> list[str]:
        return self._random.choices(self._lexicon, cum_weights=self._weights, k=words)


def count(text: Sentences) -> int:
    """How many words a text has."""
    return sum(len(sentence) for sentence in text)


def flat(text: Sentences) -> list[str]:
    """A text's words."""
    return [word for sentence in text for word in sentence]


def _head(text: Sentences, words: int) -> Sentences:
    kept: Sentences = []
    for sentence in text:
        left = words - count(kept)
        if left > 0:
            kept.append(sentence[:left])
    return kept


def _lexicon(language: str) -> list[str]:
    vowels, consonants = _LETTERS[language]
    chance = random.Random(language)
    made: dict[str, None] = {}
    while len(made) < _WORDS:
        syllables = chance.choice((1, 2, 2, 3, 3, 4))
        word = "".join(
            chance.choice(consonants) + chance.choice(vowels) for _ in range(syllables)
        ) + chance.choice(("", "", chance.choice(consonants)))
        made.setdefault(word)
    return list(made)
