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
        ("Снимок Ерлана Омарова", "Ерлана Омарова"),
        ("Видео: Ерлан Омаров", "Ерлан Омаров"),
        ("Фото и видео: Ерлан Омаров", "Ерлан Омаров"),
        ("Фото предоставлены акиматом", "Фото предоставлены акиматом"),
        ("Видео: Ерлан Омаровтікі", "Ерлан Омаровтікі"),
        ("Суреттер: Ерлан Омаров", "Ерлан Омаров"),
        ("Фотоны ұсынған: Ерлан Омаров", "Ерлан Омаров"),
        ("Photos courtesy of the akimat", "Photos courtesy of the akimat"),
        ("Video: Yerlan Omarov", "Yerlan Omarov"),
        ("Pictures by Yerlan Omarov", "Yerlan Omarov"),
    ],
)
def test_a_credit_line_is_no_text(line: str, maker: str) -> None:
    for html, url in zip(_pages(f"{_PARAGRAPHS}<p>{line}</p>"), (None, RELEASE), strict=True):
        found = reading(html, url) if url else reading(html)
        assert (body(found), found.image_credit) == (_TEXT, maker)


@pytest.mark.parametrize(
    ("last", "maker", "services"),
    [
        ("<p>(Пресс-служба Сената, 74-72-27, фото Е. Омарова)</p>", "Е. Омарова",
         ("Пресс-служба Сената",)),
        ("<figure><img src=a><figcaption>Палата. Сурет: Ерлан Омаров</figcaption></figure>",
         "Ерлан Омаров", ()),
        ("<figure><img src=a><figcaption><a href='/n/x/'>Other news of the day. Photo by Y. Omarov"
         "</a></figcaption></figure>", None, ()),
    ],
)  # fmt: skip
def test_what_ends_any_page_names_the_maker_and_the_press_service(
    last: str, maker: str | None, services: tuple[str, ...]
) -> None:
    html, _ = _pages(f"{_PARAGRAPHS}{last}")
    found = reading(html.replace("article", "x"))
    assert (body(found), found.image_credit, found.attribution) == (_TEXT, maker, services)


def test_a_caption_named_by_its_class_is_no_text_amid_a_release() -> None:
    caption = "<div class='img-caption'>Заседание палаты. Фото: Ерлан Омаров</div>"
    first, second = (f"<p>{line}</p>" for line in _TEXT)
    for html, url in zip(_pages(f"{first}{caption}{second}"), (None, RELEASE), strict=True):
        found = reading(html, url) if url else reading(html.replace("article", "x"))
        assert (body(found), found.image_credit) == (_TEXT, "Ерлан Омаров")


@pytest.mark.parametrize(
    ("caption", "maker"),
    [
        ("Заседание палаты. Фото Ерлана Омарова", "Ерлана Омарова"),
        ("Заседание палаты (фото: Е. Омаров)", "Е. Омаров"),
        ("Палата отырысы. Сурет: Ерлан Омаров", "Ерлан Омаров"),
        ("The chamber in session. Photo by Y. Omarov", "Y. Omarov"),
        ("Заседание палаты. Снимок Ерлана Омарова", "Ерлана Омарова"),
        ("Photos courtesy of the akimat", "Photos courtesy of the akimat"),
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
        "Видео: как это было",
        "Видео: депутаты осмотрели школу и больницу.",
        "Снимок Земли сделали космонавты на орбите.",
        "Бейне: бұл қалай болды",
        "Video: how it was done",
        "Photos courtesy visits were shown to the members of the chamber.",
    ],
)
def test_a_sentence_about_pictures_is_text(line: str) -> None:
    for html, url in zip(_pages(f"{_PARAGRAPHS}<p>{line}</p>"), (None, RELEASE), strict=True):
        found = reading(html, url) if url else reading(html)
        assert (body(found), found.image_credit) == ((*_TEXT, line), None)


@pytest.mark.parametrize(
    ("line", "maker"),
    [
        ("Press Service of the Senate, photo by Yermek Akhmetov", "Yermek Akhmetov"),
        ("Senate Press Service. Photo: Yermek Akhmetov", "Yermek Akhmetov"),
        ("Пресс-служба Сената, фото: Ермек Ахметов, 74-72-27", "Ермек Ахметов"),
        ("Сенаттың баспасөз қызметі, сурет: Ермек Ахметов", "Ермек Ахметов"),
        ("[Press Service of the Senate, photo by Yermek Akhmetov]", "Yermek Akhmetov"),
    ],
)
def test_a_press_services_line_with_its_photographer_is_no_text(line: str, maker: str) -> None:
    _, html = _pages(f"{_PARAGRAPHS}<p>{line}</p>")
    found = reading(html, RELEASE)
    assert (body(found), found.image_credit) == (_TEXT, maker)


@pytest.mark.parametrize(
    "line",
    [
        "Press Service of the Senate, photo exhibitions and films were shown to guests.",
        "Пресс-служба Сената, фото которой обошли страну, получила награду.",
        "Сенаттың баспасөз қызметі, сурет көрмесін ашты.",
    ],
)
def test_a_sentence_about_the_press_service_is_text(line: str) -> None:
    _, html = _pages(f"{_PARAGRAPHS}<p>{line}</p>")
    assert body(reading(html, RELEASE)) == (*_TEXT, line)


@pytest.mark.parametrize(
    "line", ["Фото: Ерлан Омаров", "Сурет: Ерлан Омаров", "Photo by E. Omarov"]
)
def test_a_page_without_known_classes_names_the_maker_within_and_behind_its_text(
    line: str,
) -> None:
    first, last = (f"<p>{one}</p>" for one in _TEXT)
    for own in (f"{first}<p>{line}</p>{last}", f"{first}{last}<p>{line}</p>"):
        html = article(TIME, body=own).replace("class='article", "class='x")
        found = reading(html.replace('class="article', 'class="x'))
        assert (body(found), found.image_credit) == (
            _TEXT,
            line.split(" ", 1)[1].removeprefix("by "),
        )
