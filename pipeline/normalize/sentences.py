"""Whether a line is a sentence: by a finite verb, its length, its last character; what it tells."""

import re

from pipeline.normalize.attribution import attribution

_FINITE_VERB = re.compile(
    r"\b(?!(?:отдел|журнал|филиал|генерал|капитал|материал|персонал|канал|портал|зал|дел|сил|тел|или)"
    r"\w{0,3}\b)[а-яё]{2,}(?:лся|лась|лись|лось|ется|ются|ится|ятся|[аяи][ею]т|[аеияы]л[аи]?)\b"
    r"|\b[а-яәғқңөұүһі]{2,}(?:ды|ді|ты|ті)\W*$|\b(?:said|met|held|took|[a-z]{3,}ed)\b"
)
_PAST_VERB = re.compile(
    r"\b(?!(?:материал|портал|канал|журнал|персонал|сигнал|оригинал|филиал|генерал|капитал)"
    r"\w{0,3}\b)"
    r"[а-яё]{2,}(?:[аеияыу]л[аи]?|л[аи]сь|лось|лся)\b|"
    r"(?:(?<![аейи])(?<!міндет)|(?<=[мбп][ае]))(?:ды|ді|ты|ті)\W*$"
)
"""In lower case: no note tells what happened."""
_SAYS = re.compile(
    r"[,»”\"]\s*(?:[–—-]\s*)?(?:"
    r"(?:как )?[а-яё]{2,}(?:[аеияыу]л[аи]?|л[аи]сь|лось|лся|[аяеш]ет|[ауюя]ют|ит)\b|"
    r"(?:деп|деді|дейді|дескен)\b|"
    r"(?:[\w’'-]+ ){0,4}?(?:said|says?|told|tells?|ask(?:s|ed)|explain(?:s|ed)|add(?:s|ed)|"
    r"not(?:es|ed)|warn(?:s|ed)|remind(?:s|ed)|recall(?:s|ed)|urg(?:es|ed)|stress(?:es|ed)|"
    r"argu(?:es|ed)|believes?|thinks?|wrote|writes?)\b)|"
    r"\bдеп (?:[\w-]+ ){0,3}\w{2,}(?:ды|ді|ты|ті)\b"
)
"""In lower case: a clause that tells who says what stands before."""


def has_finite_verb(text: str) -> bool:
    """Whether a text has a word that by its ending is most likely a finite verb."""
    return bool(_FINITE_VERB.search(text))


def is_sentence(line: str) -> bool:
    """Whether a line is running text rather than a label."""
    words = len(line.split())
    return (
        words >= 10
        or (words >= 4 and (line[-1:] in '.!?…»"' or has_finite_verb(line)))
        or bool(attribution((line,)))
    )


def says(lower: str) -> bool:
    """Whether a text in lower case has a clause that tells who says what stands before."""
    return _SAYS.search(lower) is not None


def tells(lower: str) -> bool:
    """Whether a text tells what happened, or what somebody says: no note does."""
    return _PAST_VERB.search(lower) is not None or says(lower)
