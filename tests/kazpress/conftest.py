"""What the tests of the command share: the recorded site in a database and an archive."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kazpress.cli import main
from kazpress.config import Config
from kazpress.work.import_files import import_files
from pipeline.store.database import open_for_writing
from pipeline.store.transactions import writing
from spiders.kazpravda import KAZPRAVDA
from spiders.senate import SENATE
from tests.seeds.recorded_site import RECORDED, SEED
from tests.workspace import ROOT


@dataclass(frozen=True)
class CommandResult:
    """How a command ended that was run in this process."""

    status: int
    out: str
    err: str


Run = Callable[..., CommandResult]
Store = Callable[..., None]


@pytest.fixture(scope="session")
def recorded_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The recorded site and the seed's text, imported. Read only."""
    folder = tmp_path_factory.mktemp("recorded")
    config = Config(db=folder / "kazpress.db", archive=folder / "archive", sources={})
    imported = import_files(config, [RECORDED, SEED], None)
    assert imported.failed == []
    return folder


@pytest.fixture
def recorded(recorded_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the recorded site's database and archive, as the working directory."""
    folder = tmp_path / "recorded"
    shutil.copytree(recorded_folder, folder)
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> Run:
    """Runs the command line in this process, in a folder of its own."""
    for name in ("KAZPRESS_DB", "KAZPRESS_CONFIG"):
        monkeypatch.delenv(name, raising=False)
    if Path.cwd() == ROOT:
        monkeypatch.chdir(tmp_path)

    def run_command(*arguments: object) -> CommandResult:
        capfdbinary.readouterr()
        status = main([str(one) for one in arguments])
        out, err = capfdbinary.readouterr()
        return CommandResult(int(status), out.decode(), err.decode())

    return run_command


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """A configuration with nothing said of the sources."""
    return Config(db=tmp_path / "k.db", archive=tmp_path / "archive", sources={})


@pytest.fixture
def store(config: Config) -> Iterator[Store]:
    """Puts rows into a table of the configuration's database, which is there from the start."""
    db = open_for_writing(config.db, (SENATE, KAZPRAVDA))

    def insert(table: str, *rows: dict[str, Any]) -> None:
        with writing(db):
            db.table(table).insert_all(rows)

    yield insert
    db.close()
