"""Section 5, "Stories": the rule, on shares given by hand."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.decision import Verb
from pipeline.similarity.relatedness import HIGH_FROM, RELATED_FROM, Pair
from pipeline.stories.decisions import ItemDecision, effective_decisions
from pipeline.stories.membership import Member, Membership
from pipeline.stories.rule import Rule

_DAY = date(2026, 3, 2)


def member(
    name: str, *, rank: int = 2, day: int = 0, words: int = 100, compared: int = 0,
    content: str = "", seen: int = 0, has_url: bool = True,
) -> Member:  # fmt: skip
    return Member(
        id=name, source=f"source {rank}", source_rank=rank, day=_DAY + timedelta(days=day),
        words=words, compared_words=compared or words,
        content_sha256=content or name, has_url=has_url,
        first_seen=f"2026-03-{seen + 1:02}T00:00:00Z",
    )  # fmt: skip


def pair(a: str, b: str, in_b: float, in_a: float, *, related: bool | None = None) -> Pair:
    """How much of a stands in b, and of b in a."""
    assert a < b
    reached = max(in_b, in_a) >= RELATED_FROM
    return Pair(
        a=a, b=b, share_a=in_b, share_b=in_a, plain_a=in_b, plain_b=in_a,
        related=reached if related is None else related,
    )  # fmt: skip


def placed(
    members: list[Member], pairs: list[Pair], *decisions: tuple[Verb, str, str]
) -> dict[str, Membership]:
    decided = effective_decisions(
        ItemDecision(verb=verb, items=(a, b), order=(str(time),))
        for time, (verb, a, b) in enumerate(decisions)
    )
    shuffled = members[:], pairs[:]
    for one in shuffled:
        random.Random(7).shuffle(one)
    found = {place.item: place for place in Rule(members, pairs, decided).memberships()}
    assert found == {place.item: place for place in Rule(*shuffled, decided).memberships()}
    assert found.keys() == {one.id for one in members}
    return found


def canonical(found: dict[str, Membership]) -> dict[str, str]:
    return {item: place.canonical for item, place in found.items()}


def relations(found: dict[str, Membership]) -> dict[str, str]:
    return {item: place.relation for item, place in found.items()}


def test_an_item_alone_is_its_own_story() -> None:
    assert placed([member("a")], [])["a"] == Membership(
        item="a", story="a", canonical="a", relation="canonical", similarity=1.0
    )


def test_rank_is_source_then_day_then_more_words_then_id() -> None:
    for first, second in (
        (member("b", rank=1, day=3, words=1), member("a", rank=2)),
        (member("b", day=0, words=1), member("a", day=1)),
        (member("b", words=101), member("a", words=100)),
        (member("a"), member("b")),
    ):
        found = placed([first, second], [pair("a", "b", 0.9, 0.9)])
        assert set(canonical(found).values()) == {first.id}


def test_nothing_joins_by_a_chain() -> None:
    found = placed(
        [member("a", day=0), member("b", day=1), member("c", day=2)],
        [pair("a", "b", 0.5, 0.5), pair("b", "c", 0.5, 0.5)],
    )
    assert canonical(found) == {"a": "a", "b": "a", "c": "c"}


def test_an_item_joins_where_it_stands_most_strongly_even_if_that_one_comes_after_it() -> None:
    found = placed(
        [member("a", day=0), member("b", day=1), member("c", day=2)],
        [pair("a", "b", 0.5, 0.3), pair("b", "c", 0.7, 0.2)],
    )
    assert canonical(found) == {"a": "a", "b": "c", "c": "c"}


def test_both_shares_high_come_before_one_that_is_higher() -> None:
    both, one = pair("a", "c", HIGH_FROM, HIGH_FROM), pair("b", "c", 0.3, 1.0)
    found = placed([member("a", day=1), member("b", day=0), member("c", day=2)], [both, one])
    assert canonical(found)["c"] == "a"


def test_of_two_with_both_shares_high_the_smaller_share_decides() -> None:
    pairs = [pair("a", "c", 1.0, 0.7), pair("b", "c", 0.8, 0.8)]
    found = placed([member("a", day=0), member("b", day=1), member("c", day=2)], pairs)
    assert canonical(found)["c"] == "b"


def test_of_equal_strength_the_canonical_items_rank_decides() -> None:
    pairs = [pair("a", "c", 0.5, 0.4), pair("b", "c", 0.4, 0.5)]
    found = placed([member("a", day=1), member("b", day=0), member("c", day=2)], pairs)
    assert canonical(found)["c"] == "b"


class TestDecisions:
    """What a person joined or parted."""

    def test_joined_ones_have_the_rank_of_the_first(self) -> None:
        members = [member("a", day=0), member("b", day=1), member("c", day=2)]
        found = placed(members, [pair("b", "c", 0.9, 0.9)], ("join", "a", "c"))
        assert canonical(found) == {"a": "a", "b": "a", "c": "a"}
        assert relations(found) == {"a": "canonical", "b": "joined", "c": "joined"}
        assert [found[name].similarity for name in "abc"] == [1.0, None, None]

    def test_each_has_the_relation_of_its_own_shares(self) -> None:
        members = [member("a", day=0), member("b", day=1, words=50), member("c", day=2)]
        pairs = [pair("a", "b", 0.2, 0.38), pair("a", "c", 0.38, 0.2)]
        found = placed(members, pairs, ("join", "a", "b"), ("join", "a", "c"))
        assert relations(found) == {"a": "canonical", "b": "excerpt", "c": "expanded"}
        assert [found[name].similarity for name in "bc"] == [0.38, 0.38]

    def test_shares_that_do_not_relate_two_are_none_of_their_relation(self) -> None:
        members = [member("a", day=0), member("b", day=1), member("c", day=9)]
        pairs = [pair("a", "b", 0.1, 0.18), pair("a", "c", 0.8, 0.8, related=False)]
        found = placed(members, pairs, ("join", "a", "b"), ("join", "a", "c"))
        assert relations(found) == {"a": "canonical", "b": "joined", "c": "joined"}
        assert [found[name].similarity for name in "bc"] == [None, None]

    def test_one_joined_with_a_copy_has_only_a_persons_decision_to_the_canonical_item(self) -> None:
        members = [member("a", day=0), member("b", day=1), member("c", day=2)]
        found = placed(members, [pair("a", "b", 0.9, 0.9)], ("join", "b", "c"))
        assert relations(found) == {"a": "canonical", "b": "update", "c": "joined"}

    def test_so_has_a_copy_of_one_that_is_joined_with_the_canonical_item(self) -> None:
        members = [member("a", day=0), member("b", day=1), member("c", day=2), member("d", day=3)]
        pairs = [pair("a", "d", 0.9, 0.9), pair("b", "c", 0.9, 0.9), pair("b", "d", 0.4, 0.4)]
        found = placed(members, pairs, ("join", "a", "b"))
        assert relations(found) == {
            "a": "canonical", "b": "joined", "c": "joined", "d": "update"
        }  # fmt: skip

    def test_one_that_is_related_needs_no_decision(self) -> None:
        members = [member("a", day=0), member("b", day=1)]
        found = placed(members, [pair("a", "b", 0.9, 0.9)], ("join", "a", "b"))
        assert (found["b"].relation, found["b"].similarity) == ("update", 0.9)

    def test_they_join_by_what_stands_most_strongly_of_any(self) -> None:
        members = [member("a", day=0), member("b", day=1), member("c", day=2), member("d", day=3)]
        pairs = [pair("a", "c", 0.5, 0.5), pair("b", "d", 0.9, 0.9)]
        found = placed(members, pairs, ("join", "c", "d"))
        assert canonical(found) == {"a": "a", "b": "b", "c": "b", "d": "b"}

    def test_parted_parts_make_a_digest(self) -> None:
        members = [member("a", words=50), member("b", words=50), member("d", words=120)]
        pairs = [pair("a", "d", 0.9, 0.4), pair("b", "d", 0.9, 0.4), pair("a", "b", 0.5, 0.5)]
        assert set(canonical(placed(members, pairs)).values()) == {"d"}
        found = placed(members, pairs, ("part", "a", "b"))
        assert canonical(found) == {"a": "a", "b": "b", "d": "d"}

    def test_joined_ones_stand_most_strongly_where_they_are_related(self) -> None:
        """A short text that stands whole in another item is not related to it."""
        members = [member("c1"), member("c2"), member("x", day=1), member("y", day=1, words=20)]
        pairs = [pair("c1", "x", 0.4, 0.45), pair("c2", "x", 0.3, 0.3),
                 pair("c2", "y", 0.2, 1.0, related=False)]  # fmt: skip
        assert canonical(placed(members, pairs, ("join", "x", "y")))["x"] == "c1"

    def test_joined_parts_make_none(self) -> None:
        members = [member("a", words=50), member("b", words=50), member("d", words=120)]
        pairs = [pair("a", "d", 0.9, 0.4), pair("b", "d", 0.9, 0.4)]
        found = placed(members, pairs, ("join", "a", "b"))
        assert set(canonical(found).values()) == {"d"}

    def test_parted_ones_may_still_join_a_third(self) -> None:
        members = [member("a", day=0), member("b", day=1), member("c", day=2)]
        pairs = [pair("a", "b", 0.9, 0.9), pair("a", "c", 0.9, 0.9), pair("b", "c", 0.9, 0.9)]
        found = placed(members, pairs, ("part", "b", "c"))
        assert canonical(found) == {"a": "a", "b": "a", "c": "a"}


class TestDigests:
    """Step 2, word for word."""

    def parts(self, day: int = 0) -> list[Member]:
        return [member("a", words=50), member("b", words=50, day=day)]

    def pairs(self, first: float = 0.9, second: float = 0.9) -> list[Pair]:
        return [pair("a", "d", first, 0.4), pair("b", "d", second, 0.4)]

    def test_two_unrelated_parts_make_a_digest(self) -> None:
        found = placed([*self.parts(), member("d", words=120)], self.pairs())
        assert canonical(found) == {"a": "a", "b": "b", "d": "d"}

    def test_two_related_parts_make_none(self) -> None:
        found = placed(
            [*self.parts(), member("d", words=120)], [*self.pairs(), pair("a", "b", 0.3, 0.3)]
        )
        assert canonical(found)["a"] == "d"

    def test_a_part_must_stand_in_it_by_a_high_share(self) -> None:
        low = HIGH_FROM - 0.01
        found = placed([*self.parts(), member("d", words=120)], self.pairs(second=low))
        assert canonical(found) == {"a": "d", "b": "d", "d": "d"}

    def test_what_it_stands_in_itself_is_no_part(self) -> None:
        found = placed(
            [*self.parts(), member("d", words=120)],
            [pair("a", "d", 0.9, HIGH_FROM), pair("b", "d", 0.9, 0.4)],
        )
        assert canonical(found) == {"a": "d", "b": "d", "d": "d"}

    def test_a_part_of_its_own_source_from_the_day_after_is_none(self) -> None:
        found = placed([*self.parts(day=1), member("d", words=120)], self.pairs())
        assert canonical(found)["b"] == "d"

    def test_a_part_of_a_source_ranked_before_may_be_a_day_later_but_not_two(self) -> None:
        for day, digest in ((1, True), (2, False)):
            members = [member("a", rank=1), member("b", rank=1, day=day), member("d")]
            found = placed(members, self.pairs())
            assert (canonical(found)["d"] == "d") is digest

    def test_a_part_of_a_source_ranked_after_is_none(self) -> None:
        found = placed([*self.parts(), member("d", rank=1, words=120)], self.pairs())
        assert canonical(found) == {"a": "d", "b": "d", "d": "d"}

    def test_a_part_that_stands_in_another_is_passed_over(self) -> None:
        found = placed(
            [*self.parts(), member("d", words=120)],
            [*self.pairs(), pair("a", "b", 0.9, 0.2, related=False)],
        )
        assert canonical(found) == {"a": "d", "b": "d", "d": "d"}

    def test_of_two_in_each_other_the_one_ranked_later_is_passed_over(self) -> None:
        members = [*self.parts(), member("c", words=50), member("d", words=150)]
        pairs = [*self.pairs(), pair("c", "d", 0.9, 0.3)]
        found = placed(members, [*pairs, pair("a", "b", 0.9, 0.9), pair("a", "c", 0.3, 0.3)])
        assert canonical(found)["d"] == canonical(found)["a"] == "d"
        found = placed(members, [*pairs, pair("a", "b", 0.9, 0.9), pair("b", "c", 0.3, 0.3)])
        assert canonical(found)["d"] == "d"
        assert canonical(found)["a"] == "a"

    def test_a_digest_keeps_its_relations_to_what_is_no_part(self) -> None:
        members = [*self.parts(), member("d", words=120), member("e", day=1, words=120)]
        found = placed(members, [*self.pairs(), pair("d", "e", 0.9, 0.9)])
        assert canonical(found) == {"a": "a", "b": "b", "d": "d", "e": "d"}

    def test_passed_over_parts_are_unrelated_to_it_too(self) -> None:
        members = [*self.parts(), member("c", words=40), member("d", words=150)]
        pairs = [*self.pairs(), pair("c", "d", 0.9, 0.3), pair("a", "c", 0.5, 0.9)]
        assert canonical(placed(members, pairs)) == {"a": "a", "b": "b", "c": "a", "d": "d"}

    def test_digests_look_at_the_relations_of_step_one(self) -> None:
        members = [
            member("a", words=20), member("b", words=20), member("c", words=50),
            member("d", words=100), member("e", words=50),
        ]  # fmt: skip
        pairs = [
            pair("a", "c", 0.9, 0.4), pair("b", "c", 0.9, 0.4), pair("c", "d", 0.9, 0.4),
            pair("d", "e", 0.4, 0.9), pair("a", "d", 0.9, 0.2), pair("b", "d", 0.9, 0.2),
        ]  # fmt: skip
        found = canonical(placed(members, pairs))
        assert found == {"a": "a", "b": "b", "c": "c", "d": "d", "e": "e"}


def relation(in_first: float, in_second: float, **later: str | int) -> str:
    """The relation of a second item, with how much of it stands in the first, and back."""
    first = member("a", content="one")
    second = member("b", day=1, **later)  # type: ignore[arg-type]
    return placed([first, second], [pair("a", "b", in_second, in_first)])["b"].relation


def test_relations_by_the_two_shares() -> None:
    assert relation(0.9, 0.9, rank=3) == "reprint"
    assert relation(HIGH_FROM, HIGH_FROM, rank=3, content="one") == "reprint"
    assert relation(0.9, 0.9, content="one") == "reprint"
    assert relation(0.9, 0.9, content="two") == "update"
    assert relation(0.4, 0.9) == "expanded"
    assert relation(0.9, 0.4) == "excerpt"
    assert relation(0.5, 0.5) == "excerpt"


def similarity(canonical_words: int, words: int, compared: int = 0) -> float | None:
    one = member("a", rank=1, words=canonical_words)
    other = member("b", words=words, compared=compared)
    shares = Pair(
        a="a", b="b", share_a=0.9, share_b=0.9, plain_a=0.12345, plain_b=0.98765, related=True
    )
    return placed([one, other], [shares])["b"].similarity


def test_similarity_is_the_shorter_texts_plain_share_to_three_places() -> None:
    assert similarity(50, 100) == 0.123
    assert similarity(100, 50) == 0.988
    assert similarity(50, 50) == 0.123
    assert similarity(100, 102, compared=99) == 0.988


def test_the_storys_id_is_that_of_the_first_seen_with_an_address() -> None:
    pairs = [pair("a", "b", 0.9, 0.9)]

    def story(a: Member, b: Member) -> str:
        found = placed([a, b], pairs)
        assert found["a"].story == found["b"].story
        return found["a"].story

    assert story(member("a", seen=2), member("b", rank=3, seen=1)) == "b"
    assert story(member("a", seen=1), member("b", rank=1, seen=1)) == "a"
    assert story(member("a", seen=0, has_url=False), member("b", seen=1)) == "b"


@dataclass(frozen=True)
class _World:
    members: list[Member]
    pairs: list[Pair]


@st.composite
def _worlds(draw: st.DrawFn) -> _World:
    shares = st.sampled_from((0.0, 0.2, 0.3, 0.5, 0.6, 0.9, 1.0))
    names = "abcdef"[: draw(st.integers(1, 6))]
    members = [
        member(
            name, rank=draw(st.integers(1, 2)), day=draw(st.integers(0, 2)),
            words=draw(st.sampled_from((50, 100))), seen=draw(st.integers(0, 2)),
            content=draw(st.sampled_from(("one", "two"))),
        )
        for name in names
    ]  # fmt: skip
    pairs = [
        pair(a, b, draw(shares), draw(shares), related=draw(st.sampled_from((None, None, False))))
        for a in names
        for b in names
        if a < b
    ]
    return _World(members, pairs)


@given(_worlds())
def test_the_rule_is_the_designs_word_for_word(world: _World) -> None:
    found = canonical(placed(world.members, world.pairs))
    assert found == _by_the_letter(world.members, world.pairs)


def _by_the_letter(members: list[Member], pairs: list[Pair]) -> dict[str, str]:
    """Steps 1 to 4, as a reader of the design would write them down."""
    share = {(p.a, p.b): p.share_a for p in pairs} | {(p.b, p.a): p.share_b for p in pairs}
    step1 = {frozenset((p.a, p.b)) for p in pairs if p.related}
    ranked = sorted(members, key=lambda m: m.rank)

    def stands(x: Member, y: Member) -> bool:
        return share[x.id, y.id] >= HIGH_FROM

    def related(x: Member, y: Member) -> bool:
        return frozenset((x.id, y.id)) in step1

    unrelated: set[frozenset[str]] = set()
    for d in ranked:
        parts = [
            x for x in ranked
            if x is not d and related(x, d) and stands(x, d) and not stands(d, x)
            and (
                (x.source_rank == d.source_rank and x.day <= d.day)
                or (x.source_rank < d.source_rank and (x.day - d.day).days <= 1)
            )
        ]  # fmt: skip
        over = {
            x.id for x in parts for y in parts
            if x is not y and stands(x, y) and not (stands(y, x) and x.rank < y.rank)
        }  # fmt: skip
        left = [x for x in parts if x.id not in over]
        if any(not related(x, y) for x in left for y in left if x is not y):
            unrelated |= {frozenset((d.id, x.id)) for x in parts}
    return _joined(ranked, share, step1 - unrelated)


def _joined(
    ranked: list[Member], share: dict[tuple[str, str], float], step2: set[frozenset[str]]
) -> dict[str, str]:
    firsts: list[Member] = []
    for x in ranked:
        if not any(frozenset((x.id, y.id)) in step2 for y in firsts):
            firsts.append(x)
    found = {x.id: x.id for x in firsts}
    for x in ranked:
        if x.id not in found:
            choice = []
            for y in firsts:
                if frozenset((x.id, y.id)) in step2:
                    low, high = sorted((share[x.id, y.id], share[y.id, x.id]))
                    both = low >= HIGH_FROM
                    choice.append((not both, -low if both else -high, y.rank, y.id))
            found[x.id] = min(choice)[3]
    return found
