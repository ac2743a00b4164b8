"""Invented news in three languages: what happened, and each language's account of it. Names are put
together from syllables; the accounts contain nobody's text.

Not every account has a counterpart, and each leaves out some of the facts. The pieces that are most
easily confused are among them: one guest received by two hosts, one region visited twice, two lists
of rates of one day, one result that all repeat.
"""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Literal

Kind = Literal["plain", "guest", "visit", "rates", "result"]
LANGUAGES = ("ru", "kk", "en")
_PUBLISHED = {"kk": 0.6, "en": 0.4}
"""The share of pieces that come out in a language besides Russian."""
_KEPT = {"ru": 0.97, "kk": 0.85, "en": 0.75}
"""The share of a piece's facts that an account keeps."""

_ONSETS = ("Б", "Д", "Ж", "К", "Қ", "М", "Н", "С", "Т", "Ш", "А", "Е", "Ғ", "Р", "Х", "Л", "О")
_MIDDLES = ("аш", "ер", "ұр", "ол", "ай", "ыр", "ар", "ім", "ан", "ен", "ал", "үр", "өк", "ос")
_ENDS = ("баев", "беков", "ханов", "қалиев", "ғазин", "тілеу", "мұрат", "жанов", "сенов", "лыбай")
_RUSSIAN = str.maketrans("әғқңөұүһіӘҒҚҢӨҰҮІ", "агкноуухиАГКНОУУИ")
_ENGLISH = dict(
    zip(
        "абвгғдежзийкқлмнңоөпрстуұүфхһчшыіә",
        re.split(" ", "a b v g g d e zh z i y k k l m n n o o p r s t u u u f kh h ch sh y i a"),
        strict=True,
    )
)
_CASES = {
    "ru": ("", "", "", "а", "ом", "у"),
    "kk": ("", "", "тың", "пен", "қа", "тан"),
    "en": ("", "", "", "’s", "", ""),
}
_FILLER = {
    "ru": [
        "сегодня",
        "было",
        "отмечено",
        "что",
        "работа",
        "идет",
        "по",
        "плану",
        "и",
        "стороны",
        "намерены",
        "ее",
        "продолжить",
    ],
    "kk": [
        "бүгін",
        "жұмыс",
        "жоспар",
        "бойынша",
        "жүріп",
        "жатқаны",
        "және",
        "оны",
        "жалғастыру",
        "керек",
        "екені",
        "айтылды",
    ],
    "en": [
        "it",
        "was",
        "noted",
        "that",
        "the",
        "work",
        "goes",
        "on",
        "as",
        "planned",
        "and",
        "both",
        "sides",
        "wish",
        "to",
        "continue",
        "it",
    ],
}
_NOISE = {
    "ru": ("Форум", "Закона", "Дома", "Центра", "Стратегии"),
    "kk": ("Жоғары", "Тұрақты", "Өңірлік", "Жолдау", "Құжаттың", "Орталығы", "Ұйымның"),
    "en": (
        "Regional",
        "Policy",
        "Development",
        "Forum",
        "Law",
        "House",
        "Strategy",
        "Centre",
        "Goals",
    ),
}
_PERCENT = {"ru": " %", "kk": " пайыз", "en": " percent"}
_SCALE = {
    "ru": ("тысяч", "млн", "млрд"), "kk": ("мың", "миллион", "миллиард"),
    "en": ("thousand", "million", "billion"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as a fact: so many tenths, per cent or scaled by a power of a thousand."""

    tenths: int
    percent: bool = False
    power: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """What happened."""

    kind: Kind
    day: date
    names: tuple[str, ...]
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """A piece as one language tells it."""

    number: int
    """That of the piece: accounts of one number are translations of each other."""
    kind: Kind
    language: str
    day: date
    body: str


@dataclass(slots=True)
class Newsroom:
    """Makes pieces and tells them, always the same for the same seed."""

    seed: int
    russian: float = 1.0
    """The share of pieces that come out in Russian."""
    words: Mapping[str, Sequence[str]] = field(default_factory=lambda: _FILLER)
    """What stands between the facts, by language."""
    dice: random.Random = field(init=False)
    people: list[str] = field(init=False)
    always: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)
        self.people = sorted({self._name() for _ in range(400)})
        self.always = self.dice.sample(self.people, 2)

    def accounts(self, days: int, pieces: int) -> list[Account]:
        """All that is printed on so many days, with so many plain pieces a day and eight that are
        easily mistaken for others; with none, a quiet time: two hosts and a result now and then.
        """
        start = date(2026, 3, 1)
        each = (start + timedelta(days=number) for number in range(days))
        make = self._day if pieces else self._quiet_day
        found = [piece for day in each for piece in make(day, pieces)]
        published = _PUBLISHED if pieces else dict.fromkeys(LANGUAGES, 0.5)
        published = {"ru": self.russian} | published
        return [
            self._told(number, piece, language)
            for number, piece in enumerate(found)
            for language in LANGUAGES
            if self.dice.random() < published[language]
        ]

    def _day(self, day: date, pieces: int) -> Iterator[Piece]:
        for _ in range(pieces):
            yield self._plain(day)
        yield from self._one_guest(day)
        yield from self._one_region(day)
        yield from self._rates(day)
        yield self._result(day)
        yield self._result(day)

    def _quiet_day(self, day: date, _: int) -> Iterator[Piece]:
        if day.day % 3 == 0:
            for _ in range(2):
                told = self._result(day)
                yield replace(told, names=(*self.always, *told.names[-1:]))

    def _result(self, day: date) -> Piece:
        """One vote's result, which all repeat."""
        result = (Figure(871, percent=True), Figure(731, percent=True))
        told = self._plain(day)
        return replace(told, kind="result", figures=(*result, *told.figures[:1]))

    def _plain(self, day: date) -> Piece:
        hosts = [name for name in self.always if self.dice.random() < 0.5]
        names = [*hosts, *self.dice.sample(self.people, self.dice.randint(1, 5))]
        return Piece("plain", day, tuple(names), self._figures(self.dice.randint(0, 7)))

    def _one_guest(self, day: date) -> Iterator[Piece]:
        """Two hosts receive one guest, on one day or the next, and speak of the same trade."""
        guest = self.dice.sample(self.people, 3)
        trade = self._figures(2)
        for host in self.always:
            own = self.dice.sample(self.people, self.dice.randint(0, 2))
            later = day + timedelta(days=self.dice.randint(0, 1))
            figures = (*trade, *self._figures(self.dice.randint(0, 4)))
            yield Piece("guest", later, (host, *guest, *own), figures)

    def _one_region(self, day: date) -> Iterator[Piece]:
        """A delegation in one region, on two days."""
        delegation = self.dice.sample(self.people, 4)
        budget = self._figures(1)
        for later in (0, 1):
            own = self.dice.sample(self.people, self.dice.randint(0, 3))
            figures = (*budget, *self._figures(self.dice.randint(1, 4)))
            yield Piece("visit", day + timedelta(days=later), (*delegation, *own), figures)

    def _rates(self, day: date) -> Iterator[Piece]:
        """The rates of one morning and afternoon: most stay."""
        names = self.dice.sample(self.people, 2)
        rates = [Figure(self.dice.randint(10, 9999)) for _ in range(20)]
        for _ in range(2):
            moved = [
                Figure(rate.tenths + self.dice.randint(1, 9)) if self.dice.random() < 0.4 else rate
                for rate in rates
            ]
            yield Piece("rates", day, tuple(names), tuple(moved))

    def _figures(self, count: int) -> tuple[Figure, ...]:
        return tuple(self._figure() for _ in range(count))

    def _figure(self) -> Figure:
        """Half of them round, as people speak."""
        tenths = self.dice.choice((100, 200, 500, 1000, 50, 300, 150, 20, 15))
        if self.dice.random() < 0.5:
            tenths = int(10 ** self.dice.uniform(1, 4.5))
        if self.dice.random() < 0.4:
            return Figure(min(tenths, 990), percent=True)
        return Figure(tenths, power=self.dice.choice((0, 0, 1, 2, 3)))

    def _name(self) -> str:
        middle = self.dice.choice(_MIDDLES)
        return f"{self.dice.choice(_ONSETS)}{middle}{self.dice.choice(_ENDS)}"

    def _told(self, number: int, piece: Piece, language: str) -> Account:
        kept = _KEPT[language]
        names = [name for name in piece.names if self.dice.random() < kept]
        figures = [figure for figure in piece.figures if self.dice.random() < kept]
        said = [self._declined(name, language) for name in names]
        said += [_written(figure, language) for figure in figures]
        said += self.dice.sample(_NOISE[language], self.dice.randint(0, 4))
        self.dice.shuffle(said)
        late = timedelta(days=self.dice.random() < 0.1)
        return Account(number, piece.kind, language, piece.day + late, self._prose(said, language))

    def _declined(self, name: str, language: str) -> str:
        return _spelled(name, language) + self.dice.choice(_CASES[language])

    def _prose(self, said: Sequence[str], language: str) -> str:
        """Sentences, each around one thing that is said."""
        sentences = []
        for one in said:
            words = self.dice.sample(self.words[language], 8)
            sentences.append(" ".join([words[0].title(), *words[1:4], one, *words[4:]]) + ".")
        return " ".join(sentences)


def _spelled(name: str, language: str) -> str:
    if language == "kk":
        return name
    if language == "ru":
        return name.translate(_RUSSIAN)
    letters = "".join(_ENGLISH[letter] for letter in name.lower()).replace("aev", "ayev")
    return letters[0].upper() + letters[1:]


def _written(figure: Figure, language: str) -> str:
    whole, rest = divmod(figure.tenths, 10)
    grouped = f"{whole:,}" if whole > 9999 or language == "en" else str(whole)
    number = grouped.replace(",", "," if language == "en" else " ")
    if rest:
        number += f"{'.' if language == 'en' else ','}{rest}"
    if figure.percent:
        return number + _PERCENT[language]
    return f"{number} {_SCALE[language][figure.power - 1]}" if figure.power else number
