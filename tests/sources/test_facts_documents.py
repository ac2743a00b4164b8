"""docs/sources: each fact that a facts file uses, and how sure it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from typing import get_args

import pytest

from pipeline.model.source import (
    AddressForm,
    DayArchive,
    Expect,
    Feeds,
    Finding,
    Layout,
    ListingPage,
    Listings,
    Numbers,
    Sitemaps,
    Source,
)
from spiders.sources import SOURCES
from tests.sources.facts_documents import FOLDER, WEIGHTS, weighed
from tests.sources.steppe import STEPPE
from tests.workspace import ROOT


def used(source: Source) -> set[str]:
    """The facts that a facts file uses, as texts."""
    return {
        source.host, source.first_day.isoformat(), source.schedule, str(source.delay_seconds),
        str(source.expect.read_by_layout), source.default_language, *source.languages,
        *(spelled for spelled, _ in source.language_prefixes), *source.names,
        *(fact for form in source.articles for fact in _of_form(form)),
        *(fact for way in source.finding for fact in _of_way(way)),
        *(fact for layout in source.layouts for fact in _of_layout(layout)),
    }  # fmt: skip


def _of_form(form: AddressForm) -> Iterator[str]:
    yield form.path
    if form.host is not None:
        yield form.host


def _of_way(way: Finding) -> Iterator[str]:
    if isinstance(way, Listings):
        yield way.links
        yield from (page.path for page in way.pages)
    elif isinstance(way, DayArchive):
        yield from (*way.paths, *way.forms)
    elif isinstance(way, Numbers):
        yield from (*way.paths, str(way.most_absent))
        yield from (fact for number, day in way.known for fact in (str(number), day.isoformat()))
    else:
        assert isinstance(way, Feeds | Sitemaps)
        yield from way.paths


def _of_layout(layout: Layout) -> Iterator[str]:
    for field in fields(layout):
        value = getattr(layout, field.name)
        yield from (value,) if isinstance(value, str) else value


@pytest.fixture(params=SOURCES.values(), ids=lambda source: source.name)
def source(request: pytest.FixtureRequest) -> Source:
    chosen: Source = request.param
    return chosen


def test_every_fact_in_use_stands_in_a_row_that_says_how_sure_it_is(source: Source) -> None:
    assert used(source) - weighed(source).keys() == set()


def test_no_row_weighs_what_the_code_does_not_use(source: Source) -> None:
    assert weighed(source).keys() - used(source) == set()


def test_only_words_that_the_document_explains_say_how_sure_a_fact_is(source: Source) -> None:
    text = (FOLDER / f"{source.name}.md").read_text(encoding="utf-8")
    assert {weight for weights in weighed(source).values() for weight in weights} <= set(WEIGHTS)
    assert all(f"- **{weight}**: " in text for weight in WEIGHTS)


def test_a_page_whose_absence_is_a_fault_was_seen(source: Source) -> None:
    listings = [way for way in source.finding if isinstance(way, Listings)]
    sure = [page.path for way in listings for page in way.pages if page.sure]
    assert [path for path in sure if "guess" in weighed(source)[path]] == []


def test_each_facts_file_names_its_document(source: Source) -> None:
    text = (ROOT / "spiders" / f"{source.name}.py").read_text(encoding="utf-8")
    assert f"docs/sources/{source.name}.md" in text.partition("from datetime")[0]


def test_the_example_in_the_guide_is_the_source_that_is_crawled_in_the_tests() -> None:
    guide = (ROOT / "docs" / "adding-a-source.md").read_text(encoding="utf-8")
    code = re.findall(r"^```python\n(.*?)^```$", guide, re.MULTILINE | re.DOTALL)
    assert code == [(ROOT / "tests" / "sources" / "steppe.py").read_text(encoding="utf-8")]
    assert STEPPE.title in guide


@pytest.mark.parametrize(
    "kind",
    [Source, AddressForm, *get_args(Finding), *get_args(Layout), ListingPage, Expect],
    ids=lambda kind: kind.__name__,
)
def test_the_guide_explains_every_field_of_the_facts(kind: type) -> None:
    guide = (ROOT / "docs" / "adding-a-source.md").read_text(encoding="utf-8")
    assert f"`{kind.__name__}`" in guide
    assert [one.name for one in fields(kind) if f"`{one.name}`" not in guide] == []
