"""Cards of other pieces, told from the paragraphs of a text."""

from __future__ import annotations

from pipeline.page.page import Page
from pipeline.page.teasers import Teasers
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
