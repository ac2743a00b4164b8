"""The Senate's pages: by the order and form of their text, whatever the markup."""

from __future__ import annotations

import pytest

from pipeline.model.capture import Failure
from tests.pipeline.reading.page_fields import RELEASE, body, read, reading, release

LINES = ("Первый абзац текста релиза стоит здесь.", "Второй абзац текста.", "Третий, последний.")
TEXT = "".join(f"<p>{line}</p>" for line in LINES)
PRESS = "<p>(Пресс-служба Сената, 74-72-27, фото Е. Укибаева)</p>"
TITLE = "Заголовок релиза о поездке"
DATE = "<div>16.05.2022 348</div>"


@pytest.mark.parametrize(
    "content",
    [
        f"<h1>{TITLE}</h1>{DATE}{TEXT}{PRESS}",
        f"<div>{TITLE}</div>{DATE}{TEXT}{PRESS}<div>Поделиться</div>",
        f"<div><span>{TITLE}</span></div><span>16.05.2022</span> <span>348</span>{TEXT}{PRESS}",
        f"<div><h3>{TITLE}</h3><div>16.05.2022</div><div>348</div>{TEXT}{PRESS}</div>",
        f"<div><b>{TITLE}</b><br>16.05.2022 348<br>{'<br><br>'.join(LINES)}<br>(Пресс-служба)",
        f"<div><div>{TITLE.replace(' о', '<br>о')}</div>{DATE}<div>{TEXT}</div>{PRESS}</div>",
        f"<h2><a href='{RELEASE}'>{TITLE}</a></h2>{DATE}{TEXT}{PRESS}",
        f"<table><tr><td>{TITLE}<tr><td>16.05.2022<td>348<tr><td colspan=2>{TEXT}{PRESS}</table>",
        f"<form><h1>{TITLE}</h1>{DATE}{TEXT}{PRESS}<input></form>",
        f"<h1>{TITLE}</h1><a href='#'>Версия для печати</a>{DATE}<div>Поделиться: <a>f</a></div>"
        f"{TEXT}<div>Поделиться: <a href=x>f</a></div>",
        f"<h1>{TITLE}</h1>{DATE}{TEXT}<p>Пресс-служба Сената Парламента, тел. 74-72-27</p>",
        f"<div>Среда, полдень</div><div>25.03.2026</div><h1>{TITLE}</h1>{DATE}{TEXT}{PRESS}",
        f"<h4>Анонсы</h4><div><a href='/ru-RU/news/details/9'>Заседание палаты в апреле</a></div>"
        f"<div>25.03.2026 12</div><p>Заседание палаты начнётся в десять часов.</p>"
        f"<div><h1>{TITLE}</h1>{DATE}{TEXT}{PRESS}</div>",
        f"<div><h1>{TITLE}</h1>{DATE}<div>Автор</div><div>{TEXT}</div></div><div>"
        "<div>Другие новости</div><div><a href='/ru-RU/news'>Ещё</a></div>15.05.2022</div>",
    ],
)
def test_title_date_and_body_in_many_markups(content: str) -> None:
    found = reading(release(content), RELEASE)
    assert found.title == TITLE
    assert (found.published, found.published_precision) == ("2022-05-16", "day")
    assert [line for line in body(found) if line != "Автор"] == list(LINES)
    assert found.layout == "text-order"


@pytest.mark.parametrize(
    "line",
    [
        "<p>Об этом сообщает пресс-служба Сената.</p>",
        "<p>Пресс-служба Сената</p>",
        "<p>Сенат</p>",
        "<p>17.05.2022</p>",
        "<p>2022</p>",
        "<p><a href='https://adilet.example/1'>Текст закона на портале</a></p>",
        "<p>Поделиться опытом приехали фермеры.</p>",
        "<p>Фото участников разместили на стенде.</p>",
        "<p>Барлық құқықтар мен бостандықтарды қорғау мәселесі қаралды.</p>",
        "<p>Copyright law amendments were discussed by senators.</p>",
        "<ul><li>пункт первый;</li></ul>",
        "<ul><li><a href='/files/zakon.pdf'>Закон о воде</a></li></ul>",
    ],
)
def test_no_line_in_the_middle_ends_the_text_or_is_lost(line: str) -> None:
    text = f"{TEXT}{line}<p>Самый последний абзац стоит здесь.</p>"
    html = release(f"<div><h1>{TITLE}</h1>{DATE}<div>{text}</div>{PRESS}</div>")
    found = body(reading(html, RELEASE))
    assert len(found) == len(LINES) + 2
    assert found[-1] == "Самый последний абзац стоит здесь."


@pytest.mark.parametrize(
    "count", ["348", "Просмотров: 348", "Қаралды: 348", "Прочитано 348 раз", "Просмотры"]
)
@pytest.mark.parametrize(
    "head", ["<div>{title}</div><div>{count}</div>{date}", "<div>{title}</div>{date}<p>{count}</p>"]
)
def test_a_count_beside_the_date_is_neither_title_nor_text(count: str, head: str) -> None:
    above = head.format(title=TITLE, count=count, date="<div>16.05.2022</div>")
    found = reading(release(f"<div>{above}<div>{TEXT}</div></div>"), RELEASE)
    assert (found.title, body(found)) == (TITLE, LINES)


def test_the_days_of_a_chronicle_between_line_breaks_are_no_cards() -> None:
    lines = ("Мост строили пять долгих лет.", "4 марта 2021 года", "Привезли первые сваи на берег.",
             "12 мая 2023 года", "Строители поставили последнюю опору.")  # fmt: skip
    html = release(f"<div><h1>{TITLE}</h1>{DATE}<div>{'<br><br>'.join(lines)}</div></div>")
    found = reading(html, RELEASE)
    assert (found.title, found.published, body(found)) == (TITLE, "2022-05-16", lines)


def test_the_copyright_of_others_below_a_picture_ends_no_text() -> None:
    lines = tuple(f"{number}-й абзац этого текста стоит здесь." for number in range(3))
    first, *rest = (f"<p>{line}</p>" for line in lines)
    for owner in ("© РИА Новости", "© Ермек Манабаев", "© AFP / Getty"):
        amid = f"{first}<p>{owner}</p>{''.join(rest)}"
        html = release(f"<div><h1>{TITLE}</h1>{DATE}<div>{amid}</div></div>")
        assert body(reading(html, RELEASE)) == lines


@pytest.mark.parametrize(
    "note",
    ["© Сенат", "Copyright 2022 Senate", "Барлық құқықтар қорғалған", "Авторлық құқық қорғалған."],
)
def test_a_note_on_copyright_ends_the_text_wherever_it_stands(note: str) -> None:
    after = f"<p>{note}</p><p>Астана, проспект Мәңгілік Ел, дом 4, приёмная на этаже.</p>"
    html = release(f"<div><h1>{TITLE}</h1>{DATE}<div>{TEXT}{after}</div></div>")
    assert body(reading(html, RELEASE)) == LINES


def test_text_between_paragraphs_in_an_element_that_html_does_not_know_is_kept() -> None:
    text = f"{TEXT}Строка без своего элемента.<p>Самый последний абзац стоит здесь.</p>"
    html = release(f"<press-item><h1>{TITLE}</h1>{DATE}{text}{PRESS}</press-item>")
    assert body(reading(html, RELEASE))[len(LINES) :] == (
        "Строка без своего элемента.",
        "Самый последний абзац стоит здесь.",
    )


@pytest.mark.parametrize(
    "share",
    [
        "<p>Поделиться: <a href='https://www.facebook.com/sharer.php?u=x'>f</a></p>",
        "<p>Поделиться</p>",
        "<p>Бөлісу</p>",
    ],
)
def test_a_share_line_amid_the_paragraphs_does_not_end_the_text(share: str) -> None:
    text = f"{TEXT}{share}<p>Самый последний абзац стоит здесь.</p>"
    card = "<div><p>Тизер совсем другой новости, который стоит под ней.</p></div>"
    html = release(f"<div><h1>{TITLE}</h1>{DATE}<div>{text}</div>{share}{card}{PRESS}</div>")
    assert body(reading(html, RELEASE)) == (*LINES, "Самый последний абзац стоит здесь.")


@pytest.mark.parametrize(
    ("above", "section"),
    [
        ("<div>Новости</div>", "Новости"),
        ("", None),
        ("<div><a href='/ru-RU/news'>Новости</a></div>", None),
        ("<div>А А А</div>", None),
        ("<div>25.03.2026</div>", None),
    ],
)
def test_the_section_is_the_label_over_the_title(above: str, section: str | None) -> None:
    found = reading(release(f"<div>{above}<h1>{TITLE}</h1>{DATE}{TEXT}{PRESS}</div>"), RELEASE)
    assert found.section == section


def test_the_line_in_brackets_names_press_service_and_photographer() -> None:
    found = reading(release(f"<h1>{TITLE}</h1>{DATE}{TEXT}{PRESS}"), RELEASE)
    assert found.attribution == ("Пресс-служба Сената",)
    assert found.image_credit == "Е. Укибаева"


@pytest.mark.parametrize("after", ["", PRESS])
def test_a_text_goes_on_behind_a_press_line_amid_it(after: str) -> None:
    more = "<p>Справочно: закон вступит в силу через шестьдесят дней после опубликования.</p>"
    html = release(f"<h1>{TITLE}</h1>{DATE}<div>{TEXT}{PRESS}{more}{after}</div>")
    found = reading(html, RELEASE)
    assert body(found) == (*LINES, more[3:-4])
    assert found.access == "full"
    assert found.attribution == ("Пресс-служба Сената",)


@pytest.mark.parametrize(
    "after",
    [
        "<p>При использовании материалов сайта ссылка на Сенат обязательна.</p>",
        "<p>74-72-27</p>", "<p>Сенат Парламента</p>", "<p>Фото Е. Укибаева</p>",
        "<div><a href='/ru-RU/news/details/9'>Заседание палаты начнётся в десять часов</a></div>",
    ],
)  # fmt: skip
def test_what_follows_a_press_line_and_is_no_sentence_of_it_is_no_text(after: str) -> None:
    html = release(f"<h1>{TITLE}</h1>{DATE}<div>{TEXT}{PRESS}{after}</div>")
    assert (body(reading(html, RELEASE)), reading(html, RELEASE).access) == (LINES, "full")


@pytest.mark.parametrize(
    "note",
    [
        "При полном или частичном использовании материалов сайта ссылка на издание обязательна.",
        "Сайт использует файлы cookie, чтобы работать лучше, и вы с этим соглашаетесь.",
        "Если вы заметили неточность в тексте, свяжитесь, пожалуйста, с нами по почте сайта.",
    ],
)
def test_the_sites_own_sentences_behind_the_share_line_are_no_part_of_a_release(note: str) -> None:
    release_of = f"<div><h1>{TITLE}</h1>{DATE}<div>{TEXT}</div><div>Поделиться</div></div>"
    for after in (f"<div><div class=n><p>{note}</p></div></div>", f"<div><p>{note}</p></div>"):
        found = reading(release(f"<main>{release_of}{after}</main>"), RELEASE)
        assert (body(found), found.access) == (LINES, "full")


def test_the_pages_own_head_decides_between_titles() -> None:
    card = "<div><h1>Чужая новость</h1><div>15.05.2022 5</div><p>Под ней стоит её тизер.</p></div>"
    own = f"<div class=m><div>{TITLE}</div>{DATE}{TEXT}{PRESS}</div>"
    found = reading(release(card + own, title=f"{TITLE} - Сенат"), RELEASE)
    assert found.title == TITLE
    assert body(found) == LINES


def test_cards_of_other_news_on_a_shell_are_no_release() -> None:
    card = (
        "<div><h5>{}</h5><div>15.05.2022 5</div><p>Тизер новости, который стоит под ней.</p></div>"
    )
    content = f"<div>{card.format('Первая новость')}{card.format('Вторая новость')}</div>"
    found = read(release(content), RELEASE)
    assert isinstance(found, Failure)
    assert found.reason == "shell"


@pytest.mark.parametrize(
    ("date", "published"),
    [
        ("сегодня", "2026-11-24"),
        ("Кеше", "2026-11-23"),
        ("Today, 10:20", "2026-11-24T10:20:00+05:00"),
        ("04.03.26 12:28", "2026-03-04T12:28:00+05:00"),
        ("среда, 4 марта 2026, 12:28", "2026-03-04T12:28:00+05:00"),
        ("Опубликовано: 4 марта 2026, 12:28", "2026-03-04T12:28:00+05:00"),
    ],
)
def test_the_date_line_has_many_forms(date: str, published: str) -> None:
    for title, head in ((f"<h2>{TITLE}</h2>", "Сенат"), (f"<div>{TITLE}</div>", TITLE)):
        html = release(f"<div>{title}<div>{date}</div><div>{TEXT}</div></div>", title=head)
        found = reading(html, RELEASE)
        assert (found.title, found.published) == (TITLE, published)
        assert body(found) == LINES
        assert found.layout == "text-order"


@pytest.mark.parametrize("label", ["Сегодня", "Кеше", "Today", "3 дня назад"])
def test_the_label_of_a_list_is_no_date(label: str) -> None:
    content = f"<div><div>Главное о палате</div><div>{label}</div><div>{TEXT}</div></div>"
    assert isinstance(read(release(content), RELEASE), Failure)
    html = release(f"<div><h1>{TITLE}</h1><div>{label}</div>{DATE}<div>{TEXT}</div></div>")
    assert reading(html, RELEASE).published == "2022-05-16"
