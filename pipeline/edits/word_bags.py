"""The words of sentences, for telling how much two of them have in common."""

from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import Literal

from pipeline.normalize.words import words

_ALIKE_IN_PLACE = 0.12
"""The share of words in common from which a sentence in the place of another one is that one."""
_AS_LONG = 0.4
"""So many of the longer one's words a sentence has to have to stand for it, be they others."""
_STEM = 5
_SHORT_WORD = 3


class WordBags:
    """The words of sentences, by their beginnings, so that endings count little."""

    def __init__(
        self, here: Sequence[str], there: Sequence[str], lines: AbstractSet[int], alike_from: float
    ) -> None:
        self._texts = here, there
        self._lines = lines
        self.alike_from = alike_from
        self._known: tuple[dict[int, Counter[str]], dict[int, Counter[str]]] = {}, {}

    def of(self, side: int, *numbers: int) -> Counter[str]:
        """Those of one sentence or of several."""
        for number in numbers:
            if number not in self._known[side]:
                self._known[side][number] = _bag(self._texts[side][number])
        bags = [self._known[side][number] for number in numbers]
        return bags[0] if len(bags) == 1 else sum(bags, Counter())

    def in_place(self, here: int, there: int) -> Literal["changed", "told anew"] | None:
        """What a sentence in the place of another is: that one with some of its words, or none of
        them; the latter can't be told of a whole line.
        """
        one, other = self.of(0, here), self.of(1, there)
        if likeness(_without_figures(one), _without_figures(other)) >= _ALIKE_IN_PLACE:
            return "changed"
        shorter, longer = sorted((one.total(), other.total()))
        is_as_long = longer * _AS_LONG <= shorter
        return "told anew" if is_as_long and here not in self._lines else None


def _without_figures(bag: Counter[str]) -> Counter[str]:
    """A bag in which all numbers are one."""
    masked: Counter[str] = Counter()
    for word, count in bag.items():
        masked["0" if word.isdigit() else word] += count
    return masked


def _bag(text: str) -> Counter[str]:
    found = words(text)
    telling = [word[:_STEM] for word in found if len(word) >= _SHORT_WORD or word.isdigit()]
    return Counter(telling if len(telling) > 1 else found)


def likeness(one: Counter[str], other: Counter[str]) -> float:
    """The share of words that two bags have in common, from 0 to 1."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0
