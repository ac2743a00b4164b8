"""The running text of a page of any outlet, found by trafilatura, as the page's own lines."""

import logging
import re
from collections import Counter
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

from pipeline.normalize import credits as credit
from pipeline.normalize.authors import is_author_line, is_name
from pipeline.normalize.characters import one_line
from pipeline.normalize.dates import dated_line
from pipeline.normalize.sentences import is_sentence
from pipeline.normalize.words import words
from pipeline.page.fragment import is_no_text
from pipeline.page.lead import is_caption, lead_places
from pipeline.page.line_matching import places
from pipeline.page.lines import Block
from pipeline.page.page import Page
from pipeline.page.teasers import Teasers

_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Letters of scripts that put little space between words."""
_FEWEST_UNSPACED = 15
_PRESS_LINE = re.compile(
    r"[\[(][^)\]]*(?:пресс-служб|баспасөз қызмет|press service)[^)\]]*[\])]\.?", re.IGNORECASE
)
"""Who sent a release and made its picture, in brackets under it."""
_LONGEST_DATE = 60
_LONGEST_LABEL = 6
_LINKED = 0.5
_SHORT = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class GenericBody:
    """A body with its place on the page."""

    paragraphs: tuple[str, ...] = ()
    lead: str | None = None
    """The first paragraph, where it stands apart from the others under the heading."""
    first: int | None = None
    """The place of the text's first line among the page's."""
    credit: str | None = None

    @classmethod
    def of(
        cls, page: Page, teasers: Teasers, heading_at: int | None, heading: str | None
    ) -> "GenericBody":
        """The body of a page, empty where its text is that of a list of other pieces.

        `heading_at` is the place of the heading's last line.
        """
        texts = _extracted(page)
        found = places(texts, page.blocks)
        if not _are_shown(texts, found, page.blocks):
            return cls(paragraphs=tuple(text for text in texts if tells(text)))
        after = [at for at in found if heading_at is None or at > heading_at] or found
        own = _trimmed([at for at in after if _is_text(page, at, heading)], page.blocks)
        if not own or teasers.are_most_of(own):
            return cls()
        own = _with_left_out(own, page, teasers, heading)
        if len(own) > 1 and words(page.blocks[own[0]].text) == words(page.blocks[own[1]].text):
            own = own[1:]
        lead = lead_places(page, teasers, heading_at, own[0])
        lines = [page.blocks[at].text for at in (*lead, *own)]
        makers = (credit.image_credit(line.text) for line in page.blocks[own[0] : own[-1]]
                   if credit.is_credit_line(line.text))  # fmt: skip
        return cls(
            paragraphs=tuple(lines),
            lead=lines[0] if lead else None,
            first=(*lead, *own)[0],
            credit=next((maker for maker in makers if maker), None),
        )


def _extracted(page: Page) -> list[str]:
    """The lines of text that trafilatura finds in a copy of the tree. Comments would part its
    texts, so they go. It asks no network, and its log says nothing that a failure would not say.
    """
    from trafilatura import bare_extraction  # 0.2 s, and needed for few pages

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    tree = deepcopy(page.root)
    etree.strip_tags(tree, etree.Comment, etree.ProcessingInstruction)
    document = bare_extraction(tree, include_comments=False)
    text = getattr(document, "text", None) or ""
    return [line for raw in text.splitlines() if (line := one_line(raw))]


def _are_shown(texts: list[str], found: list[int], lines: list[Block]) -> bool:
    """Whether a text stands on the page for its readers, not in a script alone."""
    shown = sum(lines[at].words for at in found)
    return shown * 2 >= sum(len(text.split()) for text in texts)


def _with_left_out(own: list[int], page: Page, teasers: Teasers, heading: str | None) -> list[int]:
    """With the lines between and right after, in the same element as paragraphs of the text, that
    trafilatura left out: quotations, a last heading; right after a short text, in any element.
    """
    lines = page.blocks
    parents = Counter(_holder(lines[at]) for at in own)
    main = {holder for holder, count in parents.items() if count > 1}
    is_short = sum(len(lines[at].text) for at in own) < _SHORT
    chosen = set(own)
    for at in range(own[0], len(lines)):
        line = lines[at]
        if at in chosen or not _is_text(page, at, heading):
            continue
        same = _holder(line) in main or (is_short and at > own[-1] and line.apart is None)
        if (
            same
            and not _is_link(line)
            and "©" not in line.text
            and tells(line.text)
            and not teasers.holds(line)
        ):
            chosen.add(at)
        elif at > own[-1] and _holder(line) not in main:
            break
    return sorted(chosen)


def _holder(line: Block) -> HtmlElement | None:
    """What a paragraph stands in, over a quotation's mark."""
    parent = line.element.getparent()
    if parent is not None and parent.tag in ("blockquote", "ul", "ol"):
        parent = parent.getparent()
    return parent


def _is_text(page: Page, at: int, heading: str | None) -> bool:
    line = page.blocks[at]
    if _PRESS_LINE.fullmatch(line.text):
        return False
    if credit.is_credit_line(line.text) or is_no_text(page.blocks, at) or is_caption(page, at):
        return False
    if len(line.text) <= _LONGEST_DATE and dated_line(line.text):
        return False
    return heading is None or words(line.text) != words(heading)


def _trimmed(found: list[int], lines: list[Block]) -> list[int]:
    """Without what stands before the first sentence and is a label, and without links to other
    pieces at the end, with the label over them. Nothing where there is no sentence.
    """
    telling = [
        at for at in found
        if tells(lines[at].text) and lines[at].link_share < _LINKED
        and not is_author_line(lines[at].text)
    ]  # fmt: skip
    if not telling:
        return []
    first = telling[0]
    begun = [at for at in found if at >= first or not _is_label(lines[at])]
    while begun and _is_link(lines[begun[-1]]) and begun[-1] != first:
        begun.pop()
        if begun[-1] != first and _is_heading_of_links(lines, begun[-1]):
            begun.pop()
    return begun


def tells(text: str) -> bool:
    """Whether a line is running text, in scripts with or without spaces."""
    return is_sentence(text) or len(_UNSPACED.findall(text)) >= _FEWEST_UNSPACED


def _is_label(line: Block) -> bool:
    return line.words <= _LONGEST_LABEL or _is_link(line) or is_author_line(line.text)


def _is_link(line: Block) -> bool:
    return line.link_share > 0.8


def _is_heading_of_links(lines: list[Block], at: int) -> bool:
    line = lines[at]
    after = lines[at + 1 : at + 2]
    return (
        line.words <= _LONGEST_LABEL
        and line.text[-1:] not in ".!?…»"
        and not is_name(line.text)
        and all(_is_link(one) for one in after)
    )
