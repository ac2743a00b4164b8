"""A world: what two newsrooms print in a month, with the piece that each item truly is."""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from bench.inputs.worlds.copies import Body, Printed, attributed, corrected, other_account, title_of
from bench.inputs.worlds.slots import Form, filled_numbers, series
from bench.inputs.worlds.words import Language
from bench.inputs.worlds.writings import Matter, Writing, known

SOURCES = ("senate", "kazpravda")
RELEASE = "release"
"""The kind of the prints of one release at many addresses."""
ORIGINAL = "original"
QUOTING = "quoting"
"""Stands for the matter of pieces that quote a sentence or two of another."""
OTHER_ACCOUNT = "another's account"
"""Stands for the matter of two pieces that tell the same numbers and names."""

_FIRST_DAY = date(2026, 3, 2)
_MONTH_DAYS = 28
_SIZE = 300
"""About so many items has a world of the numbers below."""
_SERIES = 24
_COPIED = 3
"""Pieces for each kind of copy."""
_UNRELATED = 6
"""Pieces on each matter."""
_RELEASE_PRINTS, _WITH_OWN_ENDING = 30, 10
_FORM_COPIED = 0.15
"""The share of items of a form that the other source prints too."""
_SHORT = 40
"""A reprint of fewer words has the title of what it reprints: without it, none could tell."""
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An item, and what is true of it."""

    number: int
    source: str
    language: Language
    title: str
    body: str
    day: date
    piece: int
    """Items of one piece are one story."""
    group: str
    """The form or the matter."""
    kind: str
    """The kind of copy, or "original"."""


def world(seed: int, items: int = _SIZE, writing: Writing | None = None) -> list[Item]:
    """About so many items, in the order in which they came in."""
    writing = writing or known()
    chance = random.Random(f"{writing.name} {seed}")
    made = _World(writing, chance)
    scale = items / _SIZE
    pieces = max(1, round(_COPIED * scale))
    made.add_series(round(_SERIES * scale))
    for _ in range(pieces):
        for kind in writing.kinds:
            made.add_copied(kind)
        made.add_corrected()
        made.add_updated()
        made.add_quoting()
        made.add_other_account()
    made.add_unrelated(round(_UNRELATED * scale))
    made.add_release()
    return chance.sample(made.items, len(made.items))


@dataclass(slots=True)
class _World:
    writing: Writing
    chance: random.Random
    items: list[Item] = field(default_factory=list)
    pieces: int = 0

    def add_series(self, count: int) -> None:
        """Series of forms: each form once before any comes again."""
        rounds = count // len(self.writing.forms) + 1
        chosen = [form for _ in range(rounds) for form in self._shuffled_forms()]
        for form in chosen[:count]:
            source, items = self.chance.choice(SOURCES), self.chance.randint(2, 8)
            for one in series(form, items, self._day(), self.chance, self.writing.prose):
                body = tuple(tuple(_sentences(paragraph)) for paragraph in one.paragraphs)
                printed = Printed(one.title, body, form.language)
                self._start(printed, source, one.day, form.name)
                if self.chance.random() < _FORM_COPIED:
                    reprint = attributed(printed, self.chance)
                    if reprint.words < _SHORT:
                        reprint = replace(reprint, title=printed.title)
                    self._print(reprint, _other(source), one.day, form.name, "form reprinted")

    def add_copied(self, kind: str) -> None:
        """A piece and a copy or two of one kind."""
        matter = self.chance.choice(self.writing.matters)
        printed = self._piece(matter)
        source, day = self.chance.choice(SOURCES), self._day()
        self._start(printed, source, day, matter.name)
        for _ in range(1 if kind in self.writing.partial else self.chance.randint(1, 2)):
            where = _other(source) if self.chance.random() < 0.75 else source
            later = day + timedelta(days=self.chance.choice((0, 0, 1)))
            self._print(
                self.writing.kinds[kind](printed, self.chance), where, later, matter.name, kind
            )

    def add_corrected(self) -> None:
        """A piece printed again in its source with one fault put right."""
        matter = self.chance.choice(self.writing.matters)
        printed = self._piece(matter)
        source, day = self.chance.choice(SOURCES), self._day()
        self._start(printed, source, day, matter.name)
        self._print(corrected(printed, self.chance), source, day, matter.name, "corrected")

    def add_updated(self) -> None:
        """A long report, and the same with a newer toll in two to five places."""
        matter = self.writing.matter(self.writing.toll.matter)
        printed = self._piece(matter, self.chance.randint(110, 320))
        toll = [filled_numbers(one, self.chance) for one in self.writing.toll.sentences]
        source, day = self.chance.choice(SOURCES), self._day()
        first = _with_toll(printed, toll)
        self._start(first, source, day, matter.name)
        newer = _with_toll(printed, self._risen(toll))
        if self.writing.toll.newer:
            newer = self.writing.toll.newer(newer, self.chance)
        later = day + timedelta(days=self.chance.choice((0, 1)))
        self._print(newer, source, later, matter.name, "updated toll")

    def add_unrelated(self, each: int) -> None:
        """Pieces on the same matters, none of them a copy."""
        for matter in self.writing.matters:
            for _ in range(each):
                self._start(
                    self._piece(matter), self.chance.choice(SOURCES), self._day(), matter.name
                )

    def add_quoting(self) -> None:
        """A piece, and another of many words that quotes a sentence or two of it."""
        matter = self.chance.choice(self.writing.matters)
        printed = self._piece(matter, self.chance.randint(180, 400))
        source, day = self.chance.choice(SOURCES), self._day()
        self._start(printed, source, day, matter.name)
        own = self._piece(matter, self.chance.randint(250, 400))
        at = self.chance.randrange(len(printed.sentences))
        quoted = tuple(printed.sentences[at : at + 2])
        where = self.chance.randrange(len(own.body))
        body = (*own.body[:where], quoted, *own.body[where:])
        self._start(replace(own, body=body), _other(source), day, QUOTING)

    def add_other_account(self) -> None:
        """A piece, and what the other source wrote itself on the same."""
        matter = self.chance.choice(self.writing.matters)
        printed, own = self._piece(matter), self._piece(matter)
        source, day = self.chance.choice(SOURCES), self._day()
        self._start(printed, source, day, OTHER_ACCOUNT)
        self._start(other_account(printed, own), _other(source), day, OTHER_ACCOUNT)

    def add_release(self) -> None:
        """One release at many addresses, ten of which end it in their own way."""
        matter = self.writing.matters[0]
        printed = self._piece(matter, self.chance.randint(120, 260))
        day = self._day()
        own_from = _RELEASE_PRINTS - _WITH_OWN_ENDING
        self._start(printed, SOURCES[0], day, RELEASE)
        for at in range(1, _RELEASE_PRINTS):
            ending: Body = ()
            if at >= own_from:
                prose = self.writing.prose(matter.language, self.chance)
                ending = (tuple(prose.sentences(self.chance.randint(15, 40))),)
            copy = Printed(printed.title, (*printed.body, *ending), printed.language)
            later = day + timedelta(days=at % 2)
            self._print(copy, SOURCES[at % 2], later, RELEASE, RELEASE)

    def _piece(self, matter: Matter, words: int | None = None) -> Printed:
        """A new piece on a matter, which repeats some of its phrases."""
        prose = self.writing.prose(matter.language, self.chance)
        sentences = prose.sentences(words or self._length())
        for phrase in self.chance.sample(matter.phrases, self.chance.randint(1, 4)):
            at = self.chance.randrange(len(sentences))
            joint = ", " if self.chance.random() < 0.5 else " – "
            sentences[at] = sentences[at].rstrip(".") + joint + phrase + "."
        title = title_of(sentences, self.chance)
        body: list[tuple[str, ...]] = []
        while sentences:
            length = self.chance.randint(1, 3)
            body.append(tuple(sentences[:length]))
            del sentences[:length]
        return Printed(title, tuple(body), matter.language)

    def _length(self) -> int:
        """Words of a piece, less its phrases: one of four is short."""
        low, high = (34, 60) if self.chance.random() < 0.25 else (80, 420)
        return self.chance.randint(low, high)

    def _risen(self, toll: Sequence[str]) -> list[str]:
        places = [(at, hit) for at, one in enumerate(toll) for hit in _NUMBER.finditer(one)]
        changed = list(toll)
        for at, hit in sorted(
            self.chance.sample(places, self.chance.randint(2, 5)), key=lambda one: -one[1].start()
        ):
            risen = str(int(hit.group()) + self.chance.randint(1, 40))
            changed[at] = changed[at][: hit.start()] + risen + changed[at][hit.end() :]
        return changed

    def _start(self, printed: Printed, source: str, day: date, group: str) -> None:
        self.pieces += 1
        self._print(printed, source, day, group, ORIGINAL)

    def _print(self, printed: Printed, source: str, day: date, group: str, kind: str) -> None:
        number = len(self.items) + 1
        self.items.append(
            Item(
                number=number, source=source, language=printed.language, title=printed.title,
                body=printed.text, day=day, piece=self.pieces, group=group, kind=kind,
            )
        )  # fmt: skip

    def _day(self) -> date:
        return _FIRST_DAY + timedelta(days=self.chance.randrange(_MONTH_DAYS))

    def _shuffled_forms(self) -> list[Form]:
        return self.chance.sample(self.writing.forms, len(self.writing.forms))


def _with_toll(printed: Printed, toll: Sequence[str]) -> Printed:
    """The toll's sentences spread over a text, the first of them first."""
    body = [*printed.body]
    for at, sentence in enumerate(toll):
        body.insert(min(2 * at, len(body)), (sentence,))
    return Printed(printed.title, tuple(body), printed.language)


def _sentences(paragraph: str) -> Iterator[str]:
    yield from re.split(r"(?<=[.!?»]) (?=[А-ЯЁӘҒҚҢӨҰҮҺІA-Z«])", paragraph)


def _other(source: str) -> str:
    return SOURCES[1 - SOURCES.index(source)]
