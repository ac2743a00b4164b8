"""Counts beside a text: of views, readers, comments, minutes to read; numbers of pages."""

import re

from pipeline.normalize.words import words
from pipeline.remembered import remembered

MAX_LABEL_CHARACTERS = 100
FIGURE = re.compile(r"\d")
_COUNTED = re.compile(
    r"просмотр\w{0,3}|просмотрел[иао]?|просмотрено|прочит\w{2,3}|прочтени[йяе]|комментари\w{1,2}|"
    r"обсудить|лайк\w{0,2}|дизлайк\w{0,2}|нравится|репост\w{0,2}|қарал\w{2,5}|көріл\w{2,5}|оқылды|"
    r"оқылым\w{0,4}|пікір\w{0,5}|ұнады|views?|viewed|comments?|likes?|reposts?|shares?|tweets?"
)
_COUNTED_WITH_FIGURES = re.compile(
    r"показ(?:ов|а|ы)?|читают|онлайн|оқып|скача(?:ли|но|л)|скачивани[йяе]|загрузок|сохранили|оценили|рекомендуют|реакци[йия]|"
    r"рейтинг\w{0,2}|оценк[аи]|оценок|ұнайды|ұнатты|ұнаған|жуктел\w{2,5}|жуктеу(?:лер)?|бағалады|"
    r"скачать|download|read|reads|downloads?|downloaded|saves?|saved|reactions?|claps?|ratings?|rated|liked"
)
"""What is counted too, in the form for comparing; without figures these words may be a heading."""
_BESIDE_COUNTED = frozenset(words(
    "раз раза всего тыс тысяч тысячи млн миллион миллиона миллионов рет барлығы мың миллион саны"
    " сейчас всего қазір жатыр now online"
    " количество число times total of number thousand million"
    " мин минут минуты минута время чтения чтение на оқу уақыты минуттық min mins minute minutes"
    " reading read time"
    " голосов голоса голос балл балла баллов средняя средний из человек пользователей читателей"
    " статьи материала новости мақала мақаланың article story"
    " дауыс орташа пайдаланушы пайдаланушылар оқырман оқырмандар адам"
    " votes vote average out stars user users reader readers people"
))  # fmt: skip
AMOUNT = re.compile(r"\d+[kкmм]?|тыс|млн|мың")
"""As words, for comparing: 1.3K is 1 and 3к."""
_ABBREVIATION = re.compile(r"(?<=тыс|млн|мин|min)\.$")
YEAR = re.compile(r"(?:19|20)\d\d")
_PAGE_NUMBER = re.compile(r"\d{1,3}", re.ASCII)
_MIN_PAGE_NUMBERS = 3
_READING_TIME = re.compile(
    r"\W*(?:время (?:чтения|на чтение)|читать|оқу уақыты|reading time)\W*\d+\W*(?:мин|min)\w*\W*|"
    r"\W*\d+\s*(?:min|minutes?) read\W*|"
    r"\W*\d+\s*мин\w*\W*(?:на )?(?:чтени[яе]|оқу|оқылады)\W*",
    re.IGNORECASE,
)
COUNTED_BY_SIGN = re.compile(r"[\W\d]*(?:👁|👀|👍|👎|💬|🗨|❤|♥|🔁)[\W\d]*")


@remembered
def is_count(text: str) -> bool:
    """Whether a line is nothing but a number, or what it counts, such as views, with or without it.

    >>> is_count("348"), is_count("Қаралды: 348"), is_count("Просмотры")
    (True, True, True)
    """
    if not any(map(str.isalpha, text)):
        return True
    lower = text.lower()
    return len(text) <= MAX_LABEL_CHARACTERS and is_counter(lower, words(lower))


def is_counter(lower: str, found: list[str]) -> bool:
    """Whether a text in lower case, of these words, says how often something was done."""
    if COUNTED_BY_SIGN.fullmatch(lower) or _READING_TIME.fullmatch(lower):
        return True
    if _ABBREVIATION.sub("", lower)[-1] in ".!?…;":
        return False
    named = [word for word in found if not AMOUNT.fullmatch(word)]
    if any(map(_COUNTED_WITH_FIGURES.fullmatch, named)):
        amounts = " ".join(word for word in found if AMOUNT.fullmatch(word))
        is_counted = FIGURE.search(amounts) is not None and YEAR.fullmatch(amounts) is None
        return is_counted and all(map(_is_of_count, named))
    return any(map(_COUNTED.fullmatch, named)) and all(
        word in _BESIDE_COUNTED or _COUNTED.fullmatch(word) for word in named
    )


def _is_of_count(word: str) -> bool:
    return (
        word in _BESIDE_COUNTED
        or _COUNTED.fullmatch(word) is not None
        or _COUNTED_WITH_FIGURES.fullmatch(word) is not None
    )


def are_page_numbers(found: list[str]) -> bool:
    """Whether words are numbers that rise by one, as those of pages and stars do: 1 2 3."""
    if len(found) < _MIN_PAGE_NUMBERS or not all(map(_PAGE_NUMBER.fullmatch, found)):
        return False
    first = int(found[0])
    return [int(one) for one in found] == list(range(first, first + len(found)))
