"""Text in one form of characters and white space."""

import re
import unicodedata

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ud800-\udfff\ufff9-\ufffb]"
)
_LINE_ENDS = re.compile("[\v\f\x1c-\x1e\x85\u2028\u2029]")
_EITHER = re.compile(f"{_INVISIBLE.pattern}|{_LINE_ENDS.pattern}")


def one_line(text: str) -> str:
    """Text in NFC without invisible characters, white space folded to single spaces.

    >>> one_line(" Сенат\\u00a0 РК\\n")
    'Сенат РК'
    """
    folded = " ".join(text.split())
    if folded.isprintable() and "\x1f" not in text:  # white space for `split` alone
        return unicodedata.normalize("NFC", folded)
    return " ".join(clean_characters(text).split())


def clean_characters(text: str) -> str:
    """Text in NFC without control, zero-width and direction characters and lone surrogates."""
    if not text.isprintable() and _EITHER.search(text):
        text = _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text))
    return unicodedata.normalize("NFC", text)


def paragraphs(text: str) -> str:
    """A body: each line of the text a paragraph, joined by one blank line. Idempotent."""
    lines = (" ".join(line.split()) for line in clean_characters(text).splitlines())
    return "\n\n".join(line for line in lines if line)


def without_marks_around(text: str) -> str:
    """A name without quotation marks, brackets and commas around it."""
    text = text.strip().strip("\"'“”„‚").strip()
    if text.endswith(")") and "(" not in text:
        text = text[:-1]
    return text.rstrip(" ,;]").strip()
