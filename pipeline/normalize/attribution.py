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
_WHO = r"[^.,;:!?«»\"]+?(?:\.[a-z]{2,3}\b)?"
_ATTRIBUTION = re.compile(
    rf"(?:(?P<comma>[,–—-]\s*|^)|\s){_VERB}\s+(?:наш\s+)?(?:корр(?:еспондент|\.)\s+)?"
    rf"(?P<who>{_WHO})(?:\s+со ссылкой на\s+(?P<link>{_WHO}))?\W*$",
    re.IGNORECASE,
)
_ATTRIBUTION_AFTER = re.compile(
    rf"(?:,\s*|\bдеп\s+)(?:the\s+)?(?P<who>{_WHO})(?:\s+тілшісі)?\s+{_VERB_AFTER}\W*$",
    re.IGNORECASE,
)
_STEMS = (
    "сообщ", "переда", "информиру", "пишет", "хабарла", "жазады", "мәлімде", "report", "according",
    "write",
)  # fmt: skip
"""One of these stands in each of these verbs: quickly told."""
_MAX_NAME_WORDS = 8
_OUTLET = re.compile(r"\w\.[a-z]{2,3}\b|пресс-служб|агентств|баспасөз|press", re.IGNORECASE)


def attribution(first_paragraphs: tuple[str, ...]) -> tuple[str, ...]:
    """Whom a text names as its source, at the end of its first two paragraphs.

    >>> attribution(("Стороны обсудили вопросы, сообщает Kazpravda.kz",))
    ('Kazpravda.kz',)
    """
    named = [
        name
        for paragraph in first_paragraphs[:2]
        if _has_verb(paragraph.lower())
        for sentence in re.split(r"(?<=[.!?])\s+(?=[А-ЯЁӘҒҚҢӨҰҮҺІA-Z«\"])", paragraph)
        for name in _sources(sentence)
    ]
    return tuple(
        dict.fromkeys(
            without_marks_around(name) for name in named if len(name.split()) <= _MAX_NAME_WORDS
        )
    )


def _has_verb(lower: str) -> bool:
    return any(stem in lower for stem in _STEMS)


def _sources(sentence: str) -> list[str]:
    """The sources that one sentence names at its end.

    Where no comma stands before the verb, only what is certainly an outlet.
    """
    found = _ATTRIBUTION.search(sentence)
    if found:
        after_comma = found["comma"] is not None
        named = [found["who"], *([found["link"]] if found["link"] else [])]
        return [who for who in named if _is_outlet(who, certain=not after_comma)]
    after = _ATTRIBUTION_AFTER.search(sentence)
    return [after["who"]] if after and _is_outlet(after["who"], certain=False) else []


def _is_outlet(who: str, *, certain: bool) -> bool:
    """Whether the words beside a verb such as «сообщает» name an outlet or, unless it has to be
    `certain`, anything with a capital letter.
    """
    if _OUTLET.search(who):
        return True
    return not certain and bool(re.search(r"[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ]", who))
