"""A link, a label or a button behind a text says that it is a part."""

from __future__ import annotations

import pytest

from tests.pipeline.completeness.articles import (
    ALL,
    ONE,
    TAGS,
    TEXT,
    TWO,
    own,
    page,
)
from tests.pipeline.reading.page_fields import body, reading


@pytest.mark.parametrize(
    "link",
    [
        "<a href='?page=2'>Читать далее</a>", "<span class=more>Читать полностью</span>",
        "<div><b>1</b> <a href='?page=2'>2</a></div>", "<a href='/n/zagolovok-stati/2/'>2</a>",
        "<a href='/n/zagolovok-stati-full/'>Толық оқу</a>", "<a href='#'>Read more →</a>",
        "<button data-url='/ajax/1'>Показать полностью</button>",
        "<div><button><span>Развернуть текст</span></button></div>",
        "<input type=button value='Read the full article'>",
        "<button>Толық оқу</button><noscript><p>Остальной текст стоит здесь.</p></noscript>",
    ],
)  # fmt: skip
def test_a_text_that_goes_on_elsewhere_is_a_part(link: str) -> None:
    for html in (page(own(ALL), link + TAGS), page(own(ALL + link))):
        found = reading(html)
        assert body(found) == TEXT
        assert found.access == "partial"
        assert found.notes == ("a link behind it leads to the rest of it",)


@pytest.mark.parametrize(
    "end",
    [
        "… <a href='/n/zagolovok-stati/'>(читать полностью)</a>",
        "… <a href='/x/'>Читать далее</a>",
        "… <span>Читать статью полностью →</span>",
        "… [Толық оқу]",
    ],
)  # fmt: skip
def test_a_label_in_the_last_paragraph_leads_on_and_is_no_text(end: str) -> None:
    found = reading(page(own(f"{ONE}{TWO}<p>Закон передан на подпись{end}</p>")))
    assert body(found) == (*TEXT[:2], "Закон передан на подпись…")
    assert (found.access, found.notes) == ("partial", ("a link behind it leads to the rest of it",))


def test_a_further_page_named_in_the_head_is_the_rest() -> None:
    for href in ("?page=2", "https://kazpravda.kz/n/zagolovok-stati/2/"):
        html = page(own(ALL)).replace("</head>", f"<link rel=next href='{href}'></head>")
        assert (body(reading(html)), reading(html).access) == (TEXT, "partial")
    other = page(own(ALL)).replace("</head>", "<link rel=next href='/n/drugaya/'></head>")
    assert reading(other).access == "full"


def test_a_sentence_behind_the_text_may_say_that_the_rest_is_restricted() -> None:
    line = "<div class=x><p>Войдите или зарегистрируйтесь, чтобы читать дальше</p></div>"
    for html in (page(own(ALL), line + TAGS), page(own(ALL + line))):
        found = reading(html)
        assert (body(found), found.access) == (TEXT, "partial")


def test_a_button_among_other_links_shows_no_rest() -> None:
    feed = "<div class=feed><a href='/n/d/'>Другая новость дня</a><button>Show more</button></div>"
    assert reading(page(own(ALL), feed)).access == "full"
