"""Prose of a second hand: long sentences with clauses and lists, and very short ones."""

from bench.inputs.worlds.prose import Prose
from bench.inputs.worlds.words import Gender, past

_WHICH: dict[Gender, str] = {"masculine": "который", "feminine": "которая", "neuter": "которое"}


class LongProse(Prose):
    """Writes sentences of 3 to 50 words."""

    def _russian(self) -> str:
        plan = self._chance.randrange(8)
        clause = self._clause()
        if plan == 0:
            return f"если {clause}, то {self._clause()}, поскольку {self._clause()}"
        if plan == 1:
            listed = [self._phrase("accusative") for _ in range(self._chance.randint(3, 7))]
            return f"в перечень включили {', '.join(listed)} и {self._phrase('accusative')}"
        if plan == 2:
            places = f"статью {self._chance.randint(2, 190)} пунктом {self._chance.randint(2, 9)}"
            days = self._chance.randint(2, 60)
            return (
                f"предлагается дополнить {places}, по которому {clause}"
                f" не позднее {days} рабочих дней, а {self._clause()}"
            )
        if plan == 3:
            said = f"«{clause}. {self._clause().capitalize()}, и {self._clause()}»"
            return f"{self._speaker()}: {said}"
        if plan == 4:
            year = self._chance.randint(2019, 2030)
            return f"к {year} году {clause}, причём на {self.number()} процента, {self._clause()}"
        if plan == 5:
            return f"{self._which()} {self._phrase('instrumental')}, {self._clause()}"
        if plan == 6:
            amount = f"{self._chance.randint(2, 40)} миллиардов {self.number()} миллионов"
            return f"{clause}: это {amount} тенге, {self._phrase('nominative')} и {self._clause()}"
        return clause

    def _kazakh(self) -> str:
        one, what = self._thing(), f"{self._thing()} туралы {self._any('verbs')}"
        if self._chance.random() < 0.4:
            listed = ", ".join(self._thing() for _ in range(self._chance.randint(2, 5)))
            return f"тізімге {listed} және {one} кірді, ал {self._thing()} {what}"
        if self._chance.random() < 0.5:
            return (
                f"егер {one} {what}, онда {self._thing()} {self.number()} есе {self._any('verbs')}"
            )
        return f"{one} {what}"

    def _english(self) -> str:
        clause = self._english_clause()
        if self._chance.random() < 0.4:
            listed = ", ".join(self._thing() for _ in range(self._chance.randint(2, 5)))
            return f"the list includes {listed} and {self._thing()}, since {clause}"
        if self._chance.random() < 0.5:
            return f"if {clause}, {self._english_clause()} within {self.number()} days"
        return clause

    def _which(self) -> str:
        """A subject with what it did, in Russian."""
        gender = self._chance.choice(tuple(_WHICH))
        verb = past(self._any("takes_accusative"), gender)
        subject = self._of_gender(gender, "nominative")
        return f"{subject}, {_WHICH[gender]} {verb} {self._phrase('accusative')}, {verb} вместе с"
