"""`python -m bench.worlds`: its worlds are what they are said to be, and its figures are right."""

import re
from collections import Counter, defaultdict
from datetime import timedelta
from itertools import combinations

import pytest

from bench.inputs.worlds.world import ORIGINAL, RELEASE, SOURCES, Item, world
from bench.inputs.worlds.writings import Writing, held_out, known
from bench.worlds import adjusted_rand_index, judge, kind_of, stories_of

WRITINGS = (known(), held_out())


@pytest.fixture(scope="module", params=WRITINGS, ids=lambda writing: writing.name)
def writing(request: pytest.FixtureRequest) -> Writing:
    assert isinstance(request.param, Writing)
    return request.param


@pytest.fixture(scope="module")
def items(writing: Writing) -> list[Item]:
    return world(1, writing=writing)


def _pieces(items: list[Item]) -> dict[int, list[Item]]:
    found = defaultdict(list)
    for item in items:
        found[item.piece].append(item)
    return found


def test_a_world_is_the_same_for_the_same_seed_and_another_for_another(
    items: list[Item], writing: Writing
) -> None:
    assert world(1, writing=writing) == items
    assert {item.body for item in world(2, writing=writing)}.isdisjoint(item.body for item in items)


def test_a_world_has_about_as_many_items_as_asked_for() -> None:
    assert 250 <= len(world(3)) <= 400
    assert len(world(3, items=120)) < len(world(3)) < len(world(3, items=600))


def test_every_piece_has_one_original_and_copies_in_its_language(items: list[Item]) -> None:
    for piece in _pieces(items).values():
        assert [item.kind for item in piece].count(ORIGINAL) == 1
        assert len({item.language for item in piece}) == 1


def test_two_pieces_never_have_the_same_text(items: list[Item]) -> None:
    pieces = {(item.body, item.piece) for item in items}
    assert Counter(body for body, _ in pieces).most_common(1)[0][1] == 1


def test_the_held_out_hand_shares_no_form_matter_or_text_with_the_other() -> None:
    one, other = WRITINGS
    assert {form.name for form in one.forms}.isdisjoint(form.name for form in other.forms)
    assert {form.body for form in one.forms}.isdisjoint(form.body for form in other.forms)
    assert {one.name for one in one.matters}.isdisjoint(one.name for one in other.matters)
    assert one.kinds.keys() & other.kinds.keys() == {"cut"}


def test_all_kinds_of_copies_stand_in_a_world(items: list[Item], writing: Writing) -> None:
    kinds = {item.kind for item in items}
    assert {
        *writing.kinds,
        ORIGINAL,
        RELEASE,
        "corrected",
        "updated toll",
        "form reprinted",
    } <= kinds


def test_no_text_has_a_slot_left_or_is_empty(items: list[Item]) -> None:
    for item in items:
        assert len(re.findall(r"\w+", item.body)) >= 15, item
        assert not re.search(r"[{}|_]", item.title + item.body), item


def test_copies_come_out_within_two_days_of_their_piece(items: list[Item]) -> None:
    for piece in _pieces(items).values():
        days = [item.day for item in piece]
        assert max(days) - min(days) <= timedelta(days=1)


def test_corrections_and_tolls_are_of_one_source_with_numbers_changed(items: list[Item]) -> None:
    for piece in _pieces(items).values():
        if {item.kind for item in piece} == {ORIGINAL, "updated toll"}:
            first, later = sorted(piece, key=lambda item: item.kind)
            one, other = first.body.split(), later.body.split()
            assert len({item.source for item in piece}) == 1
            del other[: len(other) - len(one)]  # a later edition may begin with news
            changed = [pair for pair in zip(one, other, strict=True) if len(set(pair)) > 1]
            assert 2 <= len(changed) <= 5
            assert all(re.search(r"\d", word) for pair in changed for word in pair)


def test_thirty_addresses_print_one_release_and_ten_end_it_in_their_own_way(
    items: list[Item],
) -> None:
    prints = [item for item in items if item.group == RELEASE]
    assert len(prints) == 30
    assert len({item.piece for item in prints}) == 1
    assert len({item.body for item in prints}) == 11
    assert {item.source for item in prints} == set(SOURCES)


def test_the_adjusted_rand_index_on_cases_done_by_hand() -> None:
    assert adjusted_rand_index([1, 1, 2, 2], ["b", "b", "a", "a"]) == 1
    assert adjusted_rand_index([1, 2, 3], [1, 2, 3]) == 1
    assert adjusted_rand_index([1, 1, 1], [4, 4, 4]) == 1
    assert adjusted_rand_index([1, 1, 2, 2], [1, 2, 1, 2]) == pytest.approx(-0.5)
    assert adjusted_rand_index([0, 0, 1, 1], [0, 0, 1, 2]) == pytest.approx(4 / 7)
    assert adjusted_rand_index([1, 1, 2, 2], [1, 1, 1, 1]) == 0


def test_pairs_are_counted_by_what_is_true_and_what_is_said(items: list[Item]) -> None:
    pairs = list(combinations(items, 2))
    right = judge(pairs, lambda one, other: one.piece == other.piece)
    assert (right.precision, right.recall) == (1, 1)
    assert right.wrong_pairs == []
    parted = judge(pairs, lambda _one, _other: False)
    assert (parted.precision, parted.recall) == (1, 0)
    assert parted.missed == right.true
    assert right.true[RELEASE] == 30 * 29 / 2
    joined = judge(pairs, lambda one, other: one.group == other.group)
    assert joined.recall == 1
    assert joined.wrong.total() == len(joined.wrong_pairs) > 0


def test_a_pair_is_named_for_what_was_done_to_it(items: list[Item]) -> None:
    of = {item.kind: item for item in items}
    assert kind_of(of[ORIGINAL], of["cut"]) == "cut"
    assert kind_of(of["cut"], of["cut"]) == "two cut"
    assert kind_of(of["cut"], of["corrected"]) == "corrected and cut"
    assert kind_of(of[RELEASE], of[RELEASE]) == kind_of(of[ORIGINAL], of[RELEASE]) == RELEASE


def test_every_item_gets_a_story_and_a_reprint_that_of_its_piece(items: list[Item]) -> None:
    reprints = [
        piece
        for piece in _pieces(items).values()
        if {item.kind for item in piece} in ({ORIGINAL, "verbatim"}, {ORIGINAL, "typeset"})
    ]
    few = [item for piece in reprints[:2] for item in piece]
    assert few
    told = stories_of(few)
    assert told.keys() == {item.number for item in few}
    assert len(set(told.values())) == len({item.piece for item in few})
