"""Whom a text names as its source, such as «сообщает Kazpravda.kz»."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.normalize.characters import without_marks_around
from pipeline.remembered import remembered

_VERB = (
    r"(?:сообща(?:ет|ют)|сообщили\s+в|переда[её]т|передают|информиру(?:ет|ют)|пишет|"
    r"деп\s+(?:хабарлайды|хабарлады|жазады|мәлімдеді)|хабарлайды|хабарлады|according\s+to|"
    r"reports?(?!\s+(?:citing|with|to|that|on)\b))"
)
_VERB_AFTER = (
    r"(?:сообща(?:ет|ют)|переда[её]т|информирует|пишет|(?:деп\s+)?(?:хабарлайды|хабарлады|жазады)|"
    r"reports?|reported|writes)"
)
_WORD = r"(?>(?:[^\s.,;:!?…«»\"]|(?<=\w)\.(?=\w)|«[^«»]{1,60}»|\"[^\"]{1,60}\"){1,120})"
_WHO = rf"{_WORD}(?:\s+{_WORD}){{0,11}}?"
_REPORTER = r"(?:(?:наш|собственный|специальный)\s+)?(?:корр(?:еспондент|\.)\s+)?(?:the\s+)?"
_ROLE = r"(?:\s+(?:тілшісі|correspondent))?"
_CITES = r"(?:со\s+ссылкой\s+на|ссылаясь\s+на|(?:citing|with\s+reference\s+to)(?:\s+the)?)\s+"
_CITING = rf"(?:,?\s+{_CITES}(?P<link>{_WHO}))?"
_END = r"(?:\W*$|(?=(?P<goes_on>,))(?!,\s+что\b))"
_ATTRIBUTION = re.compile(
    rf"(?:(?P<comma>[,–—-]\s*(?:как\s+)?|^)|(?:^|\s)об\s+этом\s+|\s){_VERB}\s+{_REPORTER}"
    rf"(?:(?!{_CITES})(?P<who>{_WHO}){_ROLE}{_CITING}|{_CITES}(?P<only>{_WHO})){_END}",
    re.IGNORECASE,
)
_ATTRIBUTION_AFTER = re.compile(
    rf"(?P<comma>,\s*|\bдеп\s+)(?:бұл\s+туралы\s+)?(?:the\s+)?(?P<who>{_WHO}){_ROLE}\s+"
    rf"{_VERB_AFTER}{_CITING}{_END}",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"(?<=[.!?])(?<!\b[Кк]орр\.)(?<!\bКОРР\.)\s+(?=[А-ЯЁӘҒҚҢӨҰҮҺІA-Z«\"])")
PRESS_SERVICE = re.compile(r"пресс-служб|баспасөз қызмет|press service", re.IGNORECASE)
_PRESS_LINE = re.compile(r"[\[(][^\])]*[\])]\.?")
_PARTS = re.compile(r"[,;/|]|(?<=\w{2})\.\s+(?=\w{3})")
_MAX_PRESS_LINE_WORDS = 14
_MAY_BE_VERB = re.compile(
    "сообщ|переда|информиру|пишет|хабарла|жазады|мәлімде|report|according|write"
)
"""In lower case: one of these stands in each of these verbs."""
_MAX_NAME_WORDS = 8
_COMMON_NOUN = re.compile(r"агентств[оа]", re.IGNORECASE)
_OUTLET = re.compile(
    r"пресс\W?служб|агентств[оа]\b|баспасөз|press\W(?:service|office|cent)|\w\.[a-z]{2,3}$",
    re.IGNORECASE,
)
_WITH_DOMAIN = re.compile(r"\w\.[a-z]{2,3}\b", re.IGNORECASE)
_NAME = re.compile(
    r"(?:(?:порта|газет|телекан|радио|журнал|издани|сайт)\w*\s+)?[«\"“„]?[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ]"
)
_CITED = re.compile(
    r"(?P<who>«[^«»]+»|\"[^\"]+\"|\S+)\s+(?P<cited>.+?)\s+сілтеме\s+жаса\w+"
    r"|(?P<cited_first>.+?)\s+сілтеме\s+жаса\w+\s+(?P<reporting>.+)",
    re.IGNORECASE,
)
"""Who cites whom, in the Kazakh order of words."""


def attribution(first_paragraphs: tuple[str, ...]) -> tuple[str, ...]:
    """Whom a text names as its source, at the end of its first two paragraphs.

    >>> attribution(("Стороны обсудили вопросы, сообщает Kazpravda.kz",))
    ('Kazpravda.kz',)
    """
    clauses = (clause for paragraph in first_paragraphs[:2] for clause in _clauses(paragraph))
    return tuple(dict.fromkeys(name for clause in clauses for name in clause.names))


def attribution_spans(text: str) -> list[tuple[int, int]]:
    """Where in a text the clauses stand that name its source, as for slices.

    >>> text = "Стороны обсудили вопросы, сообщает Kazpravda.kz."
    >>> [text[start:end] for start, end in attribution_spans(text)]
    [', сообщает Kazpravda.kz.']
    """
    found: list[tuple[int, int]] = []
    at = 0
    for line in text.splitlines(keepends=True):
        found += [(at + clause.start, at + clause.end) for clause in _clauses(line)]
        at += len(line)
    return found


@dataclass(frozen=True, slots=True)
class _Clause:
    """An attribution in a paragraph: where it stands, and whom it names."""

    start: int
    end: int
    names: tuple[str, ...]


def _clauses(paragraph: str) -> Iterator[_Clause]:
    if not _MAY_BE_VERB.search(paragraph.lower()):
        return
    start = 0
    for gap in _SENTENCES.finditer(paragraph):
        yield from _clauses_within(paragraph[start : gap.start()], start)
        start = gap.end()
    yield from _clauses_within(paragraph[start:], start)


def _clauses_within(sentence: str, start: int) -> list[_Clause]:
    """The clauses at the end of a sentence, which starts there in its paragraph, or, between
    commas, within it.
    """
    if not _MAY_BE_VERB.search(sentence.lower()):
        return []
    for pattern in (_ATTRIBUTION, _ATTRIBUTION_AFTER):
        found = [
            _Clause(start + match.start(), start + match.end(), names)
            for match in pattern.finditer(sentence)
            if (names := _names(match))
        ]
        if found:
            return found
    return []


def _names(clause: re.Match[str]) -> tuple[str, ...]:
    """Whom a clause names: where no comma stands before the verb, or the sentence goes on behind
    it, only what is certainly an outlet. One that opens a sentence («Как сообщает …, …») is none.
    """
    groups = clause.groupdict()
    after_comma, goes_on = groups["comma"] is not None, groups["goes_on"]
    if goes_on and not groups["comma"]:
        return ()
    named = (*_citing(groups["who"] or groups["only"]), groups["link"])
    return tuple(
        without_marks_around(name)
        for name in named
        if name
        and len(name.split()) <= _MAX_NAME_WORDS
        and _is_outlet(name, certain=not after_comma or bool(goes_on))
    )


def _citing(who: str) -> tuple[str, ...]:
    """Who reports, and whom they cite."""
    found = _CITED.fullmatch(who)
    return tuple(name for name in found.groups() if name) if found else (who,)


def is_press_line(text: str) -> bool:
    """Whether a line in brackets names a press service, as the last one of a release does.

    >>> is_press_line("[Пресс-служба Сената, фото: Ермек Манабаев]")
    True
    """
    is_short = len(text.split()) <= _MAX_PRESS_LINE_WORDS
    return is_short and bool(_PRESS_LINE.fullmatch(text) and PRESS_SERVICE.search(text))


@remembered
def press_line_parts(line: str) -> tuple[str, ...]:
    """What a press service's line names: the service, who took the picture, a telephone."""
    return tuple(part.strip(' []()."“”«»') for part in _PARTS.split(line))


def _is_outlet(who: str, *, certain: bool) -> bool:
    """Whether the words beside a verb such as «сообщает» name an outlet or, unless it has to be
    `certain`, anything that begins as a name does.
    """
    if _OUTLET.search(who):
        return not _COMMON_NOUN.fullmatch(who)
    return not certain and bool(_NAME.match(who) or _WITH_DOMAIN.search(who))
