"""Stories: which items tell the same piece, by one rule. Pure: a set of items with the shares of
their texts in one another, and the stories that follow, whatever the order in which anything came.

1. Items are related by their pairs, and by a person's decisions.
2. A digest, in which several unrelated pieces stand, is separated from these parts.
3. By rank, each item that is related to no canonical one becomes canonical.
4. Every other joins the canonical item to which it stands most strongly.

The rule is applied to groups of items that a person joined; most groups are one item.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from pipeline.model.press_item import Relation
from pipeline.similarity.relatedness import HIGH_FROM, Pair
from pipeline.stories.decisions import EffectiveDecisions
from pipeline.stories.joined_groups import JoinedGroups, distance
from pipeline.stories.membership import Member, Membership
from pipeline.stories.reasons import StoryReason, Tie

_NOTHING_DECIDED = EffectiveDecisions()


class Rule:
    """The rule applied to items, and why it came out so.

    The items are of one language and closed under relation and decisions. The pairs are all those
    among them, related or not: a part may stand in one that it is not related to. Groups are named
    as in `JoinedGroups`, and represented by their first item.
    """

    def __init__(
        self,
        members: Iterable[Member],
        pairs: Iterable[Pair],
        decided: EffectiveDecisions = _NOTHING_DECIDED,
    ) -> None:
        self._groups = JoinedGroups(members, pairs, decided)
        self._first = {member.id: member for member in self._groups.ranked}
        self._digests = self._find_digests()
        """The parts from which step 2 separates each digest, by rank."""
        self._canonical = self._find_canonical()
        """For each group the canonical one that it is, or that it joins."""

    def memberships(self) -> list[Membership]:
        """The story of every item, story by story."""
        stories: dict[str, list[Member]] = defaultdict(list)
        for member in self._groups.ranked:
            stories[self._canonical[member.id]] += self._groups.members(member.id)
        return [
            membership
            for canonical, story in stories.items()
            for membership in self._story(self._first[canonical], story)
        ]

    def explain(self, one: str, other: str) -> StoryReason:
        """Why two of the items are in one story, or in two."""
        first, second = self._groups.name_of(one), self._groups.name_of(other)
        canonical = self._canonical[first], self._canonical[second]
        ties = self._tie(first, canonical[0]), self._tie(second, canonical[1])
        reason = StoryReason(cause="apart", canonical=canonical, ties=ties)
        if first == second:
            return replace(reason, cause="joined", decided=self._groups.joins_in(first))
        if canonical[0] == canonical[1]:
            return replace(reason, cause="one canonical item")
        if parted := self._groups.partings_of(first, second):
            return replace(reason, cause="parted", decided=parted)
        for digest, part in ((first, second), (second, first)):
            parts = tuple(member.id for member in self._digests.get(digest, ()))
            if part in parts:
                return replace(reason, cause="digest", digest=digest, parts=parts)
        if not self._groups.are_related(first, second):
            return reason
        for group, to in ((first, second), (second, first)):
            if self._canonical[to] == to:
                return replace(reason, cause="nearer", between=self._tie(group, to))
        return replace(reason, cause="neither")

    def _find_digests(self) -> dict[str, list[Member]]:
        parts = {member.id: self._parts(member) for member in self._groups.ranked}
        return {group: found for group, found in parts.items() if self._is_digest(found)}

    def _find_canonical(self) -> dict[str, str]:
        related = self._without_digests()
        canonical: list[Member] = []
        joins: dict[str, str] = {}
        for member in self._groups.ranked:
            if not any(one.id in related[member.id] for one in canonical):
                canonical.append(member)
                joins[member.id] = member.id
        for member in self._groups.ranked:
            if member.id not in joins:
                joins[member.id] = min(
                    (one for one in canonical if one.id in related[member.id]),
                    key=lambda one: (self._distance(member, one), one.rank),
                ).id
        return joins

    def _without_digests(self) -> dict[str, set[str]]:
        """The relations of step 1 less those between each digest and its parts."""
        remaining = {
            member.id: self._groups.related_to(member.id) for member in self._groups.ranked
        }
        for digest, parts in self._digests.items():
            for part in parts:
                remaining[digest].discard(part.id)
                remaining[part.id].discard(digest)
        return remaining

    def _parts(self, digest: Member) -> list[Member]:
        related = (self._first[group] for group in self._groups.related_to(digest.id))
        return sorted(
            (item for item in related if self._is_part(item, digest)), key=lambda item: item.rank
        )

    def _is_part(self, item: Member, digest: Member) -> bool:
        before = item.source_rank < digest.source_rank
        latest = digest.day + timedelta(days=1 if before else 0)
        return (
            item.source_rank <= digest.source_rank
            and item.day <= latest
            and self._groups.stands_in(item.id, digest.id)
            and not self._groups.stands_in(digest.id, item.id)
        )

    def _is_digest(self, parts: list[Member]) -> bool:
        left = [part for part in parts if not self._is_passed_over(part, parts)]
        return any(
            not self._groups.are_related(part.id, other.id)
            for index, part in enumerate(left)
            for other in left[index + 1 :]
        )

    def _is_passed_over(self, part: Member, parts: list[Member]) -> bool:
        """Whether it stands in another part; of two in each other, the one ranked later does."""
        for other in parts:
            if other is not part and self._groups.stands_in(part.id, other.id):
                mutual = self._groups.stands_in(other.id, part.id)
                if not mutual or other.rank < part.rank:
                    return True
        return False

    def _distance(self, member: Member, canonical: Member) -> tuple[bool, float]:
        pair = self._groups.strongest(member.id, canonical.id)
        assert pair is not None
        return distance(pair)

    def _tie(self, group: str, canonical: str) -> Tie | None:
        pair = self._groups.strongest(group, canonical) if group != canonical else None
        if pair is None:
            return None
        ends = (pair.a, pair.share_a), (pair.b, pair.share_b)
        (item, share), (to, share_of_canonical) = (
            ends if self._groups.name_of(pair.a) == group else ends[::-1]
        )
        return Tie(item=item, canonical=to, share=share, share_of_canonical=share_of_canonical)

    def _story(self, canonical: Member, members: list[Member]) -> list[Membership]:
        name = min(members, key=lambda m: (not m.has_url, m.first_seen, m.id)).id
        return [self._membership(member, canonical, name) for member in members]

    def _membership(self, member: Member, canonical: Member, story: str) -> Membership:
        relation: Relation
        similarity: float | None
        pair = self._groups.pair_of(canonical.id, member.id)
        if member is canonical:
            relation, similarity = "canonical", 1.0
        elif pair is None or not pair.related:  # by a person's decision alone
            relation, similarity = "joined", None
        else:
            relation = _relation(member, canonical, pair)
            similarity = _similarity(member, canonical, pair)
        return Membership(
            item=member.id, story=story, canonical=canonical.id, relation=relation,
            similarity=similarity,
        )  # fmt: skip


def _relation(member: Member, canonical: Member, pair: Pair) -> Relation:
    a, b = pair.share_a, pair.share_b
    if pair.a == member.id:
        a, b = b, a
    if min(a, b) >= HIGH_FROM:
        changed = member.content_sha256 != canonical.content_sha256
        return "update" if member.source == canonical.source and changed else "reprint"
    return "expanded" if a > b else "excerpt"


def _similarity(member: Member, canonical: Member, pair: Pair) -> float:
    """The share of the shorter text (of equal length: the canonical one) in the other."""
    shorter = member if member.compared_words < canonical.compared_words else canonical
    return round(pair.plain_a if pair.a == shorter.id else pair.plain_b, 3)
