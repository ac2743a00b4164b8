"""What `make demo` exports, made once: the files that a reader of docs/analysis.md has."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kazpress.config import Config
from kazpress.demo import write_exports
from kazpress.work.import_files import import_files
from tests.seeds.recorded_site import RECORDED, SEED


@pytest.fixture(scope="session")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The recorded site's exports, beside its database. Read only."""
    folder = tmp_path_factory.mktemp("exports")
    config = Config(db=folder / "kazpress.db", archive=folder / "archive", sources={})
    assert import_files(config, [RECORDED, SEED], None).failed == []
    write_exports(config, folder)
    return folder


@pytest.fixture
def at_exports(exports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of them, as the working directory."""
    folder = tmp_path / "demo"
    shutil.copytree(exports, folder)
    monkeypatch.chdir(folder)
    return folder
