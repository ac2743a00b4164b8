"""Answers about texts are kept for the next page, and only those about short ones."""

from pipeline.remembered import remembered


def test_a_short_text_is_asked_for_once_and_gets_the_same_answer() -> None:
    asked: list[str] = []

    @remembered
    def letters(text: str) -> tuple[str, ...]:
        asked.append(text)
        return tuple(text)

    assert letters("Сенат") == ("С", "е", "н", "а", "т")
    assert letters("Сенат") is letters("Сенат")
    assert letters("Мәжіліс") != letters("Сенат")
    assert asked == ["Сенат", "Мәжіліс"]


def test_a_long_text_is_not_kept() -> None:
    asked: list[str] = []

    @remembered
    def length(text: str) -> int:
        asked.append(text)
        return len(text)

    assert [length("а" * 5000), length("а" * 5000)] == [5000, 5000]
    assert len(asked) == 2


def test_only_so_many_answers_are_kept() -> None:
    asked: list[str] = []

    @remembered
    def length(text: str) -> int:
        asked.append(text)
        return len(text)

    for number in range(10_000):
        length(f"строка {number}")
    assert length("строка 9999") == len("строка 9999")
    assert len(asked) == 10_000
    length("строка 0")
    assert asked[-1] == "строка 0"
