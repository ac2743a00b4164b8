"""A text among its page's lines: where it begins and ends, and where what is added goes."""

from __future__ import annotations

import pytest

from pipeline.completeness.text_on_page import TextOnPage
from pipeline.model.fields import Fields
from pipeline.page.page import Page
from tests.pipeline.completeness.articles import ALL, OTHER, TEXT
from tests.pipeline.reading.page_fields import ARTICLE, PAPER

_MANY = 15_000


def _text(html: str, *paragraphs: str) -> TextOnPage:
    fields = Fields(title="Заголовок статьи", paragraphs=paragraphs)
    return TextOnPage(Page(ARTICLE, PAPER, f"<body>{html}</body>"), fields)


@pytest.mark.parametrize(
    ("above", "begin"),
    [
        ("<h1>Заголовок статьи</h1>", 1),
        ("<p>Меню</p><h1>Заголовок статьи</h1><p>Подпись</p>", 2),
        ("<h1>Заголовок статьи</h1><p>4 марта 2026 г. 7:31</p><h2>Заголовок  статьи</h2>", 3),
        ("<p>4 марта 2026 г. 7:31</p><p>Рубрика</p>", 1),
        ("<p>Меню</p><p>Рубрика</p>", 2),
    ],
)
def test_an_article_begins_below_its_heading_or_its_date_or_with_its_text(
    above: str, begin: int
) -> None:
    assert _text(above + ALL, *TEXT).begin == begin


@pytest.mark.parametrize(
    ("below", "links", "end"),
    [
        ("", 4, 4),
        (f"<p>{OTHER[0]}</p>", 5, 5),
        (f"<p>{OTHER[0]}</p><p>4 марта 2026 г.</p><p>{OTHER[1]}</p>", 5, 7),
        (f"<p>{OTHER[0]}</p><h3>Комментарии</h3><p>{OTHER[1]}</p>", 5, 5),
        (f"<div><a href='/n/x/'>Другая новость дня</a></div><footer>{OTHER[1]}</footer>", 4, 5),
    ],
)
def test_an_article_ends_at_a_footer_or_comments(below: str, links: int, end: int) -> None:
    assert _text(ALL + below, *TEXT).ends == (links, end)


def test_lines_are_added_where_the_page_has_them() -> None:
    html = f"<p>{OTHER[0]}</p><p>{TEXT[0]}</p><p>{OTHER[1]}</p><p>{TEXT[1]}</p><p>{OTHER[2]}</p>"
    text = _text(html, TEXT[0], TEXT[1])
    assert text.joined([0, 2, 4]) == (OTHER[0], TEXT[0], OTHER[1], TEXT[1], OTHER[2])
    assert text.joined([2]) == (TEXT[0], OTHER[1], TEXT[1])


def test_many_lines_are_added_to_many() -> None:
    """No time is measured: what takes the square of their number takes far too long."""
    lines = [f"Абзац {number}" for number in range(2 * _MANY)]
    text = _text("".join(f"<p>{line}</p>" for line in lines), *lines[::2])
    assert text.joined(list(range(1, 2 * _MANY, 2))) == tuple(lines)
