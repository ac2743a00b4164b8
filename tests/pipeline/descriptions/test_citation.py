"""How a dataset is cited."""

from dataclasses import replace

import pytest

from pipeline.descriptions.citation import bibtex, citation, languages, summary
from tests.pipeline.descriptions.samples import DATASET, EMPTY, SENATE

REQUIRED = ("cff-version: 1.2.0", "message: ", "title: ", "authors:")


def test_it_names_version_day_and_publishers() -> None:
    lines = citation(DATASET).splitlines()
    assert all(any(line.startswith(one) for line in lines) for one in REQUIRED)
    assert "type: dataset" in lines
    assert "date-released: 2026-03-20" in lines
    assert f'version: "{DATASET.version}"' in lines
    assert '  - name: "Senate of the Parliament of Kazakhstan"' in lines


def test_without_items_it_has_no_day_but_an_author_still() -> None:
    text = citation(EMPTY)
    assert "date-released" not in text
    assert '  - name: "kazpress"' in text


def test_a_title_is_one_quoted_line() -> None:
    text = citation(replace(DATASET, title='a: "b"\n- c: # d'))
    assert 'title: "a: \\"b\\" - c: # d"\n' in text


def test_braces_in_a_name_do_not_end_the_field_of_bibtex() -> None:
    odd = replace(DATASET, title="a} b{ \\c", sources=(replace(SENATE, title="x{y"),))
    text = bibtex(odd)
    assert "title = {{a b c}}," in text
    assert "author = {{xy}}," in text
    assert text.count("{") == text.count("}")


def test_bibtex_has_the_year_where_there_are_items() -> None:
    assert "  year = {2026}," in bibtex(DATASET)
    assert "year" not in bibtex(EMPTY)


@pytest.mark.parametrize(
    ("codes", "told"),
    [(("ru",), "Russian"), (("kk", "ru"), "Kazakh and Russian"),
     (("en", "kk", "ru"), "English, Kazakh and Russian"), (("de",), "de")],
)  # fmt: skip
def test_languages_are_listed_as_in_a_sentence(codes: tuple[str, ...], told: str) -> None:
    assert languages(replace(DATASET, sources=(replace(SENATE, languages=codes),))) == told


def test_the_summary_counts() -> None:
    text = summary(replace(DATASET, items=12345))
    assert "12,345 articles and releases in Kazakh and Russian" in text
    assert "of Kazakhstanskaya Pravda and Senate of the Parliament of Kazakhstan:" in text
    assert "stories (6)" in text
    assert "pieces (5)" in text
