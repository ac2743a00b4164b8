"""Letters of the other script in a word, typed for those that look or sound like them.

A word is repaired where its other letters decide: «Cенат» with a Latin C, «праvила» with a Latin v.
Look-alikes: Unicode's confusables (UTS 39) of the letters that Russian, Kazakh and English have.
"""

import re

_LIKE_LATIN = dict(zip("аеорсухіһАВЕКМНОРСТУХІ", "aeopcyxihABEKMHOPCTYXI", strict=True))
"""Cyrillic letters that look just like a Latin one."""
_LIKE_CYRILLIC = {latin: cyrillic for cyrillic, latin in _LIKE_LATIN.items()}
_TYPED_FOR_CYRILLIC = str.maketrans(_LIKE_CYRILLIC | dict(zip("vktVëË", "вктВёЁ", strict=True)))
_TYPED_FOR_LATIN = str.maketrans(_LIKE_LATIN)
_MIXED_WORD = re.compile(
    r"(?<![^\W\d_])(?=[^\W\d_]*[A-Za-zÀ-ɏ])(?=[^\W\d_]*[\u0400-\u052f])[^\W\d_]+"
)
_MAY_BE_MIXED = re.compile("[A-Za-zÀ-ɏ](?:(?=[\u0400-\u052f])|(?<=[\u0400-\u052f].))", re.DOTALL)
"""A Latin letter beside a Cyrillic one."""
_CYRILLIC, _NOT_CYRILLIC = re.compile("[\u0400-\u052f]"), re.compile("[^\u0400-\u052f]")
_ABBREVIATION_WITH_ENDING = re.compile("[A-Z]{2,}[\u0400-\u052f]*|[\u0400-\u04ff]{2,}[a-z]*")
"""«VIPы» is a Latin word with an ending."""


def repaired(text: str) -> tuple[str, tuple[str, ...]]:
    """A text with its words each in one script, and the words as they were that had to be repaired.

    >>> repaired("Cенат, AI и праvила")
    ('Сенат, AI и правила', ('Cенат', 'праvила'))
    """
    if not (_CYRILLIC.search(text) and _MAY_BE_MIXED.search(text)):
        return text, ()
    words: list[str] = []

    def repair(found: re.Match[str]) -> str:
        word = found[0]
        once = _in_one_script(word)
        if once != word:
            words.append(word)
        return once

    return _MIXED_WORD.sub(repair, text), tuple(words)


def _in_one_script(word: str) -> str:
    """A word of both scripts in the only one of which it surely has letters, or in that of most of
    its letters, sure ones too; if each other letter has a double there. Of Latin, which is the
    rarer, two letters must be sure.
    """
    cyrillic = _CYRILLIC.findall(word)
    latin = _NOT_CYRILLIC.findall(word)
    sure_cyrillic = sum(letter not in _LIKE_LATIN for letter in cyrillic)
    sure_latin = sum(letter not in _LIKE_CYRILLIC for letter in latin)
    if _ABBREVIATION_WITH_ENDING.fullmatch(word):
        return word
    if sure_latin < sure_cyrillic and (not sure_latin or len(latin) < len(cyrillic)):
        return _translated(word, latin, _TYPED_FOR_CYRILLIC)
    if sure_latin > max(1, sure_cyrillic) and (not sure_cyrillic or len(cyrillic) < len(latin)):
        return _translated(word, cyrillic, _TYPED_FOR_LATIN)
    return word


def _translated(word: str, foreign: list[str], table: dict[int, str]) -> str:
    return word.translate(table) if all(ord(letter) in table for letter in foreign) else word
