"""Writes the fields of a record into docs/data-dictionary.md: `python -m tests.docs.dictionary`.

What it writes stands under the fields in `pipeline/model/press_item.py`, and among the sources'
facts.
"""

import sys
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from pipeline.model.press_item import COPY_FIELDS, PressItem
from pipeline.model.press_item import Copy as StoryCopy
from pipeline.normalize.characters import one_line
from spiders.sources import SOURCES
from tests.docs.field_docs import FieldDoc, field_docs
from tests.docs.page_facts import layouts_of, place_on_pages
from tests.workspace import ROOT

PAGE = ROOT / "docs" / "data-dictionary.md"
BEGIN = (
    "<!-- made by `make dictionary` from pipeline/model/press_item.py and the sources' facts -->"
)
END = "<!-- end of what `make dictionary` makes -->"
_WORDS = {str: "string", int: "integer", float: "number"}
_NONE = "–"
_INTRODUCTION = """\
A source's own layout comes first (step `layout`): by selectors, `<meta>` names and the like, each with
how sure it is by the documents in `docs/sources/`; or by the order of the lines, which is as sure as the
layout, on the pages that these documents name. Where a source has several layouts, their names stand
before what they look for. What a layout does not find comes from structured data; title, date or body
that is still missing, from rules for pages of any site (`generic`). All other fields are computed from
captures and items.
"""  # noqa: E501  # as wide as the page


def main() -> int:
    """Write the page anew."""
    PAGE.write_text(with_fields(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


def with_fields(page: str) -> str:
    """The page with the fields' tables between its two marks."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    assert begin, f"the page has lost a mark: {BEGIN}"
    assert end, f"the page has lost a mark: {END}"
    return f"{before}{BEGIN}\n\n{fields_of_record()}\n{END}{after}"


def fields_of_record() -> str:
    """Two tables: the fields, and where those that are read stand on a page."""
    docs = field_docs(PressItem)
    hints = get_type_hints(PressItem)
    names = [f"`{source}`" for source in SOURCES]
    copies = (
        "`copies`",
        _listed(COPY_FIELDS),
        one_line(StoryCopy.__doc__ or "").removesuffix("."),
        "by day, then `id`",
        "empty where it has none",
    )
    meanings = [
        (
            f"`{one.name}`",
            type_in_words(hints[one.name]),
            one.meaning,
            one.part("Normalised"),
            one.part("Gaps"),
        )
        for one in docs
    ]
    places = [_place(one) for one in docs]
    return "\n".join(
        (
            *_table(
                ("field", "type", "meaning", "normalised", "null or empty"), (*meanings, copies)
            ),
            "",
            "### Where a field stands on a page",
            "",
            _INTRODUCTION,
            *(f"- {layouts_of(source)}" for source in SOURCES.values()),
            "",
            *_table(
                ("field", *names, "`structured`", "`generic`"),
                (place for place in places if any(place[1:])),
            ),
            "",
        )
    )


def type_in_words(hint: Any) -> str:
    """A field's type in the words of JSON."""
    if NoneType in get_args(hint):
        (other,) = (one for one in get_args(hint) if one is not NoneType)
        return f"{type_in_words(other)} or null"
    if get_origin(hint) is Literal:
        return "string"
    if get_origin(hint) is tuple:
        of = get_args(hint)[0]
        return _listed(f.name for f in fields(of)) if is_dataclass(of) else "list of strings"
    return _WORDS[hint]


def _listed(names: Iterable[str]) -> str:
    return f"list of `{{{', '.join(names)}}}`"


def _place(doc: FieldDoc) -> tuple[str, ...]:
    sources = (place_on_pages(doc, source) for source in SOURCES.values())
    return (f"`{doc.name}`", *sources, doc.part("Structured"), doc.part("Elsewhere"))


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    heads = tuple(heads)
    cells = ((cell.replace("|", r"\|") or _NONE for cell in row) for row in rows)
    lines = (heads, *map(tuple, cells))
    first, *rest = [f"| {' | '.join(line)} |" for line in lines]
    return [first, "|" + "---|" * len(heads), *rest]


if __name__ == "__main__":
    sys.exit(main())
