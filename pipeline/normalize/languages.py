"""In which of our languages a text is."""

import re

_KAZAKH = re.compile(r"[әғқңөұүһіӘҒҚҢӨҰҮҺІ]")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_LATIN = re.compile(r"[A-Za-z]")
_WORD = re.compile(r"[^\W\d_]+")
_FEWEST_LETTERS = 60
_CLEAR = 0.7
_KAZAKH_WORDS = 0.38
_RUSSIAN_WORDS = 0.28


def clear_language(text: str) -> str | None:
    """`kk`, `ru` or `en` where the letters of a text tell it, else None.

    A script must hold seven letters in ten. In Kazakh more than every other word has a letter
    that Russian lacks; a Russian text with many Kazakh names stays below the bounds, a Kazakh one
    that quotes Russian above. Between them nothing is said, nor of a short text.
    """
    cyrillic, latin = len(_CYRILLIC.findall(text)), len(_LATIN.findall(text))
    letters = cyrillic + latin
    if letters < _FEWEST_LETTERS:
        return None
    if latin >= _CLEAR * letters:
        return "en"
    if cyrillic < _CLEAR * letters:
        return None
    found = [word for word in _WORD.findall(text) if _CYRILLIC.search(word)]
    share = sum(bool(_KAZAKH.search(word)) for word in found) / len(found)
    if share >= _KAZAKH_WORDS:
        return "kk"
    return "ru" if share <= _RUSSIAN_WORDS else None


def language_by_letters(text: str) -> str:
    """The language of a text by its letters: Kazakh ones, else Cyrillic, else Latin.

    A Russian text may hold a Kazakh name, so one such letter in twelve is asked for.
    """
    cyrillic = len(_CYRILLIC.findall(text))
    kazakh = len(_KAZAKH.findall(text))
    if kazakh * 12 > cyrillic:
        return "kk"
    return "ru" if cyrillic >= len(_LATIN.findall(text)) else "en"
