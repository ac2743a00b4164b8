"""Who wrote a text: personal names, and lines that consist of them."""

import re

from pipeline.normalize.attribution import PRESS_SERVICE, attribution
from pipeline.normalize.sentences import has_finite_verb
from pipeline.normalize.site_labels import NETWORK_NAME
from pipeline.remembered import remembered

_NAME_WORD = re.compile(r"[А-ЯЁӘҒҚҢӨҰҮҺІA-Z][\w’'-]*\.?|[кқ]ызы|[уұ]лы|о[гғ]лы|v[ao]n|de|der")
_NO_PERSON = re.compile(
    r"поделиться|бөлісу|share|печать|print|казахстанская|kazakhstanskaya|kazpravda",
    re.IGNORECASE,
)
_AUTHOR_LABEL = re.compile(
    r"(?:(?:материал\s+)?(?:подготовил|записал|написал)[аи]?|беседовал[аи]?|"
    r"(?:мақала\s+)?авторы?(?: текста| материала)?|(?:мәтінді |мақаланы )?(?:дайындаған|жазған)|"
    r"сұхбаттасқан|әңгімелескен|текст|мәтін(?:ді дайындаған)?|"
    r"(?:(?:written|prepared|text|story|words|reporting|interview(?:ed)?) )?by|authors?)"
    r"(?:\s*:\s*|\s+)",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"(?:соб|спец|юнкор|внешт)?корр?(?:еспондент\w*|\.)?|журналист\w*|репорт[её]р\w*|обозреватель\w*|"
    r"редактор\w*|главред|депутат\w*|сенатор\w*|спикер\w*|министр\w*|вице-\w+|директор\w*|"
    r"профессор\w*|доцент\w*|доктор\w*|кандидат\w*|академик\w*|писатель\w*|поэт\w*|"
    r"политолог\w*|эксперт\w*|аналитик\w*|юрист\w*|учитель\w*|врач\w*|председатель\w*|"
    r"руководитель\w*|начальник\w*|заместитель\w*|секретарь\w*|аким\w*|член\w*|ветеран\w*|"
    r"тілші\w*|шолушы\w*|төраға\w*|басшы\w*|жазушы\w*|ақын\w*|әкім\w*|ғалым\w*|мүше\w*|"
    r"меншікті|арнайы|собственн\w+|специальн\w+|главн\w+|бас|"
    r"correspondent|reporter|journalist|columnist|writer|editor|deputy|senator|speaker|minister|"
    r"director|professor|doctor|ph\.?d\.?|dr\.?|analyst|expert|chair(?:man|woman|person)?|head|"
    r"member|staff|special|senior|chief|managing|contributor",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"казахстан\w*|қазақстан\w*|kazakhstan|област[ьи]|облыс\w*|район\w*|аудан\w*|region|district|"
    r"город\w*|қала\w*|city|новгород|йорк|york|london|париж|устюг",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"\W*(?:(?:соб|наш)\w*\.?\s*(?:инф|корр)\w*|собинф\w*|редакци\w+|(?:біздің|өз)\s+\w+|"
    r"own\s+(?:information|correspondent)|staff(?:\s+\w+)?|editorial(?:\s+\w+)?|"
    r"(?:сайт\w*\s+)?(?:администратор\w*|админ|әкімші\w*)(?:\s+сайта)?|"
    r"(?:web\s?|site\s+)?(?:admin(?:istrator)?|master)|super\s?user|root)\W*",
    re.IGNORECASE,
)
"""«Соб. инф.»"""
_BETWEEN = re.compile(
    r"\s*[,;(/|]\s*|\s+[–—-]\s+|\s+(?:и|және)\s+(?=[А-ЯЁӘҒҚҢӨҰҮҺІ])|\s+and\s+(?=[A-Z])"
)
_AND = re.compile(r"\s+(?:и|and|және)\s+")
_ENDS_IN_INITIAL = re.compile(r"\b\w\.$")
_INITIAL = re.compile(r"\.(?=\w)")
_MIN_CAPITALS = 4
"""In one word of a name that is written in capitals alone: «НАН РК» is none."""
_PICTURE_BY = re.compile(
    r"(?:^|[.,;/|\s])\s*(?:фото\w*|видео|сурет\w*|photo(?:s|graphy)?|pictures?|video)"
    r"(?:\s*:|\s+by\b|\s+автор(?:а|ов)\b).*",
    re.IGNORECASE,
)
"""Who took the pictures, behind who wrote."""
_MIN_NAME_WORDS, _MAX_NAME_WORDS = 2, 4
_MAX_AUTHOR_LINE_WORDS = 30
_MAX_AUTHOR_LINE_CHARACTERS = 1_000


@remembered
def is_name(text: str) -> bool:
    """Whether a text is a person's name: two to four words with capitals, some perhaps initials."""
    words = _INITIAL.sub(". ", text).split()
    return (
        _MIN_NAME_WORDS <= len(words) <= _MAX_NAME_WORDS
        and words[0][0].isupper()
        and all(_NAME_WORD.fullmatch(word) for word in words)
        and not _is_abbreviated(words)
        and not any(one.search(text) for one in (_NO_PERSON, PRESS_SERVICE, NETWORK_NAME))
    )


def _is_abbreviated(words: list[str]) -> bool:
    """Whether words in capitals are abbreviations rather than a name."""
    whole = [word for word in words if not word.endswith(".")]
    return bool(whole) and all(word.isupper() and len(word) < _MIN_CAPITALS for word in whole)


@remembered
def is_author_line(text: str) -> bool:
    """Whether a line names authors: names first, offices perhaps after them, and no sentence."""
    if len(text) > _MAX_AUTHOR_LINE_CHARACTERS:
        return False
    line = _without_label(text)
    first = line.split(",", maxsplit=1)[0].strip()
    if not all(map(is_name, _AND.split(first))) or len(line.split()) > _MAX_AUTHOR_LINE_WORDS:
        return False
    has_full_stop = line[-1:] in (".", "!", "?", "…") and not _ENDS_IN_INITIAL.search(line)
    return not (has_full_stop or has_finite_verb(line) or attribution((line,)))


def author_names(line: str) -> tuple[str, ...]:
    """The authors in one line, as on the page, without the offices and places beside them. A press
    service and «Соб. инф.» are none.

    >>> author_names("Айгуль Омарова, доктор наук, Ержан Сеитов")
    ('Айгуль Омарова', 'Ержан Сеитов')
    """
    line = _without_label(_PICTURE_BY.sub("", line))
    parts = [part for part in _BETWEEN.split(line) if part]
    names = tuple(name for part in parts if (name := _person(part)))
    if names or not parts or not _may_be_pen_name(parts[0]):
        return names
    is_reversed = all(map(_may_be_pen_name, parts)) and not any(" " in part for part in parts)
    return (line,) if is_reversed else (parts[0],)


def are_only_names(line: str) -> bool:
    """Whether a line is authors' names, without an office or place beside them."""
    return all(map(is_name, _BETWEEN.split(_without_label(line))))


def without_signature(text: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Paragraphs without a last one such as «Автор: Айгуль Омарова», and the authors in it."""
    last = text[-1] if len(text) > 1 else ""
    if not (_AUTHOR_LABEL.match(last) and is_author_line(last)):
        return text, ()
    names = author_names(last)
    return (text[:-1], names) if names else (text, ())


def _without_label(line: str) -> str:
    line = line.strip()
    label = _AUTHOR_LABEL.match(line)
    if not label:
        return line
    line = line[label.end() :]
    return line if _ENDS_IN_INITIAL.search(line) else line.removesuffix(".")


def _person(part: str) -> str | None:
    """The name in a part of a line of authors, less an office before it."""
    words = part.split()
    at = 0
    while at < len(words) and _OFFICE.fullmatch(words[at]):
        at += 1
    rest = words[at:]
    if any(_OFFICE.fullmatch(word) or _PLACE.fullmatch(word) for word in rest):
        return None
    name = " ".join(rest)
    return name if is_name(name) else None


def _may_be_pen_name(part: str) -> bool:
    """Whether words that are no full name may be an author's: «Абай», «Казинформ»."""
    if PRESS_SERVICE.search(part) or _NOBODY.fullmatch(part):
        return False
    words = part.split()
    return all(word[0].isupper() or not word[0].isalpha() for word in words) and not any(
        map(_OFFICE.fullmatch, words)
    )
