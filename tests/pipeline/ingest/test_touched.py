"""What captures have a part in, taken one by one, is joined."""

from pipeline.ingest.touched import Touch, touched_by


def test_what_captures_have_a_part_in_is_joined_and_they_are_counted() -> None:
    touched = touched_by(
        [
            Touch(url="a", day=("senate", "2026-03-04"), documents=frozenset("xy")),
            Touch(url="a", target="b", body=("senate", "0")),
            Touch(text="text:1", documents=frozenset("yz")),
            Touch(),
        ]
    )
    assert touched.captures == 4
    assert touched.urls == {"a"}
    assert touched.targets == {"b"}
    assert touched.texts == {"text:1"}
    assert touched.days == {("senate", "2026-03-04")}
    assert touched.bodies == {("senate", "0")}
    assert touched.documents == {"x", "y", "z"}


def test_nothing_touches_nothing() -> None:
    touched = touched_by([])
    assert touched.captures == 0
    assert not touched.urls | touched.targets | touched.texts | touched.documents
