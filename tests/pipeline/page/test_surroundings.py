"""What stands around an article and is no part of it."""

from __future__ import annotations

import pytest

from pipeline.page.page import Page
from pipeline.page.surroundings import Surroundings
from tests.pipeline.reading.page_fields import ARTICLE, PAPER


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
