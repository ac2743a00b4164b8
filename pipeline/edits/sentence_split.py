"""The sentences of a text in Russian, Kazakh or English."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_END = re.compile(r"(?<![.!?…])[.!?…]+[\"'»”’)\]]*(?=\s)")
_LAST_WORD = re.compile(r"(?:^|[\s(«\"“„-])([^\W_]+(?:\.[^\W_]+)*)\.\Z")
_INITIAL = re.compile(r"[^\W\d_]\.")
_AROUND = "\"'«“„‘([–—- \u00a0"
_ABBREVIATION_TEXT = """
г гг в вв ст п пп пр им ул д кв т тыс млн млрд трлн руб тг коп см ср др напр гр обл р н стр рис
табл акад проф доц инж ред сост изд тел доб кг га км куб проц мин сек ч зам пом ген полк кап лейт
просп пер пл мкр корп бул наб пос дер б ж жж м бб т.е т.к т.д т.п т.н и.о в.ч с.г н.э
mr mrs ms dr prof gen col sen rep gov st vs etc no vol inc ltd co jr sr dept est approx
jan feb mar apr jun jul aug sep sept oct nov dec e.g i.e u.s u.k u.n a.m p.m
"""
_ABBREVIATIONS = frozenset(_ABBREVIATION_TEXT.split())
"""Words that end in a full stop of their own, in small letters, without it."""
_LAST_TEXT = """
г гг ж жж т.д т.п др тыс млн млрд трлн тг руб коп проц мин сек ч с.г н.э etc inc ltd co a.m p.m
"""
_MAY_BE_LAST = frozenset(_LAST_TEXT.split())
"""Those that a sentence may end with, where a capital letter follows."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, with its place in the text as for slices."""

    text: str
    start: int
    end: int


def sentences(text: str) -> list[Sentence]:
    """The sentences of a text, in order; a line ends one.

    >>> found = sentences("В 2026 г. А. К. Ибраев посетил им. Абая 12.5 раз. Всё!")
    >>> [one.text for one in found]
    ['В 2026 г. А. К. Ибраев посетил им. Абая 12.5 раз.', 'Всё!']
    """
    found: list[Sentence] = []
    at = 0
    for line in text.splitlines(keepends=True):
        for start, end in _of_line(line):
            text_alone = line[start:end].strip()
            if text_alone:
                begin = at + line.index(text_alone, start)
                found.append(Sentence(text_alone, begin, begin + len(text_alone)))
        at += len(line)
    return found


def _of_line(line: str) -> Iterator[tuple[int, int]]:
    start = 0
    for end in _END.finditer(line):
        if _ends(line, start, end):
            yield start, end.end()
            start = end.end()
    yield start, len(line)


def _ends(line: str, start: int, end: re.Match[str]) -> bool:
    following = line[end.end() : end.end() + 40].lstrip()
    first = following.lstrip(_AROUND)[:1]
    if first.islower() or not first:
        return False
    if end[0][0] != "." or end[0].startswith(".."):
        return True
    found = _LAST_WORD.search(line, max(start, end.start() - 20), end.start() + 1)
    if not found:
        return True
    word = found[1]
    if len(word) == 1 and word.isupper():
        return False
    name = word.lower()
    if name in ("г", "ж") and not line[: found.start(1)].rstrip()[-1:].isdigit():
        return False  # «г. Алматы», unlike «2026 г.»
    may_be_last = name in _MAY_BE_LAST and first.isupper() and not _INITIAL.match(following)
    return may_be_last or name not in _ABBREVIATIONS
