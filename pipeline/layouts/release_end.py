"""Where a press release ends: the marks of its end in the lines below its date."""

from collections.abc import Callable
from functools import cached_property
from itertools import takewhile
from typing import Literal

from lxml.html import HtmlElement

from pipeline.labels.comments import is_comments_label
from pipeline.labels.related import is_related_label
from pipeline.labels.rights_notes import is_copyright_note
from pipeline.model.source import TextLayout
from pipeline.normalize.credits import is_credit_line
from pipeline.page.lines import Line
from pipeline.page.page import Page
from pipeline.times.dated_lines import date_and_views

_MAX_LABEL_CHARACTERS = 150
"""Labels, the site's names and cards' dates are shorter."""
_Key = tuple[object, ...]
_Mark = Literal["page", "share", "other"]
"""What shows that a release ended before a line: the page's own end wherever it stands; a share
label or another mark where no prose of the release stands around it.
"""


class LinesBelow:
    """The lines below a release's date: which of them are prose, and which show that it ended."""

    def __init__(self, lines: list[Line], layout: TextLayout) -> None:
        self._lines = lines
        self._layout = layout
        self.prose = Prose.of(lines)

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
        prose = self.prose.among(count)
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


class Prose:
    """Where prose stands among lines."""

    def __init__(self, lines: list[Line], numbers: list[int]) -> None:
        self._lines = lines
        self._numbers = numbers
        self._last = numbers[-1] if numbers else -1

    @classmethod
    def of(cls, lines: list[Line]) -> "Prose":
        """All of it in some lines."""
        return cls(lines, [at for at, line in enumerate(lines) if is_prose(line)])

    def among(self, count: int) -> "Prose":
        """The prose among the first lines."""
        return Prose(self._lines, [at for at in self._numbers if at < count])

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
    if len(line.outside_links) > _MAX_LABEL_CHARACTERS:
        return False
    label = _bare(line.outside_links)
    return label in layout.share_labels and (line.link_share > 0 or label == _bare(line.text))


def is_prose(line: Line) -> bool:
    """Whether a line is running text, in no landmark."""
    return line.words >= 5 and line.landmark is None and line.is_text


def structure_key(line: Line) -> _Key:
    """What the paragraphs of one text have in common: tag and class of their element and of its
    parent, and the parent's parent.
    """
    element = line.element
    parent = element.getparent()
    if parent is None:
        return element.tag, element.get("class")
    return element.tag, element.get("class"), parent.tag, parent.get("class"), parent.getparent()


def _sibling_key(line: Line) -> _Key:
    """What paragraphs of one element have in common."""
    return line.element.tag, line.element.get("class"), line.element.getparent()


def _mark(lines: list[Line], at: int, layout: TextLayout) -> _Mark | None:
    """How a line shows that the release ended before it, if it does."""
    text = lines[at].text
    if is_copyright_note(text) and not is_credit_line(text):
        return "share" if _is_anothers(text, layout) else "page"
    if is_share_label(lines[at], layout):
        return "share"
    if len(text) > _MAX_LABEL_CHARACTERS:
        return None
    is_label = is_related_label(text) or is_comments_label(text) or _bare(text) in layout.site_names
    is_title = any(one.tag == "h1" for one in (lines[at].element, lines[at].inside))
    return "other" if is_label or is_title or _is_cards_date(lines, at) else None


def _is_anothers(text: str, layout: TextLayout) -> bool:
    """Whether a note such as «© Reuters» names an owner alone, and not the site: it may stand below
    a picture amid a text.
    """
    lower = text.lower()
    names = (word for name in layout.site_names for word in name.split())
    return (
        text.startswith("©")
        and not any(map(str.isdigit, text))
        and not any(len(word) > 3 and word in lower for word in names)
    )


def _is_cards_date(lines: list[Line], at: int) -> bool:
    """Whether a line is the date of a card: a date with a number of views, or beside a link."""
    dated = date_and_views(lines[at].text)
    if dated is None:
        return False
    return dated.has_views or any(line.is_link for line in lines[max(0, at - 1) : at + 2])


def _bare(text: str) -> str:
    """A label as a layout names it."""
    return text.strip(" :|/").lower()
