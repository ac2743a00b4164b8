"""Which items of different languages are one piece by the numbers and names in them: a function of
the set of items of one source, whatever the order in which they came.

What two items share counts by its rarity: divided by how many items of one language hold it in the
week around. So the Speaker, whom every release names, says nothing, and an amount that no other
item has says much. A pair is joined only where each is the other's best by far, and the numbers of
one are the numbers of the other: two accounts of two meetings with one guest share his name and his
country's trade, and differ in the rest.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain

from pipeline.number_keys import number_weight
from pipeline.particulars import Particulars

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
    among = _Among(pieces)
    joined = _best_pairs(among)
    partners: dict[str, set[str]] = defaultdict(set)
    for url, target in joined:
        partners[url].add(target)
        partners[target].add(url)
    return [
        Joined(url=url, target=target, shared=among.shared(url, target))
        for url, target in sorted(joined)
        if not _contradicted(
            _beyond(among, url, partners[url] - {target}),
            _beyond(among, target, partners[target] - {url}),
        )
    ]


class _Among:
    """Items, with who holds which key when."""

    def __init__(self, pieces: Iterable[Piece]) -> None:
        self.pieces = {piece.url: piece for piece in pieces}
        self._held = Counter(
            (piece.language, key, piece.ordinal)
            for piece in self.pieces.values()
            for key in chain(_keys(piece), [_ANY])
        )
        self._counted: dict[tuple[str, int], int] = {}
        self.languages = {piece.language for piece in self.pieces.values()}

    def candidates(self) -> set[tuple[str, str]]:
        """Pairs that share a key with few holders."""
        by_key: dict[str, list[Piece]] = defaultdict(list)
        for piece in self.pieces.values():
            for key in _keys(piece):
                if self._holders(key, piece) <= _HOLDERS:
                    by_key[key].append(piece)
        return {
            (min(one.url, other.url), max(one.url, other.url))
            for held in by_key.values()
            for one, other in _close_pairs([piece for piece in held if piece.speaks])
            if other.language not in one.taken and one.language not in other.taken
        }

    def score(self, one: str, other: str) -> float:
        """The weight of what two items share."""
        return sum(self._weights(one, other).values())

    def suffices(self, one: str, other: str) -> bool:
        """Whether what two items share joins them, if nothing else is better."""
        weights = self._weights(one, other)
        shared = sum(_is_number(key) for key in weights)
        telling = [key for key in weights if _is_number(key) and weights[key] >= TELLING_FROM]
        fewer, more = sorted(len(self.pieces[url].particulars.numbers) for url in (one, other))
        return (
            sum(weights.values()) >= SCORE_FROM
            and len(telling) >= NUMBERS_FROM
            and (
                self._holders(_ANY, self.pieces[one], self.pieces[other]) >= ENOUGH_ITEMS
                or sum(map(number_weight, telling)) >= NUMBERS_WEIGHT_FROM
            )
            and len(weights) - shared >= NAMES_FROM
            and shared >= FEWER_NUMBERS_FROM * fewer
            and shared >= MORE_NUMBERS_FROM * more
        )

    def shared(self, one: str, other: str) -> str:
        """What a pair shares, the weightiest first, in the words of the first."""
        weights = self._weights(one, other)
        told = sorted(weights, key=lambda key: (-weights[key], key))
        own = self.pieces[one].particulars
        names = [own.names[key] for key in told if not _is_number(key)]
        numbers = [own.numbers[key] for key in told if _is_number(key)]
        return f"{', '.join(names[:_SHOWN])}; {'; '.join(numbers[:_SHOWN])}"

    def _weights(self, one: str, other: str) -> dict[str, float]:
        """The keys that two items share, with their weights."""
        first, second = self.pieces[one], self.pieces[other]
        return {
            key: (number_weight(key) if _is_number(key) else 1.0)
            / self._holders(key, first, second)
            for key in _keys(first)
            if key in second.particulars.numbers or key in second.particulars.names
        }

    def _holders(self, key: str, *pieces: Piece) -> int:
        """How many items of one language hold a key around the days of these: of the language
        where they are most, so that a name is known as common by what one language alone prints.
        """
        return max(self._holders_around(key, piece.ordinal) for piece in pieces)

    def _holders_around(self, key: str, day: int) -> int:
        asked = key, day
        if asked not in self._counted:
            near = range(day - RARITY_DAYS, day + RARITY_DAYS + 1)
            self._counted[asked] = max(
                sum(self._held[language, key, one] for one in near) for language in self.languages
            )
        return self._counted[asked]


_Pair = tuple[str, str]


def _best_pairs(among: _Among) -> set[_Pair]:
    """The pairs of which each item is the other's best in its language, by far, and that no third
    language speaks against.
    """
    candidates = among.candidates()
    ranked: dict[tuple[str, str], list[tuple[float, str]]] = defaultdict(list)
    for one, other in candidates:
        score = among.score(one, other)
        ranked[one, among.pieces[other].language].append((score, other))
        ranked[other, among.pieces[one].language].append((score, one))
    for found in ranked.values():
        found.sort(reverse=True)
    return {
        (one, other)
        for one, other in candidates
        if _leads(ranked[one, among.pieces[other].language], other)
        and _leads(ranked[other, among.pieces[one].language], one)
        and among.suffices(one, other)
        and not any(
            _differ(ranked.get((one, third)), ranked.get((other, third)), among.score(one, other))
            for third in among.languages
            - {among.pieces[one].language, among.pieces[other].language}
        )
    }


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


def _beyond(among: _Among, url: str, partners: set[str]) -> dict[str, str | None]:
    """The languages in which an item is joined with others, each with the item where that is by
    this evidence.
    """
    found: dict[str, str | None] = dict.fromkeys(among.pieces[url].taken)
    return found | {among.pieces[partner].language: partner for partner in partners}


def _contradicted(one: dict[str, str | None], other: dict[str, str | None]) -> bool:
    """Whether a pair would bring two different items of one language together, by what either end
    is joined with besides. With three languages all that is left are groups of one item each.
    """
    return any(
        one[language] is None or one[language] != other[language]
        for language in one.keys() & other.keys()
    )


def _close_pairs(held: list[Piece]) -> Iterator[tuple[Piece, Piece]]:
    """Pairs in two languages on days close together."""
    by_day: dict[int, list[Piece]] = defaultdict(list)
    for piece in held:
        by_day[piece.ordinal].append(piece)
    for one in held:
        days = range(one.ordinal - CLOSE_DAYS, one.ordinal + CLOSE_DAYS + 1)
        for other in chain.from_iterable(by_day.get(day, ()) for day in days):
            if one.language < other.language:
                yield one, other


def _keys(piece: Piece) -> Iterator[str]:
    return chain(piece.particulars.numbers, piece.particulars.names)


def _is_number(key: str) -> bool:
    """Names' keys begin with a letter."""
    return key[0].isdigit()
