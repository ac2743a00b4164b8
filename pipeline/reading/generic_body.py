"""The body of any site's page: the lines of its running text without what is none of it.

Lines are named by their number in `Page.lines`, from 0.
"""

import re
from collections import Counter
from dataclasses import dataclass
from html import unescape

from lxml.html import HtmlElement

from pipeline.labels.related import is_related_label
from pipeline.labels.rights_notes import is_legal_note
from pipeline.normalize import credits as credit
from pipeline.normalize.attribution import is_press_line
from pipeline.normalize.authors import is_author_line, is_name
from pipeline.normalize.characters import one_line
from pipeline.normalize.sentences import is_sentence
from pipeline.normalize.words import words
from pipeline.page import json_ld
from pipeline.page.fragment import without_insets
from pipeline.page.furniture import is_furniture
from pipeline.page.lead import (
    MIN_LEAD_WORDS,
    is_caption,
    is_lone_link,
    is_note,
    is_repeated,
    lead_lines,
    picture_credit,
    press_services,
)
from pipeline.page.lines import HEADING_TAGS, Line
from pipeline.page.page import Page
from pipeline.page.teasers import Teasers, lines_of_others
from pipeline.reading.running_text import is_part, is_running_text
from pipeline.times.dated_lines import is_date_line, is_time_note

_MAX_DATE_CHARACTERS = 60
_MIN_DAYS = 2
_MIN_OPEN_WORDS = 3
"""Of a line that ends with a colon; others are labels such as «Автор:»."""
_MAX_LABEL_WORDS = 6
_MAX_END_WORDS = 8
_CONTACT = re.compile(r"\S+@\S+\.\w+|@\w+|(?:https?://|www\.)\S+|\w+\.\w{2,4}/\S+")
"""A line that is an address alone."""
_TABLE_TAGS = frozenset({"caption", "td", "th"})
"""Tags of the parts of a table, which may also end a text."""
_SENTENCE_ENDS = '.!?…»”"'
_SHORT_TEXT_CHARACTERS = 400
_MAX_BESIDE_DATA = 1000
"""So many characters are shown at most of a text that may stand in data alone."""
_MIN_CHARACTERS_ABOVE_CARDS = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class GenericBody:
    """A body, and where on the page it begins."""

    paragraphs: tuple[str, ...] = ()
    lead: str | None = None
    """The first paragraph, where it stands under the heading and apart from the others."""
    first: int | None = None
    """The number of its first line; None where it has none on the page."""
    last: int | None = None
    """The number of its last line, likewise."""
    credit: str | None = None
    press: tuple[str, ...] = ()
    """The press services that lines of their own name."""
    days: frozenset[int] = frozenset()
    """The numbers of its lines that are days, as in a chronicle."""

    @classmethod
    def of(
        cls,
        page: Page,
        teasers: Teasers,
        found: list[int],
        heading_at: int | None,
        heading: str | None,
    ) -> "GenericBody":
        """The body in the lines that were `found`, empty where these are a list of other articles.

        `heading_at` is the number of the heading's last line.
        """
        if data := _in_data(page, found):
            return cls(paragraphs=data)
        after = [at for at in found if heading_at is None or at > heading_at] or found
        texts = {at for at in after if _is_text(page, at, heading)}
        days = _days_of_chronicle(after, texts, page.lines)
        own = _trimmed([at for at in after if at in texts or at in days], page.lines)
        if own and (teasers.are_most_of(own) or _is_above_cards(own, page, teasers)):
            own = []
        own = _without_lone_links(own, page.lines)
        own, others = _without_others(own, page, heading_at)
        if not own:
            return cls()
        missed = _with_missed_lines(own, page, teasers, heading)
        own = _without_insets([at for at in missed if at not in others], page)
        own = _without_legal_notes(own, page.lines)
        own = _without_end(own, page.lines)
        if len(own) > 1 and _is_begun_again(page.lines[own[0]], page.lines[own[1]]):
            own = own[1:]
        lead = lead_lines(page, teasers, heading_at, own[0])
        first = (*lead, *own)[0]
        lead_text = page.lines[lead[0]].text if lead else None
        if lead_text and len(lead) == 1 and is_repeated(lead_text, page.lines[own[0]].text):
            lead = []
        lines = [page.lines[at].text for at in (*lead, *own)]
        above = first if heading_at is None else min(heading_at + 1, first)
        return cls(
            paragraphs=tuple(lines),
            lead=lead_text,
            first=first,
            last=own[-1],
            credit=picture_credit(page, above, own[-1]),
            press=press_services(page, above, own[-1]),
            days=days.intersection(own),
        )


def _without_insets(own: list[int], page: Page) -> list[int]:
    """The lines of the text without those of cards, captions and advertisements in it."""
    if not own:
        return own
    kept = set(map(id, without_insets(page.lines[own[0] : own[-1] + 1], page)))
    return [at for at in own if id(page.lines[at]) in kept] or own


def _is_begun_again(first: Line, second: Line) -> bool:
    """Whether a text's second line has all of the first again, which is its lead then."""
    if words(first.text) == words(second.text):
        return True
    return first.words >= MIN_LEAD_WORDS and is_repeated(first.text, second.text)


def _in_data(page: Page, found: list[int]) -> tuple[str, ...]:
    """The text that the page has in its data alone, or shows less than half of."""
    shown = sum(len(page.lines[at].text) for at in found)
    if shown > _MAX_BESIDE_DATA:
        return ()
    text = json_ld.article(page, json_ld.nodes(page)).get("articleBody")
    raw = unescape(text).splitlines() if isinstance(text, str) and "<" not in text else []
    lines = tuple(line for part in raw if is_running_text(line := one_line(part)))
    return lines if sum(map(len, lines)) > 2 * shown else ()


def _is_above_cards(own: list[int], page: Page, teasers: Teasers) -> bool:
    """Whether a text is but a sentence above cards with more text, as on a list of articles; links
    alone, such as those to read also, are no text.
    """
    lines = page.lines
    count = sum(len(lines[at].text) for at in own)
    if count >= (_MIN_CHARACTERS_ABOVE_CARDS if len(own) > 1 else _SHORT_TEXT_CHARACTERS):
        return False
    below = (line for line in lines[own[-1] + 1 :] if line.is_text and teasers.contains(line))
    return sum(len(line.text) for line in below if not line.is_outside_article) > count


def _without_others(
    own: list[int], page: Page, heading_at: int | None
) -> tuple[list[int], frozenset[int]]:
    """The lines of the text without those of other articles below it, and these."""
    if not own:
        return [], frozenset()
    others = lines_of_others(page, heading_at, own[0])
    return [at for at in own if at not in others], others


def _with_missed_lines(
    own: list[int], page: Page, teasers: Teasers, heading: str | None
) -> list[int]:
    """The lines of the text, with those that were missed, such as short quotations.

    They stand between the others or right after them, in the same element as several paragraphs of
    the text; after a short text, in any element.
    """
    lines = page.lines
    parents = Counter(_parent_of_paragraph(lines[at]) for at in own)
    main = {parent for parent, count in parents.items() if count > 1}
    is_short = sum(len(lines[at].text) for at in own) < _SHORT_TEXT_CHARACTERS
    chosen = set(own)
    for at in range(own[0], len(lines)):
        line = lines[at]
        if at in chosen:
            continue
        is_behind = at > own[-1]
        is_in_main = _parent_of_paragraph(line) in main
        if (
            (is_in_main or (is_short and is_behind and line.landmark is None))
            and not line.is_link
            and "©" not in line.text
            and (
                is_running_text(line.text)
                or (not is_behind and is_part(line))
                or (is_in_main and line.element.tag in _TABLE_TAGS)
            )
            and not teasers.contains(line)
        ):
            if _is_text(page, at, heading):
                chosen.add(at)
        elif is_behind and not is_in_main and _is_text(page, at, heading):
            break
    return sorted(chosen)


def _without_legal_notes(own: list[int], lines: list[Line]) -> list[int]:
    """The lines of the text without the site's legal notes at the end, in elements of their own."""
    if not is_legal_note(lines[own[-1]].text):
        return own
    last = max((at for at in own if not is_legal_note(lines[at].text)), default=own[-1])
    parents = {_parent_of_paragraph(lines[at]) for at in own if at <= last}
    return [at for at in own if at <= last or _parent_of_paragraph(lines[at]) in parents]


def _without_lone_links(own: list[int], lines: list[Line]) -> list[int]:
    """The lines of the text without links to other texts between them: whole paragraphs that are a
    link, and no sentence, heading or item of a list. Where these are most of the text, they are it.
    """
    links = {at for at in own if is_lone_link(lines[at])}
    rest = [at for at in own if at not in links]
    is_most = sum(lines[at].words for at in links) >= sum(lines[at].words for at in rest)
    return own if is_most else rest


def _without_end(own: list[int], lines: list[Line]) -> list[int]:
    """The lines of the text without what stands at its end and is none: a heading with nothing
    under it, a link, a rule, a label outside the element that holds the text. What a colon
    announces is text.
    """
    around = _around_text(own, lines)
    kept = list(own)
    while (
        len(kept) > 1
        and _is_no_end(lines[kept[-1]], around)
        and not (lines[kept[-2]].text.endswith(":") and _CONTACT.fullmatch(lines[kept[-1]].text))
    ):
        kept.pop()
    return kept


def _around_text(own: list[int], lines: list[Line]) -> HtmlElement | None:
    """The innermost element around the most of the text."""
    total = sum(lines[at].words for at in own)
    held: Counter[HtmlElement] = Counter()
    for at in own:
        for element in lines[at].element.iterancestors():
            held[element] += lines[at].words
    inner = (element for element, count in held.items() if count * 10 >= total * 8)
    return max(inner, key=lambda one: sum(1 for _ in one.iterancestors()), default=None)


def _is_no_end(line: Line, around: HtmlElement | None) -> bool:
    if line.words > _MAX_END_WORDS:
        return False
    is_apart = around is not None and not line.is_inside(around)
    return (
        not any(map(str.isalnum, line.text))
        or (line.element.tag in HEADING_TAGS and not is_sentence(line.text))
        or line.is_link
        or is_related_label(line.text)
        or _CONTACT.fullmatch(line.text) is not None
        or (is_apart and line.text[-1] not in _SENTENCE_ENDS and not is_name(line.text))
    )


def _parent_of_paragraph(line: Line) -> HtmlElement | None:
    """The element around a paragraph; around its quotation, list or table, where it is part of
    one.
    """
    parent = line.element.getparent()
    if parent is not None and parent.tag == "tr":
        parent = next(parent.iterancestors("table"), parent).getparent()
    elif parent is not None and parent.tag in ("blockquote", "ul", "ol", "table"):
        parent = parent.getparent()
    return parent


def _is_text(page: Page, at: int, heading: str | None) -> bool:
    """Whether a line is no date, credit, caption, share label, and not the heading again."""
    line = page.lines[at]
    if is_press_line(line.text):
        return False
    if credit.is_credit_line(line.text) or is_furniture(page, at) or is_caption(page, at):
        return False
    if is_note(line):
        return False
    if len(line.text) <= _MAX_DATE_CHARACTERS and is_date_line(line.text):
        return False
    return heading is None or words(line.text) != words(heading)


def _days_of_chronicle(found: list[int], texts: set[int], lines: list[Line]) -> frozenset[int]:
    """The lines that are days, where several stand each between two lines of the text: one alone
    may be the day of publication.
    """
    if len(found) - len(texts) < _MIN_DAYS:
        return frozenset()
    beside = zip(found, found[1:], found[2:], strict=False)
    days = frozenset(
        at
        for before, at, after in beside
        if at not in texts and before in texts and after in texts and _is_day(lines[at].text)
    )
    return days if len(days) >= _MIN_DAYS else frozenset()


def _is_day(text: str) -> bool:
    return len(text) <= _MAX_DATE_CHARACTERS and is_date_line(text) and not is_time_note(text)


def _trimmed(found: list[int], lines: list[Line]) -> list[int]:
    """The lines without labels before the first sentence, and without links to other articles at
    the end and the label over them. Empty where there is no sentence.
    """
    sentences = [
        at for at in found
        if is_running_text(lines[at].text) and lines[at].is_text
        and not is_author_line(lines[at].text)
    ]  # fmt: skip
    if not sentences:
        return []
    first = sentences[0]
    text = next((at for at in found if not _is_label(lines[at])), first)
    around = lines[first].element.getparent()
    kept = [
        at for at in found
        if at >= first or not _is_label(lines[at])
        or (at > text and around is not None and lines[at].is_inside(around))
        or _is_short_sentence_beside(lines[at], lines[first])
    ]  # fmt: skip
    while kept and lines[kept[-1]].is_link and kept[-1] != first:
        kept.pop()
        if kept[-1] != first and _is_heading_of_links(lines, kept[-1]):
            kept.pop()
    return kept


def _is_label(line: Line) -> bool:
    return line.words <= _MAX_LABEL_WORDS or line.is_link or is_author_line(line.text)


def _is_short_sentence_beside(line: Line, first: Line) -> bool:
    """Whether a short line ends as a sentence or a verse does, and stands as the text's first
    sentence does: an answer such as «– Да.», the first line of a poem.
    """
    one, other = line.element, first.element
    is_open = line.text[-1] in ".!?…," or (line.text[-1] == ":" and line.words >= _MIN_OPEN_WORDS)
    return (
        is_open
        and not line.is_link
        and (one.tag, one.getparent()) == (other.tag, other.getparent())
        and one.get("class") == other.get("class")
        and not is_author_line(line.text)
    )


def _is_heading_of_links(lines: list[Line], at: int) -> bool:
    """Whether a line is a label, and a link or nothing follows it."""
    line = lines[at]
    after = lines[at + 1 : at + 2]
    return (
        line.words <= _MAX_LABEL_WORDS
        and line.text[-1:] not in ".!?…»"
        and not is_name(line.text)
        and all(one.is_link for one in after)
    )
