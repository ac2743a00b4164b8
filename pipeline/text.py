"""Text as people meant it: one form of characters and white space, words for comparing."""

import hashlib
import re
import unicodedata

_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ud800-\udfff\ufff9-\ufffb]"
)
_LINE_ENDS = re.compile("[\v\f\x1c-\x1e\x85\u2028\u2029]")
_WORD = re.compile(r"[^\W_]+")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_LATIN = re.compile(r"[A-Za-z]")
_LOOKALIKE = str.maketrans("aceiopxykhbmtACEHIKMOPTXBY", "асеіорхукһвмтАСЕНІКМОРТХВУ")


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
    """The words of a text for comparing: maximal runs of letters and digits, lower case,
    ё as е, Latin letters in otherwise Cyrillic words as the Cyrillic ones they look like.

    >>> words("«Cенат», всё-таки")
    ['сенат', 'все', 'таки']
    """
    text = unicodedata.normalize("NFC", text)
    found = _WORD.findall(text)
    if _CYRILLIC.search(text) and _LATIN.search(text):
        found = [_one_script(word) for word in found]
    return [word.lower().replace("ё", "е") for word in found]


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


def _one_script(word: str) -> str:
    if _CYRILLIC.search(word) and _LATIN.search(word):
        return word.translate(_LOOKALIKE)
    return word
