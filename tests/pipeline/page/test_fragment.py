"""The body's fragment as paragraphs: what is cut, and what must never be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.normalize.characters import one_line
from pipeline.page.fragment import element_paragraphs, fragment_paragraphs
from pipeline.page.page import Page
from tests.pipeline.reading.page_fields import ARTICLE, PAPER

TEXT = "<p>Первый абзац.</p>{}<p>Последний абзац.</p>"
PAGE = Page(ARTICLE, PAPER, "")
CUT = ("[class*=related]", "div.article__content")
_Reader = Callable[[Page, str, tuple[str, ...]], tuple[str, ...]]


def of_element(page: Page, html: str, cut: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The paragraphs of the first element of a page's body."""
    whole = replace(page, text=f"<body>{html}")
    return element_paragraphs(whole, whole.root[0][0], cut)


@pytest.mark.parametrize(
    "html",
    [
        "<p>Читайте также: <a href=x>Другая новость</a></p>",
        "<p><a href=x>Читайте также: Другая новость</a></p>",
        "<p>Читайте также:</p><ul><li><a href=x>Одна</a></li><li><a href=y>Две</a> 12.03.2026</ul>",
        "<p>Тағы оқыңыз: <a href=x>Басқа</a></p>",
        "<figure><img src=a><figcaption>Подпись к снимку</figcaption></figure>",
        "<div class='photo-block'><img src=a><p>Подпись к снимку</p></div>",
        "<p class='img-caption'>Подпись к снимку</p>",
        "<p>#степь #Сенат РК</p>",
        "<div>Поделиться: <a href=a>f</a> <a href=b>t</a></div>",
        "<p>Реклама</p>",
        "<div><a href='https://t.me/x'>Подписывайтесь на наш Telegram!</a></div>",
        "<aside><a href=x>Другая новость</a></aside>",
        "<form><p>Подпишитесь</p><input></form>",
        "<div class='x-related'><a href=x>Одна</a><a href=y>Две</a></div>",
        "<div class='article__content'><a href=x>Другая новость дня</a></div>",
        "<p hidden>скрыто</p><p style='display:none'>скрыто</p>",
        "<script>a()</script><style>p{}</style><noscript>x</noscript><iframe>y</iframe>",
    ],
)
def test_what_is_no_text_is_cut(html: str) -> None:
    lines = fragment_paragraphs(PAGE, f"<div>{TEXT.format(html)}</div>", CUT)
    assert lines == ("Первый абзац.", "Последний абзац.")


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<p>По теме заседания выступил министр.</p>", ["По теме заседания выступил министр."]),
        ("<h3>По теме</h3>", ["По теме"]),
        ("<p><a href=x>Подписан закон о мёде</a></p>", ["Подписан закон о мёде"]),
        ("<p>Related parties signed it.</p>", ["Related parties signed it."]),
        ("<p><a href=x>Полный текст закона на портале</a></p>", ["Полный текст закона на портале"]),
        ("<p>#ЖасылҚазақстан стала акцией года.</p>", ["#ЖасылҚазақстан стала акцией года."]),
        ("<p>Взнос – <ins>ежегодный</ins> платёж</p>", ["Взнос – ежегодный платёж"]),
        ("<figure class=table><table><tr><td>a<td>b</table></figure>", ["a b"]),
        ("<blockquote>Речь.<footer>Глава</footer></blockquote>", ["Речь.", "Глава"]),
        ("<ul><li>a<ul><li>b</ul></ul>c<b>d</b>", ["a", "b", "cd"]),
        ("<p><img src=a> Текст рядом со снимком</p>", ["Текст рядом со снимком"]),
        (f"<aside>{'Справка о законе. ' * 40}</aside>", [("Справка о законе. " * 40).strip()]),
        ("<p>2028</p>", ["2028"]),
    ],
)
def test_text_is_kept_whatever_it_looks_like(html: str, kept: list[str]) -> None:
    lines = fragment_paragraphs(PAGE, f"<div>{TEXT.format(html)}</div>", CUT)
    assert lines == ("Первый абзац.", *kept, "Последний абзац.")


@pytest.mark.parametrize("read", [fragment_paragraphs, of_element])
@pytest.mark.parametrize(
    "html",
    [
        "<figure><img src=a><figcaption>Подпись к снимку</figcaption></figure>",
        "<figure><div class=img><img src=a></div><p class=caption>Подпись к снимку</p></figure>",
        "<figcaption>Подпись к снимку</figcaption>",
        "<aside><a href=x>Другая новость</a></aside>",
        "<div class='x-related'><a href=x>Одна</a><a href=y>Две</a></div>",
        "<div class=photo><img src=a>Подпись к снимку</div>",
    ],
)
def test_what_is_cut_parts_the_text_around_it(read: _Reader, html: str) -> None:
    lines = read(PAGE, f"<div class=body>Первый абзац{html}Последний абзац</div>", CUT)
    assert lines == ("Первый абзац", "Последний абзац")


def test_figures_inside_a_figure_are_judged_with_it() -> None:
    picture = "<figure><img src=a><aside>Справка</aside><figure>Подпись</figure></figure>"
    table = "<figure><figure><table><tr><td>a<td>b</table></figure></figure>"
    assert of_element(PAGE, f"<div>Один.{picture}Два.</div>") == ("Один.", "Два.")
    assert of_element(PAGE, f"<div>Один.{table}Два.</div>") == ("Один.", "a b", "Два.")
    assert of_element(PAGE, f"<figure>Один.{picture}Два.</figure>") == ("Один.", "Два.")


def test_a_name_for_what_is_cut_does_not_cut_the_text_itself() -> None:
    whole = "<div class='article__body has-related'><p>Один.</p></div>"
    inside = "<div><p>Врезка.</p><div class='article__content'><p>Весь текст статьи.</div></div>"
    assert fragment_paragraphs(PAGE, whole, CUT) == ("Один.",)
    assert fragment_paragraphs(PAGE, inside, CUT) == ("Врезка.", "Весь текст статьи.")


pieces = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "<br>", "<a>", "</a>", "<div class=related>", "</div>", "<figure>", "<td>",
         "<table>", "<form>", "</form>", "<aside>", "<img class=image>", "#а", "Теги:", "слово. ",
         "<![CDATA[", "<?xml", "<!--", "&#0;", "&amp;", "\x00", "\ud800"]
    ),
    max_size=25,
).map("".join)  # fmt: skip


@given(pieces | st.text(max_size=80))
@example("")
@example("http://example.org/")  # what BeautifulSoup warns of
@example("<?xml version='1.0' encoding='x'?><p>a")
@example("<form><p>a</form>")
def test_paragraphs_are_single_lines_and_never_empty(html: str) -> None:
    lines = fragment_paragraphs(PAGE, html, CUT)
    assert all(line == one_line(line) != "" for line in lines)


def test_unclosed_elements_lose_nothing() -> None:
    html = "".join(f"<span>Абзац {number}.<br>" for number in range(1_000))
    assert len(fragment_paragraphs(PAGE, html)) == 1_000


words = st.text(alphabet="абвгдежз", min_size=2, max_size=9)


@given(st.lists(st.lists(words, min_size=4, max_size=9).map(" ".join), min_size=1, max_size=9))
def test_plain_paragraphs_come_back(texts: list[str]) -> None:
    assert fragment_paragraphs(PAGE, "".join(f"<p>{text}.</p>" for text in texts)) == tuple(
        f"{text}." for text in texts
    )
    joined = "<br><br>\n".join(texts)
    assert fragment_paragraphs(PAGE, f"<div>{joined}</div>") == tuple(texts)
