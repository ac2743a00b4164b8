"""Titles: the article's own heading, without badges; else the page's `<title>` without the site's
name and its rubric.
"""

from __future__ import annotations

import pytest

from tests.pipeline.reading.page_fields import BODY, RELEASE, TIME, article, reading, release

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
    ],
)
def test_badges_do_not_stick_to_a_title(inner: str, title: str) -> None:
    assert set(_titles(inner, title)) == {title}


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
    ],
)
def test_a_title_with_dashes_is_kept(head: str) -> None:
    assert reading(_with("", f"{head} - Казахстанская правда")).title == head
    assert reading(_with(f"<h1 class='article__title'>{head}</h1>", head)).title == head


def test_the_heading_is_preferred_to_the_head() -> None:
    html = _with("<h1 class='article__title'>Палата приняла закон</h1>", "О законе | Kazpravda.kz")
    assert reading(html).title == "Палата приняла закон"
    assert TIME in html
