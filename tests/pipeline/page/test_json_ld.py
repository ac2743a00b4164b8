"""JSON-LD, read leniently."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.page import json_ld
from pipeline.page.page import Page
from tests.pipeline.reading.page_fields import ARTICLE, PAPER


def _nodes(*scripts: str) -> list[json_ld.Node]:
    html = "".join(f"<script type='application/ld+json'>{one}</script>" for one in scripts)
    return json_ld.nodes(Page(ARTICLE, PAPER, html))


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
    assert json_ld.line(json_ld.article(_nodes(script)).get("headline")) == "a b"


def test_an_article_with_a_headline_goes_before_one_without() -> None:
    found = _nodes('{"@type": "Article"}', "no JSON", '{"@type": "Article", "headline": "a"}')
    assert json_ld.article(found)["headline"] == "a"
    assert json_ld.article(_nodes('{"@type": "Person"}')) == {}


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
    json_ld.article(_nodes(script))
