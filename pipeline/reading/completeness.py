"""Whether the text that was taken is all of the article's running text that its page shows.

The article begins below its heading, and ends at the first line behind the text that can't be its
own: links, a footer, a date, comments. What stands there in running text and was not taken is left
out. Lines are named by their number in `Page.lines`, from 0.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from lxml.html import HtmlElement

from pipeline.model.fields import Fields
from pipeline.normalize.authors import is_author_line
from pipeline.normalize.invitations import is_legal_note
from pipeline.normalize.sentences import is_sentence
from pipeline.normalize.words import words
from pipeline.page.furniture import furniture
from pipeline.page.lead import is_running, is_short_date, stands_beside
from pipeline.page.line_matching import (
    Surroundings,
    kind_of,
    places_in_text,
    without_spaces,
)
from pipeline.page.lines import HEADING_TAGS, Line
from pipeline.page.not_article import has_text_elsewhere
from pipeline.page.page import Page
from pipeline.page.paywall import (
    has_next_page,
    is_for_subscribers,
    is_next_page,
    is_read_on,
    read_on_buttons,
    without_read_on,
)
from pipeline.page.teasers import leads_to_other_article, lines_of_others

_END = re.compile(
    r"\W{0,20}(?:комментари|пікір|обсуждени|comments?\b|leave a reply|"
    r"[\[(][^\])]{0,200}(?:пресс-служб|баспасөз қызмет|press service))",
    re.IGNORECASE,
)
_TEXT_TAGS = HEADING_TAGS | {"p", "li", "blockquote", "td", "th", "dd", "dt", "pre"}
_END_TAG = re.compile(r"</(?:body|html)\b", re.IGNORECASE)
_MAX_LINES_TO_LINK = 3
_RUN = 4
"""Words in a row that are compared."""
_SENTENCE_ENDS = '.!?…»”")]'
_MIN_WORDS = 4
_MAX_LEADS = 2
_MAX_HEADER_LINES = 8
_MAX_LEVELS = 4
_MAX_LEVELS_OF_CELL = 6
_PARTED_LEVELS = 2
_MAX_BESIDE, _MAX_WITHIN, _MAX_NEAR, _MAX_ANYWHERE = 0.02, 0.1, 0.3, 0.6
"""Shares of the words taken that may be left out: in lines like those of the text and right beside
them; in such lines before its end, and also behind it; in any.
"""
_MIN_ANYWHERE = 15
_BUTTONS = frozenset({"hidden", "submit", "button", "image"})
"""Types of `<input>` that are no fields."""
_MIN_IN_DATA = 20
_MAX_LEAD_WORDS = 60
_MOST = 0.9
_CUT_ENDS = ("…", "...", "[…]", "[...]", "(...)", "(…)")
_AFTER_SENTENCE = re.compile(r"[.!?…»”\")\]]+(?=\s|$)")
_NAME_WORDS = range(2, 7)
_MAX_SMALL_WORD = 3
"""Letters of a word that names have in small ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Completed:
    """A text with what belongs to it, and what is missing."""

    paragraphs: tuple[str, ...]
    left_out: int = 0
    """Words of running text that the page shows besides; 0 where these are few."""
    goes_on: bool = False
    """Whether a link or button behind the text leads to the rest of it."""
    is_restricted: bool = False
    """Whether a line behind the text says that the rest is for subscribers or known readers."""
    is_cut_short: bool = False
    """Whether the page breaks off in the middle of a sentence."""
    is_cut: bool = False
    """Whether the text stands in data alone, and is cut short there."""
    is_lead_alone: bool = False
    """Whether it is short, and the element of the text is empty, or holds a frame alone."""
    in_data: int = 0
    """Words of the text that stand in data alone; 0 where these are few."""


def completed(
    page: Page, fields: Fields, hidden: list[HtmlElement], *, is_by_layout: bool
) -> Completed:
    """The text taken from a page, with what it had in `hidden` elements, and what stray end tags
    have parted from it, where a layout found it; and what is missing of it.
    """
    text = _Text(page, fields)
    added = text.inside(hidden) if hidden else []
    if is_by_layout and text.is_shown:
        parted = text.parted() if page.has_stray_end_tags else text.following()
        added = sorted({*added, *parted})
    missed = [at for at in text.missed if at not in added]
    paragraphs = text.joined(added) if added else fields.paragraphs
    behind = text.behind(added)
    leading = text.leading_on(behind)
    if leading is not None and page.lines[leading].text == paragraphs[-1]:
        paragraphs = paragraphs[:-1]
    cut = without_read_on(paragraphs[-1]) if paragraphs else None
    if cut is not None:
        paragraphs = (*paragraphs[:-1], cut)
    return Completed(
        paragraphs=_once(tuple(line for line in paragraphs if not is_read_on(line))),
        left_out=text.left_out(missed) if missed else 0,
        goes_on=leading is not None
        or cut is not None
        or has_next_page(page)
        or text.is_above_button(behind),
        is_restricted=any(is_for_subscribers(page.lines[at].text) for at in behind[1:]),
        is_cut_short=text.is_cut_short(),
        is_cut=not (is_by_layout or text.is_shown) and _is_cut(fields.data_text or paragraphs[-1]),
        is_lead_alone=not is_by_layout
        and len(paragraphs) <= _MAX_LEADS
        and sum(len(line.split()) for line in paragraphs) <= _MAX_LEAD_WORDS
        and has_text_elsewhere(page),
        in_data=text.in_data(fields.data_text) if fields.data_text and text.is_shown else 0,
    )


def _is_form(element: HtmlElement) -> bool:
    """Whether an element is a form that a reader can fill in, not one around a text."""
    return element.tag == "form" and any(
        field.get("type") not in _BUTTONS for field in element.iter("input", "textarea", "select")
    )


def _letters(line: Line) -> str:
    return line.text.replace(" ", "")


def _ends_article(text: str) -> bool:
    return is_legal_note(text) or _END.match(text) is not None


def _is_cut(text: str) -> bool:
    """Whether a text ends with dots, or in the middle of a sentence. Names may end it."""
    if text.endswith(_CUT_ENDS):
        return True
    last = _AFTER_SENTENCE.split(text)[-1].strip()
    parts = last.split()
    is_name = (len(parts) in _NAME_WORDS or "." in last) and all(
        one[0].isupper() for one in parts if len(one) > _MAX_SMALL_WORD
    )
    return bool(last) and not (is_name or is_author_line(last))


def _once(paragraphs: tuple[str, ...]) -> tuple[str, ...]:
    """A text without its second copy, which stands in a second container, perhaps below the lead of
    both.
    """
    for leads in range(min(_MAX_LEADS, len(paragraphs)) + 1):
        count, odd = divmod(len(paragraphs) - leads, 2)
        if not odd and count > min(leads, 1) and paragraphs[-count:] == paragraphs[leads:-count]:
            return paragraphs[:-count]
    return paragraphs


class _Text:
    """A text that was taken, among the lines of its page."""

    def __init__(self, page: Page, fields: Fields) -> None:
        self._page = page
        self._lines = page.lines
        self._paragraphs = fields.paragraphs
        self._title = "".join((fields.title or "").split())
        self._unclosed: dict[str, bool] = {}
        self._places = places_in_text(self._lines, fields.paragraphs, self._is_outside)
        """The number of the paragraph that each line of the text stands in, by the line's."""

    @property
    def is_shown(self) -> bool:
        """Whether the page shows it in lines, and not only in data for machines."""
        return bool(self._places)

    @cached_property
    def missed(self) -> list[int]:
        """The lines of running text between the heading and the article's end that were not
        taken.
        """
        if not self.is_shown:
            return []
        may_be = [at for at in range(self._begin, len(self._lines)) if at not in self._places]
        running = [at for at in may_be if self._may_be_text(at)]
        if not running:
            return []
        links, end = self._ends
        further = self._further([at for at in running if links < at < end])
        return [
            at
            for at in running
            if at < end
            and (at < links or self._is_beside_text(at) or self._is_swallowed(at) or at in further)
            and is_running(self._page, at, in_figure=self._is_unclosed(self._lines[at].landmark))
            and not self._is_worded_otherwise(at)
        ]

    def parted(self) -> list[int]:
        """The lines that stray end tags have parted from the text: those of running text near it,
        and shorter ones in elements like its own, such as headings and items of lists.
        """
        links, end = self._ends
        near = {at for at in self.missed if self._is_near(at)}
        sure = max((*self._places, *near))
        among = range(min(self._places), min(max(links, sure), end))
        found = sorted({*near, *(at for at in among if self._is_short(at, is_amid=at < sure))})
        while found and self._lines[found[-1]].text.endswith(":"):
            found.pop()  # the label of what follows
        return found

    def following(self) -> list[int]:
        """The lines like the text's that follow it at once, beside it, up to the last sentence: an
        end tag too early has parted these too, where another one is missing.
        """
        found: list[int] = []
        if not self.missed:
            return found
        for at in range(max(self._places) + 1, self._ends[0]):
            is_sentence_beside = at in self.missed and self._is_beside_text(at)
            if not (
                is_sentence_beside or (self._is_short(at, is_amid=False) and self._is_alike(at))
            ):
                break
            found.append(at)
        while found and found[-1] not in self.missed:
            found.pop()
        return found

    def inside(self, elements: list[HtmlElement]) -> list[int]:
        """The lines in these elements that were not taken."""
        return [
            at
            for at, line in enumerate(self._lines)
            if self._is_left(at)
            and any(line.is_inside(one) for one in elements)
            and not (self._is_outside(at) or stands_beside(self._page, at))
        ]

    def behind(self, added: list[int]) -> range:
        """The numbers of the text's last line, with what was `added`, and of the few behind it."""
        last = max((*self._places, *added), default=len(self._lines))
        return range(last, min(last + _MAX_LINES_TO_LINK, len(self._lines)))

    def leading_on(self, behind: range) -> int | None:
        """The number of the line that ends the text with a label, or a link, that leads to the rest
        of it; None without one.
        """
        for at in behind:
            if any(is_next_page(self._page, link) for link in self._lines[at].links):
                return at
        return next(filter(self._leads_on, behind[:2]), None)

    def is_above_button(self, behind: range) -> bool:
        """Whether a button that shows the rest stands behind the text, not among other links."""
        buttons = read_on_buttons(self._page) if behind else []
        if not buttons:
            return False
        where, after = self._page.positions, self._lines[behind.stop : behind.stop + 1]
        start = where[self._lines[behind.start].near]
        end = where[after[0].near] if after else len(where)
        return any(start < where[one] < end and not self._is_among_links(one) for one in buttons)

    def _is_among_links(self, element: HtmlElement) -> bool:
        parent = element.getparent()
        if parent is None or parent in self._near.around:
            return False
        return any(leads_to_other_article(self._page, link) for link in parent.iter("a"))

    def _leads_on(self, at: int) -> bool:
        """Whether a line is a label such as «Читать далее», and not the heading of other links."""
        line, after = self._lines[at], self._lines[at + 1 : at + 2]
        if not is_read_on(line.text):
            return False
        if line.is_link and line.words > 1:
            return True
        links = [link for one in ((line,) if line.is_link else after) for link in one.links]
        return not any(leads_to_other_article(self._page, link) for link in links)

    def is_cut_short(self) -> bool:
        """Whether the page ends within a sentence of the text, and without its end tags."""
        last = self._lines[-1] if self._lines else None
        return (
            last is not None
            and len(self._lines) - 1 in {*self._places, *self.missed}
            and last.text[-1] not in _SENTENCE_ENDS
            and not is_author_line(last.text)
            and _END_TAG.search(self._page.text) is None
        )

    def in_data(self, text: str) -> int:
        """The words that the text has more in data than on the page; 0 where these are few, or the
        data have another text.
        """
        taken = sum(len(words(line)) for line in self._paragraphs)
        more = len(text.split()) - taken
        if more <= max(_MIN_IN_DATA, _MAX_BESIDE * taken):
            return 0
        data = f" {' '.join(words(text))} "
        shown = {" ".join(words(line.text)): at in self._places for at, line in self._long_lines}
        found = Counter[bool]()
        for line, is_own in shown.items():
            found[is_own] += line.count(" ") + 1 if f" {line} " in data else 0
        more = data.count(" ") - 1 - found[True] - found[False]
        is_same = 2 * found[True] > taken
        return more if is_same and more > max(_MIN_IN_DATA, _MAX_BESIDE * taken) else 0

    @property
    def _long_lines(self) -> list[tuple[int, Line]]:
        return [(at, one) for at, one in enumerate(self._lines) if one.words >= _MIN_WORDS]

    def joined(self, added: list[int]) -> tuple[str, ...]:
        """The text's paragraphs with these lines in their places."""
        after: dict[int, list[str]] = {}
        for at in added:
            before = (number + 1 for taken, number in self._places.items() if taken < at)
            after.setdefault(max(before, default=0), []).append(self._lines[at].text)
        texts = [*after.get(0, [])]
        for number, paragraph in enumerate(self._paragraphs, start=1):
            texts += [paragraph, *after.get(number, [])]
        return tuple(texts)

    def left_out(self, missed: list[int]) -> int:
        """The words in missed lines; 0 where these are few beside the text."""
        taken = self._count(self._places)
        alike = [at for at in missed if self._is_alike(at) and self._levels(at) <= _MAX_LEVELS]
        within = [
            at
            for at in alike
            if at < max(self._places) or self._lines[at].is_inside(self._near.main)
        ]
        everything = self._count(missed)
        is_part = (
            self._count(at for at in alike if self._levels(at) <= 1) > _MAX_BESIDE * taken
            or self._count(within) > _MAX_WITHIN * taken
            or self._count(alike) > _MAX_NEAR * taken
            or everything > max(_MIN_ANYWHERE, _MAX_ANYWHERE * taken)
        )
        return everything if is_part else 0

    def _count(self, numbers: Iterable[int]) -> int:
        return sum(self._lines[at].words for at in numbers)

    @cached_property
    def _begin(self) -> int:
        """The number of the line after the heading; where that is not shown, after the date."""
        above = range(min(self._places))
        titles = [at for at in above if _letters(self._lines[at]) == self._title]
        if not titles:
            titles = [at for at in above[-_MAX_HEADER_LINES:] if is_short_date(self._lines[at])]
        return max(titles, default=above.stop - 1) + 1

    @cached_property
    def _others(self) -> frozenset[int]:
        """The lines of other articles below this one."""
        heading_at = self._begin - 1 if self._begin else None
        return lines_of_others(self._page, heading_at, min(self._places))

    @cached_property
    def _near(self) -> Surroundings:
        return Surroundings([self._lines[at] for at in self._places], self._page.root)

    def _is_alike(self, at: int) -> bool:
        return self._near.is_alike(self._lines[at])

    def _levels(self, at: int) -> int:
        return self._near.levels(self._lines[at])

    def _is_outside(self, at: int) -> bool:
        """Whether a line stands in navigation, a footer or an aside, which ends somewhere."""
        line = self._lines[at]
        if not line.is_outside_article or self._is_unclosed(line.landmark):
            return False
        return next(line.element.iterancestors("blockquote"), None) is None

    def _is_unclosed(self, tag: str | None) -> bool:
        """Whether an end tag of such an element is missing on the page."""
        if tag is None:
            return False
        if tag not in self._unclosed:
            source = self._page.text.lower()
            self._unclosed[tag] = source.count(f"<{tag}") > source.count(f"</{tag}")
        return self._unclosed[tag]

    def _is_in_form(self, at: int) -> bool:
        """Whether a line belongs to a form with fields, unless that is around the text too."""
        above = takewhile(
            lambda one: one not in self._near.around, self._lines[at].element.iterancestors()
        )
        return any(map(_is_form, above)) and not self._is_unclosed("form")

    def _is_left(self, at: int) -> bool:
        return at not in self._places and _letters(self._lines[at]) not in self._all

    @cached_property
    def _all(self) -> str:
        return "".join(without_spaces(self._paragraphs))

    def _may_be_text(self, at: int) -> bool:
        line = self._lines[at]
        return (
            line.words >= _MIN_WORDS
            and (line.landmark is None or self._is_unclosed(line.landmark))
            and (line.is_text or line.text[-1:] in ".!?…")
            and is_sentence(line.text)
            and self._is_left(at)
            and not self._is_in_form(at)
        )

    @cached_property
    def _ends(self) -> tuple[int, int]:
        """The numbers of two lines behind the text: the first link, date or share label, behind
        which only what stands right beside the text may be its own; and the first that ends the
        article.
        """
        links = count = len(self._lines)
        for at in range(max(self._places) + 1, count):
            line = self._lines[at]
            if not self._is_left(at):
                continue
            if self._is_outside(at) or _ends_article(line.text) or at in self._others:
                return min(links, at), at
            is_link = not (line.is_text or self._is_alike(at))
            if is_link or is_short_date(line) or furniture(line, self._page) == "share":
                links = min(links, at)
        return links, count

    def _is_worded_otherwise(self, at: int) -> bool:
        """Whether a line stands in the text but for a few words or marks, as data for machines may
        have it. Beside a text that the page shows word for word it is one more.
        """
        if self._is_shown_whole and self._is_beside_text(at):
            return False
        own = words(self._lines[at].text)
        runs = [" ".join(own[start : start + _RUN]) for start in range(len(own) - _RUN + 1)]
        return 2 * sum(run in self._words for run in runs) > len(runs)

    @cached_property
    def _is_shown_whole(self) -> bool:
        shown = sum(len(_letters(self._lines[at])) for at in self._places)
        return shown > _MOST * len(self._all)

    @cached_property
    def _words(self) -> str:
        return " ".join(words(" ".join(self._paragraphs)))

    def _is_beside_text(self, at: int) -> bool:
        """Whether a line is like the text's, and right inside an element around it."""
        return self._levels(at) <= 1 and self._is_alike(at)

    def _further(self, numbers: list[int]) -> set[int]:
        """Those of the lines behind a link that may be the text's in a further element like its
        own: several sentences, and no link to another article.
        """
        held: dict[HtmlElement, list[int]] = {}
        for at in numbers:
            if self._levels(at) == 2 and self._is_alike(at):
                parent = self._lines[at].element.getparent()
                held.setdefault(self._page.root if parent is None else parent, []).append(at)
        return {
            at
            for holder, lines in held.items()
            if len(lines) > 1
            and not any(leads_to_other_article(self._page, link) for link in holder.iter("a"))
            for at in lines
        }

    def _is_swallowed(self, at: int) -> bool:
        """Whether a line like the text's may stand in an element of it that was never closed."""
        is_inside = self._is_alike(at) and self._lines[at].is_inside(self._near.main)
        return is_inside and self._page.has_stray_end_tags

    def _is_near(self, at: int) -> bool:
        """Whether a line may be a paragraph near the text, or stands bare in what is around it."""
        tag, name = kind = kind_of(self._lines[at].element)
        is_paragraph = kind in self._near.kinds or (tag in ("div", *_TEXT_TAGS) and name is None)
        return self._levels(at) <= (_PARTED_LEVELS if is_paragraph else 0)

    def _is_short(self, at: int, *, is_amid: bool) -> bool:
        """Whether a line that need be no sentence belongs to the text, perhaps amid it: a heading,
        an item of a list, a cell of a table, a short paragraph, the rest of a line.
        """
        if not self._is_left(at) or self._is_outside(at) or stands_beside(self._page, at):
            return False
        tag, name = kind = kind_of(self._lines[at].element)
        if self._levels(at) == 0:
            return is_amid or self._is_bare or self._goes_on(at)
        if tag in ("li", "td", "th", "footer") and name is None:
            return self._levels(at) <= _MAX_LEVELS_OF_CELL
        is_paragraph = tag in _TEXT_TAGS and (kind in self._near.kinds or name is None)
        return is_paragraph and self._levels(at) == 1

    @cached_property
    def _is_bare(self) -> bool:
        """Whether some of the text stands bare, without elements for its paragraphs."""
        held = Counter(self._lines[at].element for at in self._places)
        return any(count > 1 or one in self._near.around for one, count in held.items())

    def _goes_on(self, at: int) -> bool:
        """Whether the line before ends in mid-sentence."""
        return at > 0 and self._lines[at - 1].text[-1:] not in f"{_SENTENCE_ENDS}:;"
