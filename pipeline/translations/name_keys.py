"""A name as one coarse key, whichever of the alphabets it is written in and however it is declined.

Токаев, Тоқаев, Tokayev, Toqaev and Тоқаевтың have one key, and so have Жапаров, Japarov, Zhaparov.
Vowels differ most between spellings (Kassym, Касым, Қасым; Biden, Байден), so the key is made of
consonants, as in Soundex and its kin; four of them, since endings of case come last.
"""

import re
import unicodedata
from functools import lru_cache

KEY_LETTERS = 4
"""Letters of a key, at most; a name with fewer than three gets none."""

_CYRILLIC = dict(
    zip(
        "абвгґғдеёєжзиійїклмнопрстуфхһцчшщъыьэюяәқңөұү",
        re.split(
            " ",
            "a b v g g g d e e e j z i i i i k l m n o p r s t u f h h ts č š š ' i ' e u a"
            " a k n o u u",
        ),
        strict=True,
    )
)
_LATIN = dict(zip("şšçčğñńýı", "ššččgnnui", strict=True))
_LETTERS = str.maketrans(_CYRILLIC | _LATIN)
_VOWELS = "aeiou"
_NO_VOWELS = str.maketrans("", "", _VOWELS)

_SOUNDS = (
    ("shch|sch|sh", "š"), ("tch|ch", "č"), ("kh", "h"), ("dzh|zh|dj", "j"), ("ts|tz|z", "s"),
    ("ph", "f"), ("th", "t"), ("gh", "g"), ("ck", "k"), ("ng", "n"), ("c(?=[eiy])", "s"),
    ("[cq]", "k"), ("x", "ks"), ("w", "v"), ("y", "i"), ("h$", ""),
)  # fmt: skip
"""Spellings of one sound, in the order in which they are made alike."""
_SOUND_PATTERNS = tuple((re.compile(spelling), sound) for spelling, sound in _SOUNDS)

_ENDINGS = re.compile("(?:[tdn]in|[mpb]en|[tdn][ae]n|[oei]m|[oe]go|[oe]mu|[aei]h|[ai]mi)$")
"""Endings of case in Kazakh (-ting, -men, -tan) and Russian with a consonant that could get into a
key, after the letters were made alike. They are cut off in every language, so that a name that
merely ends like that loses the same everywhere. Shorter ones (-ga, -ti, -da) stay: Akorda, Almaty.
"""
_TWICE = re.compile(r"(.)\1+")


@lru_cache(maxsize=1 << 16)
def name_key(word: str) -> str | None:
    """The key of one word of a name; None where too little would be left to tell it by.

    >>> [name_key(word) for word in ("Әшімбаевтың", "Ашимбаевым", "Ashimbayev")]
    ['ašmb', 'ašmb', 'ašmb']
    """
    key = _consonants(_stem(_latin(word)))[:KEY_LETTERS]
    return key if len(key) >= 3 else None


def _latin(word: str) -> str:
    """A word in Latin letters, one for each sound that spellings agree on."""
    letters = unicodedata.normalize("NFC", word).lower().translate(_LETTERS)
    letters = re.sub("[^a-zšč]", "", _without_accents(letters))
    for spelling, sound in _SOUND_PATTERNS:
        letters = spelling.sub(sound, letters)
    return letters


def _without_accents(letters: str) -> str:
    if letters.isascii():
        return letters
    return "".join(
        letter if letter in "šč" else unicodedata.normalize("NFKD", letter)[0] for letter in letters
    )


def _stem(latin: str) -> str:
    """Without its endings, as long as a key can be made of what is left."""
    while (ending := _ENDINGS.search(latin)) and len(_consonants(latin[: ending.start()])) >= 3:
        latin = latin[: ending.start()]
    return latin


def _consonants(latin: str) -> str:
    """The consonants; a vowel at the beginning stands as a."""
    once = _TWICE.sub(r"\1", latin)
    first = "a" if once[:1] in _VOWELS else once[:1]
    return first + once[1:].translate(_NO_VOWELS) if once else ""
