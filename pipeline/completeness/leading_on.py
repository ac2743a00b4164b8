"""What leads from the end of a text to the rest of it: a label, a link, a button."""

from lxml.html import HtmlElement

from pipeline.completeness.text_on_page import TextOnPage
from pipeline.page.paywall import is_next_page, is_read_on, read_on_buttons
from pipeline.page.teasers import leads_to_other_article


def line_leading_on(text: TextOnPage, behind: range) -> int | None:
    """The number of the line that ends the text with a label, or a link, that leads to the rest of
    it; None without one.
    """
    for at in behind:
        for link in text.lines[at].links:
            if is_next_page(text.page, link):
                return at
    return next((at for at in behind[:2] if _leads_on(text, at)), None)


def _leads_on(text: TextOnPage, at: int) -> bool:
    """Whether a line is a label such as «Читать далее», and not the heading of other links."""
    line, after = text.lines[at], text.lines[at + 1 : at + 2]
    if not is_read_on(line.text):
        return False
    if line.is_link and line.words > 1:
        return True
    links = [link for one in ((line,) if line.is_link else after) for link in one.links]
    return not any(leads_to_other_article(text.page, link) for link in links)


def is_above_button(text: TextOnPage, behind: range) -> bool:
    """Whether a button that shows the rest stands behind the text, not among other links."""
    buttons = read_on_buttons(text.page) if behind else []
    if not buttons:
        return False
    where, after = text.page.positions, text.lines[behind.stop : behind.stop + 1]
    start = where[text.lines[behind.start].near]
    end = where[after[0].near] if after else len(where)
    return any(start < where[one] < end and not _is_among_links(text, one) for one in buttons)


def _is_among_links(text: TextOnPage, element: HtmlElement) -> bool:
    parent = element.getparent()
    if parent is None or parent in text.near.around:
        return False
    return any(leads_to_other_article(text.page, link) for link in parent.iter("a"))
