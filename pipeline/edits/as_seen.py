"""A text as a reader sees it: what differs in nothing but this form is no edit.

Quotation marks and dashes are of many widths, spaces of many kinds, letters of two scripts look
alike, and three dots are an ellipsis.
"""

import re

from pipeline.normalize.characters import clean_characters

_QUOTES = "«»„“”‟‹›″〝〞❝❞＂"
_APOSTROPHES = "’ʼ‘`´‛′＇"
_DASHES = "‐‑‒–—―−﹘﹣－⁃"
_LATIN_LIKE_CYRILLIC = dict(
    zip("aceopxyihëəABCEHKMOPTXYIËƏƟɵ", "асеорхуіһёәАВСЕНКМОРТХУІЁӘӨө", strict=True)
)
"""Look-alikes as in Unicode's confusables (UTS 39), of the letters of our three languages."""
_ONE_FORM = str.maketrans(
    dict.fromkeys(_QUOTES, '"')
    | dict.fromkeys(_APOSTROPHES, "'")
    | dict.fromkeys(_DASHES, "-")
    | {"…": "..."}
    | _LATIN_LIKE_CYRILLIC
)
_DOUBLED = re.compile(r"''|,,(?=\w)|(?<!\w)'|'(?!\w)")
"""Other ways to write a quotation mark; an apostrophe stands between letters."""


def as_seen(text: str) -> str:
    """One form for all texts that look the same, for comparing only.

    >>> as_seen("«Cенат» — это…") == as_seen('"Сенат" – это...')
    True
    """
    return " ".join(_DOUBLED.sub('"', clean_characters(text).translate(_ONE_FORM)).split())
