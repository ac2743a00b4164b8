"""What markup says of itself: JSON-LD, microdata, Open Graph, HTML's own elements."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.model.fields import Fields
from pipeline.page.page import Page
from pipeline.reading.structured import read_structured
from tests.pipeline.reading.page_fields import ARTICLE, PAPER


def _page(html: str) -> Page:
    return Page(ARTICLE, PAPER, html)


def _with_ld(text: str) -> Page:
    return _page(f'<script type="application/ld+json">{text}</script><h1>H</h1><h1>I</h1>')


@pytest.mark.parametrize(
    "text",
    [
        '{"@type": "NewsArticle", "headline": "Заголовок"}',
        '[{"@type": "WebPage"}, {"@type": ["Thing", "Article"], "headline": ["Заголовок"]}]',
        '{"@graph": [{"@type": "ReportageNewsArticle", "headline": "Заголовок"}]}',
        '<!-- {"@type": "BlogPosting", "headline": "Заголовок"} -->',
        '{"@type": "NewsArticle", "headline": "Заго\u00adловок",\n"x": "raw\nline"}',
        '{"@type": "NewsArticle", "headline": "&#1047;аголовок"}',
    ],
)
def test_the_headline_of_json_ld_as_it_is_met(text: str) -> None:
    assert read_structured(_with_ld(text)).title == "Заголовок"


@pytest.mark.parametrize("text", ["", "{", "null", "7", '{"@type": "Person"}', "[" * 5000])
def test_other_json_says_nothing(text: str) -> None:
    assert read_structured(_with_ld(text)) == Fields()


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9)
    | st.just("2026-03-04T07:31:00+05:00") | st.just("<p>a</p>"),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["name", "url", "@type", "x"]), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip
FIELDS = ["headline", "datePublished", "dateModified", "author", "image", "keywords", "articleBody",
          "articleSection"]  # fmt: skip


@given(st.dictionaries(st.sampled_from(FIELDS), json_values))
@example({"image": "\ud800", "headline": "\ud800"})  # JSON may escape lone surrogates
@example({"datePublished": "0001-01-01T00:00:00+14:00"})
@example({"image": {"url": ["http://["]}})
def test_no_value_of_json_ld_raises(fields: dict[str, object]) -> None:
    found = read_structured(_with_ld(json.dumps({"@type": "Article", **fields})))
    assert all(line.strip() and "\n" not in line for line in found.paragraphs)
    json.dumps([found.title, found.image_url, found.authors]).encode()


def test_the_first_that_has_a_field_gives_it() -> None:
    html = """<head><meta property="og:title" content="OG">
    <meta property="og:image" content="/a.jpg">
    <meta property="article:section" content="Раздел">
    <meta name="article:tag" content="б">
    <meta property="article:tag" content="а"></head><h1>Один <br>раз</h1>
    <time datetime="2026-03-04 07:31">вчера</time>
    <div itemprop="articleBody"><p>Текст.</p></div>
    <span itemprop="author"><b itemprop="name">Имя</b></span>"""
    found = read_structured(_page(html))
    assert found.title == "Один раз"
    assert found.paragraphs == ("Текст.",)
    assert found.published is not None
    assert found.published.text == "2026-03-04T07:31:00+05:00"
    assert (found.section, found.tags, found.authors) == ("Раздел", ("а", "б"), ("Имя",))
    assert found.image_url == "https://kazpravda.kz/a.jpg"


def test_the_body_of_json_ld_may_be_text_or_markup() -> None:
    for text in ("Один.\n\nДва.", "<p>Один.</p><p>Два.</p>", "&lt;p&gt;Один.&lt;/p&gt;Два."):
        ld = json.dumps({"@type": "Article", "articleBody": text})
        assert read_structured(_with_ld(ld)).paragraphs == ("Один.", "Два.")


def test_the_sites_own_picture_is_no_picture_of_the_article() -> None:
    html = "<meta property='og:image' content='/static/logo-share.png'>"
    assert read_structured(_page(html)).image_url is None


def test_the_time_after_the_heading_counts_and_one_of_many_elsewhere_does_not() -> None:
    one, two = "<time datetime=2026-03-01>", "<time datetime=2026-03-02>"
    after = read_structured(_page(f"{one}<h1>a</h1>{two}")).published
    assert after is not None
    assert after.text == "2026-03-02"
    assert read_structured(_page(f"{one}{two}<h1>a</h1>")).published is None


SENTENCES = (
    "Птиц не видели здесь одиннадцать лет, сообщили в заповеднике.",
    "Гнездо построили на старом маяке у северного берега.",
)
LEAD = "Орланы вернулись на озеро Тенгиз впервые с прошлого десятилетия."


def _with_body(text: str, around: str = "") -> Page:
    body = json.dumps({"@type": "Article", "articleBody": text}, ensure_ascii=False)
    return _page(f'{around}<script type="application/ld+json">{body}</script>')


def test_a_text_in_paragraphs_is_taken() -> None:
    assert read_structured(_with_body("\n".join(SENTENCES))).paragraphs == SENTENCES


@pytest.mark.parametrize(
    "text", [" ".join(SENTENCES), f"{SENTENCES[0]}\n{SENTENCES[1][:-1]}…", SENTENCES[0]]
)
def test_a_text_without_paragraphs_or_cut_short_is_not(text: str) -> None:
    assert read_structured(_with_body(text)).paragraphs == ()


def test_the_lead_outside_the_marked_text_comes_first_and_once() -> None:
    text = "".join(f"<p>{line}</p>" for line in SENTENCES)
    html = f"<h1>Орланы</h1><h2>{LEAD}</h2><div itemprop=articleBody>{{}}{text}</div>"
    outside = read_structured(_page(html.format("")))
    assert outside.paragraphs == (LEAD, *SENTENCES)
    assert outside.lead == LEAD
    inside = read_structured(_page(html.format(f"<p>{LEAD}</p>")))
    assert inside.paragraphs == (LEAD, *SENTENCES)


def test_the_text_is_read_only_if_it_is_asked_for() -> None:
    page = _with_body("\n".join(SENTENCES), "<h1>Орланы</h1>")
    assert read_structured(page, body=False).paragraphs == ()


@pytest.mark.parametrize(
    "text",
    [
        '{"@type": "NewsArticle", "headline": "Заголовок",}',
        '{"@type": "WebPage", "mainEntity": {"@type": "NewsArticle", "headline": "Заголовок"}}',
        '[{"@type": "Article"}, {"@type": "Article", "headline": "Заголовок"}]',
    ],
)
def test_more_of_json_ld_in_the_wild(text: str) -> None:
    assert read_structured(_with_ld(text)).title == "Заголовок"
