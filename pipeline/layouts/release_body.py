"""The text of a press release, below its date: which lines are no text of it."""

import re
from dataclasses import dataclass

from lxml.html import HtmlElement

from pipeline.layouts.release_end import (
    LinesBelow,
    Prose,
    is_prose,
    is_share_label,
    structure_key,
)
from pipeline.model.source import TextLayout
from pipeline.normalize import credits as credit
from pipeline.normalize.attribution import press_line_parts
from pipeline.normalize.sentences import is_sentence
from pipeline.normalize.site_labels import is_count, is_legal_note, labelled_tags
from pipeline.page.furniture import names_documents, text_lines
from pipeline.page.lead import is_named_caption
from pipeline.page.lines import Line
from pipeline.page.page import Page

_LINES_BEHIND = 4
"""Lines behind a release that may hold its tags."""
_MAX_PRESS_LINE_WORDS, _MAX_PRESS_NAME_WORDS = 20, 6
_PHONE = re.compile(r"\b\d\d-\d\d-\d\d\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseBody:
    """The paragraphs of a release, and what its press service's line says."""

    paragraphs: tuple[str, ...]
    press_service: tuple[str, ...]
    """The press service as that line names it; at most one."""
    credit: str | None
    tags: tuple[str, ...]

    @classmethod
    def of(
        cls, page: Page, below: LinesBelow, scope: HtmlElement, layout: TextLayout
    ) -> "ReleaseBody":
        """The release in the lines below its date, of which only those inside `scope` count."""
        inside = below.inside(page, scope)
        end = below.end(len(inside))
        tags = {tag for line in inside[: end + _LINES_BEHIND] for tag in labelled_tags(line.text)}
        lines, press = _without_press_lines(inside[:end], below.prose.among(end), layout)
        credit_lines = [line.text for line in lines if credit.is_credit_line(line.text)]
        captions = [line for line in lines if is_named_caption(line)]
        text = [line for line in lines if line.text not in credit_lines and line not in captions]
        press_parts = press_line_parts(press.text) if press else ()
        return cls(
            paragraphs=tuple(line.text for line in _without_furniture(page, text, layout)),
            press_service=tuple(part for part in press_parts if _names_press(part, layout))[:1],
            tags=tuple(sorted(tags)),
            credit=credit.first_credit(
                (*credit_lines, *(line.text for line in captions), *press_parts)
            ),
        )


def _without_press_lines(
    lines: list[Line], prose: Prose, layout: TextLayout
) -> tuple[list[Line], Line | None]:
    """The lines of the text without those that name the press service, and the last of these, which
    ends the text.
    """
    named = [at for at, line in enumerate(lines) if _is_press_line(line, layout)]
    last_sentence = _last_sentence(lines) if any(map(prose.is_around, named)) else -1
    dropped: set[int] = set()
    end, press = len(lines), None
    for at in named:
        is_amid_prose = prose.is_around(at)
        if not is_amid_prose or _is_in_brackets(lines[at].text):
            dropped.add(at)
            press = lines[at]
            if not is_amid_prose or at >= last_sentence:
                end = at
                break
    return [line for at, line in enumerate(lines[:end]) if at not in dropped], press


def _last_sentence(lines: list[Line]) -> int:
    """The number of the last line that is a sentence of a release, and not the site's own; -1
    without one.
    """
    for at in range(len(lines) - 1, -1, -1):
        text = lines[at].text
        if is_prose(lines[at]) and is_sentence(text) and not is_legal_note(text):
            return at
    return -1


def _is_press_line(line: Line, layout: TextLayout) -> bool:
    """Whether a line may be the press service's last one: in brackets or, where no prose stands
    around it, with its telephone number or its photographer, or its name alone.
    """
    text = line.text
    if _is_in_brackets(text):
        return _names_press(text, layout)
    if line.words > _MAX_PRESS_LINE_WORDS or not _names_press(text, layout):
        return False
    is_name = text[-1:] not in ".!?…:" and text[:1].isupper()
    if (is_name and line.words <= _MAX_PRESS_NAME_WORDS) or _PHONE.search(text):
        return True
    service, *others = press_line_parts(text)
    is_named = _names_press(service, layout) and len(service.split()) <= _MAX_PRESS_NAME_WORDS
    return is_named and bool(others) and all(map(credit.is_credit_line, others))


def _is_in_brackets(text: str) -> bool:
    return text[:1] in "[(" and text.rstrip(".")[-1:] in "])"


def _names_press(text: str, layout: TextLayout) -> bool:
    text = text.lower()
    return any(word in text for word in layout.press_service)


def _without_furniture(page: Page, lines: list[Line], layout: TextLayout) -> list[Line]:
    """The lines that are text. A number alone is no text before the first paragraph, where it is a
    count of views.
    """
    text = text_lines(lines, page)
    links = [at for at, line in enumerate(text) if line.link_share > 0.9 and line.words < 25]
    bare_links = _bare_links(links, text, lines, page) if links else ()
    kept: list[Line] = []
    for at, line in enumerate(text):
        if line.landmark is not None or at in bare_links or is_share_label(line, layout):
            continue
        if kept or not is_count(line.text):
            kept.append(line)
    return kept


def _bare_links(links: list[int], text: list[Line], lines: list[Line], page: Page) -> set[int]:
    """Those of the lines that are all a link which are no text: their element is not like that of a
    paragraph, and they do not stand amid paragraphs and lead to files or other sites.
    """
    keys_of_prose = {structure_key(line) for line in lines if is_prose(line)}
    prose = Prose.of(text)
    return {
        at
        for at in links
        if structure_key(text[at]) not in keys_of_prose
        and not (prose.is_around(at) and names_documents(text[at], page))
    }
