"""Lines of authors, and lines that only look like them."""

from __future__ import annotations

import pytest

from pipeline.normalize.authors import author_names, is_author_line, without_signature


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Айгуль Омарова", ("Айгуль Омарова",)),
        ("Автор: Айгуль Омарова", ("Айгуль Омарова",)),
        ("Айгуль Омарова и Ержан Сеитов", ("Айгуль Омарова", "Ержан Сеитов")),
        ("А.Б. Сеитов, Сауле Қ.", ("А.Б. Сеитов", "Сауле Қ.")),
        ("By Dana Almas and Timur Step", ("Dana Almas", "Timur Step")),
        (
            "Айгуль Омарова, профессор кафедры права, доктор наук, Ержан Сеитов",
            ("Айгуль Омарова", "Ержан Сеитов"),
        ),
        ("Ержан Сеитов, начальник отдела журнала", ("Ержан Сеитов",)),
        ("Айгуль Омарова, собственный корреспондент", ("Айгуль Омарова",)),
        ("А. Омарова, депутат Сената", ("А. Омарова",)),
        ("А. Омарова, Депутат Сената", ("А. Омарова",)),
        ("Айгуль Омарова, корреспондент Ержан Сеитов", ("Айгуль Омарова", "Ержан Сеитов")),
        ("Корреспондент Айгуль Омарова", ("Айгуль Омарова",)),
        ("Айгуль ОМАРОВА, Костанайская область", ("Айгуль ОМАРОВА",)),
        ("Айгуль ОМАРОВА, Усть-Каменогорск, ВКО", ("Айгуль ОМАРОВА",)),
        ("Айгүл Омарова, меншікті тілші", ("Айгүл Омарова",)),
        ("Айгүл Омарова, Шығыс Қазақстан", ("Айгүл Омарова",)),
        ("Әлия Марат қызы, журналист", ("Әлия Марат қызы",)),
        ("Aigul Omarova, correspondent", ("Aigul Omarova",)),
        ("Aigul Omarova, Senior Correspondent", ("Aigul Omarova",)),
        ("Aigul Omarova, East Kazakhstan", ("Aigul Omarova",)),
        ("Беседовала Айгуль ОМАРОВА", ("Айгуль ОМАРОВА",)),
        ("Автор: Айгуль Омарова.", ("Айгуль Омарова",)),
        ("Мақала авторы: Айгүл Омарова", ("Айгүл Омарова",)),
        ("Written by Aigul Omarova", ("Aigul Omarova",)),
    ],
)
def test_a_line_of_authors(line: str, names: tuple[str, ...]) -> None:
    assert is_author_line(line)
    assert author_names(line) == names


@pytest.mark.parametrize(
    "line",
    [
        "Маулен Ашимбаев, спикер Сената, встретился с координатором ООН",
        "Маулен Әшімбаев БҰҰ үйлестірушісімен кездесу өткізді",
        "Айгуль Омарова провела урок.",
        "Facebook Telegram WhatsApp",
        "Kazakhstanskaya Pravda",
        "Конституционная реформа",
        "Президент",
        "",
    ],
)
def test_other_lines_name_no_authors(line: str) -> None:
    assert not is_author_line(line)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Соб. инф.", ()),
        ("Соб. корр.", ()),
        ("Редакция", ()),
        ("Өз тілшіміз", ()),
        ("Staff Report", ()),
        ("По материалам СМИ", ()),
        ("Абай", ("Абай",)),  # a pen name
        ("Абай, собственный корреспондент", ("Абай",)),
        ("Kazpravda.kz", ("Kazpravda.kz",)),
        ("Омарова, Айгуль", ("Омарова, Айгуль",)),
        ("Текст: Айгуль Омарова. Фото: Ержан Сеитов", ("Айгуль Омарова",)),
        ("Words by Dana Almas, photos by Timur Step", ("Dana Almas",)),
        ("Мәтін: Айгүл Омарова; сурет: Ержан Сеитов", ("Айгүл Омарова",)),
        ("Айгуль Омарова. Фото автора", ("Айгуль Омарова",)),
        ("Фото: Ержан Сеитов", ()),
        ("Администратор", ()),
        ("Site administrator", ()),
        ("Айгуль Омарова, академик НАН РК, Ержан Сеитов", ("Айгуль Омарова", "Ержан Сеитов")),
        ("ИРИНА КИМ", ("ИРИНА КИМ",)),
        ("А. ЛИ", ("А. ЛИ",)),
        ("Айгуль Омарова (Костанай)", ("Айгуль Омарова",)),
        ("Айгүл Омарова – профессор", ("Айгүл Омарова",)),
    ],
)
def test_the_names_in_what_is_said_to_be_authors(line: str, names: tuple[str, ...]) -> None:
    assert author_names(line) == names


@pytest.mark.parametrize(
    ("last", "names"),
    [
        ("Автор: Айгуль Омарова", ("Айгуль Омарова",)),
        ("Авторы: А. Омарова, Е. Сеитов", ("А. Омарова", "Е. Сеитов")),
        ("Авторы: Айгүл Омарова", ("Айгүл Омарова",)),
        ("By Aigul Omarova and Yerzhan Seitov", ("Aigul Omarova", "Yerzhan Seitov")),
        ("Айгуль Омарова", ()),  # no label: a signature, or a name that the text ends with
        ("Автор закона Айгуль Омарова ответила на вопросы.", ()),
        ("Автор: пресс-служба", ()),
        ("Авторы жобаны таныстырды", ()),
        ("By then the bridge was open.", ()),
    ],
)
def test_a_last_line_with_a_label_is_no_text(last: str, names: tuple[str, ...]) -> None:
    left, found = without_signature(("Первый абзац.", last))
    assert found == names
    assert left == (("Первый абзац.",) if names else ("Первый абзац.", last))
    assert without_signature((last,)) == ((last,), ())
