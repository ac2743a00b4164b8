"""A diff as HTML: what was taken out in `<del>`, what was put in in `<ins>`."""

from collections.abc import Iterable
from html import escape

from pipeline.edits.edit import Edit
from pipeline.edits.word_diff import Piece
from pipeline.history.diff_paragraphs import DiffParagraph
from pipeline.history.edit_words import NO_EDITS, change_of
from pipeline.normalize.characters import clean_characters, for_xml

_ELEMENTS = {"removed": "del", "added": "ins"}


def html_text(text: str) -> str:
    """Text from a page, so that it is nothing but text in HTML."""
    return escape(for_xml(clean_characters(text)))


def html_pieces(pieces: Iterable[Piece]) -> str:
    """The pieces of a paragraph or title."""
    return "".join(map(_piece, pieces))


def html_paragraphs(paragraphs: Iterable[DiffParagraph | int]) -> str:
    """Paragraphs, a line each; an ellipsis where some are left out."""
    return "\n".join(
        "<p>…</p>" if isinstance(one, int) else f"<p>{html_pieces(one.pieces)}</p>"
        for one in paragraphs
    )


def html_edits(edits: Iterable[Edit]) -> str:
    """A list of edits; in the place of an empty one a sentence."""
    items = [f'<li><b lang="en">{one.kind}</b>: {html_text(change_of(one))}</li>' for one in edits]
    if not items:
        return f'<p lang="en">{NO_EDITS}</p>'
    return "\n".join(("<ul>", *items, "</ul>"))


def _piece(piece: Piece) -> str:
    element = _ELEMENTS.get(piece.op)
    text = html_text(piece.text)
    return f"<{element}>{text}</{element}>" if element else text
