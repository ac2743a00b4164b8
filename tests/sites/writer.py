"""Sentences of invented words, in one language."""

from __future__ import annotations

from random import Random
from typing import Final

from tests.sites.words import LEXICONS, Language, Lexicon, Part

_PARTS: Final[dict[str, Part]] = {"n": "noun", "a": "adjective", "v": "verb", "l": "link"}


class Writer:
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
