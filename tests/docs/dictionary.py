"""Writes the fields of a record into docs/data-dictionary.md: `python -m tests.docs.dictionary`.

What it writes stands under the fields in `pipeline/model/press_item.py`, and among the sources'
facts.
"""

import sys
from typing import get_type_hints

from pipeline.descriptions.field_docs import FieldDoc, field_docs, listed, type_in_words
from pipeline.descriptions.markdown import table
from pipeline.model.press_item import COPY_FIELDS, PressItem
from pipeline.model.press_item import Copy as StoryCopy
from pipeline.normalize.characters import one_line
from spiders.sources import SOURCES
from tests.docs.page_facts import layouts_of, place_on_pages
from tests.workspace import ROOT

PAGE = ROOT / "docs" / "data-dictionary.md"
BEGIN = (
    "<!-- made by `make dictionary` from pipeline/model/press_item.py and the sources' facts -->"
)
END = "<!-- end of what `make dictionary` makes -->"
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
        listed(COPY_FIELDS),
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
            table(("field", "type", "meaning", "normalised", "null or empty"), (*meanings, copies)),
            "### Where a field stands on a page",
            "",
            _INTRODUCTION,
            *(f"- {layouts_of(source)}" for source in SOURCES.values()),
            "",
            table(
                ("field", *names, "`structured`", "`generic`"),
                (place for place in places if any(place[1:])),
            ),
        )
    )


def _place(doc: FieldDoc) -> tuple[str, ...]:
    sources = (place_on_pages(doc, source) for source in SOURCES.values())
    return (f"`{doc.name}`", *sources, doc.part("Structured"), doc.part("Elsewhere"))


if __name__ == "__main__":
    sys.exit(main())
