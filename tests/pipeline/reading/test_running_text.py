"""Where on a page its running text stands."""

from __future__ import annotations

import pytest

from pipeline.page.page import Page
from pipeline.page.teasers import Teasers
from pipeline.reading.generic import read_generic
from pipeline.reading.running_text import text_lines
from tests.pipeline.reading.page_fields import ARTICLE, CAPTURED, PAPER

TITLE = "Закон о дорогах принят к работе"
TEXT = (
    "Депутаты обсудили проект закона о дорогах, который правительство внесло зимой.",
    "Рабочая группа провела девять заседаний и учла предложения областей.",
    "Второе чтение назначено на весну, сообщил председатель комитета.",
    "Деньги на ремонт областных дорог заложены в бюджет трёх следующих лет.",
    "Подрядчиков будут выбирать на открытых торгах, говорится в проекте.",
    "За качеством проследят лаборатории, которые откроют в каждой области.",
)
PARAGRAPHS = "".join(f"<p>{line}</p>" for line in TEXT)
OTHER = "Строители сдали мост через реку на месяц раньше срока, сообщил акимат. "


def found(html: str, title: str = TITLE) -> tuple[str, ...]:
    """The text that is found below the heading."""
    page = Page(ARTICLE, PAPER, f"<body><h1>{title}</h1>{html}</body>")
    return tuple(page.lines[at].text for at in text_lines(page, Teasers(page), 0))


@pytest.mark.parametrize(
    "html",
    [
        f"<div>{PARAGRAPHS}</div>",
        f"<div class='share-enabled sidebar-grid'>{PARAGRAPHS}</div>",
        "".join(f"<div class='widget text'><div><p>{line}</p></div></div>" for line in TEXT),
        "<div>" + "<br><br>".join(TEXT) + "</div>",
        f"<form><aside>{''.join(f'<div>{line}</div>' for line in TEXT)}</aside></form>",
        f"<section>{''.join(f'<p>{one}</p>' for one in TEXT[:2])}</section><section><div>"
        f"{''.join(f'<p>{one}</p>' for one in TEXT[2:])}</div></section>",
    ],
)  # fmt: skip
def test_all_paragraphs_wherever_they_stand(html: str) -> None:
    assert found(f"<main>{html}</main>") == TEXT


@pytest.mark.parametrize(
    "beside",
    [
        f"<div class='comment-list'><p>{OTHER * 9}</p><p>{OTHER * 8}</p></div>",
        f"<div id=cookie-consent><p>{OTHER * 9}</p></div>",
        f"<div class=site_footer><p>{OTHER * 9}</p></div>",
        f"<div class='box related-news'><p>{OTHER}</p></div>",
        f"<aside><p>{OTHER}</p></aside>",
        f"<div><div><div><div><p>{OTHER}</p></div></div></div></div>",
        f"<div><p>{OTHER}</p></div><section><div><p>{OTHER}</p></div></section>",
    ],
)
def test_what_stands_beside_the_text_is_none_of_it(beside: str) -> None:
    assert found(f"<main><div>{PARAGRAPHS}</div>{beside}</main>") == TEXT
    assert found(f"<main><div><p>{TEXT[0]}</p>{beside}{PARAGRAPHS}</div></main>")[1:] == TEXT


def test_lines_of_the_text_that_are_no_sentences() -> None:
    html = (
        f"<h2>Главное</h2><p>{TEXT[0]}</p><h3>Что дальше</h3><p>{TEXT[1]}</p><ul><li>Сроки</li>"
        f"<li>Деньги</li></ul><p>{TEXT[2]}</p><table><tr><td>2026</td><td>5</td></table>"
        f"<p>{TEXT[3]}</p><p>Айгуль Омарова</p><div>Печать</div>"
    )
    between = ("Что дальше", TEXT[1], "Сроки", "Деньги", TEXT[2], "2026 5")
    expected = ("Главное", TEXT[0], *between, TEXT[3], "Айгуль Омарова")
    assert found(f"<article><div>{html}</div></article>") == expected


def test_a_lead_that_is_repeated_at_the_beginning_of_the_text_is_kept() -> None:
    html = f"<h2>{TEXT[0]}</h2><div><p>{TEXT[0]}</p><div>Подпись</div>{PARAGRAPHS[len(TEXT[0]) :]}"
    assert found(html)[0] == TEXT[0]


def test_scripts_without_spaces() -> None:
    lines = (
        "国会は新しい道路に関する法律案を審議し、来年の春に第二読会を開くと発表した。" * 3,
    ) * 2
    html = "".join(f"<p>{line}</p>" for line in lines)
    assert found(f"<div>{html}</div><div><p>{OTHER}</p></div>", "新しい道路法案") == lines


def test_no_text() -> None:
    assert found("<ul><li><a href='/n/x/'>Мост через Ульбу сдан раньше</a></li></ul>") == ()


@pytest.mark.parametrize(
    "site", ["<h1>Вестник области</h1>", "<h1>Вестник</h1><ul><li>Мост через реку сдан</li></ul>"]
)
def test_a_heading_unlike_the_pages_title_is_not_the_articles(site: str) -> None:
    ticker = "".join(f"<li>{n}. {OTHER}</li>" for n in range(20))
    for heading in (f"<h2>{TITLE}</h2>", f"<b>{TITLE}</b>"):
        html = (
            f"<title>{TITLE}</title>{site}<ul class=ticker>{ticker}</ul><div>{heading}"
            f"<div>4 марта 2026 г. 7:31</div>{PARAGRAPHS}</div>"
        )
        read = read_generic(Page(ARTICLE, PAPER, html), CAPTURED)
        assert (read.title, read.paragraphs) == (TITLE, TEXT)


def test_a_text_above_the_only_h1_which_is_anothers() -> None:
    html = (
        f"<title>{TITLE}</title><div>{PARAGRAPHS}</div><div><h1>Мост сдан</h1><p>{OTHER}</p></div>"
    )
    assert read_generic(Page(ARTICLE, PAPER, html), CAPTURED).paragraphs == TEXT


@pytest.mark.parametrize("short", ["Сорок опор стоят на скале", "Срок – два года", "Итого 12 млрд"])
def test_a_short_line_amid_bare_text_between_line_breaks(short: str) -> None:
    lines = (*TEXT[:3], short, *TEXT[3:])
    assert found(f"<main><div>{'<br><br>'.join(lines)}</div></main>") == lines


def test_a_label_beside_paragraphs_is_none_of_the_text() -> None:
    assert found(f"<main><div>{PARAGRAPHS}Печать {PARAGRAPHS.upper()}</div></main>") == (
        *TEXT, *(line.upper() for line in TEXT),
    )  # fmt: skip


_SHORT = ("– Вы согласны?", "– Да.", "– Спасибо за беседу!")
_ITEMS = ("Доллар – 512 тенге", "Евро – 555", "Рубль – 5")


@pytest.mark.parametrize(
    ("html", "short"),
    [
        (f"<div>{'<br><br>'.join((*TEXT, *_SHORT))}</div>", _SHORT),
        (f"<div>{'<br>'.join((*TEXT[:1], *_SHORT))}</div>", _SHORT),
        ("<div>" + "".join(f"<div>{one}</div>" for one in (*TEXT, *_SHORT)) + "</div>", _SHORT),
        (f"<div>{PARAGRAPHS}<blockquote><p>{_SHORT[1]}</p></blockquote></div>", _SHORT[1:2]),
        (f"<div>{PARAGRAPHS}<ul>{''.join(f'<li>{one}' for one in _ITEMS)}</ul></div>", _ITEMS),
        (
            f"<div>{PARAGRAPHS}<table>{''.join(f'<tr><td>{one}' for one in _ITEMS)}</table></div>",
            _ITEMS,
        ),
        (f"<div>{PARAGRAPHS}<h3>{_ITEMS[0]}</h3><p>{_ITEMS[1]}</p></div>", _ITEMS[:2]),
    ],
)
def test_short_lines_at_the_end_of_a_text_stand_as_its_paragraphs_do(
    html: str, short: tuple[str, ...]
) -> None:
    lines = found(f"<main>{html}</main><div>Печать</div>")
    assert lines == (*[one for one in TEXT if one in lines], *short)


def test_labels_in_an_element_of_their_own_at_the_end_are_none_of_the_text() -> None:
    html = f"<div>{PARAGRAPHS}</div><ul><li>Печать</li></ul><div><div>Оценить</div></div>"
    assert found(f"<main>{html}</main>") == TEXT
