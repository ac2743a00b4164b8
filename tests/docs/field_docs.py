"""What stands under the fields of a record, cut into its parts."""

import ast
import inspect
import re
import textwrap
from dataclasses import dataclass

from pipeline.normalize.characters import one_line

LABELS = (
    "Normalised", "Gaps", "By class", "By order", "By address", "Structured", "Elsewhere",
)  # fmt: skip
"""What a part may be of, in the order in which they stand."""
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


def _cut(name: str, text: str) -> FieldDoc:
    meaning, *rest = _LABEL.split(text)
    labels = [one_line(one) for one in rest]
    return FieldDoc(
        name=name,
        meaning=one_line(meaning).removesuffix("."),
        parts=dict(zip(labels[::2], labels[1::2], strict=True)),
    )
