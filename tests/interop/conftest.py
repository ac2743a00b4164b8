"""What `make demo` exports, made once: the files that a reader of docs/analysis.md has."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kazpress.config import Config
from kazpress.demo import write_exports
from kazpress.work.export import ExportOptions, export_files
from kazpress.work.export_targets import export_targets
from kazpress.work.import_files import import_files
from pipeline.export.selection import Selection
from tests.seeds.recorded_site import RECORDED, SEED

_SEMICOLONS = ExportOptions(delimiter=";")


@pytest.fixture(scope="session")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The recorded site's exports, beside its database. Read only."""
    folder = tmp_path_factory.mktemp("exports")
    config = Config(db=folder / "kazpress.db", archive=folder / "archive", sources={})
    assert import_files(config, [RECORDED, SEED], None).failed == []
    write_exports(config, folder)
    every_item = Selection(every_item=True)
    export_files(config, export_targets((), folder / "semicolons.csv"), every_item, _SEMICOLONS)
    for name in ("items.jsonl.gz", "items.jsonl.zst", "items.csv.gz"):
        export_files(config, export_targets((), folder / name), every_item)
    return folder


@pytest.fixture
def at_exports(exports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of them, as the working directory."""
    folder = tmp_path / "demo"
    shutil.copytree(exports, folder)
    monkeypatch.chdir(folder)
    return folder
