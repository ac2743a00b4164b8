"""JSON-LD, read leniently."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.page import json_ld
from pipeline.page.page import Page
from tests.pipeline.reading.page_fields import ARTICLE, PAPER


def _article(*scripts: str, head: str = "") -> json_ld.Node:
    html = "".join(f"<script type='application/ld+json'>{one}</script>" for one in scripts)
    page = Page(ARTICLE, PAPER, f"{head}{html}")
    return json_ld.article(page, json_ld.nodes(page))


@pytest.mark.parametrize(
    "script",
    [
        '{"@type": "NewsArticle", "headline": "a\nb"}',
        '<!-- {"@type": "NewsArticle", "headline": "a b",} -->',
        '[{"@type": "WebPage"}, {"@type": ["Thing", "NewsArticle"], "headline": "a b"}]',
        '{"@graph": [{"@type": "Person"}, {"@type": "BlogPosting", "headline": "a b"}]}',
        '{"@type": "WebPage", "mainEntity": {"@type": "Article", "headline": ["a b", "c"]}}',
    ],
)
def test_an_article_is_found_in_many_forms(script: str) -> None:
    assert json_ld.line(_article(script).get("headline")) == "a b"


def test_an_article_with_a_headline_goes_before_one_without() -> None:
    found = _article('{"@type": "Article"}', "no JSON", '{"@type": "Article", "headline": "a"}')
    assert found["headline"] == "a"
    assert _article('{"@type": "Person"}') == {}


@pytest.mark.parametrize(
    "address",
    [
        f'"url": "{ARTICLE}"',
        '"mainEntityOfPage": {"@id": "/n/zagolovok-stati/#article"}',
        '"@id": "/n/canonical/"',
        '"url": "/r/politika/"',
        '"inLanguage": "ru"',
    ],
)
def test_the_object_of_another_article_is_not_this_ones(address: str) -> None:
    other = '{"@type": "NewsArticle", "headline": "other", "url": "/n/drugaya/"}'
    own = f'{{"@type": "NewsArticle", "headline": "own", {address}}}'
    head = "<link rel=canonical href='/n/canonical/'>"
    assert _article(other, own, head=head)["headline"] == "own"
    assert _article(own, other, head=head)["headline"] == "own"


def test_the_only_article_need_not_have_the_pages_address() -> None:
    assert _article('{"@type": "Article", "headline": "a", "url": "/n/alias/"}')["headline"] == "a"


def test_names_keywords_and_the_picture_of_an_article() -> None:
    assert json_ld.names([{"name": "Айгуль  Омарова"}, "Ержан Сеитов", {}, 7]) == [
        "Айгуль Омарова", "Ержан Сеитов",
    ]  # fmt: skip
    assert json_ld.keywords({"keywords": "Сенат, закон,"}) == ["Сенат", "закон"]
    assert json_ld.keywords({"keywords": ["Сенат", None]}) == ["Сенат"]
    assert json_ld.image({"image": [{"url": "/a.jpg"}]}) == json_ld.image({"image": "/a.jpg"})
    assert json_ld.image({"image": 7}) is None


@given(st.text(alphabet='{}[]",:@ \\/a<!->', max_size=60))
@example("[" * 5_000)
def test_no_script_raises(script: str) -> None:
    _article(script)
