"""Who wrote, sent, photographed and reported a text: names beside it and inside it."""

from __future__ import annotations

import pytest

from pipeline.normalize.attribution import attribution
from tests.pipeline.reading.page_fields import RELEASE, TIME, article, body, reading, release

_TEXT = (
    "Депутаты обсудили закон о бюджете и приняли его в первом чтении.",
    "Комитеты сообщили палате о своих поправках к этому закону.",
)
_PARAGRAPHS = "".join(f"<p>{line}</p>" for line in _TEXT)


@pytest.mark.parametrize(
    ("line", "service", "photographer"),
    [
        ("[Пресс-служба Сената, фото: Ермек Манабаев]", "Пресс-служба Сената", "Ермек Манабаев"),
        ("(Пресс-служба Сената. Фото: Е. Манабаев)", "Пресс-служба Сената", "Е. Манабаев"),
        ("[Пресс-служба Сената / Фото Е. Манабаев]", "Пресс-служба Сената", "Е. Манабаев"),
        ("[Пресс-служба Сената, тел.: 74-72-75]", "Пресс-служба Сената", None),
        ("[Сенаттың баспасөз қызметі, сурет: Е. Серік]", "Сенаттың баспасөз қызметі", "Е. Серік"),
        ("[Senate Press Service, photo by Y. Manabayev]", "Senate Press Service", "Y. Manabayev"),
    ],
)  # fmt: skip
def test_the_press_services_line_is_no_text_and_names_who_took_the_picture(
    line: str, service: str, photographer: str | None
) -> None:
    text = f"{_PARAGRAPHS}<p>{line}</p>"
    content = f"<h1>Заголовок релиза</h1><div>16.05.2022 348</div><div>{text}</div>"
    for found in (reading(article(TIME, body=text)), reading(release(content), RELEASE)):
        assert body(found) == _TEXT
        assert found.image_credit == photographer
        assert found.attribution == (service,)
        assert found.authors == ()


@pytest.mark.parametrize(
    "line",
    [
        "(Пресс-служба обещала ответить на вопросы депутатов завтра, сказано в запросе, который "
        "палата направила в правительство ещё в марте этого года.)",
        "Пресс-служба Сената сообщила о заседании палаты.",
        "Баспасөз қызметі жиын туралы хабарлады.",
        "The press service of the Senate announced a meeting.",
    ],
)
def test_a_sentence_about_a_press_service_is_text(line: str) -> None:
    found = reading(article(TIME, body=f"{_PARAGRAPHS}<p>{line}</p>"))
    assert body(found) == (*_TEXT, line)


@pytest.mark.parametrize(
    ("end", "sources"),
    [
        (", сообщает Kazpravda.kz", ("Kazpravda.kz",)),
        (", передает корреспондент Kazpravda.kz.", ("Kazpravda.kz",)),
        (", передаёт собственный корреспондент Kazpravda.kz", ("Kazpravda.kz",)),
        (" информирует Kazpravda.kz.", ("Kazpravda.kz",)),
        (", информирует корр. Kazpravda.kz со ссылкой на Акорду.", ("Kazpravda.kz", "Акорду")),
        (
            ", сообщает Kazpravda.kz со ссылкой на пресс-службу Сената",
            ("Kazpravda.kz", "пресс-службу Сената"),
        ),
        (", передает ИА «Казинформ».", ("ИА «Казинформ»",)),
        (", деп хабарлайды Kazpravda.kz", ("Kazpravda.kz",)),
        (", деп жазады Egemen.kz.", ("Egemen.kz",)),
        (", Kazpravda.kz хабарлайды", ("Kazpravda.kz",)),
        (
            ", деп хабарлайды Kazpravda.kz Сенаттың баспасөз қызметіне сілтеме жасап.",
            ("Kazpravda.kz", "Сенаттың баспасөз қызметіне"),
        ),
        (", reports Kazpravda.kz, citing Akorda.", ("Kazpravda.kz", "Akorda")),
        (", Kazpravda.kz reports.", ("Kazpravda.kz",)),
        (", according to Kazpravda.kz", ("Kazpravda.kz",)),
    ],
)
def test_the_attribution_stays_in_the_text_and_is_named(end: str, sources: tuple[str, ...]) -> None:
    lead = f"Стороны обсудили вопросы торговли в Астане{end}"
    found = reading(article(TIME, body=f"<p>{lead}</p>{_PARAGRAPHS}"))
    assert body(found) == (lead, *_TEXT)
    assert found.attribution == sources


@pytest.mark.parametrize(
    "line",
    [
        "Он передает опыт молодым.",
        "Эту традицию передает корреспондент агентства.",
        "Министр сообщает, что закон принят.",
        "Ол бұл туралы хабарлады.",
        "Барлығы деп хабарлады ол.",
        "He reports to the committee.",
        "Growth was 5 per cent, the report says.",
    ],
)
def test_verbs_of_reporting_without_an_outlet_name_nobody(line: str) -> None:
    assert attribution((line,)) == ()


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("Айгуль Омарова, Ержан Сеитов", ("Айгуль Омарова", "Ержан Сеитов")),
        ("Айгуль Омарова и Ержан Сеитов", ("Айгуль Омарова", "Ержан Сеитов")),
        ("Авторы: А. Омарова, Е. Сеитов", ("А. Омарова", "Е. Сеитов")),
        ("Айгуль Омарова, доктор наук, профессор", ("Айгуль Омарова",)),
        ("Айгуль ОМАРОВА, Костанайская область", ("Айгуль ОМАРОВА",)),
        ("Айгүл Омарова, меншікті тілші", ("Айгүл Омарова",)),
        ("Aigul Omarova, correspondent", ("Aigul Omarova",)),
        ("Соб. инф.", ()),
        ("Айгүл Омарова, Ержан Сейітов", ("Айгүл Омарова", "Ержан Сейітов")),
        ("Айгүл Омарова және Ержан Сейітов", ("Айгүл Омарова", "Ержан Сейітов")),
        ("Aigul Omarova, Yerzhan Seitov", ("Aigul Omarova", "Yerzhan Seitov")),
        ("By Aigul Omarova and Yerzhan Seitov", ("Aigul Omarova", "Yerzhan Seitov")),
        ("Пресс-служба Сената", ()),
        ("Автор: Пресс-служба Сената", ()),
        ("Сенаттың баспасөз қызметі", ()),
        ("Senate Press Service", ()),
    ],
)
def test_authors_are_persons(line: str, authors: tuple[str, ...]) -> None:
    named = reading(article(f"{TIME}<div class='article__author'>{line}</div>"))
    assert named.authors == authors
    assert reading(article(f"{TIME}<div>{line}</div>")).authors == authors


@pytest.mark.parametrize(
    ("last", "authors"),
    [
        ("Автор: Айгуль Омарова", ("Айгуль Омарова",)),
        ("Авторы: Айгүл Омарова, Ержан Сейітов", ("Айгүл Омарова", "Ержан Сейітов")),
        ("By Aigul Omarova", ("Aigul Omarova",)),
        ("Автор закона Айгуль Омарова ответила на вопросы депутатов.", ()),
        ("Заң авторы Айгүл Омарова сұрақтарға жауап берді.", ()),
        ("By Friday the committee had answered all questions.", ()),
    ],
)
def test_authors_with_a_label_at_the_end_are_no_text(last: str, authors: tuple[str, ...]) -> None:
    text = f"{_PARAGRAPHS}<p>{last}</p>"
    content = f"<h1>Заголовок релиза</h1><div>16.05.2022 348</div><div>{text}</div>"
    for found in (reading(article(TIME, body=text)), reading(release(content), RELEASE)):
        assert found.authors == authors
        assert body(found) == (_TEXT if authors else (*_TEXT, last))


@pytest.mark.parametrize(
    "name", ["Пресс-служба Сената", "Сенаттың баспасөз қызметі", "Press Service", "Соб. инф."]
)
def test_no_press_service_is_an_author_by_the_pages_data(name: str) -> None:
    data = f'{{"@type":"NewsArticle","headline":"Заголовок статьи","author":{{"name":"{name}"}}}}'
    html = article(head=f"<script type='application/ld+json'>{data}</script>")
    assert reading(html).authors == ()
