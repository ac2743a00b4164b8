"""Cards of other pieces, told from the paragraphs of a text."""

from __future__ import annotations

import pytest

from pipeline.page.page import Page
from pipeline.page.teasers import Surroundings, Teasers
from tests.pipeline.reading.page_fields import ARTICLE, PAPER

CARD = (
    "<li class=c><a href='/n/{n}/'>Заголовок другой новости</a><p>Её первые слова здесь.</p></li>"
)
CARDS = f"<ul>{''.join(CARD.format(n=n) for n in range(3))}</ul>"
TEXT = "".join(
    f"<p>Абзац {n} с <a href='/n/x/'>ссылкой на три слова</a> и с другими словами.</p>"
    for n in range(4)
)


def _teasers(html: str) -> tuple[Page, Teasers]:
    page = Page(ARTICLE, PAPER, html)
    return page, Teasers(page)


def test_lines_of_cards_are_held_and_paragraphs_are_not() -> None:
    page, teasers = _teasers(f"<div>{TEXT}</div>{CARDS}")
    held = [teasers.contains(line) for line in page.lines]
    assert held == [False] * 4 + [True] * 6


def test_two_alike_are_no_list() -> None:
    page, teasers = _teasers(f"<ul>{CARD.format(n=1)}{CARD.format(n=2)}</ul>")
    assert not any(teasers.contains(line) for line in page.lines)


def test_a_text_of_cards_is_a_list() -> None:
    page, teasers = _teasers(CARDS)
    assert teasers.are_most_of(list(range(len(page.lines))))


def test_a_flat_list_of_links_with_a_line_under_each_is_one_too() -> None:
    flat = "".join(
        f"<h3><a href='/n/{n}/'>Заголовок другой новости</a></h3><p>Её слова стоят здесь.</p>"
        for n in range(4)
    )
    page, teasers = _teasers(f"<div>{flat}</div>")
    assert teasers.are_most_of(list(range(len(page.lines))))


def test_even_one_line_under_a_link_to_another_article_is_a_list() -> None:
    card = "<h2><a href='/n/1/'>Заголовок другой новости</a></h2><p>Её слова стоят здесь.</p>"
    page, teasers = _teasers(card)
    assert teasers.are_most_of(list(range(len(page.lines))))
    elsewhere, others = _teasers(card.replace("/n/1/", "/r/sport/"))
    assert not others.are_most_of(list(range(len(elsewhere.lines))))


def test_a_text_with_links_in_it_is_none() -> None:
    _, teasers = _teasers(f"<div>{TEXT}</div>{CARDS}")
    assert not teasers.are_most_of(list(range(4)))


@pytest.mark.parametrize(
    ("html", "is_teaser"),
    [
        ("<div><a href='/n/1/'>Другая</a><i>x</i></div>", True),
        ("<div><i>x</i><b><a href='/n/1/'>Другая</a></b></div>", True),
        ("<div><i>x</i><a href='/n/1/'>Одна</a><a href='/n/2/'>Две</a></div>", False),
        ("<div><i>x</i><a href='/kk/n/1/'>Қазақша</a></div>", False),
        ("<div><i>x</i><a href='/r/politika/'>Политика</a><a href='#c'>Мнения</a></div>", False),
        ("<i>x</i>", False),
    ],
)
def test_an_element_beside_a_link_to_another_article_is_its(html: str, is_teaser: bool) -> None:
    more = "<div><a href='/n/9/'>Ещё одна</a></div>"
    page = Page(ARTICLE, PAPER, f"<main><h1>Заголовок</h1>{html}<p>Текст.</p></main>{more}")
    (heading,), (element,) = page.root.iter("h1"), page.root.iter("i")
    assert Surroundings(page, [heading]).is_in_teaser(element) is is_teaser


def test_in_a_flat_list_with_a_date_for_each_none_is_the_articles() -> None:
    flat = "".join(f"<i>{n}</i><a href='/n/{n}/'>Другая</a>" for n in range(2))
    page = Page(ARTICLE, PAPER, f"<main><h1>Заголовок</h1><div>{flat}</div></main>")
    own = list(page.root.iter("h1"))
    around = Surroundings(page, own)
    assert all(around.is_in_teaser(element) for element in page.root.iter("i"))


@pytest.mark.parametrize(
    ("html", "apart"),
    [
        ("<aside><i>x</i></aside>", True),
        ("<div id=comments><i>x</i></div>", True),
        ("<div class='comment-list'><i>x</i></div>", True),
        ("<div class=commentary><i>x</i></div>", False),
        ("<div><i>x</i></div>", False),
    ],
)
def test_comments_and_asides_stand_apart(html: str, *, apart: bool) -> None:
    page = Page(ARTICLE, PAPER, f"<main class=comments-open><h1>Заголовок</h1>{html}</main>")
    (heading,), (element,) = page.root.iter("h1"), page.root.iter("i")
    assert Surroundings(page, [heading]).is_apart(element) is apart
