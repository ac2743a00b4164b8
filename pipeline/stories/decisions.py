"""A person's decisions, which join or part two items or take that back: which hold. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.model.decision import Verb


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemDecision:
    """A decision on two items as they are now."""

    verb: Verb
    items: tuple[str, str]
    order: tuple[str, ...]
    """Time first: of several decisions on the same two items the latest counts."""


@dataclass(frozen=True, slots=True)
class EffectiveDecisions:
    """The decisions in force: groups of joined items, pairs of parted ones."""

    decisions: tuple[ItemDecision, ...] = ()
    """At most one on each two items, the latest first."""
    joined: tuple[frozenset[str], ...] = ()
    parted: frozenset[frozenset[str]] = frozenset()


def latest_decisions(decisions: Iterable[ItemDecision]) -> list[ItemDecision]:
    """The latest decision on each two items, unless it takes back what was decided before; the
    latest first.
    """
    latest: dict[frozenset[str], ItemDecision] = {}
    for one in sorted(decisions, key=lambda one: one.order, reverse=True):
        latest.setdefault(frozenset(one.items), one)
    return [one for one in latest.values() if one.verb != "forget"]


def effective_decisions(decisions: Iterable[ItemDecision]) -> EffectiveDecisions:
    """The decisions in force. Of the latest on each two items every one is, unless it is contrary
    to later ones: it would join what they part, through others too, or part what they join.
    """
    kept: list[ItemDecision] = []
    groups: dict[str, frozenset[str]] = {}
    parted: set[frozenset[str]] = set()
    for one in latest_decisions(decisions):
        pair = frozenset(one.items)
        first, second = (groups.get(item, frozenset((item,))) for item in one.items)
        both = first | second
        if one.verb == "part" and first != second:
            parted.add(pair)
        elif one.verb == "join" and not any(apart <= both for apart in parted):
            groups |= dict.fromkeys(both, both)
        else:
            continue
        kept.append(one)
    return EffectiveDecisions(
        decisions=tuple(kept), joined=tuple(set(groups.values())), parted=frozenset(parted)
    )
