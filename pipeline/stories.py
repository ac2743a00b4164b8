"""Stories: which items tell the same piece, by the one rule of the design, section 5.

Pure: a set of items with the shares of their texts in one another, and the stories that follow,
whatever the order in which anything came.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.link import HIGH_FROM, Pair
from pipeline.records import Relation


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
class Place:
    """Where one item stands in its story."""

    item: str
    story: str
    canonical: str
    relation: Relation
    similarity: float


def places(members: Iterable[Member], pairs: Iterable[Pair]) -> list[Place]:
    """Every item's place, for items of one language that are closed under relation, from all the
    pairs among them, related or not: a part may stand in one that it is not related to.
    """
    return _Rule(list(members), list(pairs)).places()


class _Rule:
    def __init__(self, members: list[Member], pairs: list[Pair]) -> None:
        self._ranked = sorted(members, key=lambda member: member.rank)
        by_id = {member.id: member for member in members}
        self._share: dict[tuple[str, str], float] = {}
        """How much of the first item's text stands in the second."""
        self._plain: dict[tuple[str, str], float] = {}
        """The same, unweighed."""
        self._related: dict[str, set[str]] = {member.id: set() for member in members}
        self._by_id = by_id
        for pair in pairs:
            self._note(pair)

    def _note(self, pair: Pair) -> None:
        self._share[pair.a, pair.b], self._share[pair.b, pair.a] = pair.share_a, pair.share_b
        self._plain[pair.a, pair.b], self._plain[pair.b, pair.a] = pair.plain_a, pair.plain_b
        if pair.related:
            self._related[pair.a].add(pair.b)
            self._related[pair.b].add(pair.a)

    def places(self) -> list[Place]:
        related = self._without_digests()
        canonical: list[Member] = []
        joined: dict[str, list[Member]] = {}
        others: list[Member] = []
        for member in self._ranked:
            if any(first.id in related[member.id] for first in canonical):
                others.append(member)
            else:
                canonical.append(member)
                joined[member.id] = [member]
        for member in others:
            candidates = [first for first in canonical if first.id in related[member.id]]
            best = min(candidates, key=lambda first: (self._distance(member, first), first.rank))
            joined[best.id].append(member)
        return [place for first in canonical for place in self._story(first, joined[first.id])]

    def _without_digests(self) -> dict[str, set[str]]:
        """The relations of step 1 less those between each digest and its parts."""
        remaining = {item: set(others) for item, others in self._related.items()}
        for member in self._ranked:
            parts = self._parts(member)
            if self._is_digest(parts):
                for part in parts:
                    remaining[member.id].discard(part.id)
                    remaining[part.id].discard(member.id)
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
        return self._share.get((item.id, other.id), 0.0) >= HIGH_FROM

    def _distance(self, member: Member, first: Member) -> tuple[bool, float]:
        """Smaller is stronger: both shares high before one, then the larger share."""
        own = self._share[member.id, first.id]
        theirs = self._share[first.id, member.id]
        both = min(own, theirs) >= HIGH_FROM
        return not both, -(min(own, theirs) if both else max(own, theirs))

    def _story(self, first: Member, members: list[Member]) -> list[Place]:
        name = min(members, key=lambda m: (not m.has_url, m.first_seen, m.id)).id
        return [
            Place(
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
        a = self._share[first.id, member.id]
        b = self._share[member.id, first.id]
        if min(a, b) >= HIGH_FROM:
            changed = member.content_sha256 != first.content_sha256
            return "update" if member.source == first.source and changed else "reprint"
        return "expanded" if a > b else "excerpt"

    def _similarity(self, member: Member, first: Member) -> float:
        """The share of the shorter text (of equal length: the canonical one) in the other."""
        if member is first:
            return 1.0
        shorter, longer = (member, first) if member.words < first.words else (first, member)
        return round(self._plain[shorter.id, longer.id], 3)
