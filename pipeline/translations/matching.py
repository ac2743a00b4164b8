"""Which items of different languages are one piece by the numbers and names in them: a function of
the set of items of one source, whatever the order in which they came.

What two items share counts by its rarity: divided by how many items of one language hold it in the
week around. So the Speaker, whom every release names, says nothing, and an amount that no other
item has says much. A pair is joined only where each is the other's best by far, and the numbers of
one are the numbers of the other: two accounts of two meetings with one guest share his name and his
country's trade, and differ in the rest.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.translations.number_keys import number_weight
from pipeline.translations.weights import Crowd, Piece, is_number

CLOSE_DAYS = 1
"""Days of publication of two items of one piece lie no further apart."""
RARITY_DAYS = 3
"""So many days before and after, a key's holders are counted."""
REACH_DAYS = 2 * CLOSE_DAYS + RARITY_DAYS
"""What an item's pairs hang on lies no further from its day: the holders around the rivals of its
partners.
"""

SCORE_FROM = 3.5
"""The weight that two items have to share: no two keys weigh so much."""
ENOUGH_ITEMS = 10
"""Among fewer items in the week around, the names of all days are as rare as any."""
NUMBERS_WEIGHT_FROM = 2.0
"""So much telling numbers have to weigh among so few."""
NUMBERS_FROM, NAMES_FROM = 1, 1
"""So many telling numbers, and so many names, are among it."""
TELLING_FROM = 0.25
"""A key of less weight is no telling one."""
FEWER_NUMBERS_FROM, MORE_NUMBERS_FROM = 0.75, 0.5
"""The share of its numbers that the item with fewer has in common, and the one with more."""
MARGIN = 1.5
"""How many times the second best the best is."""
THIRD_FROM = 0.25
"""So much of a pair's weight, shared with two items of a third language, speaks against it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """Two items that are one piece, by address, the smaller one first."""

    url: str
    target: str
    shared: str
    """Names, then numbers, as they stand in the first."""


def counterparts(pieces: Iterable[Piece]) -> list[Joined]:
    """The pairs among the items of one source, by address. Those of an item are right if all items
    are among them whose days lie within REACH_DAYS.
    """
    crowd = Crowd(pieces, RARITY_DAYS)
    joined = _best_pairs(crowd)
    partners: dict[str, set[str]] = defaultdict(set)
    for url, target in joined:
        partners[url].add(target)
        partners[target].add(url)
    return [
        Joined(url=url, target=target, shared=crowd.shared(url, target))
        for url, target in sorted(joined)
        if not _contradicted(
            _beyond(crowd, url, partners[url] - {target}),
            _beyond(crowd, target, partners[target] - {url}),
        )
    ]


_Pair = tuple[str, str]


def _best_pairs(crowd: Crowd) -> set[_Pair]:
    """The pairs of which each item is the other's best in its language, by far, and that no third
    language speaks against.
    """
    candidates = crowd.candidates(CLOSE_DAYS)
    ranked: dict[tuple[str, str], list[tuple[float, str]]] = defaultdict(list)
    for one, other in candidates:
        score = crowd.score(one, other)
        ranked[one, crowd.pieces[other].language].append((score, other))
        ranked[other, crowd.pieces[one].language].append((score, one))
    for found in ranked.values():
        found.sort(reverse=True)
    return {
        (one, other)
        for one, other in candidates
        if _leads(ranked[one, crowd.pieces[other].language], other)
        and _leads(ranked[other, crowd.pieces[one].language], one)
        and _suffices(crowd, one, other)
        and not any(
            _differ(ranked.get((one, third)), ranked.get((other, third)), crowd.score(one, other))
            for third in crowd.languages
            - {crowd.pieces[one].language, crowd.pieces[other].language}
        )
    }


def _suffices(crowd: Crowd, one: str, other: str) -> bool:
    """Whether what two items share joins them, if nothing else is better."""
    weights = crowd.weights(one, other)
    shared = sum(is_number(key) for key in weights)
    telling = [key for key in weights if is_number(key) and weights[key] >= TELLING_FROM]
    fewer, more = sorted(len(crowd.pieces[url].particulars.numbers) for url in (one, other))
    return (
        sum(weights.values()) >= SCORE_FROM
        and len(telling) >= NUMBERS_FROM
        and (
            crowd.items_around(one, other) >= ENOUGH_ITEMS
            or sum(map(number_weight, telling)) >= NUMBERS_WEIGHT_FROM
        )
        and len(weights) - shared >= NAMES_FROM
        and shared >= FEWER_NUMBERS_FROM * fewer
        and shared >= MORE_NUMBERS_FROM * more
    )


_Ranked = list[tuple[float, str]]
"""The candidates of an item in a language, with their scores, the best first."""


def _leads(found: _Ranked, item: str) -> bool:
    """Whether an item has the highest score, by the margin."""
    (best, first), *others = found
    return first == item and (not others or best >= MARGIN * others[0][0])


def _differ(found: _Ranked | None, other: _Ranked | None, score: float) -> bool:
    """Whether two items have different counterparts in a third language, or doubtful ones: then
    they may be two pieces alike, each without its counterpart in the language of the other.
    """
    if not found or not other or min(found[0][0], other[0][0]) < THIRD_FROM * score:
        return False
    item = found[0][1]
    return not (_leads(found, item) and _leads(other, item))


def _beyond(crowd: Crowd, url: str, partners: set[str]) -> dict[str, str | None]:
    """The languages in which an item is joined with others, each with the item where that is by
    this evidence.
    """
    found: dict[str, str | None] = dict.fromkeys(crowd.pieces[url].taken)
    return found | {crowd.pieces[partner].language: partner for partner in partners}


def _contradicted(one: dict[str, str | None], other: dict[str, str | None]) -> bool:
    """Whether a pair would bring two different items of one language together, by what either end
    is joined with besides. With three languages all that is left are groups of one item each.
    """
    return any(
        one[language] is None or one[language] != other[language]
        for language in one.keys() & other.keys()
    )
