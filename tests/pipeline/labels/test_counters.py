"""Counts, and lines that only look like them."""

from __future__ import annotations

import pytest

from pipeline.labels.counters import is_count


@pytest.mark.parametrize(
    "text",
    ["348", "👁 348", "Просмотров: 348", "Қаралды: 348", "Прочитано 348 раз", "Просмотры", "—",
     "348 views", "Қаралым саны: 348", "Комментарии: 2"],
)  # fmt: skip
def test_a_count_is_a_number_with_or_without_what_it_counts(text: str) -> None:
    assert is_count(text)


@pytest.mark.parametrize(
    "text",
    ["348 депутатов", "Просмотр фильма о степи", "Комментарии экспертов", "Қаралды: заң жобасы",
     "Законопроект прочитан.", "№ 348-VІІІ ҚРЗ"],
)  # fmt: skip
def test_other_words_are_no_count(text: str) -> None:
    assert not is_count(text)
