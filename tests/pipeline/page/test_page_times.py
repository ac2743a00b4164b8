"""The times that a page shows, with labels in their line, in lines beside it, and in markup."""

from __future__ import annotations

import pytest

from pipeline.page.page import Page
from pipeline.page.page_times import PageTimes
from tests.pipeline.reading.page_fields import ARTICLE, PAPER

NEW, OLD = "06.03.2026 10:00", "04.03.2026 07:31"


def _times(html: str) -> list[tuple[str, str | None]]:
    found = PageTimes(Page(ARTICLE, PAPER, html)).all
    return [(time.value.text[:10], time.kind) for time in found]


@pytest.mark.parametrize(
    "html",
    [
        f"<p>Обновлено: {NEW}</p>",
        f"<p>Обновлено: <time>{NEW}</time></p>",
        f"<div>Обновлено</div><div>{NEW}</div>",
        f"<div>Обновлено</div><time>{NEW}</time>",
        f"<div>{NEW}</div><div>обновлено</div>",
        f"<dl><dt>Обновлено:</dt><dd>{NEW}</dd></dl>",
        f"<table><tr><th>Обновлено</th><td>{NEW}</td></tr></table>",
        f"<div class=post-updated>{NEW}</div>",
        f"<div><span class='article__date--modified'>{NEW}</span></div>",
        f"<div title='Обновлено'>{NEW}</div>",
        f"<p>Айгуль Омарова, <span aria-label='Last updated'>{NEW}</span></p>",
        f"<p>Сенат, <time itemprop=dateModified datetime=2026-03-06>{NEW}</time></p>",
        "<time class=updated datetime=2026-03-06T10:00>6 марта</time>",
        "<p>Обновлено: <time datetime=2026-03-06></time></p>",
        "<p>Обновлено: <time datetime=2026-03-06>вчера</time></p>",
    ],
)
def test_a_label_may_stand_in_many_places(html: str) -> None:
    assert _times(f"<h1>Заголовок</h1>{html}<p>Текст.</p>") == [("2026-03-06", "modified")]


@pytest.mark.parametrize(
    "html",
    [
        f"<p>{OLD}</p><p>Обновлено: {NEW}</p>",
        f"<p>{OLD}, обновлено {NEW}</p>",
        f"<p><time>{OLD}</time> (обновлено <time>{NEW}</time>)</p>",
        f"<div>{OLD}</div><div>Обновлено</div><div>{NEW}</div>",
        f"<div>{OLD}</div><div>Обновлено:</div><div>{NEW}</div><div>345</div>",
        f"<div><span class=date>{OLD}</span> <span class=date-updated>{NEW}</span></div>",
    ],
)
def test_a_time_beside_a_labelled_one_has_no_label(html: str) -> None:
    assert _times(html) == [("2026-03-04", None), ("2026-03-06", "modified")]


def test_markup_speaks_of_its_own_time_where_two_are_of_one_day() -> None:
    for updated in (
        "<span class=updated>06.03.2026</span>",
        "<b><i class=updated>06.03.2026</i></b>",
    ):
        html = f"<div>Сенат <em>06.03.2026</em>, <!-- x -->{updated}</div>"
        assert _times(html) == [("2026-03-06", None), ("2026-03-06", "modified")]
        html = f"<div>06.03.2026<br>{updated}</div>"
        assert _times(html) == [("2026-03-06", None), ("2026-03-06", "modified")]


@pytest.mark.parametrize(
    "html",
    [
        f"<div>Обновлено</div><div>Опубликовано</div><div>{NEW}</div><div>{OLD}</div>",
        f"<div>Обновлено</div><div>{NEW}</div><div>Опубликовано</div><div>{OLD}</div>",
        f"<div>{NEW}</div><div>Обновлено</div><div>{OLD}</div><div>Опубликовано</div>",
    ],
)
def test_labels_and_times_go_in_turns(html: str) -> None:
    assert _times(html) == [("2026-03-06", "modified"), ("2026-03-04", "published")]


@pytest.mark.parametrize(
    "html",
    [
        f"<p>{OLD}</p><p>Обновлено</p><p>вчера в 10:00</p>",
        f"<p>{OLD}</p><p>Обновлено:</p><p>Айгуль Омарова</p>",
        f"<p>Закон обновлён</p><p>{OLD}</p>",
        f"<p><a href=/u/>Обновления</a></p><p>{OLD}</p>",
        f"<h1>Изменения</h1><p>{OLD}</p>",
        f"<h1><span>Обновление</span></h1><p>{OLD}</p>",
        f"<time class='published updated'>{OLD}</time>",
        f"<div class='items-start self-end'>{OLD}</div>",
    ],
)
def test_what_looks_like_a_label_may_be_none_of_this_time(html: str) -> None:
    assert _times(html) == [("2026-03-04", None)]


def test_what_is_printed_goes_before_what_markup_says_otherwise() -> None:
    assert _times(f"<time datetime=2026-01-01>{OLD}</time>") == [("2026-03-04", None)]
    assert _times("<time datetime=2026-03-04T07:31>4 марта</time>") == [("2026-03-04", None)]


def test_a_sentence_with_a_date_is_not_alone() -> None:
    html = f"<p>Референдум прошёл {OLD}, сообщили в комиссии.</p><p>{OLD}</p>"
    found = PageTimes(Page(ARTICLE, PAPER, html))
    assert [time.is_alone for time in found.all] == [False, True]
    assert [time.line for time in found.in_lines([0, 1])] == [1]


def test_lines_say_the_same_in_whatever_order_they_are_asked() -> None:
    html = (
        f"<div>Создано</div><div>{OLD}</div><div>Изменено</div><div>{NEW}</div><p>Текст.</p>"
        f"<div>{NEW}</div><div>обновлено</div><p class=updated>{NEW}</p><p>Текст от {OLD} года.</p>"
    )
    page = Page(ARTICLE, PAPER, html)
    backwards = PageTimes(page)
    found = [backwards.of_line(at) for at in reversed(range(len(page.lines)))]
    assert [time for times in reversed(found) for time in times] == PageTimes(page).all
