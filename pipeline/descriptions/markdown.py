"""Parts of pages in Markdown."""

import re
from collections.abc import Iterable

from pipeline.normalize.characters import one_line

_NONE = "–"
_MARKS = re.compile(r"([\\`*_{}\[\]<>#~&])")


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table of cells in Markdown, with a dash in empty ones."""
    heads = tuple(heads)
    cells = ((one.replace("|", r"\|") or _NONE for one in row) for row in rows)
    first, *rest = [f"| {' | '.join(line)} |" for line in (heads, *map(tuple, cells))]
    return "\n".join((first, f"|{'---|' * len(heads)}", *rest, ""))


def link(text: str, address: str) -> str:
    """A text that leads to an address, if there is one."""
    return f"[{plain(text)}]({address})" if address else plain(text)


def plain(text: str) -> str:
    """A text as it is, whatever marks of Markdown it has in it, in one line.

    >>> print(plain("a *b* [c]"))
    a \\*b\\* \\[c\\]
    """
    return _MARKS.sub(r"\\\1", one_line(text))
