"""Text as people meant it: one form of characters and white space, words for comparing."""

import re
import unicodedata
from functools import lru_cache

_MARKS = r"\u00ad\u0300-\u036f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
"""What stands inside a word without being seen, and accents that NFC leaves apart."""
_WORD = re.compile(rf"[^\W_]+(?:[{_MARKS}]+[^\W_]+)*")
_NOT_IN_WORD = re.compile(f"[{_MARKS}]")
_OF_ANOTHER_FORM = re.compile(f"[a-zëёһүə{_MARKS}]")
"""A word in Cyrillic letters without these is its own form."""
_PLAIN_LATIN = re.compile(r"[dfgjlnqrsuvwz]")
"""Letters that no Cyrillic one looks like, small or large."""
_PLAIN_CYRILLIC = re.compile(r"[бгджзийлпфцчшщъыьэюяғқңөұ]")
_CYRILLIC_FORM = str.maketrans("aceëёiopxykhһbmtyүə", "асеееіорхукннвмтууә")
_LATIN_FORM = str.maketrans("асеëёіорхукнһвмтүә", "aceeeiopxykhhbmtyə")


def words(text: str) -> list[str]:
    """The words of a text for comparing, and for nothing else: maximal runs of letters and digits,
    lower case, ё as е, without accents and unseen characters, and each in one script.

    >>> words("«Cенат», всё-таки")
    ['сенат', 'все', 'таки']
    """
    return [_form(word.lower()) for word in _WORD.findall(unicodedata.normalize("NFC", text))]


def word_spans(text: str) -> list[tuple[int, int]]:
    """Where the words of a text in NFC stand in it: first character, and the one after the last.

    >>> word_spans("«Сенат», всё-таки")
    [(1, 6), (9, 12), (13, 17)]
    """
    return [found.span() for found in _WORD.finditer(text)]


@lru_cache(maxsize=1 << 14)
def _form(word: str) -> str:
    """A word as all that look like it are compared: in Latin letters where one of them has no
    Cyrillic double and no Cyrillic one is without a Latin double, in Cyrillic letters otherwise.

    Of a word alone, so that a quotation has the same words wherever it stands. Small letters take
    the double of the large ones (Н and H), so Kazakh һ is н here, and ү, whose large one is Y, у.
    """
    if not _OF_ANOTHER_FORM.search(word):
        return word
    word = _NOT_IN_WORD.sub("", word)
    if _PLAIN_LATIN.search(word) and not _PLAIN_CYRILLIC.search(word):
        return word.translate(_LATIN_FORM)
    return word.translate(_CYRILLIC_FORM)
