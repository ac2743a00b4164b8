"""Negation."""

import pytest

from pipeline.particulars.negations import are_opposite, is_negation


@pytest.mark.parametrize(
    ("plain", "negated"),
    [
        ("келді", "келмеді"), ("барады", "бармайды"), ("қабылданған", "қабылданбаған"),
        ("айтты", "айтпады"), ("оқиды", "оқымайды"), ("қабылдау", "қабылдамау"),
        ("жоспарланып", "жоспарланбай"), ("шығарылады", "шығарылмайды"), ("рұқсатты", "рұқсатсыз"),
        ("жетпейтінін", "жететінін"),
        ("возможно", "невозможно"), ("able", "unable"),
    ],
)  # fmt: skip
def test_opposites(plain: str, negated: str) -> None:
    assert are_opposite(plain, negated)
    assert are_opposite(negated, plain)


@pytest.mark.parametrize(
    ("one", "other"),
    [("принят", "отклонён"), ("басқару", "басқарма"), ("береді", "алады"), ("келді", "келеді")],
)
def test_others(one: str, other: str) -> None:
    assert not are_opposite(one, other)


def test_words_that_negate() -> None:
    assert all(map(is_negation, ("не", "нет", "емес", "жоқ", "not", "didn't", "won’t", "without")))
    assert not any(map(is_negation, ("небо", "ноль", "now", "жол")))
