"""Imports between folders go one way, as docs/architecture.md has them, and what does not need
Scrapy starts without it.
"""

import ast
import json
import re
import subprocess
import sys
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.seeds.recorded_site import RECORDED, SEED
from tests.workspace import ROOT, Workspace

ARCHITECTURE = ROOT / "docs" / "architecture.md"
ROOMS = ("kazpress", "scheduler", "spiders", "pipeline")
NOT_OURS = ("tests", "bench", "seeds")
"""What the product may never import."""
EVERYWHERE = frozenset({"kazpress.errors"})
IN_PIPELINE = frozenset(
    {
        "pipeline.model",
        "pipeline.normalize",
        "pipeline.times",
        "pipeline.clock",
        "pipeline.connected",
        "pipeline.counted",
        "pipeline.digests",
        "pipeline.remembered",
        "pipeline.synced",
    }
)
SLOW = (
    "scrapy", "twisted", "apscheduler", "warcio", "rich", "sqlite_utils", "lxml", "parsel",
    "pyarrow", "xlsxwriter",
)  # fmt: skip
FACTS = ("spiders.senate", "spiders.kazpravda", "spiders.sources")
HOLDERS = {
    "scrapy": {"spiders"},
    "twisted": {"spiders"},
    "apscheduler": {"scheduler"},
    "cronsim": {"kazpress.daemon.schedule"},
    "cssselect": {"pipeline.model.source_checks"},
    "scheduler": {"kazpress.commands.daemon"},
    "distributed": {"pipeline.reparse.cluster"},
    "warcio": {"pipeline.archive.warc_writer"},
    "zlib_ng": {"pipeline.archive.warc_writer", "pipeline.warc.decoders"},
    "rich": {"kazpress"},
    "click": {"kazpress"},
    "pyarrow": {"pipeline.formats.as_parquet"},
    "xlsxwriter": {"pipeline.formats.as_xlsx"},
}
"""Which rooms, or modules, alone may import a library."""
WITHOUT_SQL = ("kazpress", "scheduler", "spiders")
SQL = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH|PRAGMA) ")


@cache
def _modules() -> dict[str, Path]:
    found = [ROOT / "scheduler.py"]
    for room in ROOMS:
        found += (ROOT / room).glob("**/*.py")
    names = {path: ".".join(path.relative_to(ROOT).with_suffix("").parts) for path in found}
    return {name: path for path, name in names.items() if path.name != "__init__.py"}


@cache
def _imports(module: str) -> frozenset[str]:
    """The modules that a module imports, wherever in it; the names taken from them too."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(_modules()[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{name.name}" for name in node.names}
    return frozenset(found)


def _ours(module: str) -> set[str]:
    """The modules of ours that a module imports."""
    return set(_imports(module) & _modules().keys())


def _unit(module: str) -> str:
    """A module's row in the table of folders: its folder, or itself where it stands in a room."""
    folder = module.rpartition(".")[0]
    return folder if "." in folder else module


@cache
def _allowed() -> dict[str, frozenset[str]]:
    """What each folder may import, by the table in docs/architecture.md."""
    text = ARCHITECTURE.read_text("utf-8").partition("| may import |")[2].partition("\n\n")[0]
    rows = re.findall(r"^\| (`[^|]+`) \|[^|]+\|([^|]*)\|$", text, re.MULTILINE)
    named = re.compile(r"`([\w/]+?)(?:/|\.py)?`")
    return {
        unit.replace("/", "."): frozenset(one.replace("/", ".") for one in named.findall(allowed))
        for units, allowed in rows
        for unit in named.findall(units)
    }


def _may_import(module: str, other: str) -> bool:
    unit, target = _unit(module), _unit(other)
    allowed = _allowed()[unit] | EVERYWHERE
    if unit.startswith("pipeline."):
        allowed |= IN_PIPELINE
    return unit == target or any(target == one or target.startswith(f"{one}.") for one in allowed)


def test_the_table_of_folders_has_each_of_them_once() -> None:
    assert _allowed().keys() == {_unit(module) for module in _modules()}


@pytest.mark.parametrize("module", sorted(_modules()))
def test_a_module_imports_what_the_table_allows_its_folder(module: str) -> None:
    assert [other for other in sorted(_ours(module)) if not _may_import(module, other)] == []
    assert {name.partition(".")[0] for name in _imports(module)} & set(NOT_OURS) == set()


@pytest.mark.parametrize("of", ["files", "folders"])
def test_there_is_no_circle_of(of: str) -> None:
    """Imports for types, and those inside functions, count like any others."""
    graph: dict[str, set[str]] = {}
    for module in _modules():
        name = module if of == "files" else _unit(module)
        others = _ours(module) if of == "files" else {_unit(other) for other in _ours(module)}
        graph.setdefault(name, set()).update(others - {name})
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


@pytest.mark.parametrize("folder", sorted({_unit(m) for m in _modules() if m.count(".") > 1}))
def test_a_folder_has_four_to_twelve_files(folder: str) -> None:
    files = [module for module in _modules() if _unit(module) == folder]
    assert 3 <= len(files) <= 12


def _is_in(module: str, places: set[str]) -> bool:
    return any(module == place or module.startswith(f"{place}.") for place in places)


def _room(module: str) -> str:
    return module.partition(".")[0]


@pytest.mark.parametrize("library", sorted(HOLDERS))
def test_a_library_stays_in_its_room(library: str) -> None:
    users = {name for name in _modules() if any(_is_in(one, {library}) for one in _imports(name))}
    assert {name for name in users if not _is_in(name, HOLDERS[library])} == set()


@pytest.mark.parametrize("module", sorted(n for n in _modules() if _room(n) in WITHOUT_SQL))
def test_sql_stands_in_the_pipeline_alone(module: str) -> None:
    """The other rooms call its functions by their names."""
    texts = (
        node.value
        for node in ast.walk(ast.parse(_modules()[module].read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    assert [text for text in texts if SQL.match(text)] == []


WRITERS = {"write", "write_many", "write_now"}
WRITING_SQL = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|CREATE|DROP|ALTER)\b")


@pytest.mark.parametrize("module", sorted(n for n in _modules() if _room(n) == "pipeline"))
def test_the_database_is_written_in_two_ways_alone(module: str) -> None:
    """By `write_now`, in a transaction of its own, or by `write` and `write_many`, inside of one.

    So SQL that writes stands only in calls of these, and nothing else that writes is called.
    """
    if module.startswith("pipeline.store."):
        return
    tree = ast.parse(_modules()[module].read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    written = {
        id(part)
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id in WRITERS
        for part in ast.walk(call)
    }
    unnamed = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        and WRITING_SQL.match(node.value) and id(node) not in written
    ]  # fmt: skip
    methods = [call.func for call in calls if isinstance(call.func, ast.Attribute)]
    other = [
        ast.unparse(method)
        for method in methods
        if method.attr in ("executemany", "executescript", "table", "commit", "rollback")
        or (method.attr == "execute" and not ast.unparse(method.value).endswith(".conn"))
    ]
    assert (unnamed, other) == ([], [])


IMPORT_EACH = """
import importlib, json, sys
slow = {}
for name in sys.argv[1:]:
    importlib.import_module(name)
    slow[name] = [one for one in ("scrapy", "twisted") if one in sys.modules]
print(json.dumps(slow))
"""


def test_the_pipeline_and_the_facts_are_imported_without_scrapy() -> None:
    names = [name for name in _modules() if name.startswith("pipeline.")] + list(FACTS)
    done = subprocess.run(
        [sys.executable, "-c", IMPORT_EACH, *names], cwd=ROOT, capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    loaded = json.loads(done.stdout)
    assert {name: slow for name, slow in loaded.items() if slow} == {}


RUN_ALL = """
import json, sys
from kazpress.cli import main
statuses = [main(arguments) for arguments in json.loads(sys.argv[1])]
sys.stderr.write(" ".join(sorted(sys.modules)))
sys.exit(max(statuses))
"""


def _loaded(folder: Path, *commands: list[str]) -> set[str]:
    """What of the slow libraries is loaded after these commands have run in one process."""
    done = subprocess.run(
        [sys.executable, "-c", RUN_ALL, json.dumps(commands)], cwd=folder, text=True,
        env=Workspace.environment(), capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return set(SLOW) & set(done.stderr.split())


def test_help_and_version_load_click_alone(tmp_path: Path) -> None:
    assert _loaded(tmp_path, ["--help"], ["--version"], ["export", "--help"]) == set()


def test_what_reads_the_archive_loads_neither_scrapy_nor_apscheduler(
    tmp_path: Path,
) -> None:
    shown = "https://senate.parlam.kz/ru-RU/news/details/13203"
    loaded = _loaded(
        tmp_path, ["import", str(RECORDED), str(SEED)], ["status"], ["sources"], ["show", shown],
        ["list"], ["stories", "list"], ["export"], ["reparse"],
    )  # fmt: skip
    assert loaded & {"scrapy", "twisted", "apscheduler", "pyarrow", "xlsxwriter"} == set()
