"""How `bench.extraction` compares a text with the marked one."""

from __future__ import annotations

from bench.extraction import half_of, score


def test_runs_of_four_words_are_compared() -> None:
    found = score("one two three four five", "zero one two three four")
    assert (found.precision, found.recall, found.is_exact) == (0.5, 0.5, False)
    assert score("One, two.", "One two").is_exact
    assert score("one two three", "one two").precision == 0.0


def test_a_run_that_stands_twice_counts_twice() -> None:
    found = score("a b c d a b c d", "a b c d")
    assert (found.precision, found.recall) == (0.2, 1.0)


def test_an_empty_text_has_no_precision() -> None:
    assert (score("", "a b").precision, score("", "a b").recall) == (None, 0.0)
    assert score("", "").is_exact


def test_the_halves_are_fixed() -> None:
    assert {half_of(str(number)) for number in range(20)} == {"first", "second"}
    assert half_of("a") == half_of("a")
