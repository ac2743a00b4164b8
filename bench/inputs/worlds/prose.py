"""Text of an item's own: sentences that stand in no other item, as grammatical as two texts need to
be to differ as real ones do.

Each piece draws most of its words from a vocabulary of its own, as a text on one matter does; set
phrases of officials stand in all of them.
"""

import random
from collections.abc import Callable, Sequence

from bench.inputs.worlds.words import Case, Gender, Language, adjective, noun, past, stock

_OWN_WORDS = 0.35
"""The share of a language's words that one piece draws from."""
_SET_PHRASE = 0.3
_QUALIFIED = 0.55
_GENDERS: tuple[Gender, ...] = ("masculine", "feminine", "neuter")


class Prose:
    """Writes the sentences of one piece."""

    def __init__(self, language: Language, chance: random.Random) -> None:
        self.language = language
        self._chance = chance
        self._own: dict[str, Sequence[str]] = {}
        self._write: Callable[[], str] = {
            "ru": self._russian, "kk": self._kazakh, "en": self._english
        }[language]  # fmt: skip

    def sentence(self) -> str:
        """One sentence of 6 to 30 words."""
        text = self._write()
        if self._chance.random() < _SET_PHRASE:
            text = f"{self._any('linked')} {text}"
        first = text.startswith("«")
        return text[:first] + text[first].upper() + text[first + 1 :] + "."

    def sentences(self, words: int) -> list[str]:
        """Sentences of about so many words together, one at least."""
        made = [self.sentence()]
        while sum(len(one.split()) for one in made) < words - 6:
            made.append(self.sentence())
        return made

    def person(self) -> str:
        """A name."""
        return f"{self._any('given')} {self._any('surnames')}"

    def _russian(self) -> str:
        clause = self._clause()
        plan = self._chance.randrange(9)
        if plan == 0:
            return f"{clause} {self._phrase('genitive')}"
        if plan == 1:
            return f"в городе {self._any('cities')} {clause}"
        if plan == 2:
            return f"как {self._any('says')} {self._speaker()}, {clause}, а {self._clause()}"
        if plan == 3:
            amount = f"{self.number()} {self._chance.choice(('млн', 'млрд', 'тыс.'))} тенге"
            return f"на {self._phrase('accusative')} направят {amount}, {clause}"
        if plan == 4:
            of, due_to = self._phrase("genitive"), self._phrase("genitive")
            return f"доля {of} достигла {self.number()} процента за счёт {due_to}"
        if plan == 5:
            others = f"{self._phrase('instrumental')} и {self._phrase('instrumental')}"
            return f"{clause} вместе с {others}"
        if plan == 6:
            return f"речь шла о {self._phrase('prepositional')}, после чего {clause}"
        if plan == 7:
            quoted = f"«{clause}, и это касается {self._phrase('genitive')}»"
            return f"{quoted}, — {self._any('says')} {self._speaker()}"
        when = f"{self._chance.randint(9, 18)}:{self._chance.randint(0, 5)}0"
        return f"в {when} {clause} в {self._phrase('prepositional')}"

    def _kazakh(self) -> str:
        one = self._thing()
        what = f"{self._thing()} мен {self._any('nouns')} туралы {self._any('verbs')}"
        plan = self._chance.randrange(4)
        if plan == 0:
            return f"{one} {self._thing()} үшін {what}"
        if plan == 1:
            where = f"{self._any('cities')} қаласында"
            return f"{where} {one} {self.number()} {self._any('nouns')} бойынша {what}"
        if plan == 2:
            return f"«{one} {what}», — {self._any('says')} {self._speaker()}"
        return f"{self._thing()} {self.number()} пайыз болды, {one} {what}"

    def _english(self) -> str:
        clause = self._english_clause()
        plan = self._chance.randrange(4)
        if plan == 0:
            return f"{clause} of the {self._thing()}"
        if plan == 1:
            return f"in {self._any('cities')} {clause} for {self.number()} {self._any('nouns')}s"
        if plan == 2:
            return (
                f"{clause}, {self._speaker()} {self._any('says')}, while {self._english_clause()}"
            )
        return f"about {self.number()} percent of the {self._thing()} grew after {clause}"

    def _english_clause(self) -> str:
        return f"the {self._thing()} {self._any('verbs')} the {self._thing()}"

    def _thing(self) -> str:
        found = self._any("nouns")
        return f"{self._any('adjectives')} {found}" if self._is_qualified() else found

    def _speaker(self) -> str:
        return f"{self._any('roles')} {self.person()}"

    def number(self) -> str:
        """A number as a text prints it."""
        kind = self._chance.randrange(3)
        if kind == 0:
            return str(self._chance.randint(2, 99))
        if kind == 1:
            return f"{self._chance.randint(1, 60)},{self._chance.randint(1, 9)}"
        return str(self._chance.randint(100, 990))

    def _clause(self) -> str:
        """Who did what, in Russian."""
        gender = self._chance.choice(_GENDERS)
        verb = past(self._any("takes_accusative"), gender)
        return f"{self._of_gender(gender, 'nominative')} {verb} {self._phrase('accusative')}"

    def _phrase(self, case: Case) -> str:
        return self._of_gender(self._chance.choice(_GENDERS), case)

    def _of_gender(self, gender: Gender, case: Case) -> str:
        found = noun(self._any(gender), case)
        if self._is_qualified():
            return f"{adjective(self._any('adjectives'), gender, case)} {found}"
        return found

    def _is_qualified(self) -> bool:
        return self._chance.random() < _QUALIFIED

    def _any(self, name: str) -> str:
        if name not in self._own:
            words = stock(self.language, name)
            kept = max(8, round(len(words) * _OWN_WORDS))
            self._own[name] = self._chance.sample(words, min(kept, len(words)))
        return self._chance.choice(self._own[name])
