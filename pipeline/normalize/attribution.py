"""Whom a text names as its source, such as «сообщает Kazpravda.kz»."""

import re

from pipeline.normalize.characters import without_marks_around

_VERB = (
    r"(?:сообща(?:ет|ют)|сообщили в|переда[её]т|передают|информиру(?:ет|ют)|пишет|"
    r"деп (?:хабарлайды|хабарлады|жазады|мәлімдеді)|хабарлайды|хабарлады|reports?|according to)"
)
_VERB_AFTER = (
    r"(?:сообща(?:ет|ют)|переда[её]т|информирует|пишет|(?:деп )?(?:хабарлайды|хабарлады|жазады)|"
    r"reports?|reported|writes)"
)
_WHO = r"(?:[^.,;:!?«»\"]|«[^«»]{1,60}»)+?(?:\.[a-z]{2,3}\b)?"
_REPORTER = r"(?:(?:наш|собственный|специальный)\s+)?(?:корр(?:еспондент|\.)\s+)?"
_CITING = (
    rf"(?:,?\s+(?:со ссылкой на|ссылаясь на|citing|with reference to)\s+(?P<link>{_WHO})|"
    rf"\s+(?P<cited>{_WHO})\s+сілтеме жаса\w+)?"
)
_ATTRIBUTION = re.compile(
    rf"(?:(?P<comma>[,–—-]\s*|^)|\s){_VERB}\s+(?!citing|with ){_REPORTER}(?P<who>{_WHO}){_CITING}"
    r"\W*$",
    re.IGNORECASE,
)
_ATTRIBUTION_AFTER = re.compile(
    rf"(?:,\s*|\bдеп\s+)(?:the\s+)?(?P<who>{_WHO})(?:\s+тілшісі)?\s+{_VERB_AFTER}{_CITING}\W*$",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"(?<=[.!?])(?<!\bкорр\.)\s+(?=[А-ЯЁӘҒҚҢӨҰҮҺІA-Z«\"])")
PRESS_SERVICE = re.compile(r"пресс-служб|баспасөз қызмет|press service", re.IGNORECASE)
_PRESS_LINE = re.compile(r"[\[(][^\])]*[\])]\.?")
_PARTS = re.compile(r"[,;/|]|(?<=\w{2})\.\s+(?=\w{3})")
_MAX_PRESS_LINE_WORDS = 14
_MAY_BE_VERB = re.compile(
    "сообщ|переда|информиру|пишет|хабарла|жазады|мәлімде|report|according|write"
)
"""In lower case: one of these stands in each of these verbs."""
_MAX_NAME_WORDS = 8
_COMMON_NOUN = re.compile(r"агентств\w*", re.IGNORECASE)
_MAX_CHARACTERS = 500
"""From the word before the verb to the end of the sentence."""
_OUTLET = re.compile(r"\w\.[a-z]{2,3}\b|пресс-служб|агентств|баспасөз|press", re.IGNORECASE)


def attribution(first_paragraphs: tuple[str, ...]) -> tuple[str, ...]:
    """Whom a text names as its source, at the end of its first two paragraphs.

    >>> attribution(("Стороны обсудили вопросы, сообщает Kazpravda.kz",))
    ('Kazpravda.kz',)
    """
    named = [
        name
        for paragraph in first_paragraphs[:2]
        if _MAY_BE_VERB.search(paragraph.lower())
        for sentence in _SENTENCES.split(paragraph)
        if _MAY_BE_VERB.search(sentence.lower())
        for name in _sources(sentence)
    ]
    return tuple(
        dict.fromkeys(
            without_marks_around(name) for name in named if len(name.split()) <= _MAX_NAME_WORDS
        )
    )


def _sources(sentence: str) -> list[str]:
    """The sources that one sentence names at its end.

    Where no comma stands before the verb, only what is certainly an outlet.
    """
    start = max(0, len(sentence) - _MAX_CHARACTERS)
    found = _ATTRIBUTION.search(sentence, start)
    if found:
        after_comma = found["comma"] is not None
        named = [found["who"], found["link"], found["cited"]]
        return [who for who in named if who and _is_outlet(who, certain=not after_comma)]
    after = _ATTRIBUTION_AFTER.search(sentence, start)
    named = [after["who"], after["link"], after["cited"]] if after else []
    return [who for who in named if who and _is_outlet(who, certain=False)]


def is_press_line(text: str) -> bool:
    """Whether a line in brackets names a press service, as the last one of a release does.

    >>> is_press_line("[Пресс-служба Сената, фото: Ермек Манабаев]")
    True
    """
    is_short = len(text.split()) <= _MAX_PRESS_LINE_WORDS
    return is_short and bool(_PRESS_LINE.fullmatch(text) and PRESS_SERVICE.search(text))


def press_line_parts(line: str) -> tuple[str, ...]:
    """What a press service's line names: the service, who took the picture, a telephone."""
    return tuple(part.strip(' []()."“”«»') for part in _PARTS.split(line))


def _is_outlet(who: str, *, certain: bool) -> bool:
    """Whether the words beside a verb such as «сообщает» name an outlet or, unless it has to be
    `certain`, anything with a capital letter.
    """
    if _OUTLET.search(who):
        return not _COMMON_NOUN.fullmatch(who)
    return not certain and bool(re.search(r"[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ]", who))
