"""Forms filled with particulars."""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from bench.inputs.worlds.prose import Prose
from bench.inputs.worlds.words import Language, stock

Spacing = Literal["day", "week", "hour", "days"]

_SLOT = re.compile(r"\{(?P<scope>[=!]?)(?P<kind>\w+)(?::(?P<of>[^}#]*))?(?P<again>#\d)?\}")
_STOCKS = {
    "surname": "surnames", "given": "given", "city": "cities", "region": "regions",
    "district": "districts", "country": "countries",
}  # fmt: skip
_MONTHS: dict[Language, str] = {
    "ru": ("января февраля марта апреля мая июня июля августа сентября октября ноября декабря"),
    "kk": ("қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан"),
    "en": ("January February March April May June July August September October November December"),
}
_CASES = {"of": {"ая": "ой", "ий": "ого"}, "in": {"ая": "ой", "ий": "ом"}}
_THREE_WEEKS = 21


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    name: str
    spacing: Spacing
    title: str
    body: str
    language: Language = "ru"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A form with its particulars: an item of a series."""

    title: str
    paragraphs: tuple[str, ...]
    day: date


def series(
    form: Form, items: int, first: date, chance: random.Random, prose: type[Prose] = Prose
) -> Iterator[Filled]:
    """So many items of one form, from some day on."""
    shared = _Series()
    for index in range(items):
        day = first + _after(form.spacing, index, chance)
        yield _Item(prose(form.language, chance), index, day, shared, chance).filled(form)


def filled_numbers(text: str, chance: random.Random) -> str:
    """A sentence with numbers of its own."""
    return _Item(Prose("ru", chance), 0, date.min, _Series(), chance).text(text)


@dataclass(slots=True)
class _Series:
    """What the items of a series have in common."""

    fixed: dict[str, str] = field(default_factory=dict)
    used: dict[str, set[str]] = field(default_factory=dict)
    """What may not be drawn once more, by kind."""


class _Item:
    def __init__(
        self, prose: Prose, index: int, day: date, shared: _Series, chance: random.Random
    ) -> None:
        self._language = prose.language
        self._index = index
        self._day = day
        self._shared = shared
        self._chance = chance
        self._prose = prose
        self._hour = str(chance.randint(8, 20))
        self._kept: dict[str, str] = {}

    def filled(self, form: Form) -> Filled:
        if form.spacing == "hour":
            self._hour = str(8 + 2 * self._index)
        paragraphs = tuple(self.text(one) for one in form.body.strip().split("\n\n"))
        return Filled(title=self.text(form.title), paragraphs=paragraphs, day=self._day)

    def text(self, form: str) -> str:
        """A part of a form with its particulars."""
        return _SLOT.sub(self._fill, form)

    def _fill(self, slot: re.Match[str]) -> str:
        scope, kind, of, again = slot.group("scope", "kind", "of", "again")
        kept = self._shared.fixed if scope == "=" else self._kept
        name = f"{kind}{again or ''}" if kind in _STOCKS else slot.group()
        if scope == "=" or again:
            found = kept.get(name)
            if found is None:
                found = kept[name] = self._drawn(scope, kind, of)
        else:
            found = self._drawn(scope, kind, of)
        endings = _CASES.get(of or "", {})
        return found[:-2] + endings.get(found[-2:], found[-2:])

    def _drawn(self, scope: str, kind: str, of: str | None) -> str:
        found = self._one(kind, of)
        used = self._shared.used.setdefault(kind, set())
        for _ in range(200):
            if scope != "!" or found not in used:
                break
            found = self._one(kind, of)
        used.add(found)
        return found

    def _one(self, kind: str, of: str | None) -> str:
        if kind in _STOCKS:
            return self._chance.choice(stock(self._stock_language(kind), _STOCKS[kind]))
        made: dict[str, Callable[[str], str]] = {
            "n": self._whole, "d": self._decimal, "pick": self._picked, "own": self._own,
            "day": lambda _: self._printed(with_year=False),
            "date": lambda _: self._printed(with_year=True),
            "hour": lambda _: self._hour,
        }  # fmt: skip
        return made[kind](of or "")

    def _stock_language(self, kind: str) -> Language:
        return "ru" if kind in {"region", "district", "country"} else self._language

    def _whole(self, of: str) -> str:
        low, high = of.split("-")
        return str(self._chance.randint(int(low), int(high)))

    def _decimal(self, of: str) -> str:
        low, high = of.split("-")
        places = len(low.partition(".")[2])
        found = f"{self._chance.uniform(float(low), float(high)):.{places}f}"
        return found if self._language == "en" else found.replace(".", ",")

    def _picked(self, of: str) -> str:
        return self._chance.choice(of.split("|"))

    def _own(self, of: str) -> str:
        return " ".join(self._prose.sentences(int(of)))

    def _printed(self, *, with_year: bool) -> str:
        month = _MONTHS[self._language].split()[self._day.month - 1]
        if self._language == "kk":
            year = f"{self._day.year} жылғы " if with_year else ""
            return f"{year}{self._day.day} {month}"
        if self._language == "en":
            return f"{month} {self._day.day}" + (f", {self._day.year}" if with_year else "")
        return f"{self._day.day} {month}" + (f" {self._day.year} года" if with_year else "")


def _after(spacing: Spacing, index: int, chance: random.Random) -> timedelta:
    """How long after the first day of a series."""
    days = {"day": index, "week": 7 * index, "hour": 0, "days": chance.randrange(_THREE_WEEKS)}
    return timedelta(days=days[spacing])
