"""HTML elements by what they do to the text of a page."""

BLOCK_TAGS = frozenset([
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
    "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1",
    "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "main",
    "menu", "nav", "ol", "option", "p", "pre", "section", "summary", "table", "tbody", "td",
    "tfoot", "th", "thead", "tr", "ul",
])  # fmt: skip
"""Elements that begin a new line (HTML Standard, 15.3.3 and 15.3.5)."""

BLOCK_TAGS_WITHOUT_CELLS = BLOCK_TAGS - {"td", "th"}
"""The same where a table's row is one line."""

HEADING_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

INVISIBLE_TAGS = frozenset([
    "audio", "button", "canvas", "datalist", "embed", "head", "iframe", "input", "math", "meta",
    "link", "noscript", "object", "script", "select", "style", "svg", "template", "textarea",
    "title", "video",
])  # fmt: skip
"""Elements whose text a reader of the page does not see as text."""

LANDMARK_TAGS = frozenset({"nav", "footer", "aside", "figure", "figcaption"})
"""Elements that stand apart from the running text (HTML Standard, 4.3 and 4.4)."""

OUTSIDE_ARTICLE_TAGS = frozenset({"nav", "footer", "aside"})
"""Those of them that are no part of an article."""
