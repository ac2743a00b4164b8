"""Finds the lines of a page that a text extracted from it is made of."""

import re

from pipeline.page.lines import Line

_MIN_LETTERS = 12
_NO_LETTER = re.compile(r"[\W_]+")


def matching_lines(texts: list[str], lines: list[Line]) -> list[int]:
    """The numbers of the lines that make up the texts, in the page's order.

    An extractor may cut a line at its links, or join several lines; so lines and texts are
    compared by letters and digits alone. A text is first looked for after the lines of the text
    before it.
    """
    letters = [_letters(line.text) for line in lines]
    exact: dict[str, list[int]] = {}
    for at, line in enumerate(letters):
        exact.setdefault(line, []).append(at)
    found: set[int] = set()
    last = -1
    for text in texts:
        wanted = _letters(text)
        same = exact.get(wanted, [])
        hits = [at for at in same if at > last][:1] or same[:1] or _parts(wanted, letters, last)
        if hits:
            found.update(hits)
            last = hits[-1]
    return sorted(found)


def _parts(wanted: str, letters: list[str], last: int) -> list[int]:
    """The line that contains a text, or else the lines that the text contains."""
    if len(wanted) >= _MIN_LETTERS or last >= 0:
        near = range(max(last, 0), len(letters))
        containing = next((at for at in near if wanted and wanted in letters[at]), None)
        if containing is not None:
            return [containing]
    contained = [
        at for at, line in enumerate(letters) if len(line) >= _MIN_LETTERS and line in wanted
    ]
    if not contained:
        return []
    between = range(contained[0], contained[-1] + 1)
    return [at for at in between if letters[at] and letters[at] in wanted]


def _letters(text: str) -> str:
    return _NO_LETTER.sub("", text).casefold()
