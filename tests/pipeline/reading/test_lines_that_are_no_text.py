"""Lines of a text's page that are none of it, and lines like them that are.

Each table has cases in Russian, Kazakh and English, read on pages of both sites.
"""

from __future__ import annotations

import pytest

from pipeline.digests import content_sha256
from tests.pipeline.reading.line_pages import TEXT, readings_with
from tests.pipeline.reading.page_fields import body


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
        "Facebook 14",
        "ВКонтакте: 1,2 тыс.",
        "Понравилась статья? Поделитесь с друзьями!",
        "Мақала ұнады ма? Достарыңызбен бөлісіңіз!",
        "Did you like this article? Share it with friends!",
    ],
)
def test_share_labels_with_counters_are_no_text(line: str) -> None:
    for name, found in readings_with(line):
        assert body(found) == TEXT, name


@pytest.mark.parametrize(
    "line",
    [
        "Поделиться опытом приехали 14 фермеров.",
        "Поделились опытом и 14 учителей области",
        "Тәжірибе бөлісу 14 қаңтарда өтеді.",
        "Share prices rose by 14 per cent.",
        "Facebook 12 рет айыппұл төледі.",
        "Telegram заблокировал 12 каналов.",
        "Facebook 2026",
        "Понравилась ли статья учителям, поделиться никто не спешил.",
    ],
)
def test_sentences_with_words_of_share_labels_are_text(line: str) -> None:
    for name, found in readings_with(line):
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
        "⏱ 3 мин чтения",
        "3 минут оқу",
        "Қаралды: 34 рет",
        "345 қаралым",
        "Пікірлер: 4",
        "Оқу уақыты: 3 мин",
        "Views: 12",
        "1,345 views, 4 comments",
        "3 min read",
        "Просмотры: 1.3K",
        "Просмотров: 1,3 тыс.",
        "Скачали 14 раз",
        "Сейчас читают: 14",
        "Показов: 1 345",
        "Рейтинг 14",
        "Рейтинг: 4,5 (12 голосов)",
        "Қаралды: 1,3 мың",
        "Ұнайды 14",
        "Пайдаланушы пікірлері: 3",
        "Рейтингі: 4,5 (12 дауыс)",
        "Views 1.3K",
        "Read 14 times",
        "Rating: 4.5 out of 5 (12 votes)",
    ],
)
def test_counters_are_no_text(line: str) -> None:
    for name, found in readings_with(line):
        assert body(found) == TEXT, name


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
        "Рейтинг 14 вузов страны",
        "Рейтинг 2026",
        "Нравится 5 процентам опрошенных",
        "Ұнайды 14 оқушыға",
        "Read 14 books",
        "Rating 14 schools",
    ],
)
def test_sentences_with_words_of_counters_are_text(line: str) -> None:
    for name, found in readings_with(line):
        if line[-1] == "." or name == "class":
            assert line in body(found), name


def test_cells_of_a_table_are_text_whatever_they_count() -> None:
    table = "<tr><td>Канал</td><td>Новости</td></tr><tr><td>Просмотров</td><td>1345</td></tr>"
    for name, found in readings_with(table, tag="table"):
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
        "Перепечатка материалов запрещена",
        "Мнение автора может не совпадать с позицией редакции.",
        "Редакция не несёт ответственности за содержание рекламы.",
        "Материалдарды көшіріп басқанда сайтқа сілтеме жасау міндетті.",
        "Автордың пікірі редакция ұстанымымен сәйкес келмеуі мүмкін.",
        "The views expressed are those of the author.",
        "Reproduction of articles is prohibited without written permission of the editors.",
    ],
)
def test_notes_on_rights_and_tools_are_no_text(line: str) -> None:
    for name, found in [*readings_with(line)][3:]:  # behind the text
        assert body(found) == TEXT, name


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
    for name, found in readings_with(line):
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
        ("Метки: #Сенат, #закон", ("Сенат", "закон")),
        ("Тегтер: #Сенат #заң", ("Сенат", "заң")),
        ("Tags: #Senate; #law", ("Senate", "law")),
    ],
)
def test_hashtags_are_tags_and_no_text(line: str, tags: tuple[str, ...]) -> None:
    for name, found in readings_with(line):
        assert body(found) == TEXT, name
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
    for name, found in readings_with(line):
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
    for name, found in readings_with(line):
        assert body(found) == TEXT, name


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
    for name, found in readings_with(line):
        assert line in body(found), name


def test_a_counter_that_rises_is_no_revision() -> None:
    digests = {
        (name, content_sha256(found.title, found.body))
        for number in (14, 15, 1300)
        for line in (f"Поделиться: {number}", f"{number} просмотров", f"Пікірлер: {number}")
        for name, found in readings_with(line)
    }
    assert len(digests) == len({name for name, _ in digests})


@pytest.mark.parametrize(
    "line",
    [
        "Подпишитесь на рассылку",
        "Подписаться",
        "Жазылу",
        "Біздің жаңалықтарға жазылыңыз",
        "Join our newsletter",
        "Subscribe",
        "Оцените материал",
        "Мақаланы бағалаңыз",
        "Rate this article",
        "Распечатать",
        "Добавить в закладки",
        "Басып шығару",
        "Print",
        "Add to favourites",
        "Следующая статья",
        "Все новости",
        "Наверх",
        "Новости партнёров",
        "Барлық жаңалықтар",
        "Артқа",
        "Next article",
        "All news",
        "Back",
        "Редактор: Ерлан Сатпаев",
        "Редакторы: Айгүл Омарова, Ерлан Сәтбаев",
        "Editing by Aigul Omarova and Yerlan Satpayev",
        "18+",
        "***",
        "* * *",
    ],
)
def test_lines_of_the_site_are_no_text(line: str) -> None:
    for name, found in readings_with(line):
        assert body(found) == TEXT, name


@pytest.mark.parametrize(
    "line",
    [
        "Подписаться на газету решили 20 депутатов.",
        "Жазылу мерзімі ұзартылды, деді спикер.",
        "Subscribe buttons were tested by the members of the chamber.",
        "Оцените материал, из которого сшит костюм, попросила швея.",
        "Бағалаңыз деген сөз жиі айтылды, деді депутат.",
        "Rate cuts were discussed by the members of the chamber.",
        "Печать газеты подорожала, сказал директор.",
        "Print runs of the book reached ten thousand copies.",
        "Следующая статья закона касается бюджета области.",
        "Все новости страны обсудили депутаты палаты.",
        "Наверх поднялись альпинисты, сказал спасатель.",
        "Барлық жаңалықтар осында айтылды, деді спикер.",
        "Next article of the law deals with the budget.",
        "Back in May the members of the chamber discussed it.",
        "Редактор: это профессия, которой учат пять лет.",
        "Редактор: Я с вами не согласен.",
        "Writing by hand helps children learn, the study said.",
        "18+ указано на билетах в театр, сказал кассир.",
        "5* и 4* гостиницы открыли в городе, сказал министр.",
    ],
)
def test_sentences_with_words_of_the_site_are_text(line: str) -> None:
    for name, found in readings_with(line):
        assert line in body(found), name


@pytest.mark.parametrize(
    "line",
    [
        "Все права защищены законом, напомнил прокурор жителям аула на приёме.",
        "Все права защищены. Об этом прокурор напомнил жителям аула.",
        "Перепечатка учебников обошлась бюджету в три миллиона тенге.",
        "Копирование статей без ссылки на автора студенты считают нормой.",
        "При использовании материалов обязательно надевайте перчатки, учит мастер.",
        "Мнение автора проекта не совпадает с мнением жителей, сказал аким.",
        "Подписывайтесь на нас, призвал блогер жителей аула на сходе.",
        "Читайте нас в Telegram, попросил блогер гостей вечера.",
        "Кто допустил ошибку? Сообщили об этом прокурору вчера.",
        "Барлық құқықтар заңмен қорғалған, деп түсіндірді прокурор.",
        "Бізге Telegram арқылы жазылыңыз, деді блогер ауыл жастарына.",
        "Мақаланы көшірген оқушы сілтеме жасау міндетті екенін білмеді.",
        "Қате таптыңыз ба? Жазушының жауабы дайын, деді мұғалім.",
        "Нашли ошибку в квитанции? Сообщите об этом в домоуправление.",
        "Заметили ошибку в списках избирателей? Сообщите в участковую комиссию.",
        "Ошибка в тексте договора? Напишите заявление в центр обслуживания.",
        "Found an error in your bill? Tell us about it, says the water company.",
        "Found an error? Report it to the district police by noon.",
        "Мақаланы басуға редакцияның рұқсаты қажет деп жазды автор.",
        "The ministry contributed reporting standards to the law.",
        "Experts contributed to this report, which the chamber published in March.",
        "Редактор: Айгуль Омарова, которая работает в газете сорок лет, получила орден.",
        "Использование информации о клиентах без письменного согласия запрещено.",
        "Использование материалов уголовного дела без разрешения суда запрещено редакциям.",
        "– Подписаться?",
        "– Назад!",
        "– Печать.",
        "Назад!",
        "All rights reserved for the tribe are listed in the treaty.",
        "All rights reserved, the lawyer told the members of the chamber.",
        "Copyright Agency officials met the members of the chamber.",
        "Follow us, the guide told the pupils, and they walked along the river.",
        "Subscribe to our newsletter, the mayor urged the people of the village.",
        "Use of materials without permission is theft, the publisher said.",
        "The views expressed by the authors of the report were discussed in the chamber.",
    ],
)
def test_sentences_that_begin_like_a_notice_are_text(line: str) -> None:
    for name, found in readings_with(line):
        assert line in body(found), name
