"""Whose the texts of a dataset are, how they came here, and what it does not know of that."""

from collections.abc import Iterator

from pipeline.descriptions.dataset import Dataset
from pipeline.descriptions.markdown import plain, table

LICENSE = "LICENSE.md"
"""The name that Hugging Face knows for a file of terms."""
NO_LICENSE = "texts-of-their-publishers"
NO_LICENSE_TITLE = "No licence: the texts belong to their publishers"

COLLECTED = """\
Each page was requested from its site, slowly and by the rules of the site's robots.txt, and the
answer was archived unchanged, as a WARC record, before anything was read from it; captures of
other tools, and texts without an address, may have been imported. All fields are computed from
these captures by rules that can be run again: by the known layout of the site, from structured
data in the page, or by rules for articles on any site, as `reading` says. People decide only
which items are one story, where texts alone do not tell; where such a decision alone joins an
item to its story, `relation` is `joined`.
"""
PERSONAL = """\
The texts name people: officials in their office, and others whom the publishers chose to name.
Authors and photographers are named in fields of their own. Nothing about people was added to
what the publishers printed. A page that its site has taken down stays here, with the time in
`gone`.
"""
_TEXTS = (
    "title", "lead", "body", "authors", "tags", "section", "image_credit", "attribution",
)  # fmt: skip
"""What is the publishers' wording."""


def license_page(dataset: Dataset) -> str:
    """The page `LICENSE.md`: what can be said with certainty, and what can't."""
    texts = [f"`{one.name}`" for one in dataset.columns if one.name in _TEXTS]
    return f"""\
# Rights in this dataset

**No licence comes with this folder.** This page says whose the texts are, and what is not known.
It was made by a program, and is no legal advice.

## The texts

{", ".join(texts)} are in the words of the publishers and their authors, and whatever rights there
are in these words are theirs. Pictures are not in the folder, only their addresses.

{table(("source", "publisher", "site"), _publishers(dataset))}
What these sites allow others to do with their texts is not known here: their terms have not been
read for this page. Read them, or ask the publisher, before you print or pass on texts. What may
be done without asking, such as quoting or counting, depends on the law of your country.

## What the collection adds

All other fields, the descriptions of the dataset, and the choice and order of the records. Whoever
publishes this folder may say on which terms these may be used; nothing has been said so far.

## People who are named

{PERSONAL}
{removal(dataset)}
"""


def removal(dataset: Dataset) -> str:
    """How to ask that something be taken out, in a sentence."""
    if dataset.contact is None:
        return "The folder names no contact for corrections and removals: ask whoever published it."
    return f"For corrections and removals write to <{dataset.contact}>."


def _publishers(dataset: Dataset) -> Iterator[tuple[str, ...]]:
    for one in dataset.sources:
        yield f"`{one.name}`", plain(one.title), f"<{one.address}>" if one.address else ""
