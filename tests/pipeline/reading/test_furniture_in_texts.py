"""What stands between the paragraphs of a text: promotion is never read as text, prose always."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.digests import content_sha256
from pipeline.model.reading import STEPS, Reading, Step
from pipeline.normalize.words import words
from tests.pipeline.reading.page_fields import (
    ARTICLE,
    BODY,
    RELEASE,
    TIME,
    article,
    body,
    reading,
    release,
)
from tests.pipeline.reading.renamed import Sample, of_replica, recorded

_PARAGRAPH = re.compile(r"<p\b[^<>]*>(.*?)</p>", re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
_NEWS = {"kazpravda": "/n/sovsem-drugaya/", "senate": "/ru-RU/news/details/99999"}
_RUBRIC = {"kazpravda": "/r/sport/", "senate": "/ru-RU/news"}


@cache
def _pages() -> list[tuple[Sample, list[int]]]:
    """Pages with the places between two paragraphs of their text."""
    every = [*recorded(), *of_replica("kazpravda", 3), *of_replica("senate", 3)]
    found = [(page, list(_places(page))) for page in every]
    return [(page, places) for page, places in found if places]


def _places(page: Sample) -> Iterator[int]:
    paragraphs = [words(line) for line in page.body.split("\n\n")]
    for found in _PARAGRAPH.finditer(page.html):
        if words(_TAG.sub(" ", found[1])) in paragraphs[:-1]:
            yield found.end()


def _with_line(page: Sample, at: int, line: str) -> Sample:
    html = f"{page.html[:at]}{line}{page.html[at:]}"
    return Sample(
        name=page.name, source=page.source, url=page.url, html=html, title=page.title,
        published=page.published, body=page.body,
    )  # fmt: skip


def _digest(found: object) -> str:
    assert isinstance(found, Reading), found
    assert found.access == "full", found.notes
    return content_sha256(found.title, found.body)


words_of_no_table = st.text(alphabet="абвгдзкмнопрсәқңұ", min_size=4, max_size=9)
labels = st.builds(
    lambda parts, mark: " ".join(parts).capitalize() + mark,
    st.lists(words_of_no_table, min_size=1, max_size=4),
    st.sampled_from([":", "", " –", ": "]),
)
titles = st.lists(words_of_no_table, min_size=4, max_size=9).map(
    lambda parts: " ".join(parts).capitalize()
)


@st.composite
def promotion(draw: st.DrawFn, source: str) -> str:
    """A line, or a few, that lead to other articles, to channels, or to a form for errors."""
    label, title = draw(labels), draw(titles)
    href = draw(st.sampled_from([_NEWS[source], _RUBRIC[source]]))
    link = f"<a href='{href}'>{title}</a>"
    network = draw(st.sampled_from(["https://t.me/kp", "https://www.instagram.com/kp/"]))
    return draw(st.sampled_from([
        f"<p>{label} {link}</p>",
        f"<p><strong>{label} {link}</strong></p>",
        f"<div><em>{label}</em> {link}</div>",
        f"<p><a href='{href}'>{label.rstrip(' :–')}: {title}</a></p>",
        f"<p>{label.rstrip(' –')}</p><ul><li>{link}</li></ul>",
        f"<p>Мы <a href='{network}'>{title.lower()}</a></p>",
        f"<p>Заходите в <a href='{network}'>наш Telegram-канал</a>!</p>",
        "<blockquote class=x><a href='https://www.instagram.com/p/x/'>View this post on "
        "Instagram</a></blockquote>",
        f"<p>{title}, обнаружив ошибку? Ctrl + Enter</p>",
    ]))  # fmt: skip


@st.composite
def prose(draw: st.DrawFn, source: str) -> tuple[str, str]:
    """A paragraph with a link amid its words, and its text."""
    before, linked, after = (
        draw(st.lists(words_of_no_table, min_size=2, max_size=8).map(" ".join)) for _ in range(3)
    )
    href = draw(
        st.sampled_from([_NEWS[source], "https://t.me/minister", "https://x.com/a/status/1"])
    )
    before = before.capitalize()
    return (
        f"<p>{before} <a href='{href}'>{linked}</a> {after} сообщил министр.</p>",
        f"{before} {linked} {after} сообщил министр.",
    )


@settings(max_examples=100)
@given(st.data(), st.sampled_from([STEPS, ("layout",), ("structured", "generic")]))
def test_promotion_between_paragraphs_changes_nothing(
    data: st.DataObject, steps: tuple[Step, ...]
) -> None:
    page, places = data.draw(st.sampled_from(_pages()))
    before = page.read(steps)
    if not isinstance(before, Reading) or before.access != "full":
        return
    line = data.draw(promotion(page.source))
    after = _with_line(page, data.draw(st.sampled_from(places)), line).read(steps)
    assert _digest(after) == _digest(before), (page.name, line)


@settings(max_examples=100)
@given(st.data())
def test_prose_with_a_link_between_paragraphs_is_read(data: st.DataObject) -> None:
    page, places = data.draw(st.sampled_from(_pages()))
    html, text = data.draw(prose(page.source))
    found = _with_line(page, data.draw(st.sampled_from(places)), html).read()
    assert isinstance(found, Reading)
    assert body(found).count(text) == 1, page.name
    assert found.body.replace(f"{text}\n\n", "") == page.body


@pytest.mark.parametrize("seed", range(3))
def test_a_page_whose_promotion_changes_is_the_same(seed: int) -> None:
    random = Random(seed)
    found = set()
    for number in range(3):
        title = " ".join(random.choices(["новость", "погода", "спорт", "кино"], k=4)).capitalize()
        line = f"<p>Не пропустите: <a href='/n/{number}/'>{title}</a></p>"
        own = "".join(f"<p>{one}</p>{line}" for one in BODY)
        found.add(_digest(reading(article(body=own), ARTICLE)))
    assert len(found) == 1


def test_promotion_in_data_for_machines_is_told_by_the_lines_of_the_page() -> None:
    promoted = "Не пропустите: Другая новость о бюджете страны"
    text = "\n".join((BODY[0], promoted, BODY[1]))
    data = json.dumps({"@type": "NewsArticle", "headline": "Заголовок статьи", "articleBody": text})
    html = (
        f"<html><head><script type='application/ld+json'>{data}</script></head><body>"
        f"<h1>Заголовок статьи</h1>{TIME}<p>{BODY[0]}</p><p>Не пропустите: "
        f"<a href='/n/d/'>Другая новость о бюджете страны</a></p><p>{BODY[1]}</p></body></html>"
    )
    assert body(reading(html)) == BODY


def test_a_release_ends_where_promotion_stands_after_it() -> None:
    own = "".join(f"<p>{one}</p>" for one in BODY)
    after = "<p>Не пропустите: <a href='/ru-RU/news/details/9'>Палата соберётся в марте</a></p>"
    content = f"<h1>Заголовок релиза</h1><div>16.05.2022 348</div><div>{own}{after}</div>"
    assert body(reading(release(content), RELEASE)) == BODY
