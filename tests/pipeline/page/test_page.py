"""How a page is decoded, and its links."""

from __future__ import annotations

import pytest

from pipeline.page.page import Page
from tests.pipeline.reading.page_fields import ARTICLE, PAPER, article


@pytest.mark.parametrize(
    ("encoding", "content_type", "meta"),
    [
        ("utf-8", "text/html", ""),
        ("utf-8", "", "<meta charset=utf-8>"),
        ("windows-1251", "text/html; charset=windows-1251", ""),
        ("windows-1251", "text/html", "<meta charset='windows-1251'>"),
        ("utf-8-sig", "text/html; charset=windows-1251", ""),
    ],
)
def test_the_encoding_is_found_as_browsers_do(encoding: str, content_type: str, meta: str) -> None:
    content = article(head=meta).encode(encoding)
    page = Page.decoded(ARTICLE, PAPER, content_type, content)
    assert page.selector.css("h1::text").get() == "Заголовок статьи"


@pytest.mark.parametrize(
    "end", ["</body>", "</body></html>", "</HTML >\n<!-- 0.2 s -->", "</body\n>"]
)
def test_what_follows_a_stray_end_of_body_or_html_stands_where_it_would_without(end: str) -> None:
    parts = ("<html><body><main><div><p>Первый абзац.</p>", "<p>Второй абзац.</p></div></main>")
    page = Page(ARTICLE, PAPER, end.join((*parts, "<footer>Адрес</footer>")))
    assert [line.text for line in page.lines] == ["Первый абзац.", "Второй абзац.", "Адрес"]
    first, second, footer = page.lines
    assert first.element.getparent() is second.element.getparent()
    assert footer.element.getparent() is page.root.find("body")


def test_links_of_a_page_are_public_and_each_once() -> None:
    html = (
        "<base href='/kk/'><a href='n/a/'>1</a><a href='https://www.kazpravda.kz/kk/n/a/'>2</a>"
        "<a href='//example.org/'>3</a><a href='http://['>4</a><a href='#'>5</a>"
    )
    page = Page(ARTICLE, PAPER, html)
    assert page.own_links() == ["https://kazpravda.kz/kk/n/a/", "https://kazpravda.kz/kk/"]
    assert page.link("//example.org/a.jpg") == "https://example.org/a.jpg"
    assert page.link("data:image/gif;base64,AA") is None
    assert page.link(" ") is None


def test_a_utf8_page_that_declares_another_encoding_is_read_as_utf8() -> None:
    page = Page.decoded(ARTICLE, PAPER, "text/html; charset=windows-1251", article().encode())
    assert "Первый абзац" in page.text


def test_a_page_that_declares_its_old_encoding_is_read_by_it() -> None:
    declared = "text/html; charset=windows-1251"
    page = Page.decoded(ARTICLE, PAPER, declared, article().encode("cp1251"))
    assert "Первый абзац" in page.text


@pytest.mark.parametrize(
    "selector",
    [
        ".lead", "p.lead", "div.lead", ".none", "div.none p", "div.text p", "div.text.wide p",
        "div.text.none p", "[class*=caption]", "[class*=none]", "div.text [class*=ption]",
        "div.text div", ".wide div", ".inner p", "p.inner p", "[class*=inn]", "[class*=e]",
        ".none, .lead", "p:not(.none)", "p:not([class*=none])", "a[href='/a.none']",
        "a[href*='.none']", ".text > .lead", ".lead ~ p", "h1", "[class*=none], h1",
    ],
)  # fmt: skip
def test_a_selector_finds_what_a_search_of_the_whole_page_does(selector: str) -> None:
    html = (
        "<h1>Заголовок</h1><div class='text wide'><p class='lead big'>Лид</p><p>Абзац</p>"
        "<p class='photo-caption'>Фото</p><a href='/a.none'>Ссылка</a><div>"
        "<div class='wide inner'><div><p class='inner lead'>Ещё</p></div></div></div></div>"
    )
    page = Page(ARTICLE, PAPER, html)
    assert page.elements(selector) == [one.root for one in page.selector.css(selector)]


@pytest.mark.parametrize("html", ["", " \n", "\0", "<!-- нет -->", "Текст", "\ud800<p>Текст</p>"])
def test_a_page_has_a_tree_whatever_its_text(html: str) -> None:
    page = Page(ARTICLE, PAPER, html)
    assert page.root.tag == "html"
    assert [line.text for line in page.lines][-1:] in ([], ["Текст"])


def test_what_is_made_once_is_the_pages_own() -> None:
    page, same = (Page(ARTICLE, PAPER, article()) for _ in range(2))
    first, second = page.root.find("body"), page.root.find("head")

    def made(page: Page, *of: object) -> tuple[object, ...]:
        return (page, *of)

    assert page.once(made, first) is page.once(made, first)
    assert page.once(made, second) == (page, second)
    assert same.once(made)[0] is same
