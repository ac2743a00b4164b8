"""The lines around a page's text: the lead, and what stands beside it, such as captions.

Lines are named by their number in `Page.lines`, from 0.
"""

from bisect import bisect_right
from collections import Counter

from lxml.html import HtmlElement

from pipeline.labels.comments import is_comments_label
from pipeline.labels.invitations import invites_to_subscribe
from pipeline.labels.related import is_label_beside_link
from pipeline.labels.staff import is_staff_note
from pipeline.normalize import credits as credit
from pipeline.normalize.attribution import PRESS_SERVICE, is_press_line, press_line_parts
from pipeline.normalize.authors import is_author_line
from pipeline.normalize.sentences import is_sentence
from pipeline.normalize.words import words
from pipeline.page.fragment import is_inset_caption
from pipeline.page.furniture import is_furniture, is_named_caption
from pipeline.page.heading import begins_with, head_names
from pipeline.page.lines import HEADING_TAGS, Line, text_up_to
from pipeline.page.page import Page
from pipeline.page.paywall import is_for_subscribers
from pipeline.page.teasers import Teasers
from pipeline.times.dated_lines import is_date_line, is_time_note, shown_times

_MAX_CAPTION_CHARACTERS = 300
_MAX_LINES_TO_CREDIT = 4
MIN_LEAD_WORDS = 6
_MAX_DATE_WORDS = 12
_MAX_NOTE_WORDS = 40
_MIN_LINK_WORDS = 4
CELL_TAGS = frozenset({"li", "td", "th", "dt", "dd"})
"""Tags of the parts of lists and tables."""
_MAX_TIMES_WORDS = 20
_MAX_LEAD_LINES = 4
_MIN_SHARED_WORDS = 0.6
"""Of the words of the longer of two titles."""
CUT_SHORT = ("…", "...", "[…]", "[...]")
"""How a text ends that goes on elsewhere."""
_SENTENCE_ENDS = frozenset('.!?…:;»”“"。！？」』')


def last_heading_line(page: Page, heading: HtmlElement | None) -> int | None:
    """The number of a heading's last line; None without a heading, or where it has no line."""
    if heading is None:
        return None
    numbers = (at for at, line in enumerate(page.lines) if line.is_inside(heading))
    return max(numbers, default=None)


def is_note(line: Line) -> bool:
    """Whether a line is a note of any site beside its texts: the label of comments, who helped with
    the text, an invitation to subscribe, a link to another text with a label such as "Related".
    """
    text = line.text
    if line.words <= _MAX_NOTE_WORDS and (
        is_comments_label(text) or is_staff_note(text) or invites_to_subscribe(text)
    ):
        return True
    beside = line.outside_links
    return bool(line.text_links) and is_label_beside_link(beside)


def is_lone_link(line: Line) -> bool:
    """Whether a line is a whole paragraph that is a link, and no sentence, heading or list item:
    one that leads to another text.
    """
    return (
        line.is_link
        and line.words >= _MIN_LINK_WORDS
        and line.element.tag not in CELL_TAGS | HEADING_TAGS
        and line.text[-1] not in _SENTENCE_ENDS
    )


def is_caption(page: Page, at: int) -> bool:
    """Whether a line is the caption of a picture: it stands with one in an element that holds
    little else, or right after one and does not end as a sentence does.
    """
    line = page.lines[at]
    if is_named_caption(line):
        return True
    if line.landmark in ("figure", "figcaption"):
        return line.element.tag not in ("blockquote", "td", "th")
    for above in (line.element, *line.element.iterancestors()):
        if _is_longer_than_caption(above) or next(above.iter("h1", "h2", "time"), None) is not None:
            break
        if above is not line.element and any(True for _ in above.iter("img", "picture")):
            return line.element.tag not in ("li", "p") or _follows_picture(page, at)
    return _follows_picture(page, at)


def _is_longer_than_caption(element: HtmlElement) -> bool:
    """Whether an element has more text than a caption; of a long one only the beginning is read."""
    return len(text_up_to(element, _MAX_CAPTION_CHARACTERS)) > _MAX_CAPTION_CHARACTERS


def _follows_picture(page: Page, at: int) -> bool:
    line, where = page.lines[at], page.positions
    if line.element.tag in HEADING_TAGS or line.text[-1:] in _SENTENCE_ENDS or at == 0:
        return False
    if len(line.text) > _MAX_CAPTION_CHARACTERS:
        return False
    start, end = where[page.lines[at - 1].near], where[line.near]
    after = bisect_right(page.pictures, start, key=lambda picture: where[picture])
    return any(where[picture] < end for picture in page.pictures[after : after + 1])


def picture_credit(page: Page, first: int, last: int) -> str | None:
    """Who made the pictures of a text that stands in lines `first` to `last`: by the credits and
    captions among these, and the credits right behind.
    """
    beside = [
        line for line in page.lines[first : _end_beside(page, last)] if _may_name_maker(line, page)
    ]
    texts = (
        part
        for line in beside
        for part in (press_line_parts(line.text) if is_press_line(line.text) else (line.text,))
    )
    return credit.first_credit(texts)


def press_services(page: Page, first: int, last: int) -> tuple[str, ...]:
    """The press services that their own lines name among lines `first` to `last` and right behind:
    «(Пресс-служба Сената, 74-72-27)».
    """
    return tuple(
        part
        for line in page.lines[first : _end_beside(page, last)]
        if is_press_line(line.text)
        for part in press_line_parts(line.text)
        if PRESS_SERVICE.search(part)
    )


def _end_beside(page: Page, last: int) -> int:
    """The number of the first line behind a text's last one that is no credit, caption or the
    like; at most a few behind.
    """
    lines, end = page.lines, last + 1
    while end < min(len(lines), last + _MAX_LINES_TO_CREDIT) and (
        (_may_name_maker(lines[end], page) and not lines[end].text_links) or is_furniture(page, end)
    ):
        end += 1
    return end


def _may_name_maker(line: Line, page: Page) -> bool:
    return (
        line.landmark in ("figure", "figcaption")
        or is_inset_caption(line, page)
        or credit.is_credit_line(line.text)
        or is_press_line(line.text)
    )


def lead_lines(page: Page, teasers: Teasers, heading_at: int | None, body_at: int) -> list[int]:
    """The numbers of the lead's lines: sentences between the heading's last line and `body_at`,
    the text's first. Empty where these are more than four, which is no lead.
    """
    if heading_at is None or body_at <= heading_at:
        return []
    known = [words(name) for name in head_names(page)]
    often = Counter(line.text for line in page.lines)
    leads = [
        at
        for at in range(heading_at + 1, body_at)
        if _is_lead(page, at, teasers)
        and often[page.lines[at].text] == 1
        and not any(_is_title(words(page.lines[at].text), name) for name in known)
    ]
    return leads if len(leads) <= _MAX_LEAD_LINES else []


def is_repeated(lead: str, text: str) -> bool:
    """Whether a lead stands at the beginning of a text's first paragraph again: all of it or, where
    it is cut short, what there is of it.

    >>> is_repeated("Мост открыт", "Мост открыт. Движение начнётся осенью.")
    True
    >>> is_repeated("Движение по мосту через Иртыш нач…", "Движение по мосту через Иртыш начнётся.")
    True
    """
    known = lead.rstrip(" .…[]")
    is_cut = lead.endswith(CUT_SHORT) and len(words(known)) >= MIN_LEAD_WORDS
    if not text.startswith(known if is_cut else lead):
        return False
    return is_cut or lead[-1] in _SENTENCE_ENDS or text[len(lead) :][:1] in ("", *_SENTENCE_ENDS)


def _is_title(line: list[str], name: list[str]) -> bool:
    """Whether a line is a title again, both as words; a lead may have all of its words and more."""
    shared = len(set(line) & set(name))
    return begins_with(name, line) or shared >= _MIN_SHARED_WORDS * max(
        len(set(line)), len(set(name)), 1
    )


def _is_lead(page: Page, at: int, teasers: Teasers) -> bool:
    line = page.lines[at]
    return (
        line.landmark is None
        and line.is_text
        and (
            line.words >= MIN_LEAD_WORDS
            or line.element.tag in HEADING_TAGS
            or (line.element.tag == "p" and line.text[-1] in ".!?")
        )
        and is_sentence(line.text)
        and not credit.is_credit_line(line.text)
        and not is_author_line(line.text)
        and not is_date_line(line.text)
        and not _tells_time(line)
        and not is_note(line)
        and not is_caption(page, at)
        and not teasers.contains(line)
    )


def _tells_time(line: Line) -> bool:
    """Whether a line has times of publication or change, with labels, and few words beside."""
    times = shown_times(line.text) if line.words <= _MAX_TIMES_WORDS else ()
    return len(times) > 1 and any(time.kind in ("published", "modified") for time in times)


def is_running(page: Page, at: int, *, in_figure: bool = False) -> bool:
    """Whether a line of a page that may be text is no date, credit, caption or the like;
    `in_figure` where it stands in one only because that was never closed.
    """
    line = page.lines[at]
    if is_author_line(line.text) or is_short_date(line):
        return False
    return not (_is_furnishing(page, at) if in_figure else stands_beside(page, at))


def is_short_date(line: Line) -> bool:
    """Whether a line is a date with little else, or says when the article was changed."""
    return is_time_note(line.text) or (line.words < _MAX_DATE_WORDS and is_date_line(line.text))


def stands_beside(page: Page, at: int) -> bool:
    """Whether a line may stand in an article but is none of its text, such as a caption."""
    return _is_furnishing(page, at) or is_caption(page, at)


def _is_furnishing(page: Page, at: int) -> bool:
    text = page.lines[at].text
    return credit.is_credit_line(text) or is_for_subscribers(text) or is_furniture(page, at)
