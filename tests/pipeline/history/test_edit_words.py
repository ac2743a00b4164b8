"""An edit in a few words: what became what."""

import pytest

from pipeline.edits.edit import Edit, EditKind
from pipeline.history.edit_words import change_of, kinds_of


def _edit(kind: EditKind, *texts: str | None) -> Edit:
    before, after, was, now = texts
    return Edit(kind=kind, field="body", before=before, after=after, was=was, now=now)


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (_edit("number", "Их 146.", "Их 147.", "146", "147"), "146 → 147"),
        (_edit("negation", "Не был.", "Был.", "Не", None), "− Не"),
        (_edit("negation", "Был.", "Не был.", None, "Не"), "+ Не"),
        (_edit("sentence-added", None, "Новое.", None, None), "+ Новое."),
        (_edit("sentence-removed", "Старое.", None, None, None), "− Старое."),
        (_edit("sentence-moved", "То же.", "То же.", None, None), "То же."),
        (_edit("sentence-reworded", "Так.", "Иначе.", None, None), "Так. → Иначе."),
        (_edit("title", None, "Новый", None, "Новый"), "+ Новый"),
    ],
)
def test_it_says_what_became_what(edit: Edit, words: str) -> None:
    assert change_of(edit) == words


def test_kinds_are_counted_in_their_order() -> None:
    kinds: tuple[EditKind, ...] = ("number", "name", "number")
    assert kinds_of(_edit(kind, "a", "b", "a", "b") for kind in kinds) == "number ×2, name"
    assert kinds_of([]) == ""
