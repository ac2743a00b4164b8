"""What a text can be recognised by in another language."""

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.translations.entities import entities_from_json, entities_in


def test_names_are_capitalised_words_within_sentences_without_offices() -> None:
    text = (
        "Председатель Сената Маулен Ашимбаев встретился в Астане с А. Сейтқали. Стороны отметили "
        "роль ООН. Вчера Стив Дэйнс посетил Акколь.\n\nНа встрече говорил Асхат."
    )
    names = list(entities_in(text, "ru").names.values())
    assert names == ["Ашимбаев", "Сейтқали", "Дэйнс", "Акколь", "Асхат"]


def test_names_agree_across_languages() -> None:
    ru = entities_in("Вчера министр Серик Жумангарин был в Акколе.", "ru").names
    kk = entities_in("Министр Серік Жұманғарин кеше Ақкөлден қайтты.", "kk").names
    en = entities_in("Minister Serik Zhumangarin was in Akkol yesterday.", "en").names
    assert ru.keys() == kk.keys() == en.keys() == {"jmnr", "akl"}


def test_only_the_beginning_of_a_huge_text_is_read() -> None:
    found = entities_in("слово Жапаров 47,5 млн " * 250_000 + " Болегенов 1286", "ru")
    assert (list(found.numbers), list(found.names)) == (["47500000"], ["jprv"])


@settings(max_examples=40)
@given(st.text(max_size=60), st.sampled_from(["ru", "kk", "en"]))
def test_any_text_has_entities_that_can_be_kept(body: str, language: str) -> None:
    found = entities_in(body, language)
    assert entities_from_json(found.as_json()) == found
    assert all(key[0].isdigit() for key in found.numbers)
    assert not any(key[0].isdigit() for key in found.names)
