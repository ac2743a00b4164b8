"""Answers about texts that stand on page after page of a site, kept for the next page."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

_Answer = TypeVar("_Answer")

_TEXTS = 2000
"""Of each function: several pages' lines."""
_MAX_CHARACTERS = 300
"""Labels, titles and names of a site's frame are shorter; longer texts are an article's own."""


def remembered(function: Callable[[str], _Answer]) -> Callable[[str], _Answer]:
    """The same function of a text, which keeps its answers to the last short ones.

    It must depend on the text alone, and its answer must be immutable, since all callers share it.
    """
    known = lru_cache(maxsize=_TEXTS)(function)

    @wraps(function)
    def answer(text: str) -> _Answer:
        return known(text) if len(text) <= _MAX_CHARACTERS else function(text)

    return answer
