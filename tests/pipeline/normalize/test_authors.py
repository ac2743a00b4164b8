"""Lines of authors, and lines that only look like them."""

from __future__ import annotations

import pytest

from pipeline.normalize.authors import author_names, is_author_line


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
            ("Айгуль Омарова, профессор кафедры права, доктор наук", "Ержан Сеитов"),
        ),
        ("Ержан Сеитов, начальник отдела журнала", ("Ержан Сеитов, начальник отдела журнала",)),
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
