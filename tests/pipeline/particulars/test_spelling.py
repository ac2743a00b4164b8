"""Whether a word was only mistyped."""

import pytest

from pipeline.particulars.spelling import is_mistyped


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("парламенский", "парламентский"), ("коммисия", "комиссия"), ("прошол", "прошёл"),
        ("chmaber", "chamber"), ("в в", "в"),
        ("отремантируют дом", "отремонтируют дом"),
    ],
)  # fmt: skip
def test_slips(was: str, now: str) -> None:
    assert is_mistyped(was.split(), now.split())


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("мир", "пир"), ("введён", "выведен"), ("закон", "кодекс"), ("принят", ""),
        ("снизился", "увеличился"), ("принял он", "принял"),
    ],
)  # fmt: skip
def test_other_words(was: str, now: str) -> None:
    assert not is_mistyped(was.split(), now.split())
