"""Whether a text breaks off, with its page or in the page's data, and how much more data have."""

import re
from collections import Counter

from pipeline.completeness.text_on_page import SENTENCE_ENDS, TextOnPage
from pipeline.normalize.authors import is_author_line
from pipeline.normalize.words import words

_END_TAG = re.compile(r"</(?:body|html)\b", re.IGNORECASE)
_CUT_ENDS = ("…", "...", "[…]", "[...]", "(...)", "(…)")
_AFTER_SENTENCE = re.compile(r"[.!?…»”\")\]]+(?=\s|$)")
_NAME_WORDS = range(2, 7)
_MAX_SMALL_WORD = 3
"""Letters of a word that names have in small ones."""
_MIN_LINE_WORDS = 4
_MIN_IN_DATA, _MIN_SHARE_IN_DATA = 20, 0.02
"""Words that data must have more, and their share of those taken."""


def is_cut_short(text: TextOnPage, missed: list[int]) -> bool:
    """Whether the page ends within a sentence of the text, and without its end tags."""
    if not text.lines:
        return False
    at, last = len(text.lines) - 1, text.lines[-1].text
    return (
        (at in text.places or at in missed)
        and last[-1] not in SENTENCE_ENDS
        and not is_author_line(last)
        and _END_TAG.search(text.page.text) is None
    )


def ends_in_mid_sentence(text: str) -> bool:
    """Whether a text ends with dots, or in the middle of a sentence. Names may end it."""
    if text.endswith(_CUT_ENDS):
        return True
    last = _AFTER_SENTENCE.split(text)[-1].strip()
    parts = last.split()
    is_name = (len(parts) in _NAME_WORDS or "." in last) and all(
        one[0].isupper() for one in parts if len(one) > _MAX_SMALL_WORD
    )
    return bool(last) and not (is_name or is_author_line(last))


def more_in_data(text: TextOnPage, data_text: str) -> int:
    """The words that the text has more in data than on the page; 0 where these are few, or the data
    have another text.
    """
    taken = sum(len(words(line)) for line in text.paragraphs)
    few = max(_MIN_IN_DATA, _MIN_SHARE_IN_DATA * taken)
    if len(data_text.split()) - taken <= few:
        return 0
    data = f" {' '.join(words(data_text))} "
    shown = {
        " ".join(words(line.text)): at in text.places
        for at, line in enumerate(text.lines)
        if line.words >= _MIN_LINE_WORDS
    }
    found = Counter[bool]()
    for line, is_own in shown.items():
        found[is_own] += line.count(" ") + 1 if f" {line} " in data else 0
    more = data.count(" ") - 1 - found[True] - found[False]
    is_same = 2 * found[True] > taken
    return more if is_same and more > few else 0
