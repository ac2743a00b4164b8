"""The lines of a page, as its reader sees them."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml.html import HTMLParser, document_fromstring

from pipeline.normalize.characters import one_line
from pipeline.page.lines import Line, has_line, lines_of, lines_text
from pipeline.page.page import Page
from tests.pipeline.reading.page_fields import ARTICLE, PAPER


def _lines(html: str) -> list[Line]:
    return lines_of(document_fromstring(f"<html><body>{html}"))


def _texts(html: str) -> list[str]:
    return [line.text for line in _lines(html)]


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        ("<div>a <b>b</b> c<p>d</p>e<!-- x -->f</div>", ["a b c", "d", "ef"]),
        ("<p>a<br>b</p>", ["a b"]),
        ("<p>a<br>\n&nbsp;<br />b</p>", ["a", "b"]),
        ("<p>Конец.<br>Начало</p>", ["Конец.", "Начало"]),
        ("<p>«Цитата»<br>того же</p>", ["«Цитата» того же"]),
        ("<p>«Конец.»<br>Начало</p>", ["«Конец.»", "Начало"]),
        ("<p>Список<br>• один<br>• два</p>", ["Список", "• один", "• два"]),
        ("<div>Заголовок<br>16.05.2022 7<br>Текст</div>", ["Заголовок", "16.05.2022 7", "Текст"]),
        ("<h1>Первая.<br><br>Вторая</h1>", ["Первая. Вторая"]),
        ("<div>Новости<br><a href=a>Одна</a><br>вчера</div>", ["Новости", "Одна", "вчера"]),
        ("<p>a</p><p hidden>b</p><p style='DISPLAY : none'>c<i>d</i></p>e", ["a", "e"]),
        ("a<script>b</script>c<select><option>d</select>e", ["ace"]),
        ("<div>Рубрика <time>4 марта</time> 348</div>", ["Рубрика", "4 марта", "348"]),
        ("<div>Собрались все <time>4 мая</time> у моста</div>", ["Собрались все 4 мая у моста"]),
        ("<table><tr><td>a<td>b<tr><td>c</table>", ["a b", "c"]),
        ("<pre>a\nb c\n\nd <b>e\nf</b> g\n<i>\n</i>h</pre>i",
         ["a", "b c", "d e", "f g", "h", "i"]),
        ("<p>a\nb</p>", ["a b"]),
        ("<p>a\u200b\u00adb&nbsp;c</p><p>&nbsp;</p>", ["ab c"]),
    ],
)  # fmt: skip
def test_lines_of_known_fragments(html: str, texts: list[str]) -> None:
    assert _texts(html) == texts


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        ("<caption>t</caption><tr><td>a</td><td>b</td></tr><tr><td><p>c</p></td></tr>",
         ["t", "a b", "c"]),
        ("<tr><td><p>Область</p></td><td><p><b>Голоса</b></p></td></tr>", ["Область Голоса"]),
        ("<tr><th>Облыс</th>\n<td><div>5</div></td><td></td></tr>", ["Облыс 5"]),
        ("<tr><td>2026 год</td><td>15,4 из 20.5</td></tr>", ["2026 год 15,4 из 20.5"]),
        ("<tr><td>Region<br>One</td><td><a href=x>12</a></td></tr>", ["Region One 12"]),
    ],
)  # fmt: skip
def test_a_row_of_data_is_one_line(html: str, texts: list[str]) -> None:
    assert _texts(f"<table>{html}</table>") == texts


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        ("<tr><td><p>Один.</p><p>Два.</p></td><td>Меню</td></tr>", ["Один.", "Два.", "Меню"]),
        ("<tr><td><h1>Тақырып</h1></td><td>Мәзір</td></tr>", ["Тақырып", "Мәзір"]),
        ("<tr><td><ul><li>One<li>Two</ul></td><td>Menu</td></tr>", ["One", "Two", "Menu"]),
        ("<tr><td><a href=a>Одна</a></td><td><a href=b>Другая</a></td></tr>", ["Одна", "Другая"]),
        (f"<tr><td>{'слово ' * 40}</td><td>Меню</td></tr>", [("слово " * 40).strip(), "Меню"]),
        ("<tr><td>a<br><br>b</td><td>c</td></tr>", ["a", "b", "c"]),
        ("<tr><td>Изменено:</td><td><time>6 марта</time></td></tr>", ["Изменено:", "6 марта"]),
        (
            "<tr><td>Мост открыт</td><td>06.03.2026 10:00</td></tr>",
            ["Мост открыт", "06.03.2026 10:00"],
        ),
        ("<tr><td>Көпір</td><td>2026 жылғы 6 наурыз</td></tr>", ["Көпір", "2026 жылғы 6 наурыз"]),
        ("<tr><td>A bridge</td><td>March 6, 2026</td></tr>", ["A bridge", "March 6, 2026"]),
        ("<tr><td><table><tr><td>a<td>b</table></td><td>c</td></tr>", ["a b", "c"]),
    ],
)
def test_cells_that_place_the_parts_of_a_page_are_lines(html: str, texts: list[str]) -> None:
    assert _texts(f"<table>{html}</table>") == texts


def test_a_line_knows_its_links_and_what_it_stands_in() -> None:
    line, below = _lines("<aside><p>a <a href=x>bcd</a></p></aside><p>e</p>")
    assert (line.outside_links, line.landmark, line.words) == ("a", "aside", 2)
    assert line.link_share == pytest.approx(0.8)
    assert line.is_inside(line.element)
    assert not below.is_inside(line.element)
    assert below.landmark is None


def test_nesting_may_be_deep() -> None:
    root = document_fromstring("<i>" * 1_500 + "a", parser=HTMLParser(huge_tree=True))
    assert lines_text(root) == "a"


pieces = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "<br>", "<b>", "</b>", "<a href=x>", "</a>", "<td>", "<table>", "<h1>",
         "<pre>", "<div hidden>", "</div>", "<!-- -->", "<time>", "слово", "Конец.", " ",
         "16.05.2022", "\n"]
    ),
    max_size=25,
).map("".join)  # fmt: skip


@given(pieces | st.text(max_size=80))
@example("<time>")
def test_every_line_is_one_normalised_line(html: str) -> None:
    for line in _lines(html):
        assert line.text == one_line(line.text) != ""
        assert 0 <= line.link_share <= 1


@given(pieces.map(lambda html: f"<body>{html}"))
@example("<div>a<b>b</b></div><nav><p>c</p></nav><a href=x><p>d</p></a><p hidden>e<i>f</i></p>")
@example("<b>\u200b</b>a<td>b<p>c")
@example("<table><tr><td>a<td>b<b>c\nd</b></table><pre>e\nf<b>g\nh</b></pre>")
def test_a_page_gives_the_lines_that_a_walk_over_the_element_gives(html: str) -> None:
    page = Page(ARTICLE, PAPER, html)
    for element in page.root.iter("*"):
        alone = lines_of(element)
        assert page.lines_of(element) == alone
        assert page.has_line(element) == has_line(element) == bool(alone)


def test_a_page_has_the_lines_of_most_elements_among_its_own() -> None:
    html = "<div id=a>a<p id=b>b <i id=c>c</i></p><b id=d>d</b></div><nav id=e><p id=f>f</p></nav>"
    page = Page(ARTICLE, PAPER, f"<body>{html}")
    found = {one.get("id"): page.lines_of(one)[0] for one in page.root.iter() if one.get("id")}
    own = {name for name, line in found.items() if any(line is one for one in page.lines)}
    assert own == {"a", "b", "d", "e"}


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<b> Одно\n слово </b>", "Одно слово"),
        ("<b></b>", ""),
        ("<b hidden>Слово</b>", ""),
        ("<button>Слово</button>", ""),
        ("<!-- Слово -->", ""),
        ("<b>Одно<br>слово</b>", "Одно слово"),
        ("<div><p>Одно</p><p>слово</p></div>", "Одно слово"),
    ],
)
def test_an_elements_text_is_that_of_its_lines(html: str, text: str) -> None:
    element = document_fromstring(f"<html><body>{html}")[0][0]
    assert lines_text(element) == text == " ".join(line.text for line in lines_of(element))
