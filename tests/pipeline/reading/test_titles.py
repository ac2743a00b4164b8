"""Titles: the article's own heading, without badges; else the page's `<title>` without the site's
name and its rubric.
"""

from __future__ import annotations

import pytest

from pipeline.page.heading import without_site_name
from pipeline.page.page import Page
from tests.pipeline.reading.page_fields import (
    BODY,
    HOUSE,
    RELEASE,
    TIME,
    article,
    reading,
    release,
)

_HEADING = "<h1 class='article__title'>Заголовок статьи</h1>"
_TEXT = "".join(f"<p>{line}</p>" for line in BODY)


def _with(heading: str, title: str) -> str:
    """An article with this heading and `<title>`."""
    html = article().replace(_HEADING, heading)
    return html.replace("<title>Заголовок статьи</title>", f"<title>{title}</title>")


def _titles(inner: str, title: str) -> list[str | None]:
    """The title that each reader gives of a page with this heading."""
    pages = (
        _with(f"<h1 class='article__title'>{inner}</h1>", title),
        f"<html><head><title>{title}</title></head><body><article><h1>{inner}</h1>"
        f"<div>4 марта 2026 г. 7:31</div>{_TEXT * 3}</article></body></html>",
    )
    content = f"<h1>{inner}</h1><div>16.05.2022 348</div><div>{_TEXT}</div>"
    return [
        *(reading(html).title for html in pages),
        reading(release(content, title=title), RELEASE).title,
    ]


@pytest.mark.parametrize(
    ("inner", "title"),
    [
        ("<span class=x>18+</span>Палата приняла закон", "Палата приняла закон"),
        ("Палата приняла закон<sup>18+</sup>", "Палата приняла закон"),
        ("Палата приняла закон <span>(16+)</span>", "Палата приняла закон"),
        ("<span>18+</span> Палата заң қабылдады", "Палата заң қабылдады"),
        ("<div>12+</div>The chamber passes a law", "The chamber passes a law"),
        ("18+ Палата приняла закон", "Палата приняла закон"),
        ("<span>Эксклюзив</span>Палата приняла закон", "Палата приняла закон"),
        ("Палата заң қабылдады<span>ВИДЕО</span>", "Палата заң қабылдады"),
        ("The chamber passes a law <span>Updated</span>", "The chamber passes a law"),
        ("Палата приняла закон 18+", "Палата приняла закон"),
        ("Палата заң қабылдады (16+)", "Палата заң қабылдады"),
        ("The chamber passes a law [12+]", "The chamber passes a law"),
    ],
)
def test_badges_do_not_stick_to_a_title(inner: str, title: str) -> None:
    assert set(_titles(inner, title)) == {title}


@pytest.mark.parametrize(
    ("inner", "title"),
    [
        ("<span>Эксклюзив</span>Палата приняла закон", "Палата приняла закон"),
        ("<b>Срочно</b> «Закон» приняла палата", "«Закон» приняла палата"),
        ("<span>Жедел</span> Палата заң қабылдады", "Палата заң қабылдады"),
        ("<i>Шұғыл</i><span>Палата заң қабылдады</span>", "Палата заң қабылдады"),
        ("<em>Breaking news</em> The chamber passes a law", "The chamber passes a law"),
        ("The chamber passes a law <span>Exclusive</span>", "The chamber passes a law"),
        ("<span>18+</span> <span>Эксклюзив</span> Палата приняла закон", "Палата приняла закон"),
    ],
)
def test_badges_are_known_whatever_the_head_says(inner: str, title: str) -> None:
    whole = inner
    for tag in ("span", "b", "i", "em"):
        whole = whole.replace(f"<{tag}>", "").replace(f"</{tag}>", " ")
    for head in (whole, "Газета", title):
        assert set(_titles(inner, head)) == {title}


@pytest.mark.parametrize(
    ("inner", "title"),
    [
        ("<span>Политика</span>Палата приняла закон", "Палата приняла закон"),
        ("<div>Спец выпуск</div><div>Палата приняла закон</div>", "Палата приняла закон"),
        ("Палата заң қабылдады<span>Толығырақ</span>", "Палата заң қабылдады"),
        ("<span>Саясат</span>Палата заң қабылдады", "Палата заң қабылдады"),
        ("<span>Capital</span>The chamber passes a law", "The chamber passes a law"),
        ("<span>Видео</span> Палата приняла закон", "Палата приняла закон"),
    ],
)
def test_a_label_without_a_space_is_a_badge_where_the_head_does_not_tell(
    inner: str, title: str
) -> None:
    assert set(_titles(inner, "Сенат")) == {title}


@pytest.mark.parametrize(
    "inner",
    [
        "<b>Сенат</b> Парламента принял закон",
        "<b>Президент</b> Токаев прибыл в Астану",
        "<span>Қасым-Жомарт</span> Тоқаев Астанаға келді",
        "<span>Kassym-Jomart</span> Tokayev arrives in Astana",
        "<b>Жедел</b> жәрдем келді",
        "<span>Live</span> broadcasts begin in Astana",
        "<span>Казахстан</span><br>Новая страница истории",
        "<span>П</span>алата приняла закон",
        "<span>Эксклюзив</span>",
    ],
)
def test_what_belongs_to_a_heading_stays_where_the_head_does_not_tell(inner: str) -> None:
    text = inner
    for tag in ("<span>", "</span>", "<b>", "</b>"):
        text = text.replace(tag, "")
    if len(text.split()) > 1:
        assert set(_titles(inner, "Сенат")) == {text.replace("<br>", " ")}
    else:
        assert _titles(inner, "Сенат")[0] == text


@pytest.mark.parametrize(
    "inner",
    [
        "Программа 50+ для мам заработала",
        "Фильмы 18+ покажут ночью",
        "Ночью покажут фильмы 18+",
        "Балаларға 18+ фильм көрсетілмейді",
        "Films rated 18+ are shown at night",
        "18+ тысяч заявок подано на конкурс",
        "<span>Маулен Ашимбаев</span> встретился с послом",
        "<a href='/t/s/'>Сенат</a> заң қабылдады",
        "The <em>Senate</em> passes a law",
        "<span>П</span>алата приняла закон",
    ],
)
def test_what_belongs_to_a_heading_stays(inner: str) -> None:
    text = inner
    for tag in ("<span>", "</span>", "<em>", "</em>", "<a href='/t/s/'>", "</a>"):
        text = text.replace(tag, "")
    assert set(_titles(inner, text)) == {text}


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("Палата приняла закон - Казахстанская правда", "Палата приняла закон"),
        ("Казахстанская правда | Палата приняла закон", "Палата приняла закон"),
        ("kazpravda.kz – Палата заң қабылдады", "Палата заң қабылдады"),
        ("The chamber passes a law | Kazpravda.kz", "The chamber passes a law"),
        ("Палата приняла закон | Политика | Казахстанская правда", "Палата приняла закон"),
        ("Палата заң қабылдады | Саясат | Kazpravda.kz", "Палата заң қабылдады"),
        ("The chamber passes a law | News | Kazpravda.kz", "The chamber passes a law"),
        ("Палата приняла закон – Политика – Казахстанская правда", "Палата приняла закон"),
        ("Палата приняла закон (18+) | Казахстанская правда", "Палата приняла закон"),
        ("Казахстанская правда: Палата приняла закон", "Палата приняла закон"),
        ("«Казахстанская правда»: Палата приняла закон", "Палата приняла закон"),
        ("Палата приняла закон. Казахстанская правда", "Палата приняла закон"),
        ("Палата приняла закон… Казахстанская правда", "Палата приняла закон…"),
        ("Что примет палата? Казахстанская правда", "Что примет палата?"),
        ("Закон принят в 2026 г. Казахстанская правда", "Закон принят в 2026 г."),
        ("Kazpravda.kz. Палата заң қабылдады", "Палата заң қабылдады"),
        ("Палата заң қабылдады. Kazpravda.kz", "Палата заң қабылдады"),
        ("Kazpravda.kz: The chamber passes a law", "The chamber passes a law"),
        ("The chamber passes a law. Kazakhstanskaya Pravda", "The chamber passes a law"),
        ("Палата: закон. И ещё. Казахстанская правда", "Палата: закон. И ещё"),
        ("Палата приняла закон :: Казахстанская правда", "Палата приняла закон"),
        ("Палата заң қабылдады » Kazpravda.kz", "Палата заң қабылдады"),
        ("The chamber passes a law / News / Kazpravda.kz", "The chamber passes a law"),
        ("Kazpravda.kz // Палата приняла закон", "Палата приняла закон"),
        ("Матч Актобе / Кайрат | Казахстанская правда", "Матч Актобе / Кайрат"),
    ],
)
def test_the_head_gives_a_title_without_site_and_rubric(head: str, title: str) -> None:
    menu = "<nav><a href='/r/politika/'>Политика</a></nav>"
    html = _with("", head).replace("<body>", f"<body>{menu}")
    assert reading(html).title == title


@pytest.mark.parametrize(
    "head",
    [
        "Кино – главное из искусств",
        "Токаев прибыл в Астану – Акорда",
        "Сенат – площадка диалога",
        "Парламент: жаңа кезең – жаңа мүмкіндік",
        "Spring 2026: what comes – and when",
        "Сенат: новый созыв",
        "Главное слово. Сенат",
        "Правда: 105 лет газете",
        "Газете «Казахстанская правда» – 105 лет",
        "Мерейтой: «Егемен» – 105 жыл",
        "A new chamber: the Senate. What comes",
        "Скорость 24/7 и км/ч",
        "Министр рассказал о «Мосте» » и уехал",
    ],
)
def test_a_title_with_dashes_is_kept(head: str) -> None:
    assert reading(_with("", f"{head} - Казахстанская правда")).title == head
    assert reading(_with(f"<h1 class='article__title'>{head}</h1>", head)).title == head


def test_the_heading_is_preferred_to_the_head() -> None:
    html = _with("<h1 class='article__title'>Палата приняла закон</h1>", "О законе | Kazpravda.kz")
    assert reading(html).title == "Палата приняла закон"
    assert TIME in html


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("Встреча с учителями. Сенат Парламента Республики Казахстан", "Встреча с учителями"),
        ("Сенат Парламента Республики Казахстан. Встреча с учителями", "Встреча с учителями"),
        ("Сенат: встреча с учителями", "Сенат: встреча с учителями"),
        ("Сенат Парламента: встреча с учителями", "Сенат Парламента: встреча с учителями"),
        ("Казахстанская правда: 105 лет с читателем", None),
    ],
)
def test_a_colon_may_be_the_titles_own(head: str, title: str | None) -> None:
    if title is None:
        assert reading(_with("", head)).title == head
    else:
        page = Page(RELEASE, HOUSE, f"<head><title>{head}</title></head>")
        assert without_site_name(head, page, None) == title
