"""Lines of a text's page that are none of it, and lines like them that are.

Each table has cases in Russian, Kazakh and English, read on pages of both sites.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pipeline.digests import content_sha256
from pipeline.model.reading import Reading
from tests.pipeline.reading.page_fields import (
    ARTICLE,
    RELEASE,
    TIME,
    article,
    body,
    reading,
    release,
)

_TEXT = (
    "Депутаты обсудили закон о бюджете и приняли его в первом чтении.",
    "Комитеты сообщили палате о своих поправках к этому закону.",
    "Второе чтение пройдёт в марте, сказал председатель палаты.",
)


def _readings(line: str, *, tag: str = "p") -> Iterator[tuple[str, Reading]]:
    """The readings of pages with a line amid the text and at its end: each site's, by class, by the
    order of the text, and with no class that is known.
    """
    first, *rest = (f"<p>{one}</p>" for one in _TEXT)
    for own in (
        f"{first}<{tag}>{line}</{tag}>{''.join(rest)}",
        f"{first}{''.join(rest)}<{tag}>{line}</{tag}>",
    ):
        yield "class", reading(article(TIME, body=own))
        content = f"<h1>Заголовок релиза</h1><div>16.05.2022 348</div><div>{own}</div>"
        yield "order", reading(release(content), RELEASE)
        plain = article(TIME, body=own).replace("class='article", "class='x")
        yield "none", reading(plain.replace('class="article', 'class="x'), ARTICLE)


@pytest.mark.parametrize(
    "line",
    [
        "Поделиться: 14",
        "Поделиться 14",
        "14 поделились",
        "Поделиться в Facebook: 3",
        "Поделиться новостью в соцсетях (5)",
        "Поделитесь с друзьями!",
        "Бөлісу: 14",
        "Әлеуметтік желілерде бөлісіңіз: 2",
        "Share: 14",
        "Share this article: 4",
        "Share 14 Tweet 3",
        "Facebook 12 Telegram 5",
    ],
)
def test_share_labels_with_counters_are_no_text(line: str) -> None:
    for name, found in _readings(line):
        assert body(found) == _TEXT, name


@pytest.mark.parametrize(
    "line",
    [
        "Поделиться опытом приехали 14 фермеров.",
        "Поделились опытом и 14 учителей области",
        "Тәжірибе бөлісу 14 қаңтарда өтеді.",
        "Share prices rose by 14 per cent.",
        "Facebook 12 рет айыппұл төледі.",
        "Telegram заблокировал 12 каналов.",
    ],
)
def test_sentences_with_words_of_share_labels_are_text(line: str) -> None:
    for name, found in _readings(line):
        assert line in body(found), name


@pytest.mark.parametrize(
    "line",
    [
        "Просмотров: 1 345",
        "1345 просмотров",
        "👁 345",
        "Комментарии (3)",
        "3 комментария",
        "Нравится 15",
        "Время чтения: 3 мин",
        "Қаралды: 34 рет",
        "345 қаралым",
        "Пікірлер: 4",
        "Оқу уақыты: 3 мин",
        "Views: 12",
        "1,345 views, 4 comments",
        "3 min read",
    ],
)
def test_counters_are_no_text(line: str) -> None:
    for name, found in _readings(line):
        assert body(found) == _TEXT, name


@pytest.mark.parametrize(
    "line",
    [
        "Ролик собрал 1345 просмотров.",
        "3 комментария экспертов о законе",
        "Время чтения закона в палате – 3 часа.",
        "Бейнероликті 345 мың адам көрді.",
        "Пікірлер 4 бағытта айтылды.",
        "The video got 12 million views.",
        "30 минут",
    ],
)
def test_sentences_with_words_of_counters_are_text(line: str) -> None:
    for name, found in _readings(line):
        if line[-1] == "." or name == "class":
            assert line in body(found), name


def test_cells_of_a_table_are_text_whatever_they_count() -> None:
    table = "<tr><td>Канал</td><td>Новости</td></tr><tr><td>Просмотров</td><td>1345</td></tr>"
    for name, found in _readings(table, tag="table"):
        if name == "none":
            continue  # a table at the end of a text whose element is unknown may be the page's
        assert "Просмотров" in found.body, name
        assert "1345" in found.body, name


@pytest.mark.parametrize(
    "line",
    [
        "© Казахстанская правда, 2026",
        "Все права защищены. При использовании материалов ссылка обязательна",
        "© 2026. При использовании материалов гиперссылка обязательна.",
        "© 2026 Барлық құқықтар қорғалған",
        "Барлық құқықтар қорғалған",
        "Copyright 2026 Kazpravda.kz",
        "All rights reserved",
        "Версия для печати",
        "Скопировать ссылку",
        "Оставить комментарий",
        "Сілтемені көшіру",
        "Пікір қалдыру",
        "Copy link",
        "Leave a comment",
    ],
)
def test_notes_on_rights_and_tools_are_no_text(line: str) -> None:
    for name, found in [*_readings(line)][3:]:  # behind the text
        assert body(found) == _TEXT, name


@pytest.mark.parametrize(
    "line",
    [
        "При использовании материалов высокого качества дорога прослужит 20 лет.",
        "Права вкладчиков защищены законом о банках.",
        "Авторлық құқық туралы заң қабылданды.",
        "Copyright law was changed by the chamber in March.",
        "Комментарий к закону оставила депутат палаты.",
        "Use of hazardous materials was discussed by the members.",
    ],
)
def test_sentences_about_rights_are_text(line: str) -> None:
    for name, found in _readings(line):
        if found.body.endswith(line) or name == "class":
            assert line in body(found), name


@pytest.mark.parametrize(
    ("line", "tags"),
    [
        ("#Сенат #закон", ("Сенат", "закон")),
        ("#Сенат", ("Сенат",)),
        ("#Мәжіліс #Ұлттық құрылтай", ("Мәжіліс", "Ұлттық құрылтай")),
        ("#Senate, #law", ("Senate", "law")),
        ("Теги: Сенат, закон", ("Сенат", "закон")),
        ("Тегтер: Сенат, заң", ("Сенат", "заң")),
        ("Tags: Senate, law", ("Senate", "law")),
    ],
)
def test_hashtags_are_tags_and_no_text(line: str, tags: tuple[str, ...]) -> None:
    for name, found in _readings(line):
        assert body(found) == _TEXT, name
        assert found.tags == tags, name


@pytest.mark.parametrize(
    "line",
    [
        "#Сенат провёл заседание в Астане, сказали в палате.",
        "Теги на товарах заменят QR-кодами, сказал министр.",
        "#Abai тақырыбында конкурс өтті.",
        "Tags: they will be checked, the minister said.",
    ],
)
def test_sentences_like_tags_are_text(line: str) -> None:
    for name, found in _readings(line):
        assert line in body(found), name
        assert found.tags == (), name


@pytest.mark.parametrize(
    "line",
    [
        "Читайте также: Палата приняла закон",
        "Тағы оқыңыз: Палата заң қабылдады",
        "Read also: The chamber passes a law",
        "Подписывайтесь на наш Telegram-канал",
        "Біздің Telegram арнамызға жазылыңыз",
        "Subscribe to our newsletter",
    ],
)
def test_read_also_and_subscribe_lines_are_no_text(line: str) -> None:
    for name, found in _readings(line):
        assert body(found) == _TEXT, name


@pytest.mark.parametrize(
    "line",
    [
        "По теме: депутаты спорили долго, сказал спикер.",
        "Читайте больше книг, посоветовала школьникам сенатор.",
        "Подписаться под обращением решили 20 депутатов.",
        "Кітап оқыңыз, деді депутат оқушыларға.",
        "More on this was said by the chairman of the chamber.",
    ],
)
def test_sentences_that_invite_nobody_are_text(line: str) -> None:
    for name, found in _readings(line):
        assert line in body(found), name


def test_a_counter_that_rises_is_no_revision() -> None:
    digests = {
        (name, content_sha256(found.title, found.body))
        for number in (14, 15, 1300)
        for line in (f"Поделиться: {number}", f"{number} просмотров", f"Пікірлер: {number}")
        for name, found in _readings(line)
    }
    assert len(digests) == len({name for name, _ in digests})
