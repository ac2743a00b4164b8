"""Captions and credits are no text: who made a picture is its credit."""

from __future__ import annotations

import pytest

from tests.pipeline.reading.page_fields import RELEASE, TIME, article, body, reading, release

_TEXT = (
    "Депутаты обсудили закон о бюджете и приняли его в первом чтении.",
    "Комитеты сообщили палате о своих поправках к этому закону.",
)
_PARAGRAPHS = "".join(f"<p>{line}</p>" for line in _TEXT)


def _pages(own: str) -> tuple[str, str]:
    content = f"<h1>Заголовок релиза</h1><div>16.05.2022 348</div><div>{own}</div>"
    return article(TIME, body=own), release(content)


@pytest.mark.parametrize(
    ("line", "maker"),
    [
        ("Фото: Ерлан Омаров", "Ерлан Омаров"),
        ("Фото Ерлана Омарова", "Ерлана Омарова"),
        ("© Фото: Ерлан Омаров", "Ерлан Омаров"),
        ("Источник фото: Сенат", "Сенат"),
        ("Иллюстративное фото: pixabay.com", "pixabay.com"),
        ("Коллаж: Kazpravda.kz", "Kazpravda.kz"),
        ("Сурет: Ерлан Омаров", "Ерлан Омаров"),
        ("Фотосурет: Е. Омаров", "Е. Омаров"),
        ("Суретті түсірген Ерлан Омаров", "Ерлан Омаров"),
        ("Photo by Yerlan Omarov", "Yerlan Omarov"),
        ("Photo credit: Yerlan Omarov", "Yerlan Omarov"),
        ("Photos: press service", "press service"),
    ],
)
def test_a_credit_line_is_no_text(line: str, maker: str) -> None:
    for html, url in zip(_pages(f"{_PARAGRAPHS}<p>{line}</p>"), (None, RELEASE), strict=True):
        found = reading(html, url) if url else reading(html)
        assert (body(found), found.image_credit) == (_TEXT, maker)


@pytest.mark.parametrize(
    ("caption", "maker"),
    [
        ("Заседание палаты. Фото Ерлана Омарова", "Ерлана Омарова"),
        ("Заседание палаты (фото: Е. Омаров)", "Е. Омаров"),
        ("Палата отырысы. Сурет: Ерлан Омаров", "Ерлан Омаров"),
        ("The chamber in session. Photo by Y. Omarov", "Y. Omarov"),
        ("Заседание палаты.", None),
    ],
)
def test_a_caption_is_no_text_and_names_the_maker_at_its_end(
    caption: str, maker: str | None
) -> None:
    figure = f"<figure><img src='/a.jpg'><figcaption>{caption}</figcaption></figure>"
    found = reading(article(TIME, body=f"{_PARAGRAPHS}{figure}"))
    assert (body(found), found.image_credit) == (_TEXT, maker)


@pytest.mark.parametrize(
    "line",
    [
        "Фото участников стоит на стенде в холле палаты.",
        "Иллюстративное искусство показали в музее страны.",
        "Источник фото установила экспертиза, сказал следователь.",
        "Сурет көрмесі елордада өтті.",
        "Photos of the members were shown in the hall.",
        "Картинка с выставки стала известной.",
    ],
)
def test_a_sentence_about_pictures_is_text(line: str) -> None:
    for html, url in zip(_pages(f"{_PARAGRAPHS}<p>{line}</p>"), (None, RELEASE), strict=True):
        found = reading(html, url) if url else reading(html)
        assert (body(found), found.image_credit) == ((*_TEXT, line), None)
