"""The fields of a record: documented where they are declared, and so in docs/data-dictionary.md."""

import re
from dataclasses import dataclass, fields
from types import NoneType
from typing import get_args, get_origin, get_type_hints

import pytest

from pipeline.descriptions.field_docs import LABELS, FieldDoc, field_docs, type_in_words
from pipeline.model.press_item import FIELDS, PressItem
from pipeline.model.reading import Reading
from pipeline.model.source import ClassLayout, TextLayout
from spiders.kazpravda import KAZPRAVDA
from spiders.senate import SENATE
from spiders.sources import SOURCES
from tests.docs.dictionary import PAGE, fields_of_record, with_fields
from tests.docs.page_facts import place_on_pages
from tests.pages.recorded import recorded_pages

DOCS = {doc.name: doc for doc in field_docs(PressItem)}
NO_FIELDS = {"name", "views", "cut", "site_names", "share_labels"}
"""Facts of a layout that are no field's place."""


@dataclass(frozen=True)
class Sample:
    """A record, for the tests of how its documentation is cut."""

    title: str
    """What it is
    called.

    Normalised: on
    one line.
    Gaps: never.
    """
    bare: int = 1


def test_the_page_is_what_the_code_says() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == with_fields(page), "run `make dictionary`"


def test_making_the_page_keeps_what_stands_around_the_tables() -> None:
    page = PAGE.read_text(encoding="utf-8")
    changed = re.sub(r"^\| `title` \|.*$", "| `title` | stale |", page, flags=re.MULTILINE)
    assert changed != page
    assert with_fields(changed) == page


def test_a_text_under_a_field_is_cut_at_its_labels() -> None:
    title, bare = field_docs(Sample)
    parts = {"Normalised": "on one line.", "Gaps": "never."}
    assert title == FieldDoc(name="title", meaning="What it is called", parts=parts)
    assert (title.part("Gaps"), title.part("Elsewhere")) == ("never", "")
    assert bare == FieldDoc(name="bare", meaning="", parts={})


@pytest.mark.parametrize("name", FIELDS)
def test_each_field_has_its_meaning_and_says_whether_it_may_be_missing(name: str) -> None:
    doc, hint = DOCS[name], get_type_hints(PressItem)[name]
    assert doc.meaning
    may_be_missing = NoneType in get_args(hint) or get_origin(hint) is tuple
    word = "empty" if get_origin(hint) is tuple else "null" if may_be_missing else "never"
    assert re.match(rf"{word}\b", doc.part("Gaps"))
    assert list(doc.parts) == [label for label in LABELS if label in doc.parts], "in one order"


def test_what_a_page_gives_says_how_it_is_normalised_and_where_each_source_has_it() -> None:
    read = {one.name for one in fields(Reading)} & DOCS.keys() - {"access", "published_precision"}
    assert [name for name in read if not DOCS[name].part("Normalised")] == []
    placed = {name for name in DOCS for one in SOURCES.values() if place_on_pages(DOCS[name], one)}
    assert placed == read | {"url"}


def test_a_step_that_gave_a_field_of_a_recorded_page_is_in_the_fields_documentation() -> None:
    for page in recorded_pages():
        result = page.result()
        if not isinstance(result, Reading):
            continue
        ordered = {one.name for one in SENATE.layouts}
        labels = {
            "layout": "By order" if result.layout in ordered else "By class",
            "structured": "Structured",
            "generic": "Elsewhere",
        }
        undocumented = [
            (name, step) for name, step in result.read_by if not DOCS[name].part(labels[step])
        ]
        assert undocumented == [], page.folder


@pytest.mark.parametrize(("kind", "label"), [(ClassLayout, "By class"), (TextLayout, "By order")])
def test_all_facts_of_a_layout_that_place_a_field_are_told(kind: type, label: str) -> None:
    told = {fact for doc in DOCS.values() for fact in re.findall(r"\{(\w+)\}", doc.part(label))}
    assert told == {one.name for one in fields(kind)} - NO_FIELDS


def test_facts_stand_with_how_sure_they_are_and_behind_their_layouts() -> None:
    doc = FieldDoc(name="x", meaning="", parts={"By class": "{lead}; else by place."})
    assert place_on_pages(doc, KAZPRAVDA) == (
        "2021: `.article__lead` (guess); 2017: `.article_lead_block` (once); else by place"
    )
    assert place_on_pages(doc, SENATE) == "", "its layout is another one"


def test_an_alternative_for_which_a_source_has_no_facts_is_left_out() -> None:
    doc = FieldDoc(name="x", meaning="", parts={"By class": "a {section}; else by place"})
    assert place_on_pages(doc, KAZPRAVDA) == "by place"


def test_a_name_in_braces_that_is_no_fact_is_refused() -> None:
    doc = FieldDoc(name="x", meaning="", parts={"By class": "{subtitle}"})
    with pytest.raises(AttributeError, match="subtitle"):
        place_on_pages(doc, KAZPRAVDA)


def test_types_are_told_in_the_words_of_json() -> None:
    words = {name: type_in_words(hint) for name, hint in get_type_hints(PressItem).items()}
    assert (words["id"], words["lead"], words["tags"]) == (
        "string", "string or null", "list of strings",
    )  # fmt: skip
    assert (words["revision"], words["similarity"]) == ("integer", "number or null")
    assert words["translations"] == "list of `{language, id, url}`"
    assert words["reading"] == "string or null"


def test_every_row_of_a_table_has_the_cells_of_its_head() -> None:
    for table in re.findall(r"(?:^\|.*\n)+", fields_of_record(), re.MULTILINE):
        counts = {len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}
        assert len(counts) == 1
