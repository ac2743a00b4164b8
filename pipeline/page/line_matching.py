"""Which of a page's lines a text that was taken from the page is made of."""

import re

from pipeline.page.lines import Block

_FEWEST_LETTERS = 12
_NO_LETTER = re.compile(r"[\W_]+")


def places(texts: list[str], lines: list[Block]) -> list[int]:
    """The places of the lines that the texts hold, in the page's order.

    An extractor may cut a line at its links, or run several into one; so lines and texts are
    compared by their letters alone, and a text looks for its lines after those of the one before.
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
    """The line that holds a text, or the lines that it holds."""
    if len(wanted) >= _FEWEST_LETTERS or last >= 0:
        near = range(max(last, 0), len(letters))
        holding = next((at for at in near if wanted and wanted in letters[at]), None)
        if holding is not None:
            return [holding]
    held = [at for at, line in enumerate(letters) if _is_held(line, wanted)]
    if not held:
        return []
    between = range(held[0], held[-1] + 1)
    return [at for at in between if letters[at] and letters[at] in wanted]


def _is_held(line: str, wanted: str) -> bool:
    return len(line) >= _FEWEST_LETTERS and line in wanted


def _letters(text: str) -> str:
    return _NO_LETTER.sub("", text).casefold()
