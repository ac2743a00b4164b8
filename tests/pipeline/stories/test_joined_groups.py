"""Items that a person joined, as one group to the rule."""

from datetime import date

from pipeline.similarity.relatedness import Pair
from pipeline.stories.decisions import EffectiveDecisions, ItemDecision, effective_decisions
from pipeline.stories.joined_groups import JoinedGroups, distance
from pipeline.stories.membership import Member

_JOIN = ItemDecision(verb="join", items=("b", "c"), order=("1",))
_PART = ItemDecision(verb="part", items=("c", "a"), order=("2",))


def _member(name: str) -> Member:
    return Member(
        id=name, source="kazpravda", source_rank=1, day=date(2026, 3, 2), words=50,
        compared_words=50,
        content_sha256=name, has_url=True, first_seen="2026-03-02T05:00:00Z",
    )  # fmt: skip


def _pair(a: str, b: str, share_a: float, share_b: float, *, related: bool = True) -> Pair:
    return Pair(
        a=a, b=b, share_a=share_a, share_b=share_b, plain_a=share_a, plain_b=share_b,
        related=related,
    )  # fmt: skip


def _groups(*pairs: Pair, decided: EffectiveDecisions) -> JoinedGroups:
    return JoinedGroups(map(_member, "dcba"), pairs, decided)


def test_a_group_is_named_by_its_first_item_and_has_the_relations_of_all() -> None:
    pairs = [_pair("a", "c", 0.7, 0.2), _pair("b", "d", 0.1, 0.1, related=False)]
    groups = _groups(*pairs, decided=effective_decisions([_JOIN]))
    assert [member.id for member in groups.ranked] == ["a", "b", "d"]
    assert [member.id for member in groups.members("b")] == ["b", "c"]
    assert groups.name_of("c") == "b"
    assert groups.are_related("a", "b")
    assert not groups.are_related("b", "d")
    assert (groups.stands_in("a", "b"), groups.stands_in("b", "a")) == (True, False)
    assert (groups.joins_in("b"), groups.joins_in("a")) == ((("b", "c"),), ())


def test_groups_of_which_any_items_are_parted_are_not_related() -> None:
    decided = effective_decisions([_JOIN, _PART])
    groups = _groups(_pair("a", "b", 0.9, 0.9), decided=decided)
    assert groups.related_to("a") == groups.related_to("b") == set()
    assert groups.partings_of("a", "b") == (("a", "c"),)


def test_the_strongest_pair_of_two_groups_is_a_related_one_before_others() -> None:
    weak, strong = _pair("a", "b", 0.4, 0.1), _pair("a", "c", 0.9, 0.9, related=False)
    groups = _groups(weak, strong, decided=effective_decisions([_JOIN]))
    assert groups.strongest("b", "a") == weak
    assert groups.strongest("a", "d") is None
    assert groups.pair_of("c", "a") == strong


def test_both_shares_high_are_nearer_than_any_one_share() -> None:
    both, one, less = (_pair("a", "b", *shares) for shares in ((0.6, 0.6), (1.0, 0.5), (0.4, 0.5)))
    assert distance(both) < distance(one) < distance(less)
    assert distance(_pair("a", "b", 0.7, 0.8)) < distance(both)
