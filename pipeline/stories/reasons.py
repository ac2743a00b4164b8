"""Why two items stand in one story, or in two, by the rule of `stories.py`. Pure.

It tells what the rule went by, of the same items, pairs and decisions from which the stories came.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from pipeline.similarity.shares import Pair
from pipeline.stories.decisions import EffectiveDecisions
from pipeline.stories.rule import Member, Rule

Cause = Literal["joined", "one canonical item", "parted", "digest", "nearer", "neither", "apart"]
"""In one story: a person joined them (through others too); both belong to one canonical item. In
two: a person parted them; one is a digest and the other a part of it; one is canonical and the
other stands more strongly to another one; both belong to others, and nothing joins but to a
canonical item; they are not related.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """By which shares an item belongs to its canonical item; where a person joined either with
    others, those of whichever stand most strongly.
    """

    item: str
    canonical: str
    share: float
    """How much of the item stands in the canonical one."""
    share_of_canonical: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryReason:
    """Why two items are in one story or in two."""

    cause: Cause
    canonical: tuple[str, str]
    """The canonical item of each one's story."""
    ties: tuple[Tie | None, Tie | None]
    """Each one's tie to it; None of a canonical one, and of one that a person joined with it."""
    between: Tie | None = None
    """Of `nearer`: the weaker tie, of the one that joined elsewhere to the other of the two."""
    digest: str | None = None
    parts: tuple[str, ...] = ()
    """All that the digest is separated from, first by rank."""
    decided: tuple[tuple[str, str], ...] = ()
    """The items parted, or the joins that connect the two, as decided."""


def story_reason(
    members: Iterable[Member],
    pairs: Iterable[Pair],
    decided: EffectiveDecisions,
    one: str,
    other: str,
) -> StoryReason:
    """Why two of these items, closed under relation and decisions, stand where they stand."""
    rule = Rule(list(members), list(pairs), decided)
    first, second = rule.first_of(one), rule.first_of(other)
    canonical = rule.canonical[first], rule.canonical[second]
    ties = _tie(rule, first, canonical[0]), _tie(rule, second, canonical[1])

    def reason(
        cause: Cause, *, between: Tie | None = None, digest: str | None = None,
        decided: tuple[tuple[str, str], ...] = (),
    ) -> StoryReason:  # fmt: skip
        parts = tuple(part.id for part in rule.digests[digest]) if digest else ()
        return StoryReason(
            cause=cause, canonical=canonical, ties=ties, between=between, digest=digest,
            parts=parts, decided=decided,
        )  # fmt: skip

    if first == second:
        return reason("joined", decided=_joins(decided, rule, first))
    if canonical[0] == canonical[1]:
        return reason("one canonical item")
    parted = _partings(decided, rule, {first, second})
    if parted:
        return reason("parted", decided=parted)
    for digest, part in ((first, second), (second, first)):
        if any(member.id == part for member in rule.digests.get(digest, ())):
            return reason("digest", digest=digest)
    between = rule.strongest(first, second)
    if between is None or not rule.are_related(first, second):
        return reason("apart")
    for item, to in ((first, second), (second, first)):
        if rule.canonical[to] == to:
            return reason("nearer", between=_tie(rule, item, to))
    return reason("neither")


def _tie(rule: Rule, first: str, canonical: str) -> Tie | None:
    pair = rule.strongest(first, canonical) if first != canonical else None
    if pair is None:
        return None
    if rule.first_of(pair.a) == first:
        return Tie(
            item=pair.a, canonical=pair.b, share=pair.share_a, share_of_canonical=pair.share_b
        )
    return Tie(item=pair.b, canonical=pair.a, share=pair.share_b, share_of_canonical=pair.share_a)


def _partings(
    decided: EffectiveDecisions, rule: Rule, firsts: set[str]
) -> tuple[tuple[str, str], ...]:
    found = (
        tuple(sorted(pair))
        for pair in decided.parted
        if {rule.first_of(item) for item in pair} == firsts
    )
    return tuple(sorted((a, b) for a, b in found))


def _joins(decided: EffectiveDecisions, rule: Rule, first: str) -> tuple[tuple[str, str], ...]:
    found = (
        tuple(sorted(one.items))
        for one in decided.decisions
        if one.verb == "join" and rule.first_of(one.items[0]) == first
    )
    return tuple(sorted((a, b) for a, b in found))
