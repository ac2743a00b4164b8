"""Whose the texts are."""

from dataclasses import replace

from pipeline.descriptions.rights import license_page
from tests.pipeline.descriptions.samples import DATASET, EMPTY


def test_no_licence_is_granted_and_the_publishers_are_named() -> None:
    text = license_page(DATASET)
    assert "**No licence comes with this folder.**" in text
    assert (
        "| `senate` | Senate of the Parliament of Kazakhstan | <https://senate.parlam.kz>" in text
    )
    assert "not known here" in text


def test_it_says_what_is_in_the_publishers_words() -> None:
    text = license_page(DATASET)
    assert "`title`, `lead`, `body`" in text
    assert "`words`" not in text


def test_it_names_whom_to_ask_for_removal() -> None:
    assert "<mailto:me@example.org>" in license_page(DATASET)
    assert "ask whoever published it" in license_page(replace(EMPTY, contact=None))
