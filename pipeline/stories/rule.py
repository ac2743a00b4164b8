"""Stories: which items tell the same piece, by the one rule of the design, section 5.

Pure: a set of items with the shares of their texts in one another, and the stories that follow,
whatever the order in which anything came.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.model.press_item import Relation
from pipeline.similarity.shares import HIGH_FROM, Pair
from pipeline.stories.decisions import EffectiveDecisions

_NOTHING_DECIDED = EffectiveDecisions()


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """An item as the rule sees it."""

    id: str
    source: str
    source_rank: int
    day: date
    """The day of `published` in Almaty."""
    words: int
    content_sha256: str
    has_url: bool
    first_seen: str

    @property
    def rank(self) -> tuple[int, date, int, str]:
        """Who speaks first: the source's rank, the day, more words, the id."""
        return self.source_rank, self.day, -self.words, self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """Where one item stands in its story."""

    item: str
    story: str
    canonical: str
    relation: Relation
    similarity: float


def places(
    members: Iterable[Member], pairs: Iterable[Pair], decided: EffectiveDecisions = _NOTHING_DECIDED
) -> list[Membership]:
    """Every item's place, for items of one language that are closed under relation and decisions,
    from all the pairs among them, related or not: a part may stand in one that it is not related
    to.

    Items that a person joined go through the rule as one, which is called by the first of them by
    rank and has the shares and relations of all; two of which any items are parted are not related.
    """
    return Rule(list(members), list(pairs), decided).places()


class Rule:
    """The rule applied to items closed under relation and decisions, with what it went by."""

    def __init__(
        self, members: list[Member], pairs: list[Pair], decided: EffectiveDecisions
    ) -> None:
        self._joined = _joined(members, decided)
        self._first = {m.id: first for first, group in self._joined.items() for m in group}
        """The first of those that an item is joined with; itself where it is not."""
        self._by_id = {member.id: member for member in members if member.id in self._joined}
        self._ranked = sorted(self._by_id.values(), key=lambda member: member.rank)
        self._pairs: dict[tuple[str, str], Pair] = {}
        """The pairs of items, either way round."""
        self._between: dict[tuple[str, str], list[Pair]] = {}
        """The pairs between joined ones, by the first of each, either way round."""
        self._related: dict[str, set[str]] = {first: set() for first in self._joined}
        for pair in pairs:
            self._note(pair)
        for a, b in decided.parted:
            self._related[self._first[a]].discard(self._first[b])
            self._related[self._first[b]].discard(self._first[a])
        self.digests = self._digests()
        """The parts that step 2 separates from each digest, by the first of its group."""
        self.canonical = self._canonical()
        """For each first the canonical one to which it belongs: itself, or that which it joins."""

    def _note(self, pair: Pair) -> None:
        self._pairs[pair.a, pair.b] = self._pairs[pair.b, pair.a] = pair
        a, b = self._first[pair.a], self._first[pair.b]
        if a == b:
            return
        self._between.setdefault((a, b), []).append(pair)
        self._between.setdefault((b, a), []).append(pair)
        if pair.related:
            self._related[a].add(b)
            self._related[b].add(a)

    def places(self) -> list[Membership]:
        """Where every item stands, by story."""
        stories: dict[str, list[Member]] = {}
        for alone in (True, False):  # the canonical ones, then in order of rank those that join
            for member in self._ranked:
                first = self.canonical[member.id]
                if (first == member.id) is alone:
                    stories.setdefault(first, []).extend(self._joined[member.id])
        return [
            place
            for first, members in stories.items()
            for place in self._story(self._by_id[first], members)
        ]

    def first_of(self, item: str) -> str:
        """The first by rank of those that a person joined with an item; itself where none is."""
        return self._first[item]

    def are_related(self, one: str, other: str) -> bool:
        """Whether two firsts are related by step 1, decisions regarded."""
        return other in self._related[one]

    def strongest(self, one: str, other: str) -> Pair | None:
        """Of the pairs between two firsts and those joined with them the one that counts: a related
        one before others, then the stronger.
        """
        found = self._between.get((one, other), ())
        return min(found, key=lambda pair: (not pair.related, _distance(pair)), default=None)

    def _digests(self) -> dict[str, list[Member]]:
        parts = {member.id: self._parts(member) for member in self._ranked}
        return {item: found for item, found in parts.items() if self._is_digest(found)}

    def _canonical(self) -> dict[str, str]:
        related = self._without_digests()
        canonical: list[Member] = []
        joins: dict[str, str] = {}
        for member in self._ranked:
            if not any(first.id in related[member.id] for first in canonical):
                canonical.append(member)
                joins[member.id] = member.id
        for member in self._ranked:
            if member.id not in joins:
                joins[member.id] = min(
                    (first for first in canonical if first.id in related[member.id]),
                    key=lambda first: (self._distance(member, first), first.rank),
                ).id
        return joins

    def _without_digests(self) -> dict[str, set[str]]:
        """The relations of step 1 less those between each digest and its parts."""
        remaining = {item: set(others) for item, others in self._related.items()}
        for digest, parts in self.digests.items():
            for part in parts:
                remaining[digest].discard(part.id)
                remaining[part.id].discard(digest)
        return remaining

    def _parts(self, digest: Member) -> list[Member]:
        related = (self._by_id[item] for item in self._related[digest.id])
        return sorted(
            (item for item in related if self._is_part(item, digest)), key=lambda m: m.rank
        )

    def _is_part(self, item: Member, digest: Member) -> bool:
        before = item.source_rank < digest.source_rank
        latest = digest.day + timedelta(days=1 if before else 0)
        return (
            item.source_rank <= digest.source_rank
            and item.day <= latest
            and self._stands_in(item, digest)
            and not self._stands_in(digest, item)
        )

    def _is_digest(self, parts: list[Member]) -> bool:
        left = [part for part in parts if not self._is_passed_over(part, parts)]
        return any(
            other.id not in self._related[part.id]
            for index, part in enumerate(left)
            for other in left[index + 1 :]
        )

    def _is_passed_over(self, part: Member, parts: list[Member]) -> bool:
        """Whether it stands in another part; of two in each other, the one ranked later does."""
        for other in parts:
            if other is not part and self._stands_in(part, other):
                mutual = self._stands_in(other, part)
                if not mutual or other.rank < part.rank:
                    return True
        return False

    def _stands_in(self, item: Member, other: Member) -> bool:
        pairs = self._between.get((item.id, other.id), ())
        return any(
            (pair.share_a if self._first[pair.a] == item.id else pair.share_b) >= HIGH_FROM
            for pair in pairs
        )

    def _distance(self, member: Member, first: Member) -> tuple[bool, float]:
        pair = self.strongest(member.id, first.id)
        assert pair is not None
        return _distance(pair)

    def _story(self, first: Member, members: list[Member]) -> list[Membership]:
        name = min(members, key=lambda m: (not m.has_url, m.first_seen, m.id)).id
        return [
            Membership(
                item=member.id,
                story=name,
                canonical=first.id,
                relation=self._relation(member, first),
                similarity=self._similarity(member, first),
            )
            for member in members
        ]

    def _relation(self, member: Member, first: Member) -> Relation:
        if member is first:
            return "canonical"
        pair = self._pairs.get((first.id, member.id))
        if pair is None:  # by a person's decision
            return "reprint"
        a, b = pair.share_a, pair.share_b
        if pair.a == member.id:
            a, b = b, a
        if min(a, b) >= HIGH_FROM:
            changed = member.content_sha256 != first.content_sha256
            return "update" if member.source == first.source and changed else "reprint"
        return "expanded" if a > b else "excerpt"

    def _similarity(self, member: Member, first: Member) -> float:
        """The share of the shorter text (of equal length: the canonical one) in the other."""
        if member is first:
            return 1.0
        pair = self._pairs.get((first.id, member.id))
        if pair is None:
            return 0.0
        shorter = member if member.words < first.words else first
        return round(pair.plain_a if pair.a == shorter.id else pair.plain_b, 3)


def _distance(pair: Pair) -> tuple[bool, float]:
    """Smaller is stronger: both shares high before one, then the larger share."""
    low, high = sorted((pair.share_a, pair.share_b))
    return (False, -low) if low >= HIGH_FROM else (True, -high)


def _joined(members: list[Member], decided: EffectiveDecisions) -> dict[str, list[Member]]:
    """The items that go through the rule as one, by the first of them by rank."""
    groups = {item: group for group in decided.joined for item in group}
    joined: dict[str, list[Member]] = {}
    firsts: dict[frozenset[str], str] = {}
    for member in sorted(members, key=lambda one: one.rank):
        group = groups.get(member.id, frozenset((member.id,)))
        joined.setdefault(firsts.setdefault(group, member.id), []).append(member)
    return joined
