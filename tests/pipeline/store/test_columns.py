"""Every column is read by something: one that is only written is work and room for nothing."""

import ast
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

from pipeline.edits.edit import Edit
from pipeline.model.capture import Capture
from pipeline.model.press_item import PressItem
from pipeline.monitoring.notifications import Notification
from pipeline.query.politeness import PolitenessDay
from pipeline.query.source_state import EndedCrawl, ListedFailure
from pipeline.store.database import open_for_writing
from tests.workspace import ROOT

FOR_PEOPLE = {
    ("sources", "state"): "whether it is asked for news",
    ("items", "last_seen"): "until when the item was seen as it is",
    ("items", "layout"): "to find the items of a layout that was read wrongly",
    ("proven_days", "at"): "since when a day is proven complete",
    ("days", "captures"): "what the misses of a day are compared with",
    ("days", "misses"): "why a day was found to be the source's fault",
}
"""Columns that no code reads, each with what a person reads it for."""

WHOLE_RECORDS = {
    "captures": Capture, "items": PressItem, "crawls": EndedCrawl, "failures": ListedFailure,
    "politeness": PolitenessDay,
    "edits": Edit,
    "notifications": Notification,
}  # fmt: skip
"""Tables out of which all fields of a record are read at once."""
_INSERTED = re.compile(r"INTO \w+ \([^)]*\)")
_SET = re.compile(r"\bSET (.*?)(?=\bWHERE\b|\bRETURNING\b|$)", re.DOTALL)
_ASSIGNED = re.compile(r"\b\w+ = (excluded\.\w+)?")


def test_every_column_is_read_or_kept_for_people(tmp_path: Path) -> None:
    db = open_for_writing(tmp_path / "kazpress.db", [])
    views = db.conn.execute("SELECT sql FROM sqlite_master WHERE type = 'view'")
    trees = [ast.parse(path.read_text("utf-8")) for path in (ROOT / "pipeline").glob("**/*.py")]
    sql = [row[0] for row in views] + [text for tree in trees for text in _texts(tree)]
    taken = {key for tree in trees for key in _keys_taken(tree)}
    unread = set[tuple[str, str]]()
    for table in db.tables:
        if not table.name.startswith("_"):
            read = taken | _names_read(table.name, sql)
            if table.name in WHOLE_RECORDS:
                read |= {field.name for field in fields(WHOLE_RECORDS[table.name])}
            unread |= {(table.name, one.name) for one in table.columns if one.name not in read}
    db.close()
    assert unread == FOR_PEOPLE.keys()


def _texts(tree: ast.AST) -> Iterator[str]:
    """The texts of a module, any of which may be SQL, with the texts in what is filled in."""
    filled = [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
    parts = {id(part) for joined in filled for part in ast.walk(joined)}
    yield from (" ".join(_constants(joined)) for joined in filled)
    yield from (text for node in ast.walk(tree) if id(node) not in parts for text in _own(node))


def _constants(node: ast.AST) -> Iterator[str]:
    for part in ast.iter_child_nodes(node):
        yield from _own(part)
        yield from _constants(part)


def _own(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def _keys_taken(tree: ast.AST) -> Iterator[str]:
    """The names by which values are taken out of rows."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
            key = node.slice
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                yield key.value


def _names_read(table: str, texts: list[str]) -> set[str]:
    """The names in statements about a table, less those of the columns that they write."""
    named: set[str] = set()
    for text in texts:
        if re.search(rf"(FROM|JOIN|INTO|UPDATE|EXISTS) +{table}\b", text):
            rest = _INSERTED.sub(" ", text)
            rest = _SET.sub(lambda found: _ASSIGNED.sub(" ", found[0]), rest)
            named |= set(re.findall(r"\w+", rest))
    return named
