"""Why two items are in one story or in two: each cause, from shares given by hand."""

import pytest
from hypothesis import given

from pipeline.model.decision import Verb
from pipeline.query.stored_stories import story_reason_between
from pipeline.similarity.relatedness import Pair
from pipeline.stories.decisions import EffectiveDecisions, ItemDecision, effective_decisions
from pipeline.stories.membership import Member
from pipeline.stories.reasons import StoryReason, Tie
from pipeline.stories.rule import Rule
from tests.pipeline.stories import every_relation as every
from tests.pipeline.stories.test_rule import _World, _worlds, member, pair
from tests.pipeline.worlds.captures import items, sen, world

A, B, C = member("a", day=0), member("b", day=1), member("c", day=2)
ABOVE = pair("a", "b", 0.5, 0.4)


def decided(*decisions: tuple[Verb, str, str]) -> EffectiveDecisions:
    return effective_decisions(
        ItemDecision(verb=verb, items=(a, b), order=(str(time),))
        for time, (verb, a, b) in enumerate(decisions)
    )


def why(
    members: list[Member], pairs: list[Pair], one: str, other: str,
    *decisions: tuple[Verb, str, str],
) -> StoryReason:  # fmt: skip
    found = Rule(members, pairs, decided(*decisions)).explain(one, other)
    turned = Rule(members[::-1], pairs[::-1], decided(*decisions)).explain(other, one)
    assert (turned.cause, turned.canonical[::-1]) == (found.cause, found.canonical)
    assert (turned.ties[::-1], turned.between) == (found.ties, found.between)
    return found


def test_two_that_belong_to_one_canonical_item() -> None:
    found = why([A, B, C], [ABOVE, pair("a", "c", 0.3, 0.7)], "b", "c")
    assert (found.cause, found.canonical) == ("one canonical item", ("a", "a"))
    assert found.ties == (
        Tie(item="b", canonical="a", share=0.4, share_of_canonical=0.5),
        Tie(item="c", canonical="a", share=0.7, share_of_canonical=0.3),
    )


def test_one_that_stands_more_strongly_to_another() -> None:
    found = why([A, B, C], [ABOVE, pair("b", "c", 0.7, 0.2)], "a", "b")
    assert (found.cause, found.canonical) == ("nearer", ("a", "c"))
    assert found.between == Tie(item="b", canonical="a", share=0.4, share_of_canonical=0.5)
    assert found.ties == (
        None, Tie(item="b", canonical="c", share=0.7, share_of_canonical=0.2),
    )  # fmt: skip


def test_one_that_is_related_only_to_what_is_not_canonical() -> None:
    found = why([A, B, C], [ABOVE, pair("b", "c", 0.4, 0.4)], "b", "c")
    assert (found.cause, found.canonical) == ("nearer", ("a", "c"))
    assert found.between == Tie(item="b", canonical="c", share=0.4, share_of_canonical=0.4)


def test_two_of_which_neither_is_canonical() -> None:
    d = member("d", day=3)
    pairs = [ABOVE, pair("c", "d", 0.9, 0.9), pair("b", "d", 0.5, 0.5), pair("a", "c", 0.1, 0.1)]
    found = why([A, B, C, d], pairs, "b", "d")
    assert (found.cause, found.canonical) == ("neither", ("a", "c"))


def test_a_digest_and_its_parts() -> None:
    members = [member("a", words=50), member("b", words=50), member("d", words=120)]
    pairs = [pair("a", "d", 0.9, 0.4), pair("b", "d", 0.9, 0.4)]
    found = why(members, pairs, "d", "b")
    assert (found.cause, found.digest, found.parts) == ("digest", "d", ("a", "b"))
    assert why(members, pairs, "a", "b").cause == "apart"


def test_a_decision_parts_and_is_named_though_made_on_one_that_was_joined() -> None:
    found = why([A, B], [ABOVE], "a", "b", ("part", "b", "a"))
    assert (found.cause, found.decided) == ("parted", (("a", "b"),))
    found = why([A, B, C], [ABOVE], "a", "b", ("join", "b", "c"), ("part", "a", "c"))
    assert (found.cause, found.decided) == ("parted", (("a", "c"),))


def test_a_decision_joins_through_others_too() -> None:
    found = why([A, B, C], [], "a", "c", ("join", "a", "b"), ("join", "b", "c"))
    assert (found.cause, found.decided) == ("joined", (("a", "b"), ("b", "c")))
    assert found.ties == (None, None)


def test_one_that_joins_what_was_joined_with_the_canonical_item() -> None:
    found = why([A, B, C], [pair("b", "c", 0.8, 0.5)], "a", "c", ("join", "a", "b"))
    assert (found.cause, found.canonical) == ("one canonical item", ("a", "a"))
    assert found.ties == (
        None, Tie(item="c", canonical="b", share=0.5, share_of_canonical=0.8),
    )  # fmt: skip


@given(_worlds())
def test_every_two_have_a_cause_that_fits_their_stories(made: _World) -> None:
    placed = {one.item: one for one in Rule(made.members, made.pairs).memberships()}
    related = {(one.a, one.b) for one in made.pairs if one.related}
    for one, other in ((a, b) for a in placed for b in placed if a < b):
        found = Rule(made.members, made.pairs, EffectiveDecisions()).explain(one, other)
        assert found.canonical == (placed[one].canonical, placed[other].canonical)
        together = placed[one].story == placed[other].story
        assert (found.cause == "one canonical item") is together
        assert (found.cause == "apart") is (not together and (one, other) not in related)


@pytest.mark.parametrize(
    ("one", "other", "cause"),
    [
        (every.DIGEST, every.FIRST_PART, "digest"),
        (every.OF_TWO, every.ONE_OF_TWO, "nearer"),
        (every.CHAIN[1], every.CHAIN[2], "nearer"),
        (*every.PARTED, "parted"),
        (*every.JOINED, "joined"),
        (*every.UNDONE, "parted"),
        (every.WHOLE, every.EARLY_EXCERPT, "one canonical item"),
        (every.WHOLE, sen(50), None),
    ],
)
def test_the_database_gives_the_same(one: str, other: str, cause: str | None) -> None:
    db = world(*every.everything())
    found = items(db)
    reason = story_reason_between(db, found[one]["id"], found[other]["id"])
    assert (reason.cause if reason else None) == cause
