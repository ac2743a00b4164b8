"""What stands under the fields of a record, cut into its parts; and their types in words."""

import ast
import inspect
import re
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass, fields, is_dataclass
from types import NoneType
from typing import Any, Literal, get_args, get_origin

from pipeline.normalize.characters import one_line

LABELS = (
    "Normalised", "Gaps", "By class", "By order", "By address", "Structured", "Elsewhere",
)  # fmt: skip
"""What a part may be of, in the order in which they stand."""
_WORDS = {str: "string", int: "integer", float: "number"}
_LABEL = re.compile(rf"^({'|'.join(LABELS)}): ", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldDoc:
    """A field's documentation."""

    name: str
    meaning: str
    parts: dict[str, str]
    """By label; in the order of the text."""

    def part(self, label: str) -> str:
        """What a label says, without the full stop at its end; empty where it says nothing."""
        return self.parts.get(label, "").removesuffix(".")


def field_docs(record: type) -> list[FieldDoc]:
    """The documentation of each field of a dataclass, in order; empty where it has none."""
    (body,) = ast.parse(textwrap.dedent(inspect.getsource(record))).body
    assert isinstance(body, ast.ClassDef)
    texts: dict[str, str] = {}
    name: str | None = None
    for one in body.body:
        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name):
            name = one.target.id
            texts[name] = ""
        elif name is not None and isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant):
            texts[name] = inspect.cleandoc(str(one.value.value))
            name = None
    return [_cut(name, text) for name, text in texts.items()]


def type_in_words(hint: Any) -> str:
    """A field's type in the words of JSON."""
    if NoneType in get_args(hint):
        (other,) = (one for one in get_args(hint) if one is not NoneType)
        return f"{type_in_words(other)} or null"
    if get_origin(hint) is Literal:
        return "string"
    if get_origin(hint) is tuple:
        of = get_args(hint)[0]
        return listed(f.name for f in fields(of)) if is_dataclass(of) else "list of strings"
    return _WORDS[hint]


def listed(names: Iterable[str]) -> str:
    """A list of objects in words, by the names of their fields."""
    return f"list of `{{{', '.join(names)}}}`"


def _cut(name: str, text: str) -> FieldDoc:
    meaning, *rest = _LABEL.split(text)
    labels = [one_line(one) for one in rest]
    return FieldDoc(
        name=name,
        meaning=one_line(meaning).removesuffix("."),
        parts=dict(zip(labels[::2], labels[1::2], strict=True)),
    )
