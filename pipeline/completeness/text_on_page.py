"""A text that was taken, among the lines of its page: where it stands, and where its article may
begin and end.

Lines are named by their number in `Page.lines`, from 0.
"""

from bisect import bisect_left
from collections.abc import Iterable
from functools import cached_property
from itertools import accumulate

from pipeline.completeness.places import TextElements, letters, places_in_text, without_spaces
from pipeline.labels.comments import is_comments_label
from pipeline.labels.rights_notes import is_legal_note
from pipeline.model.fields import Fields
from pipeline.normalize.attribution import is_press_line
from pipeline.normalize.words import words
from pipeline.page.furniture import furniture
from pipeline.page.lead import is_short_date
from pipeline.page.page import Page
from pipeline.page.teasers import lines_of_others

SENTENCE_ENDS = '.!?…»”")]'
_MOST = 0.9
_MAX_HEADER_LINES = 8
_MAX_LINES_TO_LINK = 3


class TextOnPage:
    """A text that was taken, among the lines of its page."""

    def __init__(self, page: Page, fields: Fields) -> None:
        self.page = page
        self.lines = page.lines
        self.paragraphs = fields.paragraphs
        self._title = "".join((fields.title or "").split())
        self._unclosed: dict[str, bool] = {}
        self.places = places_in_text(page.lines, fields.paragraphs, self.is_outside)
        """The number of the paragraph that each line of the text stands in, by the line's."""

    @property
    def is_shown(self) -> bool:
        """Whether the page shows it in lines, and not only in data for machines."""
        return bool(self.places)

    @cached_property
    def begin(self) -> int:
        """The number of the line after the heading; where that is not shown, after the date."""
        above = range(min(self.places))
        titles = (at for at in reversed(above) if letters(self.lines[at]) == self._title)
        heading_at = next(titles, None)
        if heading_at is None:
            near = reversed(above[-_MAX_HEADER_LINES:])
            heading_at = next((at for at in near if is_short_date(self.lines[at])), above.stop - 1)
        return heading_at + 1

    @cached_property
    def ends(self) -> tuple[int, int]:
        """The numbers of two lines behind the text: the first link, date or share label, behind
        which only what stands right beside the text may be its own; and the first that ends the
        article.
        """
        links = count = len(self.lines)
        for at in range(max(self.places) + 1, count):
            line = self.lines[at]
            if not self.is_left(at):
                continue
            if self.is_outside(at) or _ends_article(line.text) or at in self._others:
                return min(links, at), at
            is_link = not (line.is_text or self.is_alike(at))
            if is_link or is_short_date(line) or furniture(line, self.page) == "share":
                links = min(links, at)
        return links, count

    @cached_property
    def _others(self) -> frozenset[int]:
        """The lines of other articles below this one."""
        heading_at = self.begin - 1 if self.begin else None
        return lines_of_others(self.page, heading_at, min(self.places))

    @cached_property
    def near(self) -> TextElements:
        """The elements of its lines, and those around them."""
        return TextElements([self.lines[at] for at in self.places], self.page.root)

    def is_alike(self, at: int) -> bool:
        """Whether a line's element is like one of the text's, or around it."""
        return self.near.is_alike(self.lines[at])

    def levels(self, at: int) -> int:
        """How many levels a line's element stands below the elements around the text."""
        return self.near.levels(self.lines[at])

    def is_beside(self, at: int) -> bool:
        """Whether a line is like the text's, and right inside an element around it."""
        return self.levels(at) <= 1 and self.is_alike(at)

    def is_left(self, at: int) -> bool:
        """Whether a line was not taken."""
        return at not in self.places and letters(self.lines[at]) not in self.letters

    @cached_property
    def letters(self) -> str:
        """The whole text without white space."""
        return "".join(without_spaces(self.paragraphs))

    @cached_property
    def runs(self) -> frozenset[tuple[str, ...]]:
        """The runs of words of the whole text, for comparing."""
        return frozenset(word_runs(" ".join(self.paragraphs)))

    @cached_property
    def is_shown_whole(self) -> bool:
        """Whether the page shows nearly all of it letter by letter."""
        shown = sum(len(letters(self.lines[at])) for at in self.places)
        return shown > _MOST * len(self.letters)

    def is_outside(self, at: int) -> bool:
        """Whether a line stands in navigation, a footer or an aside, which ends somewhere."""
        line = self.lines[at]
        if not line.is_outside_article or self.is_unclosed(line.landmark):
            return False
        return next(line.element.iterancestors("blockquote"), None) is None

    def is_unclosed(self, tag: str | None) -> bool:
        """Whether an end tag of such an element is missing on the page."""
        if tag is None:
            return False
        if tag not in self._unclosed:
            source = self.page.text.lower()
            self._unclosed[tag] = source.count(f"<{tag}") > source.count(f"</{tag}")
        return self._unclosed[tag]

    def behind(self, added: list[int]) -> range:
        """The numbers of the text's last line, with what was `added`, and of the few behind it."""
        last = max((*self.places, *added), default=len(self.lines))
        return range(last, min(last + _MAX_LINES_TO_LINK, len(self.lines)))

    def joined(self, added: list[int]) -> tuple[str, ...]:
        """The text's paragraphs with these lines in their places."""
        taken = sorted(self.places)
        before = [0, *accumulate((self.places[at] + 1 for at in taken), max)]
        after: dict[int, list[str]] = {}
        for at in added:
            number = before[bisect_left(taken, at)]
            after.setdefault(number, []).append(self.lines[at].text)
        texts = [*after.get(0, [])]
        for number, paragraph in enumerate(self.paragraphs, start=1):
            texts += [paragraph, *after.get(number, [])]
        return tuple(texts)

    def count(self, numbers: Iterable[int]) -> int:
        """The words in these lines."""
        return sum(self.lines[at].words for at in numbers)


def word_runs(text: str) -> list[tuple[str, ...]]:
    """Each four words in a row."""
    found = words(text)
    return list(zip(found, found[1:], found[2:], found[3:], strict=False))


def _ends_article(text: str) -> bool:
    """Whether a line is a legal note, a press service's line or a label of comments."""
    return is_comments_label(text) or is_legal_note(text) or is_press_line(text)
