"""Sections are found by the names that a person writes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from kazpress.errors import UsageError
from pipeline.export.selection import Selection
from pipeline.query.sections import with_stored_sections
from tests.pipeline.worlds.rows import database, item_row

STORED = ("Политика", "ПОЛИТИКА", "Общество", "Общество, семья", "Всё о еде", None)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    rows = [item_row(number, section=section) for number, section in enumerate(STORED)]
    opened = database(tmp_path / "k.db", rows)
    yield opened
    opened.close()


def _stored(db: Database, *names: str) -> tuple[str, ...]:
    return with_stored_sections(db, Selection(section=names)).section


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
    assert _stored(db, *names) == found


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
        _stored(db, name)
    assert str(error.value).startswith(sentence)


def test_one_that_an_item_had_is_known(db: Database) -> None:
    """An increment says that the item is no longer in it."""
    with db.conn:
        db.conn.execute(
            "INSERT INTO record_versions (id, since, until, source, language, section, day, words,"
            " record) VALUES ('1', 1, 2, 'senate', 'ru', 'политика', '2026-03-04', 1, '')"
        )
    assert _stored(db, "Политика") == ("ПОЛИТИКА", "Политика", "политика")


def test_one_that_is_no_text_hides_no_other(db: Database) -> None:
    with db.conn:
        db.conn.execute("UPDATE items SET section = CAST(x'eda080' AS TEXT) WHERE id LIKE '%2'")
    assert _stored(db, "политика") == ("ПОЛИТИКА", "Политика")


def test_without_items_none_is_known(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r'^there is no section "x" \(known: none\)$'):
        _stored(database(tmp_path / "empty.db"), "x")
