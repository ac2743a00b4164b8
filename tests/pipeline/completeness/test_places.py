"""Where the lines of a text stand in its paragraphs, and among the elements of its page."""

from __future__ import annotations

import pytest

from pipeline.completeness.places import TextElements, places_in_text
from pipeline.page.page import Page
from tests.pipeline.completeness.articles import TEXT
from tests.pipeline.reading.page_fields import ARTICLE, PAPER


def _page(body: str) -> Page:
    return Page(ARTICLE, PAPER, f"<body>{body}</body>")


@pytest.mark.parametrize(
    ("lines", "paragraphs", "places"),
    [
        (("a b", "c"), ("a b", "c"), {0: 0, 1: 1}),
        (("c", "a b", "c"), ("a b", "c", "c"), {1: 0, 0: 1, 2: 2}),
        (("c", "c"), ("c",), {0: 0}),
        (("a  b", "c"), ("ab", "c"), {0: 0, 1: 1}),
        (TEXT[:2], (" ".join(TEXT[:2]),), {0: 0, 1: 0}),
        ((TEXT[0], TEXT[0], TEXT[1]), (TEXT[0], " ".join(TEXT[1:])), {0: 0, 2: 1}),
        (("one", "two"), ("one and two",), {}),
        ((), ("a",), {}),
        (("a",), (), {}),
    ],
)
def test_a_line_is_a_paragraph_or_a_long_part_of_one(
    lines: tuple[str, ...], paragraphs: tuple[str, ...], places: dict[int, int]
) -> None:
    page = _page("".join(f"<p>{line}</p>" for line in lines))
    assert places_in_text(page.lines, paragraphs, lambda at: False) == places


def test_a_line_outside_of_the_article_is_none_of_the_text() -> None:
    page = _page(f"<p>{TEXT[0]}</p><p>{TEXT[0]}</p>")
    assert places_in_text(page.lines, TEXT[:1], lambda at: at == 0) == {1: 0}
    assert places_in_text(page.lines, (" ".join(TEXT),), lambda at: at == 0) == {1: 0}


def test_the_elements_around_a_text() -> None:
    page = _page(
        "<div><section><p class=a>one</p><p>two</p></section><p class=a>three</p></div>"
        "<div class=b><p class=c>four</p></div>"
    )
    near = TextElements(page.lines[:2], page.root)
    assert near.main.tag == "section"
    assert [near.levels(line) for line in page.lines] == [1, 1, 1, 2]
    assert [near.is_alike(line) for line in page.lines] == [True, True, True, False]
