"""A text taken from a page, and the lines of the page that it is made of."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.page.line_matching import places
from pipeline.page.page import Page
from tests.pipeline.reading.page_fields import ARTICLE, PAPER

LINES = ("Первый абзац стоит здесь.", "Второй абзац стоит ниже.", "Третий абзац, последний.")
PAGE = Page(ARTICLE, PAPER, "<p>Меню</p>" + "".join(f"<p>{line}</p>" for line in LINES))


def test_equal_texts_are_found_in_order() -> None:
    assert places(list(LINES), PAGE.blocks) == [1, 2, 3]
    assert places([LINES[2]], PAGE.blocks) == [3]


def test_a_line_cut_in_parts_is_found_once() -> None:
    parts = [LINES[0], "Второй", "абзац", "стоит ниже."]
    assert places(parts, PAGE.blocks) == [1, 2]


def test_a_text_that_runs_lines_together_is_all_of_them() -> None:
    assert places(["".join(LINES)], PAGE.blocks) == [1, 2, 3]


def test_a_line_twice_on_the_page_is_the_later_one_in_its_turn() -> None:
    page = Page(ARTICLE, PAPER, f"<p>{LINES[1]}</p><p>{LINES[0]}</p><p>{LINES[1]}</p>")
    assert places([LINES[0], LINES[1]], page.blocks) == [1, 2]


def test_what_is_not_on_the_page_is_not_found() -> None:
    assert places(["Совсем другой текст, которого нет."], PAGE.blocks) == []


@given(st.lists(st.text(max_size=40), max_size=6))
def test_any_texts_give_places_of_the_page(texts: list[str]) -> None:
    found = places(texts, PAGE.blocks)
    assert found == sorted(set(found))
    assert set(found) <= set(range(len(PAGE.blocks)))
