"""Text as people meant it: one form of characters and white space, words for comparing."""

import hashlib
import re
import unicodedata
from functools import lru_cache

_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ud800-\udfff\ufff9-\ufffb]"
)
_LINE_ENDS = re.compile("[\v\f\x1c-\x1e\x85\u2028\u2029]")
_MARKS = r"\u00ad\u0300-\u036f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
"""What stands inside a word without being seen, and accents that NFC leaves apart."""
_WORD = re.compile(rf"[^\W_]+(?:[{_MARKS}]+[^\W_]+)*")
_NOT_IN_WORD = re.compile(f"[{_MARKS}]")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_LATIN = re.compile(r"[A-Za-z]")
_OF_ANOTHER_FORM = re.compile(f"[a-zëёһүə{_MARKS}]")
"""A word in Cyrillic letters without these is its own form."""
_PLAIN_LATIN = re.compile(r"[dfgjlnqrsuvwz]")
"""Letters that no Cyrillic one looks like, small or large."""
_PLAIN_CYRILLIC = re.compile(r"[бгджзийлпфцчшщъыьэюяғқңөұ]")
_CYRILLIC_FORM = str.maketrans("aceëёiopxykhһbmtyүə", "асеееіорхукннвмтууә")
_LATIN_FORM = str.maketrans("асеëёіорхукнһвмтүә", "aceeeiopxykhhbmtyə")


def one_line(text: str) -> str:
    """Text in NFC without unseen characters, white space folded to single spaces.

    >>> one_line(" Сенат\\u00a0 РК\\n")
    'Сенат РК'
    """
    return " ".join(clean_characters(text).split())


def clean_characters(text: str) -> str:
    """Text in NFC; control, zero-width, direction-changing characters and lone surrogates gone."""
    return unicodedata.normalize("NFC", _UNSEEN.sub("", _LINE_ENDS.sub("\n", text)))


def paragraphs(text: str) -> str:
    """A body: each line a paragraph, joined by one blank line; a fixed point of itself."""
    lines = (one_line(line) for line in clean_characters(text).splitlines())
    return "\n\n".join(line for line in lines if line)


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


def language_by_letters(text: str) -> str:
    """The language of a text by its letters: Kazakh ones, else Cyrillic, else Latin.

    A Russian text may hold a Kazakh name, so one such letter in twelve is asked for.
    """
    cyrillic = len(_CYRILLIC.findall(text))
    kazakh = len(re.findall(r"[әғқңөұүһіӘҒҚҢӨҰҮҺІ]", text))
    if kazakh * 12 > cyrillic:
        return "kk"
    return "ru" if cyrillic >= len(_LATIN.findall(text)) else "en"


def content_sha256(title: str | None, body: str) -> str:
    """The digest of an item's content: title and body, as normalised."""
    return hashlib.sha256(f"{title or ''}\n\n{body}".encode()).hexdigest()


def body_sha256(body: str) -> str:
    """The digest of a body alone."""
    return hashlib.sha256(body.encode()).hexdigest()


def words_sha256(found: list[str]) -> str:
    """The digest of a text's words: equal texts have the same."""
    return hashlib.sha256(" ".join(found).encode()).hexdigest()


def imported_text_id(body: str) -> str:
    """The id of a text without address (design, section 5): this rule never changes."""
    folded = " ".join(unicodedata.normalize("NFC", body).split())
    return f"text:{hashlib.sha256(folded.encode()).hexdigest()[:16]}"


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
