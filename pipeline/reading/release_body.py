"""The text of a press release, below its date: where it ends, and which lines are no text of it."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from lxml.html import HtmlElement

from pipeline.model.source import TextLayout
from pipeline.normalize import credits as credit
from pipeline.normalize.attribution import press_line_parts
from pipeline.normalize.invitations import is_legal_note, labelled_tags
from pipeline.normalize.sentences import is_sentence
from pipeline.page.furniture import is_related_label, names_documents, text_lines
from pipeline.page.lines import Line
from pipeline.page.page import Page
from pipeline.times.dated_lines import date_and_views

VIEWS = re.compile(r"\W*+(?:(?:просмотр|қаралым|views?)\w*)?[\W\d]*", re.IGNORECASE)
_END_OF_PAGE = re.compile(
    r"\W*(?:©|copyright|все права защищены|барлық құқықтар|all rights reserved)", re.IGNORECASE
)
_LINES_BEHIND = 4
"""Lines behind a release that may hold its tags."""
_Key = tuple[object, ...]
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
        cls, page: Page, after: list[Line], scope: HtmlElement, layout: TextLayout
    ) -> "ReleaseBody":
        """The release in the lines after the date, of which only those inside `scope` count."""
        inside = [line for line in after if line.is_inside(scope)]
        end = _end(inside, layout)
        lines = inside[:end]
        tags = {tag for line in inside[: end + _LINES_BEHIND] for tag in labelled_tags(line.text)}
        lines, press = _without_press_lines(lines, layout)
        credit_lines = [line.text for line in lines if credit.is_credit_line(line.text)]
        text = [line for line in lines if line.text not in credit_lines]
        return cls(
            paragraphs=tuple(line.text for line in _without_furniture(page, text, layout)),
            press_service=_named_press_service(press.text, layout) if press else (),
            tags=tuple(sorted(tags)),
            credit=credit.first_credit(
                (*credit_lines, *(press_line_parts(press.text) if press else ()))
            ),
        )

    @staticmethod
    def main_element(after: list[Line], layout: TextLayout) -> HtmlElement | None:
        """The element with the most running text up to the end of the release: the parent of its
        paragraphs, or their own element where only `<br>` stands between them.
        """
        words: Counter[HtmlElement] = Counter()
        for line in after[: _end(after, layout)]:
            if line.is_text and line.landmark is None:
                words[line.element] += line.words
                parent = line.element.getparent()
                if parent is not None:
                    words[parent] += line.words
        return max(words, key=lambda element: words[element], default=None)


def is_share_label(line: Line, layout: TextLayout) -> bool:
    """Whether a line is a share label, alone or with its links."""
    label = line.outside_links.lower().strip(" :|/")
    return label in layout.share_labels and (line.link_share > 0 or label == _bare(line))


def _bare(line: Line) -> str:
    return line.text.lower().strip(" :|/")


def _end(lines: list[Line], layout: TextLayout) -> int:
    """The number of lines before the first mark of the release's end."""
    amid_prose = _amid_prose(lines, structure_key)
    begun = next((at for at, line in enumerate(lines) if _is_prose(line)), len(lines))
    shares = [is_share_label(line, layout) for line in lines]
    amid_siblings = _amid_prose(lines, _sibling_key) if any(shares) else amid_prose
    for at in range(begun + 1, len(lines)):
        amid = amid_siblings if shares[at] else amid_prose
        if _ends_release(lines, at, layout, is_share=shares[at], amid_prose=amid[at]):
            return at
    return len(lines)


def _ends_release(
    lines: list[Line], at: int, layout: TextLayout, *, is_share: bool, amid_prose: bool
) -> bool:
    """Whether a line shows that the release ended before it; `is_share` of a share label, and
    `amid_prose` of the line.
    """
    line = lines[at]
    if _END_OF_PAGE.match(line.text) and not credit.is_credit_line(line.text):
        return True
    return not amid_prose and (
        is_share
        or is_related_label(line.text)
        or _bare(line) in layout.site_names
        or _is_cards_date(lines, at)
    )


def _amid_prose(lines: list[Line], key_of: Callable[[Line], _Key]) -> list[bool]:
    """For each line, whether prose of one key stands both before and after it."""
    first: dict[_Key, int] = {}
    last: dict[_Key, int] = {}
    for at, line in enumerate(lines):
        if _is_prose(line):
            key = key_of(line)
            first.setdefault(key, at)
            last[key] = at
    reach, found = -1, []
    started = {at: last[key] for key, at in first.items()}
    for at in range(len(lines)):
        found.append(at < reach)
        reach = max(reach, started.get(at, -1))
    return found


def _sibling_key(line: Line) -> _Key:
    """What paragraphs of one element have in common."""
    return line.element.tag, line.element.get("class"), line.element.getparent()


def structure_key(line: Line) -> _Key:
    """What the paragraphs of one text have in common: tag and class of their element and of its
    parent, and the parent's parent.
    """
    parent = line.element.getparent()
    tags = [(e.tag, e.get("class")) for e in (line.element, parent) if e is not None]
    return *tags, parent.getparent() if parent is not None else None


def _is_cards_date(lines: list[Line], at: int) -> bool:
    """Whether a line is the date of a card: a date with a number of views, or beside a link."""
    dated = date_and_views(lines[at].text)
    if dated is None:
        return False
    beside = [*lines[at - 1 : at], *lines[at + 1 : at + 2]]
    return dated.has_views or any(line.is_link for line in (lines[at], *beside))


def _without_press_lines(lines: list[Line], layout: TextLayout) -> tuple[list[Line], Line | None]:
    """The lines of the text without those that name the press service, and the last of these, which
    ends the text.
    """
    if not any(_names_press_service(line, layout) for line in lines):
        return lines, None
    amid_prose = _amid_prose(lines, structure_key)
    kept: list[Line] = []
    press: Line | None = None
    for at, line in enumerate(lines):
        if not _is_press_line(line, layout, amid_prose=amid_prose[at]):
            kept.append(line)
            continue
        press = line
        if not (amid_prose[at] and _goes_on(lines[at + 1 :])):
            break
    return kept, press


def _goes_on(lines: list[Line]) -> bool:
    """Whether some of the lines are a sentence of a release, and not the site's own."""
    return any(
        _is_prose(line) and is_sentence(line.text) and not is_legal_note(line.text)
        for line in lines
    )


def _is_press_line(line: Line, layout: TextLayout, *, amid_prose: bool) -> bool:
    """Whether a line is the press service's last one: in brackets, with its telephone number, or
    its name alone.
    """
    text = line.text
    if not _names_press_service(line, layout):
        return False
    if text[:1] in "[(" and text.rstrip(".")[-1:] in "])":
        return True
    with_phone = line.words <= 20 and bool(_PHONE.search(text))
    is_name = line.words <= 6 and text[-1:] not in ".!?…:" and text[:1].isupper()
    return (with_phone or is_name) and not amid_prose


def _names_press_service(line: Line, layout: TextLayout) -> bool:
    text = line.text.lower()
    return any(word in text for word in layout.press_service)


def _named_press_service(line: str, layout: TextLayout) -> tuple[str, ...]:
    return tuple(
        part
        for part in press_line_parts(line)
        if any(word in part.lower() for word in layout.press_service)
    )[:1]


def _without_furniture(page: Page, lines: list[Line], layout: TextLayout) -> list[Line]:
    """The lines that are text. A line that is all a link is text where its element is like that of
    a paragraph, or where it stands amid paragraphs and leads to files or other sites; a number
    alone is no text before the first paragraph, where it is the views.
    """
    prose = [at for at, line in enumerate(lines) if _is_prose(line)]
    keys_of_prose = {structure_key(lines[at]) for at in prose}
    kept: list[Line] = []
    text = text_lines(lines, page)
    for line, amid_prose in zip(text, _amid_prose(text, structure_key), strict=True):
        if line.landmark is not None or (not kept and VIEWS.fullmatch(line.text)):
            continue
        if is_share_label(line, layout):
            continue
        if (
            line.link_share <= 0.9
            or line.words >= 25
            or structure_key(line) in keys_of_prose
            or (amid_prose and names_documents(line, page))
        ):
            kept.append(line)
    return kept


def _is_prose(line: Line) -> bool:
    return line.words >= 5 and line.is_text and line.landmark is None
