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


def test_the_oldest_answer_makes_room_for_the_newest() -> None:
    asked: list[str] = []

    @remembered
    def length(text: str) -> int:
        asked.append(text)
        return len(text)

    for number in range(3000):
        length(f"строка {number}")
    length("строка 2999")
    length("строка 0")
    assert asked[-1] == "строка 0"
    assert len(asked) == 3001


def test_the_function_keeps_its_name() -> None:
    def length(text: str) -> int:
        """How long a text is."""
        return len(text)

    assert (remembered(length).__name__, remembered(length).__doc__) == (
        "length", "How long a text is.",
    )  # fmt: skip
