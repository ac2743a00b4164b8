"""The sentences of two texts set side by side."""

from pipeline.edits.aligned import aligned
from pipeline.edits.sentence_pairs import Aligned
from pipeline.edits.sentence_split import sentences


def _aligned(before: str, after: str) -> list[Aligned]:
    return aligned(sentences(before), sentences(after))


def test_one_that_became_two_and_two_that_became_one() -> None:
    whole = "Депутаты приехали в город утром, а вечером они встретились с жителями села. Всё."
    parts = "Депутаты приехали в город утром. Вечером они встретились с жителями села. Всё."
    assert _aligned(whole, parts) == [Aligned((0,), (0, 1))]
    assert _aligned(parts, whole) == [Aligned((0, 1), (0,))]


def test_of_two_that_changed_places_one_was_moved() -> None:
    (one,) = _aligned("Первое тут. Второе там. Третье.", "Второе там. Первое тут. Третье.")
    assert one.is_moved
    assert one.is_equal


def test_one_that_was_moved_and_changed_a_little() -> None:
    before = "Сенаторы единогласно одобрили закон о защите прав детей. Раз. Два три. Четыре пять."
    after = "Раз. Два три. Четыре пять. Сенаторы единогласно одобрили закон о защите прав матерей."
    (one,) = _aligned(before, after)
    assert (one.before, one.after, one.is_moved, one.is_equal) == ((0,), (3,), True, False)


def test_one_in_the_place_of_another_is_that_one_in_other_words() -> None:
    before = "Итак. Документ направят на подпись главе страны. Конец."
    other = "Итак. Бумага уходит на подпись первому лицу. Конец."
    assert _aligned(before, other) == [Aligned((1,), (1,))]
    anew = "Итак. Осталась последняя виза президента. Конец."
    assert _aligned(before, anew) == [Aligned((1,), (1,), is_told_anew=True)]
    assert _aligned(before, "Итак. Нет. Конец.") == [Aligned((1,), ()), Aligned((), (1,))]


def test_a_line_in_the_place_of_another_is_that_one_by_some_of_its_words() -> None:
    before = "Итак.\nДокумент направят на подпись главе страны.\nКонец."
    assert _aligned(before, "Итак.\nДокумент уходит к президенту.\nКонец.") == [Aligned((1,), (1,))]
    assert _aligned(before, "Итак.\nЗавтра ожидается сильный дождь.\nКонец.") == [
        Aligned((1,), ()), Aligned((), (1,)),
    ]  # fmt: skip


def test_many_that_differ_are_set_side_by_side() -> None:
    def text(word: str) -> str:
        return " ".join(
            f"Район номер {n} получит {'аб' * n} школ и {'вг' * n} {word}." for n in range(1, 60)
        )

    assert _aligned(text("больниц"), text("поликлиник")) == [Aligned((n,), (n,)) for n in range(59)]
