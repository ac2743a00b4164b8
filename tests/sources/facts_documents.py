"""docs/sources: how sure each fact about a site is."""

import re

from pipeline.model.source import Source
from tests.workspace import ROOT

WEIGHTS = ("proven", "once", "guess", "ours")
FOLDER = ROOT / "docs" / "sources"
ROW = re.compile(r"^\| (?P<facts>`.+?`) \| (?P<weight>\w+) \|", re.MULTILINE)


def weighed(source: Source) -> dict[str, set[str]]:
    """The facts in the tables of a source's document, each with its weights."""
    text = (FOLDER / f"{source.name}.md").read_text(encoding="utf-8").replace(r"\|", "\0")
    found: dict[str, set[str]] = {}
    for row in ROW.finditer(text):
        for fact in re.findall(r"`([^`]+)`", row["facts"].replace("\0", "|")):
            found.setdefault(fact, set()).add(row["weight"])
    return found
