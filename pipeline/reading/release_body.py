"""The text of a press release, below its date: where it ends, and which lines are no text of it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from typing import Literal

from lxml.html import HtmlElement

from pipeline.model.source import TextLayout
from pipeline.normalize import credits as credit
from pipeline.normalize.attribution import press_line_parts
from pipeline.normalize.invitations import (
    is_copyright_note,
    is_count,
    is_legal_note,
    labelled_tags,
)
from pipeline.normalize.sentences import is_sentence
from pipeline.page.furniture import is_related_label, names_documents, text_lines
from pipeline.page.lines import Line
from pipeline.page.page import Page
from pipeline.times.dated_lines import date_and_views

_LINES_BEHIND = 4
"""Lines behind a release that may hold its tags."""
_MAX_LABEL_CHARACTERS = 150
"""Labels, the site's names and cards' dates are shorter."""
_MAX_PRESS_LINE_WORDS, _MAX_PRESS_NAME_WORDS = 20, 6
_PHONE = re.compile(r"\b\d\d-\d\d-\d\d\b")
_Key = tuple[object, ...]
_Mark = Literal["page", "share", "other"]
"""What shows that a release ended before a line: the page's own end wherever it stands; a share
label or another mark where no prose of the release stands around it.
"""


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
        cls, page: Page, below: "LinesBelow", scope: HtmlElement, layout: TextLayout
    ) -> "ReleaseBody":
        """The release in the lines below its date, of which only those inside `scope` count."""
        inside = below.inside(page, scope)
        end = below.end(len(inside))
        tags = {tag for line in inside[: end + _LINES_BEHIND] for tag in labelled_tags(line.text)}
        lines, press = _without_press_lines(inside[:end], layout)
        credit_lines = [line.text for line in lines if credit.is_credit_line(line.text)]
        text = [line for line in lines if line.text not in credit_lines]
        press_parts = press_line_parts(press.text) if press else ()
        return cls(
            paragraphs=tuple(line.text for line in _without_furniture(page, text, layout)),
            press_service=tuple(part for part in press_parts if _names_press(part, layout))[:1],
            tags=tuple(sorted(tags)),
            credit=credit.first_credit((*credit_lines, *press_parts)),
        )


class LinesBelow:
    """The lines below a release's date: which of them are prose, and which show that it ended."""

    def __init__(self, lines: list[Line], layout: TextLayout) -> None:
        self._lines = lines
        self._layout = layout
        self._prose = _Prose.of(lines)

    def inside(self, page: Page, scope: HtmlElement) -> list[Line]:
        """Those inside an element that holds the date too, so that they are the first ones."""
        places = range(page.positions[scope], page.end(scope))
        return list(takewhile(lambda line: page.positions[line.inside] in places, self._lines))

    def main_element(self) -> HtmlElement | None:
        """The element with the most running text up to the end of the release: the parent of its
        paragraphs, or their own element where only `<br>` stands between them.
        """
        words: dict[HtmlElement, int] = {}
        for line in self._lines[: self.end(len(self._lines))]:
            if line.landmark is None and line.is_text:
                words[line.element] = words.get(line.element, 0) + line.words
                parent = line.element.getparent()
                if parent is not None:
                    words[parent] = words.get(parent, 0) + line.words
        return max(words, key=words.__getitem__, default=None)

    def end(self, count: int) -> int:
        """The number of lines before the first mark of the end that follows prose, among the first
        `count` lines, which alone count; without one, all of these.
        """
        prose = self._prose.among(count)
        for at, mark in self._marks:
            if at >= count:
                break
            is_amid = mark != "page" and prose.is_around(at, of_one_parent=mark == "share")
            if prose.has_begun(at) and not is_amid:
                return at
        return count

    @cached_property
    def _marks(self) -> list[tuple[int, _Mark]]:
        marks = ((at, _mark(self._lines, at, self._layout)) for at in range(len(self._lines)))
        return [(at, mark) for at, mark in marks if mark]


class _Prose:
    """Where prose stands among lines."""

    def __init__(self, lines: list[Line], numbers: list[int]) -> None:
        self._lines = lines
        self._numbers = numbers
        self._last = numbers[-1] if numbers else -1

    @classmethod
    def of(cls, lines: list[Line]) -> "_Prose":
        return cls(lines, [at for at, line in enumerate(lines) if _is_prose(line)])

    def among(self, count: int) -> "_Prose":
        """The prose among the first lines."""
        return _Prose(self._lines, [at for at in self._numbers if at < count])

    def has_begun(self, at: int) -> bool:
        """Whether some stands before a line."""
        return bool(self._numbers) and self._numbers[0] < at

    def is_around(self, at: int, *, of_one_parent: bool = False) -> bool:
        """Whether prose of one structure, or of one parent, stands both before and after a line."""
        if at >= self._last:
            return False
        return self._amid_siblings[at] if of_one_parent else self._amid_text[at]

    @cached_property
    def _amid_text(self) -> list[bool]:
        return self._amid(structure_key)

    @cached_property
    def _amid_siblings(self) -> list[bool]:
        return self._amid(_sibling_key)

    def _amid(self, key_of: Callable[[Line], _Key]) -> list[bool]:
        """For each line up to the last prose, whether prose of one key stands on both sides."""
        keys = {at: key_of(self._lines[at]) for at in self._numbers}
        last = {key: at for at, key in keys.items()}
        reach, found = -1, []
        for at in range(self._last + 1):
            found.append(at < reach)
            if at in keys:
                reach = max(reach, last[keys[at]])
        return found


def is_share_label(line: Line, layout: TextLayout) -> bool:
    """Whether a line is a share label, alone or with its links."""
    label = _bare(line.outside_links)
    return label in layout.share_labels and (line.link_share > 0 or label == _bare(line.text))


def _bare(text: str) -> str:
    """A label as a layout names it; of a longer text, that text."""
    text = text.strip(" :|/")
    return text.lower() if len(text) <= _MAX_LABEL_CHARACTERS else text


def _mark(lines: list[Line], at: int, layout: TextLayout) -> _Mark | None:
    """How a line shows that the release ended before it, if it does."""
    text = lines[at].text
    if is_copyright_note(text) and not credit.is_credit_line(text):
        return "page"
    if is_share_label(lines[at], layout):
        return "share"
    if len(text) > _MAX_LABEL_CHARACTERS:
        return None
    is_label = is_related_label(text) or _bare(text) in layout.site_names
    return "other" if is_label or _is_cards_date(lines, at) else None


def _is_cards_date(lines: list[Line], at: int) -> bool:
    """Whether a line is the date of a card: a date with a number of views, or beside a link."""
    dated = date_and_views(lines[at].text)
    if dated is None:
        return False
    return dated.has_views or any(line.is_link for line in lines[max(0, at - 1) : at + 2])


def _sibling_key(line: Line) -> _Key:
    """What paragraphs of one element have in common."""
    return line.element.tag, line.element.get("class"), line.element.getparent()


def structure_key(line: Line) -> _Key:
    """What the paragraphs of one text have in common: tag and class of their element and of its
    parent, and the parent's parent.
    """
    element = line.element
    parent = element.getparent()
    if parent is None:
        return element.tag, element.get("class")
    return element.tag, element.get("class"), parent.tag, parent.get("class"), parent.getparent()


def _without_press_lines(lines: list[Line], layout: TextLayout) -> tuple[list[Line], Line | None]:
    """The lines of the text without those that name the press service, and the last of these, which
    ends the text.
    """
    named = [at for at, line in enumerate(lines) if _is_press_line(line, layout)]
    prose = _Prose.of(lines) if named else None
    dropped: set[int] = set()
    end, press = len(lines), None
    for at in named:
        is_amid_prose = prose is not None and prose.is_around(at)
        if is_amid_prose and not _is_in_brackets(lines[at].text):
            continue
        press = lines[at]
        dropped.add(at)
        if not (is_amid_prose and _goes_on(lines[at + 1 :])):
            end = at
            break
    return [line for at, line in enumerate(lines[:end]) if at not in dropped], press


def _goes_on(lines: list[Line]) -> bool:
    """Whether some of the lines are a sentence of a release, and not the site's own."""
    return any(
        _is_prose(line) and is_sentence(line.text) and not is_legal_note(line.text)
        for line in lines
    )


def _is_press_line(line: Line, layout: TextLayout) -> bool:
    """Whether a line may be the press service's last one: in brackets or, where no prose stands
    around it, with its telephone number, or its name alone.
    """
    text = line.text
    if _is_in_brackets(text):
        return _names_press(text, layout)
    if line.words > _MAX_PRESS_LINE_WORDS or not _names_press(text, layout):
        return False
    is_name = text[-1:] not in ".!?…:" and text[:1].isupper()
    return (is_name and line.words <= _MAX_PRESS_NAME_WORDS) or bool(_PHONE.search(text))


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
    keys_of_prose = {structure_key(line) for line in lines if _is_prose(line)}
    prose = _Prose.of(text)
    return {
        at
        for at in links
        if structure_key(text[at]) not in keys_of_prose
        and not (prose.is_around(at) and names_documents(text[at], page))
    }


def _is_prose(line: Line) -> bool:
    return line.words >= 5 and line.landmark is None and line.is_text
