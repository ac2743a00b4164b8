"""Notes on who edited a text, or helped with it."""

import re

from pipeline.normalize.sentences import tells

_PERSON = r"(?-i:[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ][\w.’'-]*)"
_STAFF = re.compile(
    r"\W{0,5}(?:(?:(?:выпускающий |литературный |ответственный |дежурный |жауапты |шығарушы )?"
    r"(?:редактор(?:ы|лар|лары)?|корректор(?:ы|лар)?)|(?:copy |duty )?editors?|proofreaders?)"
    r"\s*[:：–—]|"
    r"(?:өңдеген|редакциялаған)\s*[:：]?|"
    r"(?:additional )?(?:reporting|editing|writing|edited)(?: and (?:reporting|editing|writing))?"
    rf"(?: in [^.,;:]{{2,20}})? by:?)\s*{_PERSON}(?:(?:,| |, | and | и | және |; ){_PERSON}){{1,9}}"
    r"(?:[;,] [^!?]{2,300})?\W*",
    re.IGNORECASE,
)
_CONTRIBUTED = re.compile(
    r".{3,200}\bcontributed (?:reporting|(?:to|for) this (?:report|story|article))"
    r"(?=\W*$|[.;)\]]|,? (?:from|in) (?-i:[A-Z]))",
    re.IGNORECASE,
)


def is_staff_note(text: str) -> bool:
    """Whether a line is nothing but who edited a text, or helped with it.

    >>> is_staff_note("Редактор: Ерлан Сатпаев"), is_staff_note("Редактор: Я не согласен.")
    (True, False)
    """
    is_staff = _STAFF.fullmatch(text) is not None and not tells(text.lower())
    return is_staff or _CONTRIBUTED.match(text) is not None
