"""What a document must name: every command, option, field, exit status and key."""

import dataclasses
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import pytest

from kazpress import config
from kazpress.cli import cli
from kazpress.errors import ExitStatus
from pipeline.formats.known_formats import FORMATS
from pipeline.model.press_item import FIELDS
from pipeline.store.database import open_for_writing
from spiders.crawl.lifecycle import Summary
from tests.workspace import ROOT


def _commands(group: click.Group, before: str = "") -> Iterator[tuple[str, click.Command]]:
    """The commands by their names, those of groups too."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from _commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}", command


COMMANDS = dict(_commands(cli))
OPTIONS = sorted(
    {
        (name, option)
        for name, command in COMMANDS.items()
        for param in command.params
        for option in param.opts
        if option.startswith("--") and not getattr(param, "hidden", False)
    }
)


@cache
def _documents() -> dict[str, str]:
    paths = [ROOT / "README.md", *sorted((ROOT / "docs").glob("**/*.md"))]
    return {
        str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
        for path in paths
        if path.is_file()
    }


def _everything() -> str:
    return "\n".join(_documents().values())


def _operations() -> str:
    """docs/operations.md and the pages of its folder."""
    return "\n".join(
        text for name, text in _documents().items() if name.startswith("docs/operations")
    )


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_is_named(name: str) -> None:
    assert re.search(rf"kazpress (-\w+ )?{name}\b", _everything())


@pytest.mark.parametrize(("name", "option"), OPTIONS)
def test_every_option_is_named(name: str, option: str) -> None:
    row = re.search(rf"^\| `kazpress {name}\b.*$", _operations(), re.MULTILINE)
    assert row is not None
    common = ("--db", "--archive", "--config", "--help", "--quiet", "--verbose")
    assert option in common or f"`{option}" in row[0]


@pytest.mark.parametrize("field", [*FIELDS, "copies"])
def test_every_field_of_the_record_is_in_the_data_dictionary(field: str) -> None:
    assert f"`{field}`" in _documents()["docs/data-dictionary.md"]


def test_the_data_dictionary_has_every_table_and_column_and_no_other(tmp_path: Path) -> None:
    described = _described_tables(_documents()["docs/data-dictionary.md"])
    described["items"] = sorted([*described.get("items", []), *FIELDS])
    assert described == _tables(tmp_path / "new.db")


def _described_tables(page: str) -> dict[str, list[str]]:
    """The columns that the page tells of each table: a heading may name several alike, and the
    first cell of a row several columns.
    """
    return {
        name: sorted(
            column
            for cell in re.findall(r"^\| (`[^|]+) \|", section, re.MULTILINE)
            for column in re.findall(r"`(\w+)`", cell)
        )
        for heading, section in re.findall(r"^### (.+)\n((?:(?!#).*\n)*)", page, re.MULTILINE)
        for name in re.findall(r"`(\w+)`", heading)
    }


def _tables(path: Path) -> dict[str, list[str]]:
    db = open_for_writing(path, [])
    names = db.conn.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")
    columns = "SELECT name FROM pragma_table_info(?)"
    tables = {
        name: sorted(column for (column,) in db.conn.execute(columns, (name,)))
        for (name,) in names.fetchall()
    }
    db.close()
    return tables


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_is_named(kind: str) -> None:
    assert kind in _everything().lower()


@pytest.mark.parametrize("status", [status for status in ExitStatus if status != 130])
def test_every_exit_status_is_named(status: ExitStatus) -> None:
    assert re.search(rf"^\| {status.value} \| .+ \|$", _operations(), re.MULTILINE)


@pytest.mark.parametrize(
    "key",
    sorted({
        *config._TOP_KEYS, *config._SOURCE_KEYS, *config._NOTIFY_KEYS, *config._ARCHIVE_KEYS,
        *(key for keys in config._ARCHIVE_KEYS.values() for key in keys),
    }),
)  # fmt: skip
def test_every_key_of_the_configuration_is_named(key: str) -> None:
    assert re.search(rf"`{key}`|^{key} = |\[{key}", _everything(), re.MULTILINE)


def test_every_field_of_a_crawls_summary_is_named() -> None:
    text = _operations()
    assert [one.name for one in dataclasses.fields(Summary) if f"`{one.name}`" not in text] == []


@pytest.mark.parametrize("variable", ["KAZPRESS_DB", "KAZPRESS_CONFIG"])
def test_every_variable_of_the_environment_is_named(variable: str) -> None:
    assert variable in _everything()


def test_links_between_documents_lead_somewhere() -> None:
    for name, text in _documents().items():
        folder = (ROOT / name).parent
        for target, anchor in re.findall(
            r"\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)", text
        ):
            path = folder / target if target else ROOT / name
            assert path.exists(), f"{name}: {target}"
            assert not anchor or anchor in _anchors(path), f"{name}: {target}#{anchor}"


def _anchors(path: Path) -> set[str]:
    """What a link to a heading of this page may say, as GitHub makes it."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in headings}


@pytest.mark.parametrize("name", sorted(_documents()))
def test_the_files_that_a_document_names_are_there(name: str) -> None:
    named = re.findall(
        r"`((?:kazpress|pipeline|spiders|tests|deploy)/[\w./]*)`", _documents()[name]
    )
    made_up = re.compile(r"steppe|SOURCE")
    assert [one for one in named if not made_up.search(one) and not (ROOT / one).exists()] == []


def test_what_is_not_built_is_not_promised_as_a_command() -> None:
    for name in ("search", "serve"):
        assert not re.search(rf"^\s*(\$ )?kazpress {name}\b", _everything(), re.MULTILINE), name
