"""What the words beside a time say that it is the time of: «Обновлено», «жарияланды», "posted"."""

import re
from typing import Literal

from pipeline.remembered import remembered

TimeKind = Literal["published", "modified", "other", "unknown"]
"""`other` is the time of an event, a deadline or the like: no time of the article. `unknown` is a
time with a label that we do not know.
"""

_ADJECTIVE = r"\w+нн(?:ый|ая|ое|ые|ого|ой|ых|ому|ым|ую)\b"
"""«Обновлённый Казахстан» is no label."""
_STEMS: tuple[tuple[TimeKind, re.Pattern[str]], ...] = (
    (
        "published",
        re.compile(
            rf"\b(?!{_ADJECTIVE})(?:опубликован|публикац|публикова|размещ[её]н|размещени|добавлен|создан|выложен|"
            r"жариялан|жариялау|жарияла|салынған|қосылған|орналастырыл|"
            r"publish|publication|posted|pubdate|created|added|issued|released)",
            re.IGNORECASE,
        ),
    ),
    (
        "modified",
        re.compile(
            rf"\b(?!{_ADJECTIVE})(?:обновл|изменен|изменён|изменил|редактирован|отредактирован|"
            r"редакци\w* от\b|(?:последн\w+|новая|соңғы) редакци|"
            r"правк[аиу]\b|правок\b|исправл|дополнен|дополнён|уточнен|уточнён|переработан|"
            r"обн\.|изм\.|жаңарт|жаңғырт|өзгерт|өзгеріс|түзет|өңдел|редакциялан|толықтыр|"
            r"updat|upd\b|lastupdat|modif|lastmod|edited(?! by)|revis|amend|changed|corrected|"
            r"correction)",
            re.IGNORECASE,
        ),
    ),
    (
        "other",
        re.compile(
            r"\b(?:начало|старт|окончание|завершение|конец|срок|дедлайн|до\W*$|дейін|эфир|трансляци|"
            r"рождения|туған(?! жер)|мерзім|басталу|аяқталу|өткізілу|өтетін|"
            r"deadline|starts?|begins?|ends?|until|till|due|expires?|valid|born|held|accessed|"
            r"event date|date of (?!publication|issue|posting)|"
            r"дата (?!новост|материал|стать|запис|пост|и\b)(?!публик|размещ|добавл|созда|обновл|"
            r"измен|редакт|правк)[^\W\d]{4,})",
            re.IGNORECASE,
        ),
    ),
)
_PERHAPS = re.compile("|".join(stems.pattern for _, stems in _STEMS), re.IGNORECASE)
_BESIDE = re.compile(
    r"дат[аы]|редакци\w+|новая|время|дня|день|последн\w+|внесен\w*|раз|материал\w*|новост\w*|стать\w+|запис\w+|"
    r"был[ао]?|на|сайте|в|и|от|күні|уақыты|соңғы|рет|мақала|жаңалық|сайтта|сайтқа|"
    r"last|first|date|time|on|at|was|the|this|article|story|page|of|and",
    re.IGNORECASE,
)
"""Other words of labels."""
_NAMES_TIME = re.compile(r"[:：]\s*$|^\W*дата\b|\bкүні\W*$|\bdate\b", re.IGNORECASE)
_PARTICIPLE = re.compile(
    r"[^\W\d_]+(?:[аеё]н[оаы]?|[ыі]л(?:ды|ді|ған|ген)|[ае]н(?:ды|ді|ған|ген)|(?<!chang)ed)",
    re.IGNORECASE,
)
_RUBRIC = re.compile(
    r"\W*(?:(?:измене|обновле|исправле|дополне|уточне)ния|правк[аи]|updates|changes|corrections|"
    r"(?:өзгеріс|жаңарту|түзету)\w*)[^\w:：]*",
    re.IGNORECASE,
)
"""Labels that are as likely a rubric's name."""
_WORD = re.compile(r"[^\W\d_]+")
_MAX_LABEL_WORDS = 5


@remembered
def time_kind(label: str) -> TimeKind | None:
    """What words say that the time beside them is the time of; None where they do not say it, or
    where they say two things of it.

    >>> time_kind("Последнее обновление:")
    'modified'
    """
    if not label or not _PERHAPS.search(label):
        return None
    found = [kind for kind, stems in _STEMS if stems.search(label)]
    return found[0] if len(found) == 1 or found[0] == "modified" else None


def label_kind(words: str, *, is_apart: bool = False) -> TimeKind | None:
    """What words in the line of a time say, as `time_kind`. `unknown` of those that may as well be
    a rubric; None of nouns beside other words, such as «Изменение климата», and where a mark such
    as `|` stands between (`is_apart`), of all that is not a participle or calls itself a date.
    """
    kind = time_kind(words)
    if kind is None or _NAMES_TIME.search(words):
        return kind
    found = _WORD.findall(words)
    is_said = any(_PARTICIPLE.fullmatch(word) and time_kind(word) == kind for word in found)
    if is_said or kind == "other":
        return kind if is_said or not is_apart else None
    if is_apart or not all(map(is_label_word, found)):
        return None
    return "unknown" if _RUBRIC.fullmatch(words) else kind


def unknown_label(text: str) -> TimeKind | None:
    """`unknown` for words with a colon at their end that do not say what a time is the time of."""
    has_colon = text.rstrip().endswith((":", "："))
    words = _WORD.findall(text) if has_colon else []
    return None if all(map(_BESIDE.fullmatch, words)) else "unknown"


@remembered
def is_label_word(word: str) -> bool:
    """Whether a word may be a part of the label of a time."""
    return bool(_BESIDE.fullmatch(word)) or any(stems.match(word) for _, stems in _STEMS)


@remembered
def time_label(text: str) -> TimeKind | None:
    """The kind that a text says which is nothing but the label of a time, as `time_kind`."""
    kind = time_kind(text) if len(text) <= _MAX_LABEL_WORDS * 15 else None
    if kind is None:
        return None
    words = _WORD.findall(text)
    if len(words) > _MAX_LABEL_WORDS or any(map(str.isdigit, text)):
        return None
    if _RUBRIC.fullmatch(text):
        return "unknown"
    is_label = all(map(is_label_word, words)) or (kind == "other" and _NAMES_TIME.search(text))
    return kind if is_label else None
