"""Which lines that were not taken belong to a text all the same: those that stray end tags have
parted from it, and those that the page hid.
"""

from collections import Counter

from lxml.html import HtmlElement

from pipeline.completeness.text_on_page import SENTENCE_ENDS, TextOnPage
from pipeline.page.lead import stands_beside
from pipeline.page.line_matching import kind_of
from pipeline.page.lines import HEADING_TAGS

_TEXT_TAGS = HEADING_TAGS | {"p", "li", "blockquote", "td", "th", "dd", "dt", "pre"}
_MAX_LEVELS_OF_CELL = 6
_PARTED_LEVELS = 2


def parted_lines(text: TextOnPage, missed: list[int]) -> list[int]:
    """The lines that an end tag too early has parted from the text; where others stand on the page
    without their start tag, all that are near.
    """
    if text.page.has_stray_end_tags:
        return _near_lines(text, missed)
    return _following(text, missed) if missed else []


def _near_lines(text: TextOnPage, missed: list[int]) -> list[int]:
    """The lines of running text near the text, and shorter ones in elements like its own, such as
    headings and items of lists.
    """
    links, end = text.ends
    near = {at for at in missed if _is_near(text, at)}
    sure = max((*text.places, *near))
    is_bare = _is_bare(text)
    among = range(min(text.places), min(max(links, sure), end))
    short = (at for at in among if _is_short(text, at, may_be_bare=at < sure or is_bare))
    found = sorted({*near, *short})
    while found and text.lines[found[-1]].text.endswith(":"):
        found.pop()  # the label of what follows
    return found


def _following(text: TextOnPage, missed: list[int]) -> list[int]:
    """The lines like the text's that follow it at once, beside it, up to the last sentence: an end
    tag too early has parted these too, where another one is missing.
    """
    found: list[int] = []
    is_bare = _is_bare(text)
    for at in range(max(text.places) + 1, text.ends[0]):
        is_sentence_beside = at in missed and text.is_beside(at)
        if not (
            is_sentence_beside or (_is_short(text, at, may_be_bare=is_bare) and text.is_alike(at))
        ):
            break
        found.append(at)
    while found and found[-1] not in missed:
        found.pop()
    return found


def lines_inside(text: TextOnPage, elements: list[HtmlElement]) -> list[int]:
    """The lines in these elements that were not taken."""
    return [
        at
        for at, line in enumerate(text.lines)
        if text.is_left(at)
        and any(line.is_inside(one) for one in elements)
        and not (text.is_outside(at) or stands_beside(text.page, at))
    ]


def _is_near(text: TextOnPage, at: int) -> bool:
    """Whether a line may be a paragraph near the text, or stands bare in what is around it."""
    tag, name = kind = kind_of(text.lines[at].element)
    is_paragraph = kind in text.near.kinds or (tag in ("div", *_TEXT_TAGS) and name is None)
    return text.levels(at) <= (_PARTED_LEVELS if is_paragraph else 0)


def _is_short(text: TextOnPage, at: int, *, may_be_bare: bool) -> bool:
    """Whether a line that need be no sentence belongs to the text: a heading, an item of a list, a
    cell of a table, a short paragraph, the rest of a line. One without an element of its own does
    where it `may_be_bare`, amid the text or like it, or goes on in mid-sentence.
    """
    if not text.is_left(at) or text.is_outside(at) or stands_beside(text.page, at):
        return False
    tag, name = kind = kind_of(text.lines[at].element)
    levels = text.levels(at)
    if levels == 0:
        return may_be_bare or _goes_on(text, at)
    if tag in ("li", "td", "th", "footer") and name is None:
        return levels <= _MAX_LEVELS_OF_CELL
    is_paragraph = tag in _TEXT_TAGS and (kind in text.near.kinds or name is None)
    return is_paragraph and levels == 1


def _is_bare(text: TextOnPage) -> bool:
    """Whether some of the text stands bare, without elements for its paragraphs."""
    held = Counter(text.lines[at].element for at in text.places)
    return any(count > 1 or one in text.near.around for one, count in held.items())


def _goes_on(text: TextOnPage, at: int) -> bool:
    """Whether the line before ends in mid-sentence."""
    return at > 0 and text.lines[at - 1].text[-1] not in f"{SENTENCE_ENDS}:;"
