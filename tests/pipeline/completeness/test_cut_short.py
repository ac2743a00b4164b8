"""A text that breaks off, or of which the page's data have more, is a part."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.capture import Failure
from tests.pipeline.completeness.articles import (
    ALL,
    OTHER,
    TAGS,
    TEXT,
    own,
    page,
)
from tests.pipeline.reading.page_fields import body, read, reading


def _in_data(text: str) -> str:
    data = {"@type": "NewsArticle", "headline": "Заголовок статьи", "articleBody": text}
    data["datePublished"] = "2026-03-04T07:31:00+05:00"
    return f"<script type='application/ld+json'>{json.dumps(data, ensure_ascii=False)}</script>"


@pytest.mark.parametrize("join", ["\n", " ", "<br>", "</p><p>"])
def test_text_that_the_page_has_in_its_data_alone_is_told(join: str) -> None:
    data = _in_data(join.join((*TEXT, *OTHER)))
    found = reading(page(own(ALL)).replace("</head>", f"{data}</head>"))
    assert (body(found), found.access) == (TEXT, "partial")
    assert found.notes == ("38 words of it stand in the page's data alone",)


@pytest.mark.parametrize(
    "text",
    [
        " ".join(TEXT), " ".join(TEXT[:2]), " ".join(TEXT)[:150] + "…", " ".join(OTHER * 4),
        " ".join((*TEXT, "Подписывайтесь на наш канал и читайте новости первыми.")),
        " ".join((*TEXT, "Читайте также", "Другая новость дня", "© Казахстанская правда")),
    ],
)  # fmt: skip
def test_data_with_no_more_than_the_page_shows_say_nothing(text: str) -> None:
    found = reading(page(own(ALL)).replace("</head>", f"{_in_data(text)}</head>"))
    assert (body(found), found.access, found.notes) == (TEXT, "full", ())


@given(st.integers(0, 19), st.sampled_from(["…", "...", " […]", "", " (...)"]))
def test_a_text_cut_short_in_data_alone_is_a_part(length: int, end: str) -> None:
    text = " ".join(TEXT[:3])
    cut = f"{' '.join(text.split()[: length + 15])}{end}"
    found = read(_script_page(cut))
    is_whole = not end and cut[-1] == "."
    assert isinstance(found, Failure) or (found.access == "full") == is_whole


@pytest.mark.parametrize("end", ["", " Асель Серик, Кызылорда", " Kazpravda.kz"])
def test_a_text_in_data_alone_may_be_whole(end: str) -> None:
    for join in (" ", "\n"):
        found = reading(_script_page(f"{join.join(TEXT)}{end}"))
        assert (found.access, found.notes) == ("full", ())


def _script_page(text: str) -> str:
    head = f"<title>Заголовок статьи</title>{_in_data(text)}"
    return f"<html><head>{head}</head><body><div id=app></div><script src=/a.js></script></body>"


def test_a_page_that_breaks_off_in_a_sentence_is_cut_short() -> None:
    whole = page(own(ALL), "")
    begin = whole.index(TEXT[3])
    for length in range(10, len(TEXT[3])):
        found = read(whole[: begin + length])
        assert isinstance(found, Failure)
        assert found.reason == "cut-short"


@pytest.mark.parametrize("end", ["</p>", "</div>", TAGS, "<footer>© Казахстанская правда"])
def test_a_page_without_its_last_end_tags_is_whole(end: str) -> None:
    whole = page(own(ALL))
    found = reading(whole[: whole.index(TEXT[3]) + len(TEXT[3])] + end)
    assert (body(found), found.access) == (TEXT, "full")
