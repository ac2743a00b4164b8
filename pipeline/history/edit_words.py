"""An edit, and the edits of a revision, in a few words for people."""

from collections import Counter
from collections.abc import Iterable

from pipeline.edits.edit import Edit

NO_EDITS = "no edits by kind: it reads as before"
"""What is said of a revision whose text differs in what a reader does not see."""


def change_of(edit: Edit) -> str:
    """What an edit changed: «146 → 147», «+ added words», «− removed ones»; of a sentence that
    moved, itself.
    """
    was, now = (edit.was, edit.now) if edit.was or edit.now else (edit.before, edit.after)
    if edit.kind == "sentence-moved":
        return now or was or ""
    if was and now:
        return f"{was} → {now}"
    return f"+ {now}" if now else f"− {was}"


def kinds_of(edits: Iterable[Edit]) -> str:
    """The kinds of some edits, in their order, with how many there are where it is not one:
    «number ×2, name».
    """
    counts = Counter(edit.kind for edit in edits)
    return ", ".join(kind if count == 1 else f"{kind} ×{count}" for kind, count in counts.items())
