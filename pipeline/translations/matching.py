"""Which groups of items in different languages are one piece by the numbers and names in them: a
function of the set of groups of one source, whatever the order in which they came.

What two items share counts by its rarity, so the Speaker, whom every release names, weighs next to
nothing, and an amount that no other item has weighs much. A pair is joined only where each is the
other's best by far, and the numbers of one are the numbers of the other: two accounts of two
meetings with one guest share his name and his country's trade, and differ in the rest.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.translations.entity_index import EntityIndex, Group, Pair, is_number
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
    """Two groups that are one piece, by address, the smaller one first."""

    url: str
    target: str
    shared: str
    """Names, then numbers, as they stand in the first."""


_Ranked = list[tuple[float, str]]
"""The candidates of a group in one language, with their scores, the best first."""


def matches(groups: Iterable[Group], bounds: Bounds = BOUNDS) -> list[Match]:
    """The pairs among the groups of one source, by address. Those of a group are right if all
    groups whose days lie within `bounds.reach_days` of its own are among these.
    """
    index = EntityIndex(groups, bounds.rarity_days)
    best = _best_pairs(index, bounds)
    partners: dict[str, set[str]] = defaultdict(set)
    for pair in best:
        for url in pair:
            partners[url].update(pair)
    return [
        Match(*pair, shared=index.shared(pair))
        for pair in sorted(best)
        if _is_one_a_language(index, partners[pair[0]] | partners[pair[1]])
    ]


def _is_one_a_language(index: EntityIndex, groups: set[str]) -> bool:
    """Whether two groups, with all that either is paired with, have no language twice. If they
    have, one of the pairs is wrong, and each may be it.
    """
    languages = [language for url in groups for language in index.groups[url].languages]
    return len(languages) == len(set(languages))


def _best_pairs(index: EntityIndex, bounds: Bounds) -> set[Pair]:
    """The pairs that share enough, of which each is the other's best in its language by far, and
    that no third language speaks against.
    """
    scores = {pair: index.score(pair) for pair in index.candidates(bounds.close_days)}
    ranked = _ranked(index, scores)
    return {
        pair
        for pair, score in scores.items()
        if score >= bounds.score_from
        and _is_best(index, ranked, pair, score, bounds)
        and _share_enough(index, pair, bounds)
    }


def _ranked(index: EntityIndex, scores: dict[Pair, float]) -> dict[tuple[str, str], _Ranked]:
    """For each group and each other language its candidates there."""
    ranked: dict[tuple[str, str], _Ranked] = defaultdict(list)
    for (one, other), score in scores.items():
        ranked[one, index.groups[other].language].append((score, other))
        ranked[other, index.groups[one].language].append((score, one))
    for found in ranked.values():
        found.sort(reverse=True)
    return ranked


def _is_best(
    index: EntityIndex,
    ranked: dict[tuple[str, str], _Ranked],
    pair: Pair,
    score: float,
    bounds: Bounds,
) -> bool:
    """Whether each of two groups is the other's best, and no third language speaks against them."""
    one, other = pair
    languages = index.groups[one].language, index.groups[other].language
    return (
        _leads(ranked[one, languages[1]], other, bounds)
        and _leads(ranked[other, languages[0]], one, bounds)
        and not any(
            _differ(ranked.get((one, third)), ranked.get((other, third)), score, bounds)
            for third in index.languages.difference(languages)
        )
    )


def _share_enough(index: EntityIndex, pair: Pair, bounds: Bounds) -> bool:
    """Whether the numbers and names that two groups share join them, if they weigh enough."""
    weights = index.weights(pair)
    numbers = [key for key in weights if is_number(key)]
    telling = [key for key in numbers if weights[key] >= bounds.telling_from]
    if len(telling) < bounds.numbers_from or len(weights) - len(numbers) < bounds.names_from:
        return False
    are_few = index.groups_around(pair) < bounds.enough_items
    if are_few and sum(map(number_weight, telling)) < bounds.numbers_weight_from:
        return False
    fewer, more = sorted(len(index.groups[url].entities.numbers) for url in pair)
    return (
        len(numbers) >= bounds.fewer_numbers_from * fewer
        and len(numbers) >= bounds.more_numbers_from * more
    )


def _leads(found: _Ranked, group: str, bounds: Bounds) -> bool:
    """Whether a group is the best of these by the margin."""
    (best, first), *others = found
    return first == group and (not others or best >= bounds.margin * others[0][0])


def _differ(found: _Ranked | None, other: _Ranked | None, score: float, bounds: Bounds) -> bool:
    """Whether two groups have different candidates in a third language, or doubtful ones. Then they
    may be two similar pieces, each without its counterpart in the language of the other.
    """
    if not found or not other or min(found[0][0], other[0][0]) < bounds.third_from * score:
        return False
    group = found[0][1]
    return not (_leads(found, group, bounds) and _leads(other, group, bounds))
