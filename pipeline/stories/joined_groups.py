"""Items in the groups that a person joined, and how such groups stand to each other. Pure."""

from collections.abc import Iterable

from pipeline.similarity.relatedness import HIGH_FROM, Pair
from pipeline.stories.decisions import EffectiveDecisions
from pipeline.stories.membership import Member


class JoinedGroups:
    """Items closed under relation and decisions, as the rule on stories takes them: those that a
    person joined are one group, every other item is a group of its own.

    A group is named by the id of its first item by rank. It has the shares and relations of all its
    items, less the relations to groups from which a person parted any of them.
    """

    def __init__(
        self, members: Iterable[Member], pairs: Iterable[Pair], decided: EffectiveDecisions
    ) -> None:
        self._decided = decided
        self._members = _grouped(members, decided)
        self._group_of = {m.id: name for name, group in self._members.items() for m in group}
        self.ranked = [group[0] for group in self._members.values()]
        """The first item of each group, by rank."""
        self._pairs: dict[tuple[str, str], Pair] = {}
        """Of two items, either way round."""
        self._between: dict[tuple[str, str], list[Pair]] = {}
        """Of the items of two groups, either way round."""
        self._related: dict[str, set[str]] = {name: set() for name in self._members}
        for pair in pairs:
            self._add_pair(pair)
        for one, other in decided.parted:
            self._related[self.name_of(one)].discard(self.name_of(other))
            self._related[self.name_of(other)].discard(self.name_of(one))

    def _add_pair(self, pair: Pair) -> None:
        self._pairs[pair.a, pair.b] = self._pairs[pair.b, pair.a] = pair
        a, b = self.name_of(pair.a), self.name_of(pair.b)
        if a == b:
            return
        self._between.setdefault((a, b), []).append(pair)
        self._between.setdefault((b, a), []).append(pair)
        if pair.related:
            self._related[a].add(b)
            self._related[b].add(a)

    def name_of(self, item: str) -> str:
        """The group of an item."""
        return self._group_of[item]

    def members(self, group: str) -> list[Member]:
        """The items of a group, by rank."""
        return self._members[group]

    def related_to(self, group: str) -> set[str]:
        """The groups related to one."""
        return set(self._related[group])

    def are_related(self, one: str, other: str) -> bool:
        """Whether two groups are related."""
        return other in self._related[one]

    def stands_in(self, one: str, other: str) -> bool:
        """Whether an item of the one group has a high share in an item of the other."""
        return any(
            (pair.share_a if self.name_of(pair.a) == one else pair.share_b) >= HIGH_FROM
            for pair in self._between.get((one, other), ())
        )

    def strongest(self, one: str, other: str) -> Pair | None:
        """The pair that counts between two groups: a related one before others, then the stronger;
        None where they share nothing.
        """
        found = self._between.get((one, other), ())
        return min(found, key=lambda pair: (not pair.related, distance(pair)), default=None)

    def pair_of(self, item: str, other: str) -> Pair | None:
        """The pair of just these two items."""
        return self._pairs.get((item, other))

    def joins_in(self, group: str) -> tuple[tuple[str, str], ...]:
        """The decisions that made a group, as pairs of items."""
        return _sorted_pairs(
            one.items
            for one in self._decided.decisions
            if one.verb == "join" and self.name_of(one.items[0]) == group
        )

    def partings_of(self, one: str, other: str) -> tuple[tuple[str, str], ...]:
        """The decisions that part two groups, as pairs of items."""
        return _sorted_pairs(
            pair
            for pair in self._decided.parted
            if {self.name_of(item) for item in pair} == {one, other}
        )


def distance(pair: Pair) -> tuple[bool, float]:
    """How weak a pair is: one with both shares high is nearer than any other, then the larger the
    smaller share; of the others, the larger the larger share.
    """
    low, high = sorted((pair.share_a, pair.share_b))
    return (False, -low) if low >= HIGH_FROM else (True, -high)


def _grouped(members: Iterable[Member], decided: EffectiveDecisions) -> dict[str, list[Member]]:
    """The groups by their names, both by rank."""
    joined = {item: group for group in decided.joined for item in group}
    groups: dict[str, list[Member]] = {}
    names: dict[frozenset[str], str] = {}
    for member in sorted(members, key=lambda one: one.rank):
        group = joined.get(member.id, frozenset((member.id,)))
        groups.setdefault(names.setdefault(group, member.id), []).append(member)
    return groups


def _sorted_pairs(pairs: Iterable[Iterable[str]]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((a, b) for a, b in map(sorted, pairs)))
