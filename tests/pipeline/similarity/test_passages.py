"""Passages of one text that stand in another."""

import time
from collections import Counter

from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.similarity.passages import (
    GAP_WORDS,
    PASSAGE_WORDS,
    Passage,
    Stretch,
    passages,
    positions_of,
    words_shared,
)
from pipeline.similarity.shingles import SHINGLE_WORDS, four_word_shingles, shingles_of
from tests.pipeline.worlds.captures import prose

_WORDS = st.lists(st.sampled_from("абвгд"), max_size=60)


def found(one: list[str], other: list[str]) -> list[Passage]:
    shingles = shingles_of(other)
    return passages(shingles_of(one), shingles, positions_of(shingles))


def shared(one: list[str], other: list[str]) -> list[int]:
    """How many words each passage has in common."""
    return [sum(stretch.words for stretch in passage) for passage in found(one, other)]


def words(seed: str, count: int) -> list[str]:
    return prose(seed, count).split()


def test_stretches_are_laid_out_as_the_example_says() -> None:
    one, other = "A B C D E F x G H I J K L M", "q A B C D E F G H I J K L M"
    assert found(one.split(), other.split()) == [(Stretch(0, 1, 6), Stretch(7, 7, 7))]


def test_words_that_a_stretch_has_taken_are_not_taken_again() -> None:
    start = "A B C D E F G H I J K L"
    assert found(f"{start} M".split(), f"{start} B J K L M".split()) == [
        (Stretch(0, 0, 12), Stretch(12, 16, 1)),
    ]


def test_a_passage_is_the_whole_of_an_equal_text() -> None:
    text = words("о", 40)
    assert shared(text, text) == [40]


def test_fewer_words_than_make_a_passage_are_none() -> None:
    common = words("о", PASSAGE_WORDS - 1)
    assert found([*words("а", 30), *common], [*common, *words("б", 30)]) == []


def test_a_short_gap_is_bridged_and_its_words_are_not_shared() -> None:
    one, other = words("о", 8), words("п", 8)
    gap = words("а", GAP_WORDS)
    assert shared([*one, *gap, *other], [*one, *other]) == [16]
    assert shared([*one, *other], [*one, *gap, *other]) == [16]
    assert found([*one, *gap, "слово", *other], [*one, *other]) == []
    assert found([*one, *other], [*one, *gap, "слово", *other]) == []


def test_stretches_in_another_order_are_passages_of_their_own() -> None:
    one, other = words("о", 20), words("п", 20)
    assert shared([*one, *other], [*other, *one]) == [20, 20]
    short, brief = words("о", 8), words("п", 8)
    assert found([*short, *brief], [*brief, *short]) == []


def test_a_stray_name_between_does_not_break_a_passage() -> None:
    one, name, other = words("о", 8), words("с", 4), words("п", 8)
    theirs = [*one, *other, *words("а", 40), *name]
    assert shared([*one, *name, *other], theirs) == [16]


def test_a_sentence_repeated_ever_so_often_costs_little() -> None:
    sentence = words("о", 10)
    start = time.perf_counter()
    assert sum(shared(sentence * 1000, [*words("а", 5), *sentence * 1000])) == 10_000
    assert time.perf_counter() - start < 5


@given(_WORDS, _WORDS)
def test_every_stretch_stands_in_both_and_no_word_in_two(one: list[str], other: list[str]) -> None:
    taken: set[int] = set()
    for passage in found(one, other):
        assert sum(stretch.words for stretch in passage) >= PASSAGE_WORDS
        for stretch in passage:
            own = range(stretch.start, stretch.start + stretch.words)
            theirs = range(stretch.other, stretch.other + stretch.words)
            assert [one[at] for at in own] == [other[at] for at in theirs]
            assert taken.isdisjoint(own)
            taken.update(own)


@given(_WORDS, st.integers(0, 40), st.integers(PASSAGE_WORDS, 20))
def test_a_passage_copied_is_found_whole(text: list[str], start: int, length: int) -> None:
    copied = [f"{word}{at}" for at, word in enumerate(text)][start : start + length]
    one = [*words("а", 5), *copied, *words("б", 5)]
    if len(copied) >= PASSAGE_WORDS:
        assert shared(one, [*words("в", 9), *copied]) == [len(copied)]


@given(st.lists(st.sampled_from("абв"), max_size=30))
def test_four_word_shingles_are_equal_where_their_words_are(text: list[str]) -> None:
    made = four_word_shingles(shingles_of(text))
    assert len(made) == max(0, len(text) - SHINGLE_WORDS)
    by_words = [tuple(text[at : at + SHINGLE_WORDS + 1]) for at in range(len(made))]
    assert len(set(made)) == len(set(by_words))
    assert all(-(2**63) <= shingle < 2**63 for shingle in made)


@given(_WORDS, _WORDS)
@example(words("о", 15) * 5, words("о", 15))
def test_what_a_text_repeats_counts_as_often_as_the_other_holds_it(
    one: list[str], other: list[str]
) -> None:
    text, shingles = shingles_of(one), shingles_of(other)
    positions, made = positions_of(shingles), found(one, other)
    repeated = {shingle: len(at) for shingle, at in positions_of(text).items() if len(at) > 1}
    within = {at for p in made for s in p for at in range(s.start, s.start + s.words)}
    shared = {at for at, hit in enumerate(words_shared(text, made, positions, repeated)) if hit}
    assert shared <= within
    if all(times <= len(positions.get(shingle, ())) for shingle, times in repeated.items()):
        assert shared == within
    most = sum(
        min(times, len(positions.get(shingle, ()))) for shingle, times in Counter(text).items()
    )
    assert len(shared) <= SHINGLE_WORDS * most
