"""What a text quotes: the words between quotation marks, and direct speech behind a dash."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_OPENING, _CLOSING = "«“„‹", "»”›"
_MARK = re.compile(r"[«»“”„‟‹›\"″＂]|''")
_WORD = re.compile(r"[^\W\d_]+")
_LAST_WORD = re.compile(r"([^\W\d_]+)\W*\Z")
_OF_NAME = re.compile(
    r"АО|АҚ|ТОО|ЖШС|РГП|ГП|НАО|НАК|НК|КазИИ|ОФ|ҚҚ|LLP|JSC|фонд\w{0,3}|компани\w{1,4}|нацкомпани\w*|"
    r"холдинг\w{0,3}|парти\w{1,3}|газет\w{1,3}|журнал\w{0,3}|завод\w{0,3}|фабрик\w{1,3}|"
    r"фракци\w{1,3}|банк\w{0,3}|телеканал\w{0,3}|агентств\w{1,3}|центр\w{0,3}|клуб\w{0,3}|премии|"
    r"премия|орден\w{0,3}|медал\w{1,4}|станци\w{1,4}|университет\w{0,3}|школ\w{1,3}|"
    r"театр\w{0,3}|музе\w{1,3}|стадион\w{0,3}|"
    r"гостиниц\w{1,3}|отел\w{1,3}|ансамбл\w{1,3}|фильм\w{0,3}|компаниясы\w*|қоры\w*|партиясы\w*|"
    r"газеті\w*|журналы\w*|зауыты\w*|фракциясы\w*|банкі\w*|орталығы\w*|клубы\w*|театры\w*|ордені\w*|"
    r"company|party|newspaper|fund|bank|plant|club|theatre|theater|order|holding"
)
"""Words beside a name in quotation marks."""
_NAME_WORDS = 5
_SPEECH = re.compile(
    r"(?:[,!?…]|\.\.\.)\s[-–—]\s+(?:\w+\s+){0,3}?"
    r"(?:\w*(?:сказал|казыва|отмет|отмеча|подчерк|заяв|сообщ|добав|поясн|счита|говор|расс[кп]а|напомн|ответ|спросил|заметил|обрат|уточн|призна|завер)\w*|"
    r"де(?:ді|йді|ген)|атап өтті|айтты|жеткізді|said|says|told|added|noted|explained|"
    r"asked|replied)\b",
    re.IGNORECASE,
)  # fmt: skip
_DASH_LED = re.compile(r"\s*[-–—―]\s*(?=[^\W\d_])")
_DASH_INSIDE = re.compile(r"(?<=[.!?…])\s[-–—]\s(?=[^\W\d_])")
_AUTHOR = re.compile(r"(?:[,!?…]|\.\.\.)\s[-–—]\s(?=[^\W\d_])")
_AUTHOR_END = re.compile(r"[.,:]\s[-–—]\s")
_MIN_SPEECH_WORDS = 4


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch of a text that quotes, as for slices, with its marks."""

    start: int
    end: int
    is_name: bool
    """Whether the marks are those of a name: партия «Amanat»."""


def quotations(text: str) -> list[Quotation]:
    """What a text quotes, in order; of one in another, the outer one.

    >>> text = "Партия «Amanat»: «Мы согласны со всем», – сказал он."
    >>> [(text[found.start : found.end], found.is_name) for found in quotations(text)]
    [('«Amanat»', True), ('«Мы согласны со всем»', False)]
    """
    found: list[Quotation] = []
    start = 0
    for line in text.splitlines(keepends=True):
        in_marks = list(_in_marks(line))
        for begin, end in in_marks:
            found.append(Quotation(start + begin, start + end, _is_name(line, begin, end)))
        if not any(end - begin > 2 and not _is_name(line, begin, end) for begin, end in in_marks):
            found += [
                Quotation(start + begin, start + end, False) for begin, end in _dash_led(line)
            ]
        start += len(line)
    return sorted(found, key=lambda one: one.start)


def _in_marks(line: str) -> Iterator[tuple[int, int]]:
    begin, depth = 0, 0
    for mark in _MARK.finditer(line):
        opens = _opens(line, mark, is_open=depth > 0)
        if opens and not depth:
            begin = mark.start()
        elif not opens and depth == 1:
            yield begin, mark.end()
        depth = max(0, depth + (1 if opens else -1))
    if depth:
        yield begin, len(line.rstrip())


def _opens(line: str, mark: re.Match[str], *, is_open: bool) -> bool:
    if mark[0] in "«„‹":
        return True
    if mark[0] in _CLOSING:
        return False
    before, after = line[mark.start() - 1 : mark.start()], line[mark.end() : mark.end() + 1]
    if mark[0] == "“" and is_open and (not after or not after.isalnum()):
        return False  # „…“
    return (not before or before.isspace() or before in "([-–—/" + _OPENING) and bool(after.strip())


def _is_name(line: str, begin: int, end: int) -> bool:
    """Whether what stands in marks is a name: beside a word for what bears one, or in capitals."""
    words = _WORD.findall(line[begin:end])
    if not words or len(words) > _NAME_WORDS or not words[0][0].isupper():
        return False
    before = _LAST_WORD.search(line[max(0, begin - 40) : begin])
    after = _WORD.match(line[end : end + 40].lstrip(" -–"))
    if any(word and _OF_NAME.fullmatch(word[0].strip(' -–"«')) for word in (before, after)):
        return True
    return all(word[0].isupper() for word in words)


def _dash_led(line: str) -> Iterator[tuple[int, int]]:
    lead = _DASH_LED.match(line) or _DASH_INSIDE.search(line)
    if not lead or not line[lead.end()].isupper():
        return
    speaks = _SPEECH.search(line, lead.end())
    is_replica = (
        not line[: lead.start()]
        and line.rstrip()[-1:] in ".!?…"
        and len(line.split()) > _MIN_SPEECH_WORDS
    )
    if not speaks and not is_replica:
        return
    at, end = lead.start(), len(line.rstrip())
    while at < end:
        author = _AUTHOR.search(line, at, end)
        if not author or not line[author.end()].islower():
            yield at, end
            return
        yield at, author.start() + 1
        goes_on = _AUTHOR_END.search(line, author.end(), end)
        if not goes_on:
            return
        at = goes_on.end()
