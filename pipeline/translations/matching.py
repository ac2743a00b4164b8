"""Which items of different languages are one piece by the numbers and names in them: a function of
the set of items of one source, whatever the order in which they came.

What two items share counts by its rarity, so the Speaker, whom every release names, weighs next to
nothing, and an amount that no other item has weighs much. A pair is joined only where each is the
other's best by far, and the numbers of one are the numbers of the other: two accounts of two
meetings with one guest share his name and his country's trade, and differ in the rest.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from pipeline.translations.entity_index import Account, EntityIndex, is_number
from pipeline.translations.number_keys import number_weight


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """From where on two items are one piece. What they were measured on: `docs/translations.md`."""

    close_days: int = 1
    """The days of publication of two items of one piece lie no further apart."""
    rarity_days: int = 3
    """So many days before and after count towards how many items have a key."""
    score_from: float = 3.5
    """The weight that two items have to share. No two keys weigh so much."""
    enough_items: int = 10
    """With fewer items in the week around, the names of all days look as rare as any."""
    numbers_weight_from: float = 2.0
    """So much the telling numbers have to weigh among so few items."""
    numbers_from: int = 1
    """So many telling numbers are shared."""
    names_from: int = 1
    """So many names are shared."""
    telling_from: float = 0.25
    """A number of less weight is no telling one."""
    fewer_numbers_from: float = 0.75
    """The share of its numbers that the item with fewer has in common with the other."""
    more_numbers_from: float = 0.5
    """The same share of the item with more numbers."""
    margin: float = 1.5
    """How many times the score of the second best the best has to reach."""
    third_from: float = 0.25
    """Candidates in a third language count against a pair from this part of its score on."""

    @property
    def reach_days(self) -> int:
        """Items further than this many days away cannot change an item's pairs: they neither
        compete with its candidates nor count towards the rarity of what it shares.
        """
        return 2 * self.close_days + self.rarity_days


BOUNDS = Bounds()


class Match(NamedTuple):
    """Two items that are one piece, by address, the smaller one first."""

    url: str
    target: str
    shared: str
    """Names, then numbers, as they stand in the first."""


_Pair = tuple[str, str]
_Ranked = list[tuple[float, str]]
"""The candidates of an item in one language, with their scores, the best first."""


def matches(accounts: Iterable[Account], bounds: Bounds = BOUNDS) -> list[Match]:
    """The pairs among the items of one source, by address. Those of an item are right if all items
    whose days lie within `bounds.reach_days` of its own are among these.
    """
    index = EntityIndex(accounts, bounds.rarity_days)
    best = _best_pairs(index, bounds)
    partners: dict[str, set[str]] = defaultdict(set)
    for one, other in best:
        partners[one].add(other)
        partners[other].add(one)
    return [
        Match(url=one, target=other, shared=index.shared(one, other))
        for one, other in sorted(best)
        if _has_one_item_a_language(index, one, other, partners[one] | partners[other])
    ]


def _has_one_item_a_language(index: EntityIndex, one: str, other: str, partners: set[str]) -> bool:
    """Whether the pieces of two accounts, with all that either is paired with, have no two items of
    one language. If not, one of the pairs is wrong, and this one may be it.
    """
    accounts = index.accounts
    languages = Counter(
        chain(
            accounts[one].languages,
            accounts[other].languages,
            (accounts[third].language for third in partners - {one, other}),
        )
    )
    return max(languages.values()) == 1


def _best_pairs(index: EntityIndex, bounds: Bounds) -> set[_Pair]:
    """The pairs that share enough, of which each is the other's best in its language by far, and
    that no third language speaks against.
    """
    candidates = index.candidates(bounds.close_days)
    ranked = _ranked(index, candidates)
    best: set[_Pair] = set()
    for one, other in candidates:
        languages = index.accounts[one].language, index.accounts[other].language
        each_best = _leads(ranked[one, languages[1]], other, bounds) and _leads(
            ranked[other, languages[0]], one, bounds
        )
        if each_best and _share_enough(index, one, other, bounds):
            score = index.score(one, other)
            thirds = index.languages.difference(languages)
            if not any(
                _differ(ranked.get((one, third)), ranked.get((other, third)), score, bounds)
                for third in thirds
            ):
                best.add((one, other))
    return best


def _ranked(index: EntityIndex, candidates: set[_Pair]) -> dict[tuple[str, str], _Ranked]:
    """For each item and each other language its candidates there."""
    ranked: dict[tuple[str, str], _Ranked] = defaultdict(list)
    for one, other in candidates:
        score = index.score(one, other)
        ranked[one, index.accounts[other].language].append((score, other))
        ranked[other, index.accounts[one].language].append((score, one))
    for found in ranked.values():
        found.sort(reverse=True)
    return ranked


def _share_enough(index: EntityIndex, one: str, other: str, bounds: Bounds) -> bool:
    """Whether what two items share joins them, if neither has a better candidate."""
    weights = index.weights(one, other)
    numbers = [key for key in weights if is_number(key)]
    telling = [key for key in numbers if weights[key] >= bounds.telling_from]
    if sum(weights.values()) < bounds.score_from:
        return False
    if len(telling) < bounds.numbers_from or len(weights) - len(numbers) < bounds.names_from:
        return False
    are_few = index.items_around(one, other) < bounds.enough_items
    if are_few and sum(map(number_weight, telling)) < bounds.numbers_weight_from:
        return False
    fewer, more = sorted(len(index.accounts[url].entities.numbers) for url in (one, other))
    return (
        len(numbers) >= bounds.fewer_numbers_from * fewer
        and len(numbers) >= bounds.more_numbers_from * more
    )


def _leads(found: _Ranked, item: str, bounds: Bounds) -> bool:
    """Whether an item is the best of these by the margin."""
    (best, first), *others = found
    return first == item and (not others or best >= bounds.margin * others[0][0])


def _differ(found: _Ranked | None, other: _Ranked | None, score: float, bounds: Bounds) -> bool:
    """Whether two items have different candidates in a third language, or doubtful ones. Then they
    may be two similar pieces, each without its counterpart in the language of the other.
    """
    if not found or not other or min(found[0][0], other[0][0]) < bounds.third_from * score:
        return False
    item = found[0][1]
    return not (_leads(found, item, bounds) and _leads(other, item, bounds))
