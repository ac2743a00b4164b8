"""Names in a text."""

import pytest

from pipeline.particulars.names import KnownNames, is_name_inside, same_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ибраев", "Ибраеву"), ("Мария", "Марии"), ("Абай", "Абая"), ("Астана", "Астане"),
        ("Алматы", "Алматыда"), ("Сапаров", "Сапаровтың"), ("Smith", "Smith's"),
    ],
)  # fmt: skip
def test_cases_of_one_name(one: str, other: str) -> None:
    assert same_name(one, other)
    assert same_name(other, one)


@pytest.mark.parametrize(
    ("one", "other"), [("Ибраев", "Ибраимов"), ("Асанов", "Асенов"), ("Ким", "Цой"), ("А", "Б")]
)
def test_two_names(one: str, other: str) -> None:
    assert not same_name(one, other)


def test_at_the_beginning_of_a_sentence() -> None:
    known = KnownNames(["Вчера Бектур встретил комитет, а депутаты уехали."])
    assert known.begins_with_name("Астана", "примет")
    assert known.begins_with_name("Ерлан", "Ибраев")
    assert known.begins_with_name("Бектур", "уехал")
    assert known.begins_with_name("МЧС", "сообщило")
    assert not known.begins_with_name("Комитет", "Сената")
    assert not known.begins_with_name("Президент", "Токаев")
    assert not known.begins_with_name("Семейный", "кодекс")
    assert not known.begins_with_name("Салтанатты", "шара")


@pytest.mark.parametrize(
    ("word", "following"),
    [
        ("Қордай", "ауылында"), ("Шу", "ауданының"), ("Арыс", "қаласы"), ("Мерке", "ауданындағы"),
        ("Кордайский", "район"), ("Меркенском", "районе"), ("Абайской", "области"),
        ("Korday", "district"), ("Merki", "village"),
    ],
)  # fmt: skip
def test_before_the_word_for_what_it_is_a_place_is_told(word: str, following: str) -> None:
    assert KnownNames([]).begins_with_name(word, following)


@pytest.mark.parametrize(
    ("word", "following"),
    [
        ("Туған", "ауылында"), ("Осы", "ауданның"), ("Әр", "қаласы"), ("Көрші", "ауданындағы"),
        ("Бұрынғы", "облысы"), ("Аудандық", "ауруханада"), ("Городской", "район"),
        ("Сельский", "район"), ("Исторический", "район"), ("Этот", "район"), ("Южный", "район"),
        ("The", "district"), ("Every", "village"), ("Rural", "district"),
        ("Urban", "district"), ("Southern", "region"),
        ("Flooded", "village"), ("Mining", "city"), ("Neighbouring", "village"), ("Our", "city"),
    ],
)  # fmt: skip
def test_before_it_other_words_are_none(word: str, following: str) -> None:
    assert not KnownNames([]).begins_with_name(word, following)


def test_nor_is_a_word_that_has_a_small_letter_elsewhere() -> None:
    known = KnownNames(["Люди уехали в кордайский лес.", "Жаңа арыс ашылды."])
    assert not known.begins_with_name("Кордайский", "район")
    assert not known.begins_with_name("Арыс", "қаласында")


def test_inside_a_sentence_offices_are_none() -> None:
    assert is_name_inside("Ибраев")
    assert not is_name_inside("Президент")
    assert not is_name_inside("ибраев")
