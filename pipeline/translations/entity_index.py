"""Groups of one source's items by the entities in their texts. What two texts share is weighed by
its rarity: its weight is divided by how many groups have it in one language in the days around.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import fsum

from pipeline.translations.entities import Entities
from pipeline.translations.number_keys import number_weight

_RARE_GROUPS = 6
"""Groups found by a key that more have are no candidates by it: it tells too little."""
_SHOWN = 6
"""So many names, and so many numbers, of a pair are shown to people."""

Pair = tuple[str, str]
"""Two groups by their addresses, the smaller one first."""


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


class EntityIndex:
    """Groups of one source, with the weights of their keys: of those that several languages have,
    for the others are shared by no two groups that may be one piece.
    """

    def __init__(self, groups: Iterable[Group], rarity_days: int) -> None:
        by_day = sorted(groups, key=lambda group: (group.day, group.url))
        self.groups = {group.url: group for group in by_day}
        self.languages = {group.language for group in by_day}
        self._around = _most_around(by_day, rarity_days)
        self._weights: dict[str, dict[str, float]] = {group.url: {} for group in by_day}
        self._rare: list[list[Group]] = []
        for key, holders in _holders(by_day):
            most = _most_around(holders, rarity_days)
            weight = number_weight(key) if is_number(key) else 1.0
            for group in holders:
                self._weights[group.url][key] = weight / most[group.day]
            self._rare.append([group for group in holders if most[group.day] <= _RARE_GROUPS])

    def candidates(self, close_days: int) -> set[Pair]:
        """Pairs of groups that may be one piece, lie so close together, and share a rare key."""
        return {pair for rare in self._rare for pair in _close_pairs(rare, close_days)}

    def score(self, pair: Pair) -> float:
        """The weight of all that two groups share."""
        return fsum(self.weights(pair).values())

    def weights(self, pair: Pair) -> dict[str, float]:
        """The keys that two groups share, with their weights: the smaller ones of both."""
        one, other = (self._weights[url] for url in pair)
        return {key: min(one[key], other[key]) for key in one.keys() & other.keys()}

    def shared(self, pair: Pair) -> str:
        """What two groups share, for people: names, then numbers, the weightiest first, in the
        words of the first group.
        """
        weights = self.weights(pair)
        weightiest = sorted(weights, key=lambda key: (-weights[key], key))
        own = self.groups[pair[0]].entities
        names = [own.names[key] for key in weightiest if not is_number(key)]
        numbers = [own.numbers[key] for key in weightiest if is_number(key)]
        return f"{', '.join(names[:_SHOWN])}; {'; '.join(numbers[:_SHOWN])}"

    def groups_around(self, pair: Pair) -> int:
        """How many groups a language has around the days of two, where they are most."""
        return max(self._around[self.groups[url].day] for url in pair)


def is_number(key: str) -> bool:
    """Whether a key is a number's; those of names begin with a letter."""
    return key[0].isdigit()


def _holders(groups: list[Group]) -> Iterator[tuple[str, list[Group]]]:
    """The keys that several languages have, each with the groups that have it."""
    found = defaultdict[str, list[Group]](list)
    for group in groups:
        for keys in (group.entities.names, group.entities.numbers):
            for key in keys:
                found[key].append(group)
    for key, holders in found.items():
        if len(holders) > 1 and len({group.language for group in holders}) > 1:
            yield key, holders


def _most_around(groups: list[Group], days: int) -> dict[int, int]:
    """For each day of these groups, in their order, how many a language has around it: the language
    that has most, so that a name which one language alone prints often is common too.
    """
    printed = defaultdict[str, list[int]](list)
    for group in groups:
        for language in group.languages:
            printed[language].append(group.day)
    return {
        day: max(
            bisect_right(one, day + days) - bisect_left(one, day - days) for one in printed.values()
        )
        for day in {group.day for group in groups}
    }


def _close_pairs(groups: list[Group], close_days: int) -> Iterator[Pair]:
    """Pairs of groups that lie so close together and have no language in common."""
    for at, one in enumerate(groups):
        for other in groups[at + 1 :]:
            if other.day - one.day > close_days:
                break
            if one.languages.isdisjoint(other.languages):
                yield min(one.url, other.url), max(one.url, other.url)
