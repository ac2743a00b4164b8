"""The sentences of a text in Russian, Kazakh or English."""

import re
from collections.abc import Iterator

_END = re.compile(r"(?:[.!?…]+|\.\.\.)[\"'»”’)\]]*(?=\s)")
_LAST_WORD = re.compile(r"(?:^|[\s(«\"“„-])([^\W_]+(?:\.[^\W_]+)*)\.$")
_INITIAL = re.compile(r"[^\W\d_]\.")
_ABBREVIATIONS = frozenset(
    [
        "г",
        "гг",
        "в",
        "вв",
        "ст",
        "п",
        "пп",
        "пр",
        "им",
        "ул",
        "д",
        "кв",
        "т",
        "тыс",
        "млн",
        "млрд",
        "трлн",
        "руб",
        "тг",
        "коп",
        "см",
        "ср",
        "др",
        "напр",
        "гр",
        "обл",
        "р",
        "н",
        "стр",
        "рис",
        "табл",
        "акад",
        "проф",
        "доц",
        "инж",
        "ред",
        "сост",
        "изд",
        "тел",
        "доб",
        "кг",
        "га",
        "км",
        "куб",
        "проц",
        "мин",
        "сек",
        "ч",
        "зам",
        "пом",
        "ген",
        "полк",
        "кап",
        "лейт",
        "просп",
        "пер",
        "пл",
        "мкр",
        "корп",
        "бул",
        "наб",
        "пос",
        "дер",
        "б",
        "ж",
        "жж",
        "м",
        "бб",
        "т.е",
        "т.к",
        "т.д",
        "т.п",
        "т.н",
        "и.о",
        "в.ч",
        "с.г",
        "н.э",
        "до.н.э",
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "gen",
        "col",
        "sen",
        "rep",
        "gov",
        "st",
        "vs",
        "etc",
        "no",
        "vol",
        "inc",
        "ltd",
        "co",
        "jr",
        "sr",
        "dept",
        "est",
        "approx",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "e.g",
        "i.e",
        "u.s",
        "u.k",
        "u.n",
        "a.m",
        "p.m",
    ]
)
"""Words that end in a full stop of their own, in small letters, without it."""
_MAY_END = frozenset(
    [
        "г",
        "гг",
        "ж",
        "жж",
        "т.д",
        "т.п",
        "др",
        "тг",
        "руб",
        "коп",
        "проц",
        "мин",
        "сек",
        "ч",
        "с.г",
        "н.э",
        "etc",
        "inc",
        "ltd",
        "co",
        "a.m",
        "p.m",
        "u.s",
    ]
)
"""Those that a sentence may end with, where a capital letter follows."""


def sentences(text: str) -> list[str]:
    """The sentences of a text, in order; a line ends one.

    >>> sentences("В 2026 г. А. К. Ибраев посетил им. Абая 12.5 раз. Всё!")
    ['В 2026 г. А. К. Ибраев посетил им. Абая 12.5 раз.', 'Всё!']
    """
    return [sentence for line in text.splitlines() for sentence in _of_line(line)]


def _of_line(line: str) -> Iterator[str]:
    start = 0
    for end in _END.finditer(line):
        if _ends(line, start, end.start(), end.end()):
            yield line[start : end.end()].strip()
            start = end.end()
    if rest := line[start:].strip():
        yield rest


def _ends(line: str, start: int, at: int, end: int) -> bool:
    following = line[end : end + 40].lstrip()
    first = following.lstrip("\"'«“„‘([–—- ")[:1]
    if first.islower():
        return False
    if line[at : at + 2] != "." and not line[at : at + 2].startswith("."):
        return True
    found = _LAST_WORD.search(line, max(start, at - 20), at + 1)
    if not found:
        return True
    word = found[1]
    if len(word) == 1 and word.isupper():
        return False
    name = word.lower()
    if name in ("г", "ж") and not line[: found.start(1)].rstrip()[-1:].isdigit():
        return False  # «г. Алматы», unlike «2026 г.»
    may_end = name in _MAY_END and first.isupper() and not _INITIAL.match(following)
    return may_end or name not in _ABBREVIATIONS
