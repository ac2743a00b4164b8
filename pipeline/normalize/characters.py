"""Text in one form of characters and white space."""

import re
import unicodedata

from pipeline.remembered import remembered

_PICTOGRAPHS = "\u2190-\u21ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u180b-\u180f\u200b\u200c\u200e"
    "\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff\ufff9-\ufffb\U000e0000-\U000e001f"
    "\U000e0080-\U000e0fff]"
    "|(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0020-\U000e007f]+"
    f"|(?<![{_PICTOGRAPHS}\ufe0f])\u200d|\u200d(?![{_PICTOGRAPHS}])"
)
"""The joiner U+200D stays between pictographs, which it makes one, and tags behind their flag."""
_VARIANT_OF_LETTER = re.compile("(?<=[^\\W\\d_])[\ufe00-\ufe0f]+")
"""What chooses a form of the character before it; pictographs need it, letters have but one."""
_TERMINAL = re.compile("\x1b(?:\\[[0-?]*[ -/]*[@-~]|][^\x07\x1b\n]{0,200}(?:\x07|\x1b\\\\))")
"""What steers a terminal (ECMA-48): colours, moves of the cursor, titles of windows."""
_LINE_ENDS = re.compile("[\v\f\x1c-\x1e\x85\u2028\u2029]")
_USUAL = (
    "!-~\u00a1-\u00ac\u00ae-\u02ff\u0388-\u0482\u048a-\u0590"
    "\u2010-\u2027\u2030-\u205e\u2070-\u20cf\u2100-\u2125\u2127-\u2129\u212c-\u214f"
)
"""What most texts consist of: no white space, neither invisible nor a combining mark, in NFC."""
_UNUSUAL = re.compile(f"[^\t\n\r \u00a0\u205f{_USUAL}]")
_NOT_OF_LINE = re.compile(f"[^ {_USUAL}]")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML can't hold, not even as a reference (XML 1.0, "Char")."""
_MAX_MARKS = 30
"""Combining marks in a row, as in Unicode's Stream-Safe Text Format (UAX #15)."""
_MANY_MARKS = re.compile(rf"[^\w\s\x00-\x7f]{{{_MAX_MARKS + 1},}}")
"""What may be a longer row."""


@remembered
def one_line(text: str) -> str:
    """Text in NFC without invisible characters, white space folded to single spaces.

    >>> one_line(" Сенат\\u00a0 РК\\n")
    'Сенат РК'
    """
    line = text.strip()
    if "  " not in line and not _NOT_OF_LINE.search(line):
        return line
    return " ".join(clean_characters(text).split())


def without_case(text: str) -> str:
    """Text in NFC as it is searched: in small letters, ё as е.

    >>> without_case("ВСЁ")
    'все'
    """
    return composed(text).casefold().replace("ё", "е")


def clean_characters(text: str) -> str:
    """Text in NFC (`composed`) without control, zero-width and direction characters, lone
    surrogates, and sequences for terminals.
    """
    if not _UNUSUAL.search(text):
        return text
    shown = _INVISIBLE.sub("", _LINE_ENDS.sub("\n", _TERMINAL.sub("", text)))
    return composed(_VARIANT_OF_LETTER.sub("", shown))


def for_xml(text: str) -> str:
    """Text with U+FFFD in the place of what XML can't hold."""
    return _NOT_IN_XML.sub("\ufffd", text)


def composed(text: str) -> str:
    """Text in NFC, with thirty combining marks in a row at most: NFC sorts these, and takes the
    square of their number for it.
    """
    text = unicodedata.normalize("NFC", _with_fewer_marks(text))
    return _with_fewer_marks(text)  # some marks are two in NFC


def _with_fewer_marks(text: str) -> str:
    return _MANY_MARKS.sub(_first_marks, text)


def _first_marks(found: re.Match[str]) -> str:
    marks = 0
    kept: list[str] = []
    for character in found[0]:
        marks = marks + 1 if unicodedata.category(character).startswith("M") else 0
        if marks <= _MAX_MARKS:
            kept.append(character)
    return "".join(kept)


def paragraphs(text: str) -> str:
    """A body: each line of the text a paragraph, joined by one blank line. Idempotent."""
    return "\n\n".join(filter(None, map(one_line, clean_characters(text).splitlines())))


def without_marks_around(text: str) -> str:
    """A name without quotation marks, brackets and commas around it."""
    text = text.strip().strip("\"'“”„‚").strip()
    if text.endswith(")") and "(" not in text:
        text = text[:-1]
    return text.rstrip(" ,;]").strip()
