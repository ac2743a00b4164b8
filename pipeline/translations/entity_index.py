"""Groups of one source's items by the entities in their texts. What two texts share is weighed by
its rarity: its weight is divided by how many groups have it in one language in the days around.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import fsum
from typing import NamedTuple

from pipeline.translations.entities import Entities
from pipeline.translations.number_keys import number_weight

_RARE_GROUPS = 6
"""Groups found by a key that more have are no candidates by it: it tells too little."""
_SHOWN = 6
"""So many names, and so many numbers, of a pair are shown to people."""
_EVERY_GROUP = ""
"""Counted as a key that every group has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Items that strong evidence joins, or one that nothing joins, by the longest of their texts.

    Two groups may be one piece if they have no language in common.
    """

    url: str
    """The address of the item with the longest text, with its language and its day."""
    language: str
    day: int
    """The day of publication as a number."""
    languages: frozenset[str]
    """Those of all items."""
    entities: Entities


class Pair(NamedTuple):
    """Two groups by their addresses, the smaller one first."""

    one: str
    other: str


class EntityIndex:
    """Groups of one source, with how many have which key on which days."""

    def __init__(self, groups: Iterable[Group], rarity_days: int) -> None:
        self._rarity_days = rarity_days
        self.groups = {group.url: group for group in groups}
        self.languages = {group.language for group in self.groups.values()}
        self._keys = {
            group.url: group.entities.numbers.keys() | group.entities.names.keys()
            for group in self.groups.values()
        }
        self._holders = defaultdict[str, list[Group]](list)
        for group in sorted(self.groups.values(), key=lambda group: group.day):
            for key in (*self._keys[group.url], _EVERY_GROUP):
                self._holders[key].append(group)
        self._most: dict[str, dict[int, int]] = {}

    def candidates(self, close_days: int) -> set[Pair]:
        """Pairs of groups that may be one piece, lie so close together, and share a rare key."""
        found: set[Pair] = set()
        for key, holders in self._holders.items():
            if key != _EVERY_GROUP and len({one.language for one in holders}) > 1:
                most = self._most_around(key)
                rare = [one for one in holders if most[one.day] <= _RARE_GROUPS]
                found |= _close_pairs(rare, close_days)
        return found

    def score(self, pair: Pair) -> float:
        """The weight of all that two groups share."""
        return fsum(self.weights(pair).values())

    def weights(self, pair: Pair) -> dict[str, float]:
        """The keys that two groups share, with their weights."""
        one, other = self.groups[pair.one], self.groups[pair.other]
        weights: dict[str, float] = {}
        for key in self._keys[pair.one] & self._keys[pair.other]:
            most = self._most_around(key)
            weight = number_weight(key) if is_number(key) else 1.0
            weights[key] = weight / max(most[one.day], most[other.day])
        return weights

    def shared(self, pair: Pair) -> str:
        """What two groups share, for people: names, then numbers, the weightiest first, in the
        words of the first group.
        """
        weights = self.weights(pair)
        weightiest = sorted(weights, key=lambda key: (-weights[key], key))
        own = self.groups[pair.one].entities
        names = [own.names[key] for key in weightiest if not is_number(key)]
        numbers = [own.numbers[key] for key in weightiest if is_number(key)]
        return f"{', '.join(names[:_SHOWN])}; {'; '.join(numbers[:_SHOWN])}"

    def groups_around(self, pair: Pair) -> int:
        """How many groups a language has around the days of two, where they are most."""
        most = self._most_around(_EVERY_GROUP)
        return max(most[self.groups[url].day] for url in pair)

    def _most_around(self, key: str) -> dict[int, int]:
        """For each day with a key how many groups have it in one language around that day: in the
        language where they are most, so that a name which one language alone prints often is
        common too.
        """
        if key not in self._most:
            counts = defaultdict[str, Counter[int]](Counter)
            for group in self._holders[key]:
                for language in group.languages:
                    counts[language][group.day] += 1
            self._most[key] = {
                day: max(
                    sum(many for near, many in one.items() if abs(near - day) <= self._rarity_days)
                    for one in counts.values()
                )
                for day in {group.day for group in self._holders[key]}
            }
        return self._most[key]


def is_number(key: str) -> bool:
    """Whether a key is a number's; those of names begin with a letter."""
    return key[0].isdigit()


def _close_pairs(groups: list[Group], close_days: int) -> set[Pair]:
    """Pairs on days close together, of groups by their days, without a language in common."""
    found: set[Pair] = set()
    for at, one in enumerate(groups):
        for other in groups[at + 1 :]:
            if other.day - one.day > close_days:
                break
            if one.languages.isdisjoint(other.languages):
                found.add(Pair(*sorted((one.url, other.url))))
    return found
