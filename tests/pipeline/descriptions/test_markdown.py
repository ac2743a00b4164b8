"""Parts of pages in Markdown."""

from pipeline.descriptions.markdown import plain, table


def test_a_bar_in_a_cell_is_no_edge_of_it_and_an_empty_cell_has_a_dash() -> None:
    assert table(("a", "b"), [("x|y", ""), ("1", "2")]) == (
        "| a | b |\n|---|---|\n| x\\|y | – |\n| 1 | 2 |\n"
    )


def test_a_table_without_rows_is_its_head() -> None:
    assert table(("a",), []) == "| a |\n|---|\n"


def test_marks_are_shown_as_they_are() -> None:
    assert plain("<b> [x](y)\n`z` *q* #1 &lt;") == r"\<b\> \[x\](y) \`z\` \*q\* \#1 \&lt;"
