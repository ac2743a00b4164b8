"""Kazpravda's layouts: what has a known class, and what is found by where it stands."""

from __future__ import annotations

import pytest

from tests.pipeline.reading.page_fields import BODY, TIME, article, body, reading

LEAD = "Лид стоит здесь, он короток, сообщает Kazpravda.kz"


@pytest.mark.parametrize(
    "between",
    [
        f"{TIME}<div class='article__lead'>{LEAD}</div>",
        f"{TIME}<h2>{LEAD}</h2>",
        f"{TIME} 345<br>{LEAD}",
        f"{TIME}<div class='article__views'><img src='/eye.svg'> 345</div><p>{LEAD}</p>",
        f"{TIME}<div>Время чтения: 3 мин.</div><p>{LEAD}</p>",
        f"{TIME}<div><img class='avatar' src='/a.jpg'> Айгуль Омарова</div><div>{LEAD}</div>",
        f"{TIME}<p>{LEAD}</p><div class='article__img'><img src=a></div><p>Подпись к ней.</p>",
        f"<div class='article__img'><img src='/a.jpg'><p>Подпись.</p></div>{TIME}<p>{LEAD}</p>",
        f"<p>{LEAD}, и он длинный, а потому стоит над датой</p>{TIME}",
        f"{TIME}<div class='article__lead'>{LEAD}</div><p>Подпись без снимка</p>",
    ],
)
def test_the_lead_is_found_once_and_is_first(between: str) -> None:
    found = reading(article(between))
    lead, *rest = body(found)
    assert found.lead == lead
    assert lead.startswith(LEAD)
    assert tuple(rest) == BODY
    assert found.published == "2026-03-04T07:31:00+05:00"


@pytest.mark.parametrize(
    "between",
    [
        TIME,
        f"{TIME}<div class='article__img'><img src=a></div><p>Участники встречи в зале.</p>",
        f"{TIME}<figure><img src=a><figcaption>Участники встречи в зале.</figcaption></figure>",
        f"{TIME}<p>Фото: пресс-служба Сената</p>",
        f"{TIME}<ul><li><a href='https://t.me/share'>Telegram</a></li></ul><div>Поделиться:</div>",
        f"{TIME}<div>1 345 просмотров</div><div>👁 7</div>",
        f"{TIME}<div class='article__tags'><a href='/t/a/'>Встречи и переговоры.</a></div>",
        f"{TIME}<aside><p>Подпишитесь на наши новости в Telegram сегодня же.</p></aside>",
    ],
)
def test_nothing_else_becomes_the_lead(between: str) -> None:
    found = reading(article(between))
    assert found.lead is None
    assert body(found) == BODY


@pytest.mark.parametrize(
    "lead",
    [
        "Подписано соглашение о дорогах.",
        "Поделиться опытом приехали фермеры.",
        "Слушать депутатов будут по вторникам.",
        "Референдум пройдёт 15 марта 2026 года.",
        "Фото участников разместили на стенде.",
        "Маулен Ашимбаев, спикер Сената, встретился с послом",
        "Спикер встретился с послом",
    ],
)
def test_a_lead_is_one_whatever_it_begins_with(lead: str) -> None:
    assert reading(article(f"{TIME}<p>{lead}</p>")).lead == lead


def test_a_lead_that_the_body_repeats_stands_there_once() -> None:
    text = f"<p><b>{LEAD}.</b></p><p>{BODY[1]}</p>"
    found = reading(article(f"{TIME}<p>{LEAD}</p>", body=text))
    assert body(found) == (LEAD, BODY[1])


@pytest.mark.parametrize(
    ("between", "authors"),
    [
        (f"{TIME}<div>Айгуль Омарова, профессор кафедры права</div>", 1),
        (f"{TIME}<div class='article__author'>Автор: Айгуль Омарова</div>", 1),
        (f"{TIME}<p><a href='/a/1/'>Айгуль Омарова</a>, <a href='/a/2/'>Ержан Сеитов</a></p>", 2),
        ("<div class='article__date'>Айгуль Омарова 4 марта 2026 г. 7:31</div>", 1),
        (f"{TIME}<p>Айгуль Омарова, выступая в зале, отметила рост</p>", 0),
        (f"{TIME}<div>Facebook Telegram</div>", 0),
    ],
)
def test_authors_stand_between_date_and_lead(between: str, authors: int) -> None:
    found = reading(article(between))
    assert len(found.authors) == authors
    assert all(name.startswith(("Айгуль Омарова", "Ержан Сеитов")) for name in found.authors)


def test_a_signature_at_the_end_names_the_author_and_stays() -> None:
    found = reading(article(body="<p>Текст статьи.</p><p><b>Сауле Ледовских</b></p>"))
    assert found.authors == ("Сауле Ледовских",)
    assert body(found) == ("Текст статьи.", "Сауле Ледовских")


@pytest.mark.parametrize(
    "between",
    [
        f"<div>Политика</div>{TIME}",
        f"<span>Политика</span>{TIME}",
        f"{TIME}<a href='/r/politika/'>Политика</a>",
        f"<a href='/'>Главная</a><a href='/r/politika/parlament'>Политика</a>{TIME}",
    ],
)
def test_the_section_is_a_label_or_a_link_to_a_rubric(between: str) -> None:
    assert reading(article(between)).section == "Политика"


def test_a_link_to_a_rubric_inside_the_lead_is_no_section() -> None:
    lead = "<p>Лид со <a href='/r/politika/'>ссылкой</a> на рубрику стоит здесь.</p>"
    found = reading(article(f"{TIME}{lead}"))
    assert found.section is None
    assert found.lead == "Лид со ссылкой на рубрику стоит здесь."


@pytest.mark.parametrize(
    ("shown", "machine", "published"),
    [
        ("4 марта 2026 г. 7:31", "2026-03-04T07:31:00Z", "2026-03-04T07:31:00+05:00"),
        ("4 марта 2026 г. 7:31", "1772591460", "2026-03-04T07:31:00+05:00"),
        ("4 марта 2026 г. 7:31", "2026-03-09T10:00:00+05:00", "2026-03-04T07:31:00+05:00"),
        ("4 марта 2026 г.", "2026-03-04T07:31:00+05:00", "2026-03-04T07:31:00+05:00"),
        ("Сегодня, 7:31", "2026-03-04T07:31:00+05:00", "2026-03-04T07:31:00+05:00"),
        ("4 марта 2026 г. 7:31", "вчера", "2026-03-04T07:31:00+05:00"),
        ("4 марта 2026 г.", "", "2026-03-04"),
    ],
)
def test_the_printed_time_settles_the_machine_readable_one(
    shown: str, machine: str, published: str
) -> None:
    html = article(
        f"<time class='article__date'>{shown}</time>",
        head=f"<meta property='aiturec:datetime' content='{machine}'>",
    )
    assert reading(html).published == published


def test_the_time_of_a_card_before_the_title_is_not_the_articles() -> None:
    card = "<time class='article__date'>24 марта 2026 г. 8:00</time>"
    html = article().replace("<body>", f"<body>{card}")
    assert reading(html).published == "2026-03-04T07:31:00+05:00"


@pytest.mark.parametrize(
    ("tags", "found"),
    [
        ("<a href='/t/a/'>#Сенат</a> <a href='/t/b/'>Закон о мёде</a>", ("Закон о мёде", "Сенат")),
        ("<span>Сенат</span><span>Закон</span>", ("Закон", "Сенат")),
        ("Теги: Сенат, закон о мёде", ("Сенат", "закон о мёде")),
        ("#Сенат #закон", ("Сенат", "закон")),
        ("<b>Теги</b><a href='/t/a/'>Сенат</a>", ("Сенат",)),
        ("", ()),
    ],
)
def test_tags_in_every_form(tags: str, found: tuple[str, ...]) -> None:
    html = article(after=f"<div class='article__tags-list'>{tags}</div>")
    assert reading(html).tags == found


def test_the_lead_is_found_although_the_titles_class_has_changed() -> None:
    html = article(f"{TIME}<p>{LEAD}</p>").replace("article__title", "headline")
    found = reading(html)
    assert (found.title, found.lead) == ("Заголовок статьи", LEAD)
    assert found.weakest == "structured"


def test_bodies_beside_each_other_are_one_and_a_second_article_is_another() -> None:
    more = "<div class='article__body'><p>Третий абзац.</p></div>"
    other = f"</article><article class='article'><h1 class='article__title'>Другая</h1>{more}"
    assert body(reading(article(after=more + other))) == (*BODY, "Третий абзац.")


def test_the_credit_of_a_picture_in_the_body_counts_where_there_is_no_other() -> None:
    figure = "<figure><img src=a><figcaption>В зале. Фото: Н. Байбулин</figcaption></figure>"
    found = reading(article(body=f"<p>Текст статьи.</p>{figure}"))
    assert found.image_credit == "Н. Байбулин"
    assert body(found) == ("Текст статьи.",)


@pytest.mark.parametrize(
    ("beside", "authors"),
    [
        ("Айгуль Омарова, депутат Мажилиса, ", ("Айгуль Омарова",)),
        ("Айгүл Омарова, меншікті тілші | ", ("Айгүл Омарова",)),
        (
            "Айгуль Омарова, собственный корреспондент, Ержан Сеитов, ",
            ("Айгуль Омарова", "Ержан Сеитов"),
        ),
        ("Пресс-служба акимата, ", ()),
        ("Мост открыли, ", ()),
    ],
)
def test_offices_in_the_older_layouts_line_of_the_date_hide_no_author(
    beside: str, authors: tuple[str, ...]
) -> None:
    found = reading(
        "<title>Заголовок статьи</title><div class='article_main_left_block'>"
        "<h1>Заголовок статьи</h1>"
        f"<div class='author_date_article'>{beside}12 июня 2018, 9:30</div>"
        "<div class='article_text_block'><p>Первый абзац текста.</p><p>Второй.</p></div></div>"
    )
    assert (found.authors, found.published) == (authors, "2018-06-12T09:30:00+06:00")
