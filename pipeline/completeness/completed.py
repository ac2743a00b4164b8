"""Whether the text that was taken is all of the article's running text that its page shows.

The article begins below its heading, and ends at the first line behind the text that can't be its
own: links, a footer, a date, comments. What stands there in running text and was not taken is left
out.
"""

from dataclasses import dataclass

from lxml.html import HtmlElement

from pipeline.completeness.cut_short import ends_in_mid_sentence, is_cut_short, more_in_data
from pipeline.completeness.leading_on import is_above_button, line_leading_on
from pipeline.completeness.missed import left_out, missed_lines
from pipeline.completeness.parted import lines_inside, parted_lines
from pipeline.completeness.text_on_page import TextOnPage
from pipeline.model.fields import Fields
from pipeline.page.not_article import has_text_elsewhere
from pipeline.page.page import Page
from pipeline.page.paywall import has_next_page, is_for_subscribers, is_read_on, without_read_on

_MAX_LEADS = 2
_MAX_LEAD_WORDS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Completed:
    """A text with what belongs to it, and what is missing."""

    paragraphs: tuple[str, ...]
    left_out: int = 0
    """Words of running text that the page shows besides; 0 where these are few."""
    goes_on: bool = False
    """Whether a link or button behind the text leads to the rest of it."""
    is_restricted: bool = False
    """Whether a line behind the text says that the rest is for subscribers or known readers."""
    is_cut_short: bool = False
    """Whether the page breaks off in the middle of a sentence."""
    is_cut: bool = False
    """Whether the text stands in data alone, and is cut short there."""
    is_lead_alone: bool = False
    """Whether it is short, and the element of the text is empty, or holds a frame alone."""
    in_data: int = 0
    """Words of the text that stand in data alone; 0 where these are few."""


def completed(
    page: Page, fields: Fields, hidden: list[HtmlElement], *, is_by_layout: bool
) -> Completed:
    """The text taken from a page, with what it had in `hidden` elements, and what stray end tags
    have parted from it, where a layout found it; and what is missing of it.
    """
    text = TextOnPage(page, fields)
    missed = missed_lines(text)
    added = lines_inside(text, hidden) if hidden else []
    if is_by_layout and text.is_shown:
        added = sorted({*added, *parted_lines(text, missed)})
    paragraphs = text.joined(added) if added else fields.paragraphs
    behind = text.behind(added)
    leading = line_leading_on(text, behind)
    if leading is not None and page.lines[leading].text == paragraphs[-1]:
        paragraphs = paragraphs[:-1]
    cut = without_read_on(paragraphs[-1]) if paragraphs else None
    if cut is not None:
        paragraphs = (*paragraphs[:-1], cut)
    return Completed(
        paragraphs=_once(tuple(line for line in paragraphs if not is_read_on(line))),
        left_out=left_out(text, [at for at in missed if at not in added]),
        goes_on=leading is not None
        or cut is not None
        or has_next_page(page)
        or is_above_button(text, behind),
        is_restricted=any(is_for_subscribers(page.lines[at].text) for at in behind[1:]),
        is_cut_short=is_cut_short(text, missed),
        is_cut=not (is_by_layout or text.is_shown)
        and ends_in_mid_sentence(fields.data_text or paragraphs[-1]),
        is_lead_alone=not is_by_layout and _is_lead(paragraphs) and has_text_elsewhere(page),
        in_data=more_in_data(text, fields.data_text) if fields.data_text and text.is_shown else 0,
    )


def _is_lead(paragraphs: tuple[str, ...]) -> bool:
    """Whether a text is no longer than a lead."""
    count = sum(len(line.split()) for line in paragraphs[: _MAX_LEADS + 1])
    return len(paragraphs) <= _MAX_LEADS and count <= _MAX_LEAD_WORDS


def _once(paragraphs: tuple[str, ...]) -> tuple[str, ...]:
    """A text without its second copy, which stands in a second container, perhaps below the lead of
    both.
    """
    for leads in range(min(_MAX_LEADS, len(paragraphs)) + 1):
        count, odd = divmod(len(paragraphs) - leads, 2)
        if not odd and count > min(leads, 1) and paragraphs[-count:] == paragraphs[leads:-count]:
            return paragraphs[:-count]
    return paragraphs
