"""A person's decisions: which hold, what they make of the rule, and that they stay."""

import json
from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest.ingest import ingest_all
from pipeline.model.decision import Decision, Verb, decision_payload, read_decision
from pipeline.query.stored_items import resolve
from pipeline.query.stored_stories import story_reason_between
from pipeline.store.transactions import writing
from pipeline.stories.decisions import EffectiveDecisions, ItemDecision, effective_decisions
from pipeline.stories.related_items import decisions_in_force
from tests.pipeline.worlds.captures import (
    NOW,
    batches,
    decision,
    exported,
    imported,
    items,
    kaz,
    moved,
    new_database,
    page,
    prose,
    sen,
    take,
    world,
)

A, B, C, D = (kaz(name) for name in "abcd")
JOIN: Verb = "join"
PART: Verb = "part"
FORGET: Verb = "forget"


def said(*decisions: tuple[Verb, str, str]) -> list[ItemDecision]:
    """Decisions in the order of their times."""
    return [
        ItemDecision(verb=verb, items=(a, b), order=(str(time), a, b, verb))
        for time, (verb, a, b) in enumerate(decisions)
    ]


def groups(*decisions: tuple[Verb, str, str]) -> set[str]:
    found = effective_decisions(said(*decisions))
    assert found == effective_decisions(reversed(said(*decisions)))
    return {"".join(sorted(group)) for group in found.joined}


def test_joined_ones_are_one_through_others_too() -> None:
    assert groups((JOIN, "a", "b"), (JOIN, "c", "d"), (JOIN, "b", "c")) == {"abcd"}


def test_of_two_contrary_decisions_the_later_holds() -> None:
    assert groups((JOIN, "a", "b"), (PART, "b", "a")) == set()
    assert groups((PART, "a", "b"), (JOIN, "b", "a")) == {"ab"}
    assert effective_decisions(said((PART, "a", "b"), (JOIN, "b", "a"))).parted == frozenset()


def test_what_was_decided_on_two_is_taken_back_and_nothing_else() -> None:
    decisions: list[tuple[Verb, str, str]] = [(PART, "a", "b"), (JOIN, "a", "b"), (JOIN, "b", "c")]
    assert groups(*decisions, (FORGET, "b", "a")) == {"bc"}
    assert groups(*decisions, (FORGET, "a", "c")) == {"abc"}
    assert groups((FORGET, "a", "b"), *decisions) == {"abc"}
    assert effective_decisions(said(decisions[0], (FORGET, "a", "b"))) == EffectiveDecisions()


def test_what_a_decision_taken_back_was_stronger_than_holds_again() -> None:
    decisions: list[tuple[Verb, str, str]] = [(JOIN, "a", "b"), (JOIN, "b", "c"), (PART, "a", "c")]
    assert groups(*decisions, (FORGET, "a", "c")) == {"abc"}


@given(st.data())
def test_decisions_hold_by_their_set_alone_and_of_one_pair_the_latest(data: st.DataObject) -> None:
    pairs = st.sampled_from(list(permutations("abcd", 2)))
    verbs = st.sampled_from((JOIN, PART, FORGET))
    told = data.draw(st.lists(st.tuples(verbs, pairs), max_size=12))
    decisions = said(*((verb, *pair) for verb, pair in told))
    found = effective_decisions(decisions)
    assert effective_decisions(data.draw(st.permutations(decisions))) == found
    latest = {frozenset(one.items): one for one in sorted(decisions, key=lambda one: one.order)}
    assert effective_decisions(latest.values()) == found
    assert effective_decisions(one for one in latest.values() if one.verb != FORGET) == found
    assert set(found.decisions) <= set(latest.values())
    assert all(one.verb != FORGET for one in found.decisions)


def test_a_later_parting_is_not_undone_by_joining_both_with_a_third() -> None:
    decisions: list[tuple[Verb, str, str]] = [(JOIN, "a", "b"), (JOIN, "b", "c"), (PART, "a", "c")]
    assert groups(*decisions) == {"bc"}
    assert groups(decisions[2], *decisions[:2]) == {"abc"}


def test_a_record_says_what_was_decided_or_is_passed_over(
    caplog: pytest.LogCaptureFixture,
) -> None:
    made = Decision(verb="join", a=A, b=B)
    assert read_decision(decision_payload(made)) == made
    back = Decision(verb="forget", a=A, b=B)
    assert read_decision(decision_payload(back)) == back
    assert read_decision(json.dumps({"decision": "join", "items": [B, A]}).encode()) == made
    for damaged in (
        b"", b"\xff", b"[]", b'{"decision": "burn", "items": ["a", "b"]}',
        b'{"decision": "join", "items": ["a"]}', b'{"decision": "join", "items": ["a", "a"]}',
        b'{"decision": "join", "items": [1, 2]}', b'{"decision": [], "items": ["a", "b"]}',
    ):  # fmt: skip
        caplog.clear()
        assert read_decision(damaged) is None
        assert "says nothing that is known" in caplog.text


def test_joined_items_without_common_text_are_one_story() -> None:
    db = world(page(A, 0, prose("а", 40)), page(sen(1), 1, prose("б", 40)))
    changed = take(db, decision("join", A, sen(1), 2)).changed
    first, other = items(db)[sen(1)], items(db)[A]
    assert (first["relation"], other["relation"], other["similarity"]) == (
        "canonical", "joined", None,
    )  # fmt: skip
    assert first["story"] == other["story"] == other["id"]
    assert changed == {first["id"]} | {other["id"]}


def test_joined_items_have_the_relations_of_all() -> None:
    text = prose("а", 40)
    db = world(page(A, 0, prose("б", 40)), page(B, 1, text), page(C, 2, text))
    take(db, decision("join", A, B, 3))
    assert {row["story"] for row in items(db).values()} == {items(db)[A]["id"]}
    assert len(exported(db)[1]) == 1


def test_parted_items_are_not_related() -> None:
    text = prose("а", 40)
    db = world(page(A, 0, text), page(B, 1, text), decision("part", A, B, 2))
    assert {row["relation"] for row in items(db).values()} == {"canonical"}
    take(db, decision("join", B, A, 3))
    assert len(exported(db)[1]) == 1


def test_a_parting_is_stronger_than_what_one_is_joined_with() -> None:
    text = prose("а", 40)
    db = world(page(A, 0, prose("б", 40)), page(B, 1, text), page(C, 2, text))
    take(db, decision("join", A, B, 3), decision("part", A, C, 4))
    assert items(db)[A]["story"] == items(db)[B]["story"] != items(db)[C]["story"]


def test_decisions_taken_back_leave_what_the_texts_say() -> None:
    text = prose("а", 40)
    pages = [page(A, 0, text), page(B, 1, text), page(C, 2, prose("б", 40))]
    undecided = exported(world(*pages))
    db = world(*pages, decision("part", A, B, 3), decision("join", B, C, 4))
    assert exported(db) != undecided
    changed = take(db, decision("forget", B, A, 5), decision("forget", B, C, 6)).changed
    assert exported(db) == undecided
    assert changed == {items(db)[url]["id"] for url in (B, C)}
    assert story_reason_between(db, items(db)[A]["id"], items(db)[C]["id"]) is None
    take(db, decision("join", A, C, 7))
    assert items(db)[A]["story"] == items(db)[C]["story"]


def test_a_decision_is_taken_back_by_any_address_of_its_items() -> None:
    pages = [page(A, 0, prose("а", 40)), page(B, 0, prose("б", 40)), page(C, 1, prose("б", 40)),
             page(D, 1, prose("а", 40)), moved(A, 3, D), moved(B, 3, C)]  # fmt: skip
    db = world(*pages, decision("join", A, B, 4))
    assert len(exported(db)[1]) == 1
    take(db, decision("forget", C, D, 5))  # the other way round, by address
    assert len(exported(db)[1]) == 2
    assert decisions_in_force(db) == ()


def test_a_decision_stays_with_an_address_whose_item_gets_another_id() -> None:
    db = world(page(B, 1, prose("а", 40)), page(C, 1, prose("б", 40)), decision("join", B, C, 2))
    old = items(db)[B]["story"]
    take(db, page(A, 0, prose("а", 40)), moved(A, 3, B))
    joined = items(db)[B]
    assert joined["id"] != old
    assert joined["story"] == items(db)[C]["story"]
    assert resolve(db, old) == joined["id"]


def test_a_decision_waits_for_its_items_and_ends_with_them() -> None:
    db = world(decision("join", A, B, 0), page(A, 1, prose("а", 40)))
    take(db, page(B, 2, prose("б", 40)))
    assert len(exported(db)[1]) == 1
    captures = [page(A, 1, prose("а", 40)), page(C, 2, prose("б", 40)), moved(B, 3, C)]
    db = world(*captures, decision("join", A, B, 0))
    assert len(exported(db)[1]) == 1
    take(db, moved(D, 4, C), moved(kaz("e"), 4, C))
    assert len(exported(db)[1]) == 2


def test_a_decision_on_two_languages_has_no_effect() -> None:
    db = world(page(A, 0, prose("а", 40)), page(kaz("a", "kk"), 1, prose("б", 40)))
    before = exported(db)
    take(db, decision("join", A, kaz("a", "kk"), 2))
    assert exported(db) == before


def test_a_text_that_folds_takes_its_decision_along() -> None:
    text = imported(prose("а", 40), date(2026, 3, 2))
    assert text.text_id is not None
    captures = [text, page(B, 1, prose("б", 40)), decision("join", text.text_id, B, 2)]
    captures.append(page(A, 3, prose("а", 40)))
    db = world(*captures)
    assert items(db)[A]["story"] == items(db)[B]["story"]
    again = new_database()
    with writing(again):
        ingest_all(again, batches(reversed(captures)), now=NOW)
    assert exported(again) == exported(db)
