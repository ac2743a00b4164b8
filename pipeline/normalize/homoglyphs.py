"""Letters of the other script in a word, typed for those that look or sound like them.

A word is repaired where its other letters decide: «Cенат» with a Latin C, «праvила» with a Latin v.
Look-alikes: Unicode's confusables (UTS 39) of the letters that Russian, Kazakh and English have.
"""

import re
import unicodedata

_LIKE_LATIN = dict(zip("аеорсухіһАВЕКМНОРСТУХІ", "aeopcyxihABEKMHOPCTYXI", strict=True))
"""Cyrillic letters that look just like a Latin one."""
_STRESSED = {
    unicodedata.normalize("NFC", latin + mark): unicodedata.normalize("NFC", cyrillic + mark)
    for cyrillic, latin in _LIKE_LATIN.items()
    for mark in "\u0300\u0301"
    if latin in "aeoyiAEOYI"
}
"""Cyrillic has no letters of its own with most accents."""
_LIKE_CYRILLIC = (
    {latin: cyrillic for cyrillic, latin in _LIKE_LATIN.items()}
    | dict(zip("ëËəƏɵƟ", "ёЁәӘөӨ", strict=True))
    | _STRESSED
)
"""Latin letters that look just like a Cyrillic one."""
_TYPED_FOR_CYRILLIC = str.maketrans(_LIKE_CYRILLIC | dict(zip("vkt", "вкт", strict=True)))
_TYPED_FOR_LATIN = str.maketrans(_LIKE_LATIN)
_LATIN = "A-Za-zÀ-ɏəɵỲỳ"
_MIXED_WORD = re.compile(
    rf"(?<![^\W\d_])(?=[^\W\d_]*[{_LATIN}])(?=[^\W\d_]*[\u0400-\u052f])[^\W\d_]+"
)
_MAY_BE_MIXED = re.compile(f"[{_LATIN}](?:(?=[\u0400-\u052f])|(?<=[\u0400-\u052f].))", re.DOTALL)
"""A Latin letter beside a Cyrillic one."""
_CYRILLIC, _NOT_CYRILLIC = re.compile("[\u0400-\u052f]"), re.compile("[^\u0400-\u052f]")
_SMALL_CYRILLIC, _LARGE_CYRILLIC = (
    "".join(filter(is_so, map(chr, range(0x0400, 0x0530)))) for is_so in (str.islower, str.isupper)
)
_ABBREVIATION_WITH_ENDING = re.compile(
    f"[A-Z]{{2,}}[{_SMALL_CYRILLIC}]+|(?=[A-Z]*[DFGJLNQRSUVWZ])[A-Z]{{2,}}[{_LARGE_CYRILLIC}]+"
    f"|[{_LARGE_CYRILLIC}]{{2,}}(?=[a-z]*[bdfgj-nq-wz])[a-z]+"
)
"""«VIPы», «ВЕСТИtv». The ending of «ЕАЭСa», where each letter has a double, is mistyped."""
_OF_COMPOUND_BEFORE, _OF_COMPOUND_AFTER = (
    re.compile(form) for form in (r"(?:[^\W\d_]+[-‑])+\Z", r"(?:[-‑][^\W\d_]+)+")
)
_MIN_LETTERS_OF_MOST = 4
_MAX_PART_CHARACTERS = 30
"""Of a compound, before and after a word."""


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
        if once == word and (compound := _cyrillic_compound(found)):
            words.append(compound)
            return word.translate(_TYPED_FOR_CYRILLIC)
        if once != word:
            words.append(word)
        return once

    return _MIXED_WORD.sub(repair, text), tuple(words)


def _in_one_script(word: str) -> str:
    """A word of both scripts in the only one of which it surely has letters, or in that of most of
    its letters, sure ones too; if each other letter has a double there. Of Latin, which is the
    rarer, two letters must be sure. A longer word of nothing but doubles, most of them Cyrillic,
    is Cyrillic.
    """
    cyrillic = _CYRILLIC.findall(word)
    latin = _NOT_CYRILLIC.findall(word)
    sure_cyrillic = sum(letter not in _LIKE_LATIN for letter in cyrillic)
    sure_latin = sum(letter not in _LIKE_CYRILLIC for letter in latin)
    if _ABBREVIATION_WITH_ENDING.fullmatch(word):
        return word
    if not sure_latin and not sure_cyrillic:
        is_cyrillic = len(word) >= _MIN_LETTERS_OF_MOST and len(latin) < len(cyrillic)
        return word.translate(_TYPED_FOR_CYRILLIC) if is_cyrillic else word
    if sure_latin < sure_cyrillic and (not sure_latin or len(latin) < len(cyrillic)):
        return _translated(word, latin, _TYPED_FOR_CYRILLIC)
    if sure_latin > max(1, sure_cyrillic) and (not sure_cyrillic or len(cyrillic) < len(latin)):
        return _translated(word, cyrillic, _TYPED_FOR_LATIN)
    return word


def _cyrillic_compound(found: re.Match[str]) -> str | None:
    """The compound that a word of nothing but doubles is a part of, if another part of it has a
    letter that is surely Cyrillic, as in «iс-шара»; not of an abbreviation, as in «IТ-шара».
    """
    word, text = found[0], found.string
    if word.isupper() or _ABBREVIATION_WITH_ENDING.fullmatch(word):
        return None
    if not all(letter in _LIKE_LATIN or letter in _LIKE_CYRILLIC for letter in word):
        return None
    start = max(0, found.start() - _MAX_PART_CHARACTERS)
    before = _OF_COMPOUND_BEFORE.search(text[start : found.start()])
    after = _OF_COMPOUND_AFTER.match(text, found.end(), found.end() + _MAX_PART_CHARACTERS)
    compound = f"{before[0] if before else ''}{word}{after[0] if after else ''}"
    is_sure = any(letter not in _LIKE_LATIN for letter in _CYRILLIC.findall(compound))
    return compound if is_sure else None


def _translated(word: str, foreign: list[str], table: dict[int, str]) -> str:
    return word.translate(table) if all(ord(letter) in table for letter in foreign) else word
