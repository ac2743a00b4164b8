"""The running text of any site's page, found by trafilatura, as lines of the page.

Lines are named by their number in `Page.lines`, from 0.
"""

import logging
import re
from collections import Counter
from copy import deepcopy
from dataclasses import dataclass
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from pipeline.normalize import credits as credit
from pipeline.normalize.attribution import is_press_line
from pipeline.normalize.authors import is_author_line, is_name
from pipeline.normalize.characters import one_line
from pipeline.normalize.sentences import is_sentence
from pipeline.normalize.site_labels import is_legal_note
from pipeline.normalize.words import words
from pipeline.page.furniture import is_furniture
from pipeline.page.lead import is_caption, is_lone_link, is_note, lead_lines, picture_credit
from pipeline.page.line_matching import matching_lines
from pipeline.page.lines import HEADING_TAGS, Line
from pipeline.page.page import Page
from pipeline.page.teasers import Teasers, leads_to_other_article, lines_of_others
from pipeline.times.dated_lines import is_date_line

_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Letters of scripts that write words without spaces between."""
_MIN_UNSPACED_LETTERS = 15
_MAX_DATE_CHARACTERS = 60
_MAX_LABEL_WORDS = 6
_MAX_END_WORDS = 8
_FEW_WORDS = 100
_MIN_PARAGRAPH_WORDS = 10
_MAX_LEVELS_TO_TEXT = 3
_PART_TAGS = HEADING_TAGS | {"p", "li", "blockquote", "pre", "caption", "td", "th"}
_CONTACT = re.compile(r"\S+@\S+\.\w+|@\w+|(?:https?://|www\.)\S+|\w+\.\w{2,4}/\S+")
"""A line that is an address alone."""
_SENTENCE_ENDS = '.!?…»”"'
_SHORT_TEXT_CHARACTERS = 400
_MIN_WORDS_ABOVE_CARDS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class GenericBody:
    """A body, and where on the page it begins."""

    paragraphs: tuple[str, ...] = ()
    lead: str | None = None
    """The first paragraph, where it stands under the heading and apart from the others."""
    first: int | None = None
    """The number of its first line; None where it has none on the page."""
    credit: str | None = None

    @classmethod
    def of(
        cls, page: Page, teasers: Teasers, heading_at: int | None, heading: str | None
    ) -> "GenericBody":
        """The body of a page, empty where the text found is a list of other articles.

        `heading_at` is the number of the heading's last line.
        """
        texts = _extracted(page, fast=True)
        found = matching_lines(texts, page.lines)
        if _is_most_elsewhere(found, page.lines):
            texts = _extracted(page, fast=False)
            found = matching_lines(texts, page.lines)
        if not _are_shown(texts, found, page.lines):
            return cls(paragraphs=tuple(text for text in texts if is_running_text(text)))
        after = [at for at in found if heading_at is None or at > heading_at] or found
        own = _trimmed([at for at in after if _is_text(page, at, heading)], page.lines)
        if own and teasers.are_most_of(own):
            own = _above_cards(own, page, teasers) if heading_at is not None else []
        own = _without_lone_links(own, page.lines)
        own, others = _without_others(own, page, heading_at, heading)
        if not own:
            return cls()
        missed = _with_missed_lines(own, page, teasers, heading)
        own = _without_legal_notes([at for at in missed if at not in others], page.lines)
        own = _without_end(own, page.lines)
        if len(own) > 1 and words(page.lines[own[0]].text) == words(page.lines[own[1]].text):
            own = own[1:]
        lead = lead_lines(page, teasers, heading_at, own[0])
        lines = [page.lines[at].text for at in (*lead, *own)]
        above = own[0] if heading_at is None else min(heading_at + 1, own[0])
        return cls(
            paragraphs=tuple(lines),
            lead=lines[0] if lead else None,
            first=(*lead, *own)[0],
            credit=picture_credit(page, above, own[-1]),
        )


def _extracted(page: Page, *, fast: bool) -> list[str]:
    """The lines of text that trafilatura finds; with `fast` without its comparison with two other
    extractors, which takes a third of its time.

    It works on a copy of the tree without comments, which would cut its texts in two. It uses no
    network. Its log is silenced: it says nothing that a failure would not say.
    """
    from trafilatura import bare_extraction  # 0.2 s, and needed for few pages

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    tree = deepcopy(page.root)
    etree.strip_tags(tree, etree.Comment, etree.ProcessingInstruction)
    try:
        document = bare_extraction(tree, include_comments=False, fast=fast)
    except RecursionError:  # lists within lists, by the thousand
        return []
    text = getattr(document, "text", None) or ""
    return [line for raw in text.splitlines() if (line := one_line(raw))]


def _is_most_elsewhere(found: list[int], lines: list[Line]) -> bool:
    """Whether few words were found, or fewer than one element's other paragraphs have, each of
    these perhaps in elements of its own.
    """
    known = set(found)
    missed: Counter[HtmlElement] = Counter()
    for at, line in enumerate(lines):
        if line.words >= _MIN_PARAGRAPH_WORDS and line.is_text and at not in known:
            for above in islice(line.element.iterancestors(), _MAX_LEVELS_TO_TEXT):
                missed[above] += line.words
    count = sum(lines[at].words for at in found)
    return count < _FEW_WORDS or max(missed.values(), default=0) > count


def _are_shown(texts: list[str], found: list[int], lines: list[Line]) -> bool:
    """Whether at least half of the extracted text is visible on the page, not only in a script."""
    shown = sum(lines[at].words for at in found)
    return shown * 2 >= sum(len(text.split()) for text in set(texts))


def _above_cards(own: list[int], page: Page, teasers: Teasers) -> list[int]:
    """The lines above cards of other articles, where they are a text; else none."""
    cards = [at for at in own if teasers.contains(page.lines[at])]
    text = [at for at in own if cards and at < cards[0]]
    sentences = [at for at in text if page.lines[at].is_text and is_sentence(page.lines[at].text)]
    is_text = (
        len(sentences) > 1
        and sum(page.lines[at].words for at in sentences) >= _MIN_WORDS_ABOVE_CARDS
        and all(_is_of_other(page, teasers.card(page.lines[at].element)) for at in cards)
        and not teasers.are_most_of(text)
    )
    return text if is_text else []


def _is_of_other(page: Page, card: HtmlElement | None) -> bool:
    links = card.iter("a") if card is not None else ()
    return any(leads_to_other_article(page, link) for link in links)


def _without_others(
    own: list[int], page: Page, heading_at: int | None, heading: str | None
) -> tuple[list[int], frozenset[int]]:
    """The lines of the text without those of other articles below it, and these. Where trafilatura
    found another article alone, the line of this one's text that stands before that.
    """
    if not own:
        return [], frozenset()
    above = range(own[0] if heading_at is None else heading_at + 1, own[0])
    first = next((at for at in above if _may_begin(page, at, heading)), None)
    if first is not None and own[0] in (others := lines_of_others(page, heading_at, first)):
        return [first], others
    others = lines_of_others(page, heading_at, own[0])
    return [at for at in own if at not in others], others


def _may_begin(page: Page, at: int, heading: str | None) -> bool:
    return is_running_text(page.lines[at].text) and _is_text(page, at, heading)


def _with_missed_lines(
    own: list[int], page: Page, teasers: Teasers, heading: str | None
) -> list[int]:
    """The lines of the text, with those that trafilatura missed, such as quotations.

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
        if at in chosen or not _is_text(page, at, heading):
            continue
        same = _parent_of_paragraph(line) in main or (
            is_short and at > own[-1] and line.landmark is None
        )
        if (
            same
            and not line.is_link
            and "©" not in line.text
            and (is_running_text(line.text) or (at < own[-1] and _is_part(line)))
            and not teasers.contains(line)
        ):
            chosen.add(at)
        elif at > own[-1] and _parent_of_paragraph(line) not in main:
            break
    return sorted(chosen)


def _is_part(line: Line) -> bool:
    """Whether a line that is no sentence may stand between those of a text: in an element for
    paragraphs, headings or items.
    """
    return line.element.tag in _PART_TAGS and line.text[-1] != "…" and line.landmark is None


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
    under it, a link, a rule, a label outside the element that holds the text.
    """
    around = _around_text(own, lines)
    kept = list(own)
    while len(kept) > 1 and _is_no_end(lines[kept[-1]], around):
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
    ]  # fmt: skip
    while kept and lines[kept[-1]].is_link and kept[-1] != first:
        kept.pop()
        if kept[-1] != first and _is_heading_of_links(lines, kept[-1]):
            kept.pop()
    return kept


def is_running_text(text: str) -> bool:
    """Whether a line is running text, in scripts with or without spaces."""
    return is_sentence(text) or len(_UNSPACED.findall(text)) >= _MIN_UNSPACED_LETTERS


def _is_label(line: Line) -> bool:
    return line.words <= _MAX_LABEL_WORDS or line.is_link or is_author_line(line.text)


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
