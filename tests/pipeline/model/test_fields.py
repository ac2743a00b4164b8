"""What the steps found, as one value."""

from __future__ import annotations

from pipeline.model.fields import Fields, merged


def test_each_field_is_of_the_first_step_that_has_it() -> None:
    layout = Fields(layout="2020", title="Заголовок", tags=(), disagreements=("published",))
    structured = Fields(title="Другой", paragraphs=("Текст.",), tags=("сенат",), data_text="Текст.")
    fields, read_by = merged([("layout", layout), ("structured", structured)])
    assert fields == Fields(
        layout="2020", title="Заголовок", paragraphs=("Текст.",), tags=("сенат",),
        data_text="Текст.", disagreements=("published",),
    )  # fmt: skip
    assert read_by == {"title": "layout", "body": "structured", "tags": "structured"}


def test_nothing_found_is_nothing() -> None:
    assert merged([]) == (Fields(), {})
    assert merged([("generic", Fields())]) == (Fields(), {})


def test_what_is_missing_is_named_in_order() -> None:
    assert Fields(title="Заголовок").missing(["paragraphs", "title", "lead"]) == [
        "paragraphs", "lead",
    ]  # fmt: skip
