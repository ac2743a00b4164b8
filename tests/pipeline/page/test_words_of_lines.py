"""Where words end: none is glued to the next one, and none is split by a tag inside it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import document_fromstring

from pipeline.page.lines import lines_of


def _text(html: str) -> str:
    return " / ".join(line.text for line in lines_of(document_fromstring(f"<body>{html}</body>")))


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<a href='/r/politika/'>Политика</a><span>Обновлено</span>", "Политика Обновлено"),
        ("<a>Саясат</a><span>Жаңартылды</span>", "Саясат Жаңартылды"),
        ("<a>Politics</a><span>Updated</span>", "Politics Updated"),
        ("<span class=badge>18+</span>Заголовок", "18+ Заголовок"),
        ("<h1>Тақырып<sup>18+</sup></h1>", "Тақырып 18+"),
        ("<h1>Headline<span>16+</span></h1>", "Headline 16+"),
        ("<b>12+</b>Кино", "12+ Кино"),
        ("<h1><span>LIVE</span>Сенат</h1>", "LIVE Сенат"),
        ("<h1>Сенат отырысы<span>ВИДЕО</span></h1>", "Сенат отырысы ВИДЕО"),
        ("<span>4 марта 2026</span><span>Политика</span>", "4 марта 2026 Политика"),
        ("<span>Просмотров</span><span>345</span>", "Просмотров 345"),
        ("<span>Закон принят.</span><span>Депутаты</span>", "Закон принят. Депутаты"),
        ("<div>Сенат</div>мәжіліс", "Сенат / мәжіліс"),
        ("Сенат<p>House", "Сенат / House"),
    ],
)  # fmt: skip
def test_words_of_different_elements_stay_apart(html: str, text: str) -> None:
    assert _text(html) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("при<b>мер</b>", "пример"),
        ("<span>С</span>енат", "Сенат"),
        ("<span>С</span>ЕНАТ", "СЕНАТ"),
        ("<a href='/x'>Сенат</a>тың отырысы", "Сенаттың отырысы"),
        ("<a href='/x'>Сенат</a>ом", "Сенатом"),
        ("Қазақ<i>стан</i>да", "Қазақстанда"),
        ("<span>Ұ</span>лы Дала", "Ұлы Дала"),
        ("<b>T</b>he <em>Sen</em>ate", "The Senate"),
        ("i<span>Phone</span>, Kaz<span>Pravda</span>", "iPhone, KazPravda"),
        ("Каз<b>МунайГаз</b>, Евро<b>Азия</b>", "КазМунайГаз, ЕвроАзия"),
        ("м<sup>2</sup>, CO<sub>2</sub>, закон<sup>1</sup>", "м2, CO2, закон1"),
        ("Cr<sup>6+</sup>", "Cr6+"),
        ("5<span>G</span>, 3<span>D</span>, COVID-<span>19</span>", "5G, 3D, COVID-19"),
        ("сло<!-- -->во, сло<wbr>во, сло<img src=x>во", "слово, слово, слово"),
        ("<span>Се</span><span>нат</span>", "Сенат"),
        ("<span>«</span>Нұр<span>»</span>", "«Нұр»"),
        ("500<b>+</b>", "500+"),
    ],
)  # fmt: skip
def test_a_word_with_tags_inside_is_one(html: str, text: str) -> None:
    assert _text(html) == text


@given(
    st.text("абвгсекмнопруіәң", min_size=2, max_size=12),
    st.integers(1, 11),
    st.sampled_from(["a", "b", "em", "span", "font", "strong", "u"]),
)
def test_no_tag_splits_a_word_in_small_letters(word: str, at: int, tag: str) -> None:
    for written in (word, word.capitalize()):
        assert _text(f"{written[:at]}<{tag}>{written[at:]}</{tag}>") == written
        assert _text(f"<{tag}>{written[:at]}</{tag}>{written[at:]}") == written
