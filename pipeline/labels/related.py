"""Labels of links to other articles."""

import re

from pipeline.normalize.words import words

_RELATED_WORDS = frozenset(words(
    "читайте читать смотрите смотри также тоже по теме эту этой тему на материалы материал статьи"
    " новости похожие другие еще последние больше узнать и"
    " тағы сондай ақ оқыңыз оқыңыздар оқи отырыңыз қараңыз басқа соңғы жаңалықтар тақырып бойынша"
    " read see also more on this topic related other latest news articles stories"
))  # fmt: skip
"""What labels over links to other articles consist of, without the words that say more."""
_RELATED_LABELS = frozenset(" ".join(words(label)) for label in (
    "вам может быть интересно", "возможно, вам будет интересно", "вам будет интересно",
    "вас может заинтересовать", "вам также может быть интересно", "рекомендуем почитать",
    "рекомендуем прочитать", "советуем почитать", "что ещё почитать",
    "сізге қызық болуы мүмкін", "сізді қызықтыруы мүмкін", "оқуға кеңес береміз",
    "you may also like", "you might also like", "you may like", "you may be interested in",
    "you might be interested in", "recommended for you", "recommended reading",
))  # fmt: skip
_MORE_WORDS = _RELATED_WORDS | frozenset(words(
    "подробнее подробности подробно полностью ранее"
    " толығырақ толық толығымен бұған дейін details full story earlier"
))  # fmt: skip
"""What labels before one link to another page of the source consist of."""
_ALSO = re.compile(r"также|тоже|тағы|сондай-ақ|\balso\b|\bmore\b", re.IGNORECASE)
_LABEL_BESIDE_LINK = re.compile(
    r"\W*(?:related(?: articles?| stor(?:y|ies))?|read (?:more|next|also)|see also|watch|"
    r"(?:also |more )?(?:on|at|from) \S+\.\w{2,4}|more (?:on|from) [^.:]{2,30})\W*",
    re.IGNORECASE,
)
_SENTENCE_ENDS = ".!?…"
_MAX_LABEL_CHARACTERS = 60


def is_related_label(text: str) -> bool:
    """Whether a text is nothing but the label of links to other articles, by its words.

    >>> is_related_label("Читайте также:"), is_related_label("По теме заседания")
    (True, False)
    """
    if len(text) > _MAX_LABEL_CHARACTERS:
        return False
    found = words(text)
    is_of_words = len(set(found)) > 1 and _RELATED_WORDS.issuperset(found)
    return is_of_words or " ".join(found) in _RELATED_LABELS


def reads_also(text: str) -> bool:
    """Whether a line without links is a label with a title behind it: «Читайте также: Другая»."""
    label, colon, title = text.partition(":")
    is_open = title.strip() != "" and text[-1] not in _SENTENCE_ENDS
    return bool(colon) and is_open and is_related_label(label) and bool(_ALSO.search(label))


def leads_to_more(label: str) -> bool:
    """Whether a label is nothing but words that lead to more of the same: «Подробнее:»."""
    found = words(label)
    return bool(found) and label.endswith((":", "：")) and _MORE_WORDS.issuperset(found)


def is_label_beside_link(text: str) -> bool:
    """Whether a text is nothing but the label beside a link to another text on any site."""
    return _LABEL_BESIDE_LINK.fullmatch(text) is not None
