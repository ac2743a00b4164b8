"""The edits between two states of a text."""

from pipeline.edits.between import Text, edits_between


def _kinds(before: str, after: str) -> list[str]:
    texts = (Text(title="Заголовок", body=body, language="ru") for body in (before, after))
    return [edit.kind for edit in edits_between(*texts)]


def test_no_edit_in_a_text_that_looks_the_same() -> None:
    assert not _kinds('Он сказал: "Да" - и ушёл.', "Он\u00a0сказал: «Да» — и ушёл.")


def test_sentence_added_and_removed() -> None:
    assert _kinds("Первое вот. Второе вот.", "Первое вот. Третье тут. Второе вот.") == [
        "sentence-added"
    ]
    assert _kinds("Первое вот. Третье тут. Второе вот.", "Первое вот. Второе вот.") == [
        "sentence-removed"
    ]


def test_title() -> None:
    before, after = (Text(title=one, body="Текст.", language="ru") for one in ("Было", "Стало"))
    (edit,) = edits_between(before, after)
    assert (edit.kind, edit.field, edit.before, edit.after) == ("title", "title", "Было", "Стало")
