"""Picture credits, and the sentences that only look like them."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.normalize.attribution import attribution
from pipeline.normalize.authors import author_names, is_author_line, is_name
from pipeline.normalize.credits import first_credit, image_credit, is_credit_line


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ("Фото: пресс-служба Сената", "пресс-служба Сената"),
        ("Фото: Сенат", "Сенат"),
        ("Фото: Н. Байбулин / Сенат РК", "Н. Байбулин / Сенат РК"),
        ("Фото: Kazpravda.kz / Адильбек Тауекелов", "Kazpravda.kz / Адильбек Тауекелов"),
        ("Фото: ©Максим Золотухин", "©Максим Золотухин"),
        ("Фото: t.me/akorda", "t.me/akorda"),
        ("Фото предоставлено организаторами", "Фото предоставлено организаторами"),
        ("фото пресс-службы Мажилиса Парламента РК", "пресс-службы Мажилиса Парламента РК"),
        ("Фото пресс-службы Сената.", "пресс-службы Сената"),
        (
            "фото Аманкула Дюсенбаева, Еркебулана Укибаева",
            "Аманкула Дюсенбаева, Еркебулана Укибаева",
        ),
        ('фото из архива "КП"', 'фото из архива "КП"'),
        ("инфографика Натальи Ляликовой", "Натальи Ляликовой"),
        ("Фото – Сенат", "Сенат"),
        ("Сурет: Сенат", "Сенат"),
        ("Автордың суреті", "Автордың суреті"),
        ("(Photo by E. Ukibayev)", "E. Ukibayev"),
        ('Photo from the archives of "KP"', 'Photo from the archives of "KP"'),
    ],
)
def test_a_credit_line_names_its_maker(line: str, who: str) -> None:
    assert is_credit_line(line)
    assert image_credit(line) == who


@pytest.mark.parametrize(
    "line",
    [
        "Фото участников разместили на стенде",
        "Фото, которое он хранит в кармане, сделано здесь.",
        "Фото и видео с места событий",
        "Фотографии воинов передал музею их однополчанин.",
        "фото 3,5х4,5 см;",
        "Фото – это память, которую мы храним.",
        "Снимок из космоса показал, что озеро мелеет",
        "Видео: как это было",
        "Участники фото-выставки в Астане",
        "Табиғат суреті",
        "Архивные фото показали на выставке",
        "Сурет көрмесі ашылды",
        "Photos by students were shown at the exhibition.",
        "Photo exhibition opened in Astana",
        "К заявлению прилагаются:",
        "",
    ],
)
def test_a_sentence_about_pictures_is_no_credit_line(line: str) -> None:
    assert not is_credit_line(line)


@pytest.mark.parametrize("line", ["Иллюстративное фото", "(Фото архивное)", "Stock photo"])
def test_a_picture_by_nobody_who_is_named_has_a_credit_line_without_maker(line: str) -> None:
    assert is_credit_line(line)
    assert image_credit(line) is None


def test_a_caption_bears_the_credit_at_its_end() -> None:
    assert image_credit("Участники встречи. Фото: Сенат РК") == "Сенат РК"
    assert image_credit("Участники фото-выставки в Астане") is None


def test_the_first_of_several_credits_counts() -> None:
    assert first_credit(["Участники встречи", "Фото: Сенат РК", "Фото: акимат"]) == "Сенат РК"
    assert first_credit(["Участники встречи"]) is None


@given(st.text(max_size=200) | st.text(alphabet="АБа .,-–:", max_size=2000))
@example("А" * 20_000 + " Б" + "А" * 20_000 + "!")  # a pattern that backtracks would take hours
@example("сообщает " + " -" * 5_000 + "а")
@example("Фото " + "а." * 5_000)
def test_every_line_is_judged_quickly_and_without_error(line: str) -> None:
    is_credit_line(line)
    image_credit(line)
    is_author_line(line)
    is_name(line)
    attribution((line, line))
    assert all(name.strip() for name in author_names(line))


def test_a_sentence_that_begins_with_photo_and_a_colon_is_no_credit() -> None:
    text = "Фото: так называлась выставка, которую открыли сенаторы в столице вчера вечером."
    assert not is_credit_line(text)
