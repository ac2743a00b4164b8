"""The page's own heading, and titles without the site's name."""

from __future__ import annotations

import pytest

from pipeline.page.heading import (
    head_names,
    names_only_site,
    names_section,
    own_heading,
    own_title,
    without_site_name,
)
from pipeline.page.lines import lines_text
from pipeline.page.page import Page
from tests.pipeline.reading.page_fields import ARTICLE, HOUSE, PAPER

TITLE = "Мост через Ульбу сдан раньше срока"


def _heading(body: str, head: str = "") -> str | None:
    page = Page(ARTICLE, PAPER, f"<head>{head}</head><body>{body}</body>")
    found = own_heading(page, head_names(page))
    return lines_text(found) if found is not None else None


def test_of_several_headings_the_one_that_the_head_names() -> None:
    body = f"<h1>Новости дня</h1><h1>{TITLE}</h1><h1>Другое</h1>"
    assert _heading(body, f"<title>{TITLE} - Газета</title>") == TITLE
    assert _heading(body) is None


def test_the_only_heading_whatever_the_head_says() -> None:
    assert _heading(f"<h1>{TITLE}</h1>", "<title>Газета</title>") == TITLE


@pytest.mark.parametrize(
    "logo",
    [
        "<h1><a href='/'>Вестник степи</a></h1>",
        "<a href='https://example.org/'><h1>Вестник степи</h1></a>",
        "<h1><a href='/ru/'><img src=logo.png>Вестник степи</a></h1>",
    ],
)
def test_a_heading_that_leads_home_is_the_sites(logo: str) -> None:
    assert _heading(f"{logo}<h2>{TITLE}</h2>", f"<title>{TITLE}</title>") == TITLE
    assert _heading(logo, f"<title>{TITLE}</title>") is None


@pytest.mark.parametrize("href", ["/n/most/", "#", "", "?a=1", "//[", "/ru/news/"])
def test_a_heading_with_another_link_is_the_pages(href: str) -> None:
    assert _heading(f"<h1><a href='{href}'>{TITLE}</a></h1>", "<title>Газета</title>") == TITLE


def test_a_lower_heading_where_the_head_names_it() -> None:
    body = f"<h2>Новости</h2><h2>{TITLE}</h2>"
    assert _heading(body, f"<title>{TITLE} | Газета</title>") == TITLE
    assert _heading(body, "<title>Другое название страницы</title>") is None


def test_the_sites_name_is_no_heading() -> None:
    assert _heading(f"<h1>Казахстанская правда</h1><h1>{TITLE}</h1>") == TITLE


@pytest.mark.parametrize(
    "text",
    ["Сенат", "Официальный сайт Сената Парламента", "Сенат Парламента Республики Казахстан",
     "Главная страница", "Басты бет", "The Senate", ""],
)  # fmt: skip
def test_names_of_the_site(text: str) -> None:
    assert names_only_site(text.replace("Сената", "Сенат"), HOUSE.source)


def test_a_title_about_the_senate_is_no_name() -> None:
    assert not names_only_site("Сенат одобрил закон о дорогах", HOUSE.source)


@pytest.mark.parametrize(
    ("title", "head", "expected"),
    [
        (f"{TITLE} | Kazpravda.kz", "", TITLE),
        (f"{TITLE} - Моя газета", "<meta property='og:site_name' content='Моя газета'>", TITLE),
        (f"{TITLE} – DW – 13.06.2023", "", TITLE),
        (f"{TITLE}：Газета", "<meta property='og:site_name' content='Газета'>", TITLE),
        ("Мост: сдан - раньше срока", "", "Мост: сдан - раньше срока"),
        ("Казахстанская правда", "", None),
    ],
)
def test_titles_without_the_sites_name(title: str, head: str, expected: str | None) -> None:
    page = Page(ARTICLE, PAPER, f"<head>{head}</head><h1>{TITLE}</h1>")
    assert without_site_name(title, page, TITLE) == expected


def test_a_title_is_the_first_that_is_more_than_the_sites_name() -> None:
    page = Page(ARTICLE, PAPER, f"<h1>{TITLE}</h1>")
    titles = (None, "", "Казахстанская правда", f"{TITLE} | Kazpravda.kz", "Мост")
    assert own_title(titles, page, None) == TITLE
    assert own_title(titles[:3], page, None) is None


def test_names_of_sections_are_those_of_the_menu() -> None:
    menu = (
        "<a href='/r/sport/'>Спорт</a><a href='/n/most/'>Мост</a><a href='https://a.kz/'>Ульба</a>"
    )
    page = Page(ARTICLE, PAPER, menu)
    assert names_section("СПОРТ", page)
    assert names_section("#степь", page)
    assert not names_section("Мост", page)
    assert not names_section("Ульба", page)
    assert not names_section(TITLE, page)
