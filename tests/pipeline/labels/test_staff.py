"""Notes on who edited a text."""

from __future__ import annotations

import pytest

from pipeline.labels.staff import is_staff_note


@pytest.mark.parametrize(
    "text",
    [
        "Reporting by Aigul Omarova; additional reporting by Yerlan Satpayev, Asel Nurlan and "
        "Timur Karimov; editing by Marat Aliyev and Dana Ospan",
        "Редактор: Ерлан Сатпаев",
        "Редактор: Ерлан Сәтбаев",
    ],
)
def test_a_note_names_the_staff(text: str) -> None:
    assert is_staff_note(text)
    assert not is_staff_note(f"{text.split(maxsplit=1)[0]} работает в палате.")
