"""What stands between a page's heading and its body."""

from __future__ import annotations

from pipeline.layouts.heading_to_body import HeaderLines, header_lines
from pipeline.model.source import ClassLayout
from pipeline.page.page import Page
from pipeline.shown_times.page_times import PageTimes
from tests.pipeline.reading.page_fields import ARTICLE, PAPER

LAYOUT = ClassLayout(name="2021", title=("h1",), body=(".body",), image=(".picture img",),
                     views=(".views",))  # fmt: skip
RUBRIC = "<a href='/r/politika/'>Политика</a>"
DATE = "<div>4 марта 2026 г. 7:31</div>"
LEAD = "Сенат принял закон о дорогах, который внесло правительство."
PICTURE = "<div class=picture><img src=a.jpg><p>На снимке зал. Фото: Сенат РК</p></div>"


def _header(between: str) -> HeaderLines:
    page = Page(ARTICLE, PAPER, f"<h1>Заголовок</h1>{between}<div class=body><p>Текст.</p></div>")
    heading, body = page.found(LAYOUT.title), page.found(LAYOUT.body)
    assert heading is not None
    assert body is not None
    return header_lines(page, LAYOUT, heading, body)


def test_nothing_stands_there() -> None:
    empty = HeaderLines(section=None, authors=(), texts=(), credit=None)
    assert _header("") == empty


def test_each_line_is_told_by_what_it_is() -> None:
    found = _header(
        f"<div>{RUBRIC}</div>{DATE}<div class=views>348</div><div>Айгуль Омарова</div>"
        f"<p>{LEAD}</p>{PICTURE}<div>Поделиться</div>"
    )
    assert found.section == "Политика"
    assert found.texts == ("Айгуль Омарова", LEAD)
    assert found.credit == "Сенат РК"


def test_a_label_before_the_date_is_the_section_and_none_after_it() -> None:
    assert _header(f"<div>Общество</div>{DATE}").section == "Общество"
    assert _header(f"{DATE}<div>Общество</div>").section is None
    assert _header("<div>Общество</div>").section is None


def test_a_link_to_a_listing_is_the_section_wherever_it_stands() -> None:
    assert _header(f"<div>Важное</div>{DATE}<div>{RUBRIC}</div>").section == "Политика"


def test_names_in_the_dates_line_are_authors() -> None:
    assert _header("<div>Айгуль Омарова, 4 марта 2026 г.</div>").authors == ("Айгуль Омарова",)


def test_above_the_date_only_long_lines_are_text() -> None:
    long = "Сенат принял вчера закон о дорогах, который внесло правительство этой зимой"
    assert _header(f"<p>{long}</p><p>Короткая строка.</p>{DATE}").texts == (long,)


def test_what_stands_below_the_picture_is_its_caption() -> None:
    below = "<p>Депутаты в зале заседаний.</p>"
    assert _header(f"{DATE}<p>{LEAD}</p>{PICTURE}{below}").texts == (LEAD,)
    assert _header(f"{DATE}{below}").texts == ("Депутаты в зале заседаний.",)


def test_a_mere_link_and_navigation_are_no_text() -> None:
    links = "<p><a href='/n/drugaya/'>Другая статья о дорогах и мостах</a></p><nav>Главная</nav>"
    assert _header(f"{DATE}{links}").texts == ()


def test_text_right_behind_the_elements_around_the_body_is_below_it() -> None:
    article = f"<h1>Заголовок</h1>{DATE}<p>{LEAD}</p><div class=body><p>Текст.</p></div>"
    for count in range(40):
        below = "<br><br>".join(["Редакция, Астана"] * count)
        page = Page(ARTICLE, PAPER, f"<div><main>{article}</main>{below}</div>{below}")
        heading, body = page.found(LAYOUT.title), page.found(LAYOUT.body)
        assert heading is not None
        assert body is not None
        assert header_lines(page, LAYOUT, heading, body).texts == (LEAD,)
        published = PageTimes(page).around(heading, [body]).published
        assert published is not None
        assert published.text == "2026-03-04T07:31:00+05:00"
