"""The label of readers' comments."""

from pipeline.labels.counters import MAX_LABEL_CHARACTERS
from pipeline.normalize.words import words

_COMMENTS = frozenset(words(
    "комментарии комментарий комментариев обсуждение обсуждения пікір пікірлер comment comments"
    " reply"
))  # fmt: skip
_BESIDE_COMMENTS = frozenset(words(
    "оставить оставьте добавить написать читать все показать посмотреть ваш ваши свой к статье"
    " новости материалу пока нет қалдыру қалдырыңыз жазу қосу барлық сіздің барлығы көру жоқ"
    " leave post add view show see read write all a your the no yet on to this article cancel"
))  # fmt: skip


def is_comments_label(text: str) -> bool:
    """Whether a line is nothing but the label of readers' comments, or of the form for them.

    >>> is_comments_label("Комментарии (3)"), is_comments_label("Комментарии экспертов")
    (True, False)
    """
    if len(text) > MAX_LABEL_CHARACTERS:
        return False
    found = words(text)
    return not _COMMENTS.isdisjoint(found) and all(
        word in _COMMENTS or word in _BESIDE_COMMENTS or word.isdigit() for word in found
    )
