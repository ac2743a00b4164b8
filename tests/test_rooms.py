"""Imports go one way, and what does not need Scrapy starts without it (design, section 3)."""

import ast
import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from tests.seeds.recorded_site import RECORDED, SEED
from tests.workspace import ROOT, Workspace

ROOMS = {
    "kazpress": {"kazpress", "scheduler", "spiders", "pipeline"},
    "scheduler": {"kazpress", "spiders", "pipeline"},
    "spiders": {"spiders", "pipeline"},
    "pipeline": {"pipeline"},
    "kazpress.errors": set(),
    "kazpress.config": set(),
}
"""Which rooms a room, or one of its modules, may import."""
EVERYWHERE = {"kazpress.errors", "kazpress.config"}
SLOW = ("scrapy", "twisted", "apscheduler", "warcio", "rich", "sqlite_utils", "lxml", "parsel")
FACTS = ("spiders.senate", "spiders.kazpravda", "spiders.sources")
HOLDERS = {
    "scrapy": {"spiders"},
    "twisted": {"spiders"},
    "apscheduler": {"scheduler"},
    "cronsim": {"kazpress.work.schedule"},
    "cssselect": {"pipeline.model.selectors"},
    "scheduler": {"kazpress.commands.daemon"},
    "warcio": {
        "pipeline.archive.warc_reader",
        "pipeline.archive.warc_writer",
        "pipeline.archive.http_message",
    },
    "rich": {"kazpress"},
    "click": {"kazpress"},
}
"""Which rooms, or modules, alone may import a library."""
WITHOUT_SQL = ("kazpress", "scheduler", "spiders")
SQL = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH|PRAGMA) ")


@cache
def _modules() -> dict[str, Path]:
    found = [ROOT / "scheduler.py"]
    for room in ("kazpress", "spiders", "pipeline"):
        found += (ROOT / room).glob("**/*.py")
    names = {path: ".".join(path.relative_to(ROOT).with_suffix("").parts) for path in found}
    return {name: path for path, name in names.items() if path.name != "__init__.py"}


def _imports(path: Path) -> set[str]:
    """The modules that a file imports, wherever in it; the names taken from them too."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{name.name}" for name in node.names}
    return found


def _room(module: str) -> str:
    return module.partition(".")[0]


def _is_in(module: str, places: set[str]) -> bool:
    return any(module == place or module.startswith(f"{place}.") for place in places)


@pytest.mark.parametrize("module", sorted(_modules()))
def test_imports_go_one_way(module: str) -> None:
    allowed = ROOMS.get(module, ROOMS[_room(module)])
    ours = {
        name for name in _imports(_modules()[module])
        if _room(name) in ("kazpress", "scheduler", "spiders", "pipeline", "tests")
    }  # fmt: skip
    wrong = {
        name
        for name in ours
        if _room(name) not in allowed and not _is_in(name, EVERYWHERE) and name != "kazpress"
    }
    assert wrong == set()


def test_the_scheduler_imports_no_command() -> None:
    """The command imports the scheduler; back again would be a circle."""
    imported = _imports(_modules()["scheduler"])
    assert {
        name for name in imported if _is_in(name, {"kazpress.cli", "kazpress.commands"})
    } == set()


@pytest.mark.parametrize("library", sorted(HOLDERS))
def test_a_library_stays_in_its_room(library: str) -> None:
    users = {
        name
        for name, path in _modules().items()
        if any(_is_in(one, {library}) for one in _imports(path))
    }
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
        ["export"], ["reparse"],
    )  # fmt: skip
    assert loaded & {"scrapy", "twisted", "apscheduler"} == set()
