"""A file's name means one thing: a reader who looks for it finds one file, or knows why not."""

from collections import Counter
from pathlib import Path

from tests.workspace import ROOT

_COMMAND = "the command with its options in commands/, what it does in work/"
TWICE = {
    "crawl": _COMMAND,
    "dataset": "what a dataset is in descriptions/, what the command does with one in work/",
    "derive": "what each folder derives anew from captures",
    "export": _COMMAND,
    "reparse": f"{_COMMAND}, the archive read again in reparse/",
    "run": "a check in check/, the reactor with its spiders in spiders/",
    "sources": "the command in commands/, the sources by name in spiders/",
}
"""Names that stand in several folders, and what for."""


def _names() -> Counter[str]:
    files: list[Path] = [ROOT / "scheduler.py"]
    for room in ("kazpress", "spiders", "pipeline"):
        files += (ROOT / room).glob("**/*.py")
    return Counter(one.stem for one in files if not one.stem.startswith("__"))


def test_no_file_name_stands_in_two_folders_without_a_reason() -> None:
    found = {name for name, count in _names().items() if count > 1}
    assert found - TWICE.keys() == set(), "name the file for what it alone is"
    assert TWICE.keys() - found == set(), "these stand once now; take them out of the table"
