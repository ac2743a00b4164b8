"""A text taken from a page, and the lines of the page that it is made of."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.page.line_matching import matching_lines
from pipeline.page.page import Page
from tests.pipeline.reading.page_fields import ARTICLE, PAPER

LINES = ("Первый абзац стоит здесь.", "Второй абзац стоит ниже.", "Третий абзац, последний.")
PAGE = Page(ARTICLE, PAPER, "<p>Меню</p>" + "".join(f"<p>{line}</p>" for line in LINES))


def test_equal_texts_are_found_in_order() -> None:
    assert matching_lines(list(LINES), PAGE.lines) == [1, 2, 3]
    assert matching_lines([LINES[2]], PAGE.lines) == [3]


def test_a_line_cut_in_parts_is_found_once() -> None:
    parts = [LINES[0], "Второй", "абзац", "стоит ниже."]
    assert matching_lines(parts, PAGE.lines) == [1, 2]


def test_a_text_that_runs_lines_together_is_all_of_them() -> None:
    assert matching_lines(["".join(LINES)], PAGE.lines) == [1, 2, 3]


def test_a_line_twice_on_the_page_is_the_later_one_in_its_turn() -> None:
    page = Page(ARTICLE, PAPER, f"<p>{LINES[1]}</p><p>{LINES[0]}</p><p>{LINES[1]}</p>")
    assert matching_lines([LINES[0], LINES[1]], page.lines) == [1, 2]


def test_the_cells_of_a_table_are_found_where_a_text_joins_them() -> None:
    cells = (
        "<tr><td>Год<td>Мест</tr><tr><td><h6>2025</h6><td>12</tr><tr><td><h6>2026</h6><td>14</tr>"
    )
    page = Page(ARTICLE, PAPER, f"<p>12</p><p>{LINES[0]}</p><table>{cells}</table>")
    texts = [LINES[0], "| Год | Мест |", "| 2025 | 12 |", "| 2026 | 14 |"]
    assert matching_lines(texts, page.lines) == [1, 2, 3, 4, 5, 6]


def test_a_short_text_is_looked_for_near_and_after_the_one_before_it() -> None:
    far = "".join(f"<p>Строка {number}</p>" for number in range(30))
    page = Page(ARTICLE, PAPER, f"<p>Итог</p><p>{LINES[0]}</p>{far}<p>Итог</p><p>{LINES[1]}</p>")
    assert matching_lines([LINES[0], "Итог", LINES[1]], page.lines) == [1, 33]


def test_what_is_not_on_the_page_is_not_found() -> None:
    assert matching_lines(["Совсем другой текст, которого нет."], PAGE.lines) == []


@given(st.lists(st.text(max_size=40), max_size=6))
def test_any_texts_give_places_of_the_page(texts: list[str]) -> None:
    found = matching_lines(texts, PAGE.lines)
    assert found == sorted(set(found))
    assert set(found) <= set(range(len(PAGE.lines)))
