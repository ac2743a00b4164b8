"""A dataset's folder, as others read it: by its descriptions, with their judges."""

from __future__ import annotations

import json
import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from tests.seeds.recorded_site import RECORDED, SEED
from tests.workspace import Workspace

pytestmark = [
    pytest.mark.interop,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # of what the judges call
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The recorded site as a dataset. Read only."""
    return _exported(Workspace(tmp_path_factory.mktemp("dataset")))


@pytest.fixture(scope="module")
def nothing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset without items."""
    return _exported(Workspace(tmp_path_factory.mktemp("nothing")), "--since", "2100-01-01")


def _exported(workspace: Workspace, *options: str) -> Path:
    imported = workspace.run("import", RECORDED, SEED)
    assert "55 new" in imported.stdout, imported.stderr
    exported = workspace.run("export", "--dataset", "folder", *options)
    assert exported.status == 0, exported.stderr
    return workspace.path / "folder"


def _records(folder: Path) -> list[dict[str, Any]]:
    paths = sorted(folder.glob("data/jsonl/*"))
    return [json.loads(line) for path in paths for line in path.read_text("utf-8").splitlines()]


@pytest.fixture(autouse=True)
def in_no_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))


def test_frictionless_reads_the_data_package_to_its_last_row(folder: Path) -> None:
    from frictionless import Package

    package = Package(str(folder / "datapackage.json"))
    report = package.validate()
    assert report.flatten(["name", "rowNumber", "type", "note"]) == []
    rows = package.get_table_resource("items").read_rows()
    assert [row["id"] for row in rows] == [one["id"] for one in _records(folder)]
    assert {task.name: task.stats["rows"] for task in report.tasks if task.name == "items"} == {
        "items": len(rows)
    }


def test_frictionless_finds_a_value_that_is_none_of_its_field(folder: Path, tmp_path: Path) -> None:
    """So the schema does say something."""
    from frictionless import Resource

    described = json.loads((folder / "datapackage.json").read_text("utf-8"))["resources"][0]
    described |= {"path": "one.jsonl"}
    del described["bytes"], described["hash"]
    for name, wrong in (
        ("relation", "copy"), ("published", "4 March"), ("first_seen", "yesterday"),
        ("similarity", 1.5), ("id", None), ("tags", [1]), ("day", "2026-02-30"), ("words", -1),
    ):  # fmt: skip
        record = _records(folder)[0] | {name: wrong}
        (tmp_path / "one.jsonl").write_text(json.dumps(record) + "\n", "utf-8")
        report = Resource(described, basepath=str(tmp_path)).validate()
        found = {one for (one,) in report.flatten(["fieldName"])}
        assert name in found <= {name, None}, "None: of the row, which lacks its key"


def test_frictionless_takes_a_dataset_without_items(nothing: Path) -> None:
    from frictionless import Package

    assert Package(str(nothing / "datapackage.json")).validate().valid


def test_mlcroissant_finds_nothing_wrong_and_loads_the_records(folder: Path) -> None:
    import mlcroissant

    dataset = mlcroissant.Dataset(str(folder / "croissant.json"))
    assert dataset.metadata.ctx.issues.report() == ""
    loaded = {one["items/id"].decode(): one for one in dataset.records("items")}
    told = {one["id"]: one for one in _records(folder)}
    assert loaded.keys() == told.keys()
    for key, one in told.items():
        assert loaded[key]["items/body"].decode() == one["body"]
        assert loaded[key]["items/day"].strftime("%Y-%m-%d") == one["day"]
        assert [tag.decode() for tag in loaded[key]["items/tags"]] == one["tags"]
        assert [
            part["items/translations/id"].decode() for part in loaded[key]["items/translations"]
        ] == [part["id"] for part in one["translations"]]
        assert (loaded[key]["items/published_at"] is None) == ("T" not in one["published"])
    counted = sum(one["items-by-week/items"] for one in dataset.records("items-by-week"))
    assert counted == len(told)


def test_croissant_has_each_column_of_parquet(folder: Path) -> None:
    from pyarrow import parquet

    (items, _) = json.loads((folder / "croissant.json").read_text("utf-8"))["recordSet"]
    names = [one["name"] for one in items["field"]]
    for path in folder.glob("data/parquet/*"):
        assert parquet.read_schema(path).names == names


def test_mlcroissant_takes_a_dataset_without_items(nothing: Path) -> None:
    import mlcroissant

    dataset = mlcroissant.Dataset(str(nothing / "croissant.json"))
    assert dataset.metadata.ctx.issues.errors == set()


def test_hugging_face_loads_the_folder_by_its_card(folder: Path, tmp_path: Path) -> None:
    from datasets import load_dataset

    loaded = load_dataset(str(folder), split="train", cache_dir=str(tmp_path))
    told = _records(folder)
    assert loaded["id"][:] == [one["id"] for one in told]
    assert loaded["translations"][:] == [one["translations"] for one in told]


def test_hugging_face_reads_a_new_version_anew(tmp_path: Path) -> None:
    """Its cache goes by the folder's name and the card, and looks at no data file."""
    from datasets import load_dataset

    workspace = Workspace(tmp_path)
    folder = _exported(workspace, "--until", "2026-02-28")
    cache = str(tmp_path / "cache")
    before = load_dataset(str(folder), split="train", cache_dir=cache).num_rows
    assert workspace.run("export", "--dataset", "folder").status == 0
    after = load_dataset(str(folder), split="train", cache_dir=cache).num_rows
    assert before < after == len(_records(folder))


def test_hugging_face_reads_the_block_of_the_card(folder: Path, nothing: Path) -> None:
    card = import_module("huggingface_hub").DatasetCard
    data = card.load(folder / "README.md").data.to_dict()
    assert (data["license"], data["license_link"]) == ("other", "LICENSE.md")
    assert data["language"] == sorted({one["language"] for one in _records(folder)})
    assert "configs" not in card.load(nothing / "README.md").data.to_dict()


def test_the_lines_of_the_card_load_all_items(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import datasets
    import duckdb
    import pandas
    import polars

    monkeypatch.chdir(folder)
    code = re.search(r"```python\n(.*?)```", (folder / "README.md").read_text("utf-8"), re.DOTALL)
    assert code is not None
    known = {"datasets": datasets, "duckdb": duckdb, "pandas": pandas, "polars": polars}
    lines = code[1].replace("path/to/this/folder", str(folder)).splitlines()
    assert [len(eval(line, dict(known))) for line in lines] == [len(_records(folder))] * 4


def test_the_citation_is_yaml(folder: Path) -> None:
    cited = import_module("yaml").safe_load((folder / "CITATION.cff").read_text("utf-8"))
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    assert (cited["version"], cited["title"]) == (package["version"], package["title"])
    assert [one["name"] for one in cited["authors"]] == [one["title"] for one in package["sources"]]
    assert cited["date-released"].isoformat() <= max(
        one["last_changed"] for one in _records(folder)
    )
