"""The text in a page's bytes, by what these are rather than by what the page declares.

Damage is measured in shares: a few bytes that are no UTF-8 do not speak against UTF-8. Bytes that
are no UTF-8 for the most part are read in that encoding in which they make words.
"""

import re
from collections.abc import Iterable

from w3lib.encoding import http_content_type_encoding, read_bom, resolve_encoding

from pipeline.normalize.lost_letters import LOST_CHARACTER, with_lost_letters

_USUAL = ("cp1251", "koi8-r", "cp866", "iso8859-5", "kz1048", "cp1252")
"""Encodings that are tried whatever the page declares, the likeliest first."""
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)\b[^<>]*?(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE
)
_DECLARED_WITHIN = 200_000
"""Bytes from the start of the page."""
_ASCII = bytes(range(128))
_WORD_OUTSIDE_ASCII = re.compile(rb"[A-Za-z]*[\x80-\xff][A-Za-z\x80-\xff]*")
_MAX_WEIGHED_BYTES = 1_000_000
_WORD = re.compile(r"[^\W\d_]+")
_CYRILLIC = re.compile(r"[\u0400-\u052f]+")
_ACCENTED = re.compile("[\u00c0-\u00ff]")
_BYTES_OF_CYRILLIC, _BYTE_OF_ACCENTED, _BYTE_OF_BOX = bytes(range(0xD0, 0xD4)), 0xC3, 0xE2
"""The first bytes of these letters in UTF-8, and that of boxes among others."""
_COMMON = "оеаинтсрвлыіәғқңөұүһ"
"""The commonest letters of Russian and Kazakh: some seven in ten of a text."""
_BOXES = re.compile(r"([\u2500-\u259f])(?!\1)")
"""A row of the same is a line that somebody drew, and counts once."""
_NEVER_WRITTEN = re.compile("[\x80-\x9f\u2500-\u259f\ufffd]")
"""Control characters, the lines of boxes, lost characters."""
_FIRST_BYTES = "РСТУÐÑÒÓ"
"""The first of the two bytes of a Cyrillic letter in UTF-8, read as Windows-1251 and -1252."""
_SECOND_BYTES = "".join(
    bytes(range(0x80, 0xC0)).decode(encoding, "ignore") for encoding in ("cp1251", "cp1252")
)
_LETTER_MISREAD = re.compile(f"[{_FIRST_BYTES}][{re.escape(_SECOND_BYTES)}]")
_MIN_FIRST_BYTES = 0.1

_LOST_RUN = re.compile(f"{LOST_CHARACTER}+")
_BYTES_OF_CHARACTER = 4
_MAX_LOST_OF_RUN = 3
"""A longer run is no word."""
_MIN_LOST = 3
"""So few lost characters are no evidence, whatever their share."""
_MAX_LOST = 0.02
_MAX_LOST_OF_PARAGRAPH = 0.15
_MAX_LOST_WITH_LINES = 0.05
_MIN_LOST_OF_TEXT = 12
"""Fewer in one paragraph may be no text."""
_MAX_BOXES = 0.1
_MIN_SEQUENCES = 3
_MIN_SEQUENCES_SHARE = 0.2
_MIN_LETTERS = 60
_MIN_COMMON = 0.4
_JUDGED_CHARACTERS = 1_000
_JUDGED_BYTES = 2_000


def decoded_text(content: bytes, content_type: str) -> str:
    """The text in the bytes of a page; U+FFFD stands for what can't be decoded.

    Valid UTF-8 is UTF-8 whatever is declared, and so is what is valid for the most part: text in
    another encoding hardly ever is valid by chance. Other bytes are read in the encoding that the
    page declares or in one of the usual ones, whichever gives the most words.
    """
    marked, mark = read_bom(content)
    content = content[len(mark or b"") :]
    if marked not in (None, "utf-8") and not _is_mostly_utf_8(content):
        return content.decode(marked, "replace")
    if wide := utf_16(content):
        return content.decode(wide, "replace")
    try:
        return content.decode()
    except UnicodeDecodeError:
        valid, lost, _ = _weighed(content)
    if valid > lost:
        return content.decode("utf-8", "replace")
    return _of_words(content, _declared(content, content_type))


def is_garbled(text: str) -> bool:
    """Whether a text is not what was written: one character in fifty is lost, or its letters are
    those of another encoding.
    """
    return _are_lost(with_lost_letters(text), _MAX_LOST) or _is_mojibake(text)


def is_garbled_paragraph(text: str) -> bool:
    """Whether a title, or one paragraph of a text that is sound as a whole, is not what was
    written: one character in seven is lost, or it is UTF-8 read as something else.
    """
    text = with_lost_letters(text)
    return _are_lost(text, _MAX_LOST_OF_PARAGRAPH) or _is_utf_8_misread(text)


def is_garbled_text(paragraphs: Iterable[str]) -> bool:
    """Whether the text of an article is not what was written, as a whole or in a paragraph.

    A short line of lost characters, which may have been pictures or a decoration, is no evidence
    against the other paragraphs, unless such lines are much of the text.
    """
    text = with_lost_letters("\n".join(paragraphs))
    if LOST_CHARACTER not in text and not _may_be_misread(text):
        return _is_of_unlikely_letters(text)
    texts = text.split("\n")
    others = [text for text in texts if not _is_lost_line(text)]
    return (
        is_garbled("\n".join(others))
        or any(map(is_garbled_paragraph, others))
        or _are_lost("\n".join(texts), _MAX_LOST_WITH_LINES)
    )


def _is_lost_line(text: str) -> bool:
    return (
        _are_lost(text, _MAX_LOST_OF_PARAGRAPH)
        and _counted_once(text).count(LOST_CHARACTER) < _MIN_LOST_OF_TEXT
        and not _is_utf_8_misread(text)
    )


def _are_lost(text: str, share: float) -> bool:
    if LOST_CHARACTER not in text:
        return False
    text = _counted_once(text)
    lost = text.count(LOST_CHARACTER)
    return (lost >= _MIN_LOST and lost > len(text) * share) or lost * 2 > len(text)


def _counted_once(text: str) -> str:
    """The text with one lost character for each that was written, which may have had four bytes."""
    return _LOST_RUN.sub(_of_run, text)


def _of_run(run: re.Match[str]) -> str:
    count = -(-len(run[0]) // _BYTES_OF_CHARACTER)
    return LOST_CHARACTER * min(count, _MAX_LOST_OF_RUN)


def utf_16(content: bytes) -> str | None:
    """UTF-16 without a byte order mark: in markup every second byte is zero, and these alone."""
    first = content[:_JUDGED_BYTES]
    big, little = first[::2].count(0), first[1::2].count(0)
    if max(big, little) * 20 < len(first) or min(big, little) * 20 > max(big, little):
        return None
    return "utf-16-le" if little > big else "utf-16-be"


def _is_mostly_utf_8(content: bytes) -> bool:
    """Whether bytes behind the mark of UTF-16 or -32 are UTF-8 all the same: the mark may be
    damage.
    """
    valid, lost, _ = _weighed(content)
    return valid > lost and content.count(0) * 20 < len(content)


def _weighed(content: bytes) -> tuple[int, int, int]:
    """How many bytes outside ASCII belong to valid UTF-8, how many do not; and the number of valid
    characters.
    """
    kept = content.decode("utf-8", "ignore")
    again = kept.encode()
    valid = len(again.translate(None, _ASCII))
    return valid, len(content) - len(again), valid - (len(again) - len(kept))


def _declared(content: bytes, content_type: str) -> str | None:
    """The encoding that the Content-Type names, or else the page itself; None where it is none."""
    named = http_content_type_encoding(content_type or None)
    if named is None and (found := _DECLARED.search(content, 0, _DECLARED_WITHIN)):
        named = resolve_encoding(found[1].decode())
    return None if named is None or named.startswith(("utf-16", "utf-32")) else named


def _of_words(content: bytes, declared: str | None) -> str:
    """The text in the encoding in which the words outside ASCII are most like words."""
    if declared is not None and (text := _proven(content, declared)) is not None:
        return text
    words = b" ".join(_WORD_OUTSIDE_ASCII.findall(content))[:_MAX_WEIGHED_BYTES]
    likeness = {
        encoding: _likeness(text)
        for encoding in dict.fromkeys((declared or _USUAL[0], *_USUAL))
        if (text := _decoded(words, encoding)) is not None
    }
    best = max(likeness, key=lambda encoding: likeness[encoding])
    return _decoded(content, best) or ""


def _proven(content: bytes, encoding: str) -> str | None:
    """The text in an encoding with several bytes for a letter, where all bytes are valid in it."""
    text = _decoded(content, encoding, "strict")
    return text if text is not None and len(text) < len(content) else None


def _decoded(content: bytes, encoding: str, errors: str = "replace") -> str | None:
    """The text in one encoding; None where it can't be, as in one that is not of text."""
    try:
        return content.decode(encoding, errors)
    except (LookupError, ValueError):
        return None


def _likeness(text: str) -> int:
    """How much like words a text is: common letters and accented ones count for it, words in no
    form that is written, and characters that never are, against it.
    """
    found = (_word_likeness(word) for word in _WORD.findall(text))
    return sum(found) - len(_NEVER_WRITTEN.findall(text))


def _word_likeness(word: str) -> int:
    cyrillic = _count(_CYRILLIC, word)
    if cyrillic == len(word):
        is_written = word.islower() or word.isupper() or word[1:].islower()
        return sum(map(word.lower().count, _COMMON)) if is_written else -len(word)
    accented = len(_ACCENTED.findall(word))
    if cyrillic or accented * 2 > len(word):
        return -len(word)
    return len(word) - sum(map(str.isascii, word))


def _is_mojibake(text: str) -> bool:
    """Whether the letters of a text are those of another encoding: UTF-8 read as Windows-1251 or
    -1252, Windows-1251 read as Latin-1, or one Cyrillic encoding read as another.
    """
    return _is_utf_8_misread(text) or _is_of_unlikely_letters(text)


def _is_of_unlikely_letters(text: str) -> bool:
    """Whether a text begins with boxes, accented letters, or rare letters for the most part."""
    first = text[:_JUDGED_CHARACTERS].lower()
    content = first.encode("utf-8", "replace")
    many = len(first) * _MAX_BOXES
    if content.count(_BYTE_OF_BOX) > many and len(_BOXES.findall(first)) > many:
        return True
    if content.count(_BYTE_OF_ACCENTED) * 2 > len(first):
        return True
    letters = len(content) - len(content.translate(None, _BYTES_OF_CYRILLIC))
    return letters >= _MIN_LETTERS and not _has_common_letters(first, letters * _MIN_COMMON)


def _has_common_letters(text: str, least: float) -> bool:
    found = 0
    for letter in _COMMON:
        found += text.count(letter)
        if found >= least:
            return True
    return False


def _count(runs: re.Pattern[str], text: str) -> int:
    """The number of characters in all runs of them."""
    return sum(map(len, runs.findall(text)))


def _is_utf_8_misread(text: str) -> bool:
    """Whether a text, put into bytes again, is valid UTF-8 for the most part."""
    least = len(text) * _MIN_FIRST_BYTES
    if not _may_be_misread(text) or sum(map(text.count, _FIRST_BYTES)) < least:
        return False
    for encoding in ("cp1251", "cp1252"):
        again = text.encode(encoding, "ignore")
        valid, lost, characters = _weighed(again)
        if characters >= _MIN_SEQUENCES and valid > max(lost, len(again) * _MIN_SEQUENCES_SHARE):
            return True
    return False


def _may_be_misread(text: str) -> bool:
    return len(_LETTER_MISREAD.findall(text)) >= _MIN_SEQUENCES
