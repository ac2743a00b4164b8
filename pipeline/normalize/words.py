"""The words of a text, for comparing texts."""

import re
import unicodedata
from functools import lru_cache

from pipeline.normalize.characters import composed
from pipeline.remembered import remembered

_MARKS = r"\u00ad\u0300-\u036f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
"""Invisible characters inside words, and combining accents that NFC does not compose."""
_WORD = re.compile(rf"[^\W_]+(?:[{_MARKS}]+[^\W_]+)*")
_NOT_IN_WORD = re.compile(f"[{_MARKS}]")
_OF_ANOTHER_FORM = re.compile(f"[a-zëёһүə{_MARKS}]")
"""What keeps a word in small Cyrillic letters from being its own form."""
_SHORT_TEXT_CHARACTERS = 1_000
"""So many, were they all combining marks, NFC sorts soon enough."""
_PLAIN_LATIN = re.compile(r"[dfgjlnqrsuvwz]")
"""Letters that no Cyrillic one looks like, small or large."""
_PLAIN_CYRILLIC = re.compile(r"[бгджзийлпфцчшщъыьэюяғқңөұ]")
_CYRILLIC_FORM = str.maketrans("aceëёiopxykhһbmtyүə", "асеееіорхукннвмтууә")
_LATIN_FORM = str.maketrans("асеëёіорхукнһвмтүә", "aceeeiopxykhhbmtyə")


def words(text: str) -> list[str]:
    """The words of a text, for comparing only: runs of letters and digits in lower case, ё as е,
    without accents and invisible characters, each word in one script.

    >>> words("«Cенат», всё-таки")
    ['сенат', 'все', 'таки']
    """
    return list(_words(text))


def word_spans(text: str) -> list[tuple[int, int]]:
    """The start and end of each word in a text, which is in NFC, as for slices.

    >>> word_spans("«Сенат», всё-таки")
    [(1, 6), (9, 12), (13, 17)]
    """
    return [found.span() for found in _WORD.finditer(text)]


@remembered
def _words(text: str) -> tuple[str, ...]:
    is_short = len(text) <= _SHORT_TEXT_CHARACTERS
    text = unicodedata.normalize("NFC", text) if is_short else composed(text)
    return tuple(map(_form, map(str.lower, _WORD.findall(text))))


@lru_cache(maxsize=1 << 14)
def _form(word: str) -> str:
    """One form for all words that look alike, since letters of the other script are mistyped.

    In Latin letters, where one of them has no Cyrillic double and each Cyrillic one has a Latin
    double; otherwise in Cyrillic letters. It depends on the word alone, so that a quotation has
    the same words wherever it stands. Doubles are those of the capitals (Н and H): so Kazakh һ
    becomes н, and ү, whose capital looks like Y, becomes у.
    """
    if not _OF_ANOTHER_FORM.search(word):
        return word
    word = _NOT_IN_WORD.sub("", word)
    if _PLAIN_LATIN.search(word) and not _PLAIN_CYRILLIC.search(word):
        return word.translate(_LATIN_FORM)
    return word.translate(_CYRILLIC_FORM)
