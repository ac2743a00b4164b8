"""Lines that ask readers to report errors in a text."""

import re

from pipeline.normalize.networks import NETWORKS
from pipeline.normalize.sentences import says

_KEYS = re.compile(
    r"\b(?:ctrl|control|cmd|command)\b\W{0,3}(?:(?:и|мен|and)\W+)?enter\b", re.IGNORECASE
)
_MISTAKE = re.compile(
    r"\b(?:ошиб[оа]?к\w*|опечат\w+|неточност\w+|қате\w*|typos?|errors?|mistakes?)\b", re.IGNORECASE
)
_MARK_TEXT = re.compile(r"выдел|белгіле|select|highlight", re.IGNORECASE)
_QUESTION = re.compile(r"\W{0,20}(?P<asked>[^.!?…]{3,60})\?\s*(?P<then>.*)")
_TELL_US = re.compile(
    r"(?:(?:сообщи|напиши|выдели|нажми|отправь)(?:те)?|(?:(?:бізге|редакцияға) )?"
    r"(?:хабарла|жаз|белгіле)\w{0,3}(?:ңыз|ңіз)\w*|"
    r"белгілеп|tell us|report (?:it|this|us|a|the)|let us|select|press|click)\b",
    re.IGNORECASE,
)
_MISTAKE_ELSEWHERE = re.compile(
    r"\b(?:во?|на|in|on|with)\W+(?!(?:[\w-]+\W+){0,2}(?:текст|стать|материал|новост|публикаци|"
    r"заметк|сайт|страниц|тексе|(?:web)?(?:site|page)\b|text|article|story))",
    re.IGNORECASE,
)
"""In a question on mistakes: those are not in the site's text, but in a bill or a list."""
_TOLD_OTHERS = re.compile(
    r"\b(?:во|в|to)\W+(?!(?:[\w-]+\W+){0,2}(?:редакци|комментари|форм|чат|бот|личк|личн|директ|"
    rf"(?:us|our|editors?|newsroom)\b|{NETWORKS}))",
    re.IGNORECASE,
)
"""Whom to tell of a mistake, if that is not the site."""


def is_error_report(text: str) -> bool:
    """Whether a short line asks for reports of errors in the text: by the keys to press, or by a
    question and what to do then.

    >>> is_error_report("Нашли ошибку? Выделите её и нажмите Ctrl+Enter")
    True
    """
    lower = text.lower()
    if ("?" not in text and "enter" not in lower) or says(lower):
        return False
    if "enter" in lower and _KEYS.search(text):
        return "?" in text or bool(_MISTAKE.search(text) or _MARK_TEXT.search(text))
    asked = _QUESTION.match(text) if "?" in text else None
    if asked is None or _MISTAKE.search(asked["asked"]) is None:
        return False
    told = _TELL_US.match(asked["then"])
    return told is not None and not (
        _MISTAKE_ELSEWHERE.search(asked["asked"]) or _TOLD_OTHERS.search(asked["then"])
    )
