"""Labels of a site, told by their words."""

from __future__ import annotations

from hypothesis import given

from pipeline.labels.counters import is_count
from pipeline.labels.error_reports import is_error_report
from pipeline.labels.invitations import is_invitation
from pipeline.labels.rights_notes import is_copyright_note
from pipeline.labels.site_labels import site_label
from pipeline.normalize.networks import network_place
from tests.pipeline.normalize.any_text import ANY_TEXT


@given(ANY_TEXT)
def test_any_text_may_be_asked_about(text: str) -> None:
    assert is_copyright_note(text) in (True, False)
    assert is_count(text) in (True, False)
    assert network_place(text) in ("channel", "post", "share", None)
    assert is_error_report(text) in (True, False)
    for is_linked in (True, False):
        assert is_invitation(text, ("газета",), is_linked=is_linked) in (True, False)


def test_a_row_of_marks_parts_a_text_but_a_blank_is_text() -> None:
    assert [site_label(row) for row in ("***", "* * *", "———")] == ["rule"] * 3
    assert [site_label(row) for row in ("____", "…", "?!", "*")] == [None] * 4
