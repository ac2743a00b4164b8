"""Answers about texts that stand on page after page of a site, kept for the next page."""

from collections.abc import Callable
from typing import TypeVar

_Answer = TypeVar("_Answer")

_TEXTS = 2000
"""Of each function: several pages' lines."""
_MAX_CHARACTERS = 300
"""Labels, titles and names of a site's frame are shorter; longer texts are an article's own."""


class Answers(dict[str, _Answer]):
    """The answers of a function by their texts; all are forgotten where they become too many."""

    def __init__(self, function: Callable[[str], _Answer]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, text: str) -> _Answer:
        """The answer to a text that was not asked for yet."""
        answer = self._function(text)
        if len(text) <= _MAX_CHARACTERS:
            if len(self) >= _TEXTS:
                self.clear()
            self[text] = answer
        return answer


def remembered(function: Callable[[str], _Answer]) -> Callable[[str], _Answer]:
    """The same function of a text, which keeps its answers to short ones.

    It must depend on the text alone, and its answer must be immutable, since all callers share it.
    What is given is the look-up itself, for a call around it would cost more than that.
    """
    return Answers(function).__getitem__
