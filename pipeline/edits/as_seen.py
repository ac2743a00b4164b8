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


def changed_stretch(before: str, after: str) -> tuple[str | None, str | None]:
    """From the first to the last word that differs, as two texts have it.

    >>> changed_stretch("Принят закон, о труде", "Принят закон о труде")
    ('закон,', 'закон')
    """
    here, there = before.split(), after.split()
    seen, seen_there = list(map(as_seen, here)), list(map(as_seen, there))
    start = 0
    while start < min(len(seen), len(seen_there)) and seen[start] == seen_there[start]:
        start += 1
    end = 0
    while end < min(len(seen), len(seen_there)) - start and seen[-1 - end] == seen_there[-1 - end]:
        end += 1
    was, now = here[start : len(here) - end], there[start : len(there) - end]
    return " ".join(was) or None, " ".join(now) or None
