"""What stands between a page's heading and its text: the lead, and captions of pictures."""

from collections import Counter

from lxml.html import HtmlElement

from pipeline.normalize import credits as credit
from pipeline.normalize.authors import is_author_line
from pipeline.normalize.characters import one_line
from pipeline.normalize.dates import dated_line
from pipeline.normalize.sentences import is_sentence
from pipeline.normalize.words import words
from pipeline.page.heading import alike, head_names
from pipeline.page.lines import HEADING_TAGS
from pipeline.page.page import Page
from pipeline.page.teasers import Teasers

_LONGEST_CAPTION = 300
_FEWEST_LEAD_WORDS = 6
_MOST_LEAD_LINES = 3
_ENDS = frozenset('.!?…:;»”“"')


def heading_place(page: Page, heading: HtmlElement | None) -> int | None:
    """The place among the page's lines of a heading's last one."""
    if heading is None:
        return None
    places = [
        at
        for at, line in enumerate(page.blocks)
        if line.inside is heading or any(above is heading for above in line.inside.iterancestors())
    ]
    return places[-1] if places else None


def is_caption(page: Page, at: int) -> bool:
    """Whether a line stands with a picture in an element that holds little else, or right after
    one without being a sentence to its end.
    """
    line = page.blocks[at]
    if line.apart in ("figure", "figcaption"):
        return line.element.tag not in ("blockquote", "td", "th")
    for above in (line.element, *line.element.iterancestors()):
        if any(inner.tag in ("h1", "h2", "time") for inner in above.iter()):
            break
        if len(one_line(" ".join(above.itertext()))) > _LONGEST_CAPTION:
            break
        if above is not line.element and any(True for _ in above.iter("img", "picture")):
            return line.element.tag not in ("li", "p") or _follows_picture(page, at)
    return _follows_picture(page, at)


def _follows_picture(page: Page, at: int) -> bool:
    line, where = page.blocks[at], page.positions
    if line.element.tag in HEADING_TAGS or line.text[-1:] in _ENDS or at == 0:
        return False
    if len(line.text) > _LONGEST_CAPTION:
        return False
    start, end = where[page.blocks[at - 1].near], where[line.near]
    return any(start < where[picture] < end for picture in page.pictures)


def lead_places(page: Page, teasers: Teasers, heading_at: int | None, body_at: int) -> list[int]:
    """The places of the lead's lines: sentences between the heading and the text, which begins at
    `body_at`; none where these are too many to be a lead.
    """
    if heading_at is None or body_at <= heading_at:
        return []
    known = [words(name) for name in head_names(page)]
    often = Counter(line.text for line in page.blocks)
    leads = [
        at
        for at in range(heading_at + 1, body_at)
        if _is_lead(page, at, teasers)
        and often[page.blocks[at].text] == 1
        and not any(alike(words(page.blocks[at].text), name) for name in known)
    ]
    return leads if len(leads) <= _MOST_LEAD_LINES else []


def _is_lead(page: Page, at: int, teasers: Teasers) -> bool:
    line = page.blocks[at]
    return (
        line.apart is None
        and line.link_share < 0.5
        and (line.words >= _FEWEST_LEAD_WORDS or line.element.tag in HEADING_TAGS)
        and is_sentence(line.text)
        and not credit.is_credit_line(line.text)
        and not is_author_line(line.text)
        and dated_line(line.text) is None
        and not is_caption(page, at)
        and not teasers.holds(line)
    )
