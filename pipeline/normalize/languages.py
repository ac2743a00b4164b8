"""The language of a text, by its letters: `ru`, `kk` or `en`."""

import re

_KAZAKH = re.compile(r"[әғқңөұүһіӘҒҚҢӨҰҮҺІ]")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_LATIN = re.compile(r"[A-Za-z]")
_WORD = re.compile(r"[^\W\d_]+")
_MIN_LETTERS = 60
_MIN_SCRIPT_SHARE = 0.7
_MIN_KAZAKH_SHARE = 0.38
"""Of a Kazakh text's words, at least so many have a letter that Russian lacks."""
_MAX_RUSSIAN_SHARE = 0.28
"""Of a Russian text's words, at most so many."""


def clear_language(text: str) -> str | None:
    """`kk`, `ru` or `en` where the letters of a text leave no doubt, else None.

    Seven letters in ten must be of one script. In Kazakh more than every second word has a letter
    that Russian lacks. A Russian text with many Kazakh names stays below the bounds, a Kazakh text
    that quotes Russian above them. Between the bounds, and for short texts, None.
    """
    cyrillic, latin = len(_CYRILLIC.findall(text)), len(_LATIN.findall(text))
    letters = cyrillic + latin
    if letters < _MIN_LETTERS:
        return None
    if latin >= _MIN_SCRIPT_SHARE * letters:
        return "en"
    if cyrillic < _MIN_SCRIPT_SHARE * letters:
        return None
    found = [word for word in _WORD.findall(text) if _CYRILLIC.search(word)]
    share = sum(bool(_KAZAKH.search(word)) for word in found) / len(found)
    if share >= _MIN_KAZAKH_SHARE:
        return "kk"
    return "ru" if share <= _MAX_RUSSIAN_SHARE else None


def language_by_letters(text: str) -> str:
    """The language of any text: Kazakh by its own letters, else Russian or English by the script.

    Russian texts contain Kazakh names, so more than one Cyrillic letter in twelve must be
    Kazakh's own.
    """
    cyrillic = len(_CYRILLIC.findall(text))
    kazakh = len(_KAZAKH.findall(text))
    if kazakh * 12 > cyrillic:
        return "kk"
    return "ru" if cyrillic >= len(_LATIN.findall(text)) else "en"
