"""What items of different languages share in numbers and names, weighed by its rarity: divided by
how many items of one language hold it in the days around.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain

from pipeline.translations.entities import Particulars
from pipeline.translations.number_keys import number_weight

_HOLDERS = 6
"""A key with more holders is never a telling one."""
_SHOWN = 6
"""So many names and numbers are told of a pair."""
_ANY = ""
"""Counted as a key that every item holds."""


@dataclass(frozen=True, kw_only=True)
class Piece:
    """An item as it is looked at for this."""

    url: str
    language: str
    day: date
    taken: frozenset[str]
    """Languages in which stronger evidence joins items to it."""
    speaks: bool
    """Whether no other item that stronger evidence joins to it stands for it."""
    particulars: Particulars

    @cached_property
    def ordinal(self) -> int:
        """The day as a number."""
        return self.day.toordinal()


class Crowd:
    """Items of one source, with who holds which key when: counted so many days before and after."""

    def __init__(self, pieces: Iterable[Piece], rarity_days: int) -> None:
        self._rarity_days = rarity_days
        self.pieces = {piece.url: piece for piece in pieces}
        self._held = Counter(
            (piece.language, key, piece.ordinal)
            for piece in self.pieces.values()
            for key in chain(_keys(piece), [_ANY])
        )
        self._counted: dict[tuple[str, int], int] = {}
        self.languages = {piece.language for piece in self.pieces.values()}

    def candidates(self, apart: int) -> set[tuple[str, str]]:
        """Pairs, at most so many days apart, that share a key with few holders."""
        by_key: dict[str, list[Piece]] = defaultdict(list)
        for piece in self.pieces.values():
            for key in _keys(piece):
                if self._holders(key, piece) <= _HOLDERS:
                    by_key[key].append(piece)
        return {
            (min(one.url, other.url), max(one.url, other.url))
            for held in by_key.values()
            for one, other in _close_pairs([piece for piece in held if piece.speaks], apart)
            if other.language not in one.taken and one.language not in other.taken
        }

    def score(self, one: str, other: str) -> float:
        """The weight of what two items share."""
        return sum(self.weights(one, other).values())

    def weights(self, one: str, other: str) -> dict[str, float]:
        """The keys that two items share, with their weights."""
        first, second = self.pieces[one], self.pieces[other]
        return {
            key: (number_weight(key) if is_number(key) else 1.0) / self._holders(key, first, second)
            for key in _keys(first)
            if key in second.particulars.numbers or key in second.particulars.names
        }

    def shared(self, one: str, other: str) -> str:
        """What a pair shares, the weightiest first, in the words of the first."""
        weights = self.weights(one, other)
        told = sorted(weights, key=lambda key: (-weights[key], key))
        own = self.pieces[one].particulars
        names = [own.names[key] for key in told if not is_number(key)]
        numbers = [own.numbers[key] for key in told if is_number(key)]
        return f"{', '.join(names[:_SHOWN])}; {'; '.join(numbers[:_SHOWN])}"

    def items_around(self, one: str, other: str) -> int:
        """How many items one language has around the days of two, where they are most."""
        return self._holders(_ANY, self.pieces[one], self.pieces[other])

    def _holders(self, key: str, *pieces: Piece) -> int:
        """How many items of one language hold a key around the days of these: of the language
        where they are most, so that a name is known as common by what one language alone prints.
        """
        return max(self._holders_around(key, piece.ordinal) for piece in pieces)

    def _holders_around(self, key: str, day: int) -> int:
        asked = key, day
        if asked not in self._counted:
            near = range(day - self._rarity_days, day + self._rarity_days + 1)
            self._counted[asked] = max(
                sum(self._held[language, key, one] for one in near) for language in self.languages
            )
        return self._counted[asked]


def is_number(key: str) -> bool:
    """Whether a key is a number's; names' begin with a letter."""
    return key[0].isdigit()


def _close_pairs(held: list[Piece], apart: int) -> Iterator[tuple[Piece, Piece]]:
    """Pairs in two languages on days close together."""
    by_day: dict[int, list[Piece]] = defaultdict(list)
    for piece in held:
        by_day[piece.ordinal].append(piece)
    for one in held:
        days = range(one.ordinal - apart, one.ordinal + apart + 1)
        for other in chain.from_iterable(by_day.get(day, ()) for day in days):
            if one.language < other.language:
                yield one, other


def _keys(piece: Piece) -> Iterator[str]:
    return chain(piece.particulars.numbers, piece.particulars.names)
