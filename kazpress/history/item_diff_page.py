"""`kazpress show ITEM --diff --html`: a page of its own, without scripts, for a browser or a print.

What was taken out and put in is told by `<del>` and `<ins>`, so also to who hears the page or
sees no colours.
"""

import sys
from typing import TYPE_CHECKING

from kazpress.history.item_revisions_text import seen
from pipeline.history.diff_html import html_edits, html_paragraphs, html_pieces, html_text
from pipeline.history.diff_paragraphs import diff_paragraphs

if TYPE_CHECKING:
    from kazpress.history.item_diff import ItemDiff

_STYLE = """
:root { color-scheme: light dark; --ins: #cdf3d3; --del: #ffdcd8; --dim: #595f66; }
@media (prefers-color-scheme: dark) { :root { --ins: #12502a; --del: #6b2323; --dim: #a5adb5; } }
body { font: 1.05rem/1.6 Georgia, "Times New Roman", serif; max-width: 44rem;
  margin: 2rem auto; padding: 0 1rem; overflow-wrap: break-word; }
header { font: .9rem/1.5 system-ui, sans-serif; }
header p { color: var(--dim); margin: .2rem 0; }
h1 { font-size: 1.6rem; line-height: 1.3; }
ins { background: var(--ins); text-decoration: underline; text-decoration-thickness: .1em; }
del { background: var(--del); text-decoration: line-through; }
"""
_PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<title>{name}</title>
<style>{style}</style>
</head>
<body>
<header>
<p lang="en">{source}: {where}</p>
<p lang="en">{before}</p>
<p lang="en">{after}</p>
{edits}
</header>
<main>
<h1>{title}</h1>
{body}
</main>
</body>
</html>
"""


def print_page(view: "ItemDiff") -> None:
    """Write the page to standard output, in UTF-8 whatever the terminal's encoding is."""
    sys.stdout.buffer.write(diff_page(view).encode())
    sys.stdout.buffer.flush()


def diff_page(view: "ItemDiff") -> str:
    """Two revisions as a page: the edits by kind, then the whole text with what differs marked."""
    item = view.item
    before, after = (
        f"Revision {one.revision}, seen {seen(one.first_seen, one.last_seen)} (Almaty)"
        for one in (view.before, view.after)
    )
    return _PAGE.format(
        language=view.language, style=_STYLE, source=html_text(item.source),
        name=html_text(view.after.reading.title or item.url or item.id),
        where=f'<a href="{html_text(item.url)}">{html_text(item.url)}</a>' if item.url else item.id,
        before=before, after=after, edits=html_edits(view.edits),
        title=html_pieces(view.title) or '<span lang="en">(no title)</span>',
        body=html_paragraphs(diff_paragraphs(view.body)),
    )  # fmt: skip
