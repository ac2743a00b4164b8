"""Items of one source by the entities in them. What two items share is weighed by its rarity: its
weight is divided by how many items of one language have it in the days around.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from pipeline.translations.entities import Entities
from pipeline.translations.number_keys import number_weight

_RARE_ITEMS = 6
"""Items found by a key that more have are no candidates by it: it tells too little."""
_SHOWN = 6
"""So many names, and so many numbers, of a pair are shown to people."""
_EVERY_ITEM = ""
"""Counted as a key that every item has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An item as it is compared with those of other languages."""

    url: str
    language: str
    day: int
    """The day of publication as a number."""
    languages: frozenset[str]
    """Those of the piece that it stands for: its own, and those of the items that stronger evidence
    joins to it. Empty where a longer one of these stands for the piece; then it only counts for
    how rare a key is.
    """
    entities: Entities


class EntityIndex:
    """Accounts of one source, with how many have which key on which days."""

    def __init__(self, accounts: Iterable[Account], rarity_days: int) -> None:
        self._rarity_days = rarity_days
        self.accounts = {account.url: account for account in accounts}
        self.languages = {account.language for account in self.accounts.values()}
        self._counts = Counter(
            (account.language, key, account.day)
            for account in self.accounts.values()
            for key in chain(_keys(account), [_EVERY_ITEM])
        )
        self._around: dict[tuple[str, int], int] = {}

    def candidates(self, close_days: int) -> set[tuple[str, str]]:
        """Pairs of accounts that stand for two pieces, at most so many days apart, and share a rare
        key. Neither piece has an item in the language of the other account yet.
        """
        by_key: dict[str, list[Account]] = defaultdict(list)
        for account in self.accounts.values():
            for key in _keys(account) if account.languages else ():
                if self._frequency(key, account) <= _RARE_ITEMS:
                    by_key[key].append(account)
        return {
            (min(one.url, other.url), max(one.url, other.url))
            for sharing in by_key.values()
            for one, other in _close_pairs(sharing, close_days)
            if other.language not in one.languages and one.language not in other.languages
        }

    def score(self, one: str, other: str) -> float:
        """The weight of all that two accounts share."""
        return sum(self.weights(one, other).values())

    def weights(self, one: str, other: str) -> dict[str, float]:
        """The keys that two accounts share, with their weights."""
        first, second = self.accounts[one], self.accounts[other]
        return {
            key: (number_weight(key) if is_number(key) else 1.0)
            / self._frequency(key, first, second)
            for key in _keys(first)
            if key in second.entities.numbers or key in second.entities.names
        }

    def shared(self, one: str, other: str) -> str:
        """What two accounts share, for people: names, then numbers, the weightiest first, in the
        words of the first account.
        """
        weights = self.weights(one, other)
        weightiest = sorted(weights, key=lambda key: (-weights[key], key))
        own = self.accounts[one].entities
        names = [own.names[key] for key in weightiest if not is_number(key)]
        numbers = [own.numbers[key] for key in weightiest if is_number(key)]
        return f"{', '.join(names[:_SHOWN])}; {'; '.join(numbers[:_SHOWN])}"

    def items_around(self, one: str, other: str) -> int:
        """How many items a language has around the days of two accounts, where they are most."""
        return self._frequency(_EVERY_ITEM, self.accounts[one], self.accounts[other])

    def _frequency(self, key: str, *accounts: Account) -> int:
        """How many items of one language have a key around the days of these: of the language
        where they are most, so that a name which one language alone prints often is common too.
        """
        return max(self._frequency_around(key, account.day) for account in accounts)

    def _frequency_around(self, key: str, day: int) -> int:
        if (key, day) not in self._around:
            days = range(day - self._rarity_days, day + self._rarity_days + 1)
            self._around[key, day] = max(
                sum(self._counts[language, key, one] for one in days) for language in self.languages
            )
        return self._around[key, day]


def is_number(key: str) -> bool:
    """Whether a key is a number's; those of names begin with a letter."""
    return key[0].isdigit()


def _close_pairs(accounts: list[Account], close_days: int) -> Iterator[tuple[Account, Account]]:
    """Pairs in two languages on days close together."""
    by_day: dict[int, list[Account]] = defaultdict(list)
    for account in accounts:
        by_day[account.day].append(account)
    for one in accounts:
        days = range(one.day - close_days, one.day + close_days + 1)
        for other in chain.from_iterable(by_day.get(day, ()) for day in days):
            if one.language < other.language:
                yield one, other


def _keys(account: Account) -> Iterator[str]:
    return chain(account.entities.numbers, account.entities.names)
