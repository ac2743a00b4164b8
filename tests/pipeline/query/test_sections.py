"""Sections are found by the names that a person writes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from kazpress.errors import UsageError
from pipeline.query.sections import named_sections
from tests.pipeline.worlds.rows import database, item_row

STORED = ("Политика", "ПОЛИТИКА", "Общество", "Общество, семья", "Всё о еде", None)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    rows = [item_row(number, section=section) for number, section in enumerate(STORED)]
    opened = database(tmp_path / "k.db", rows)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("names", "found"),
    [
        ([], ()),
        (["политика"], ("ПОЛИТИКА", "Политика")),
        (["ОБЩЕСТВО"], ("Общество",)),
        (["общество,  семья"], ("Общество, семья",)),
        (["Общество, политика", "Общество"], ("Общество", "ПОЛИТИКА", "Политика")),
        (["все о еде,"], ("Всё о еде",)),
    ],
)
def test_names_stand_for_sections_in_any_letter_case(
    db: Database, names: list[str], found: tuple[str, ...]
) -> None:
    assert named_sections(db, names) == found


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("Политка", 'there is no section "Политка"; did you mean "политика"?'),
        ("Общество, xyz", 'there is no section "xyz" (known: Всё о еде, Общество, Общество, сем'),
        ("", 'there is no section "" (known: '),
        (" , ", 'there is no section " , " (known: '),
    ],
)
def test_an_unknown_one_is_said_with_the_nearest(db: Database, name: str, sentence: str) -> None:
    with pytest.raises(UsageError) as error:
        named_sections(db, [name])
    assert str(error.value).startswith(sentence)


def test_without_items_none_is_known(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r'^there is no section "x" \(known: none\)$'):
        named_sections(database(tmp_path / "empty.db"), ["x"])
