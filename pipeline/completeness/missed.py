"""Which lines of an article's running text were not taken, and whether they are many."""

from itertools import takewhile

from lxml.html import HtmlElement

from pipeline.completeness.text_on_page import TextOnPage
from pipeline.normalize.sentences import is_sentence
from pipeline.normalize.words import words
from pipeline.page.lead import is_running
from pipeline.page.teasers import leads_to_other_article

_BUTTONS = frozenset({"hidden", "submit", "button", "image"})
"""Types of `<input>` that are no fields."""
_MIN_WORDS = 4
_RUN = 4
"""Words in a row that are compared."""
_MAX_LEVELS = 4
_MAX_BESIDE, _MAX_WITHIN, _MAX_NEAR, _MAX_ANYWHERE = 0.02, 0.1, 0.3, 0.6
"""Shares of the words taken that may be left out: in lines like those of the text and right beside
them; in such lines before its end, and also behind it; in any.
"""
_MIN_ANYWHERE = 15


def missed_lines(text: TextOnPage) -> list[int]:
    """The lines of running text between the heading and the article's end that were not taken."""
    if not text.is_shown:
        return []
    others = [at for at in range(text.begin, len(text.lines)) if at not in text.places]
    running = [at for at in others if _may_be_text(text, at)]
    if not running:
        return []
    links, end = text.ends
    further = _further(text, [at for at in running if links < at < end])
    return [
        at
        for at in running
        if at < end
        and (at < links or text.is_beside(at) or _is_swallowed(text, at) or at in further)
        and is_running(text.page, at, in_figure=text.is_unclosed(text.lines[at].landmark))
        and not _is_worded_otherwise(text, at)
    ]


def _may_be_text(text: TextOnPage, at: int) -> bool:
    """Whether a line is a sentence that was not taken; what costs most is asked last."""
    line = text.lines[at]
    return (
        line.words >= _MIN_WORDS
        and (line.landmark is None or text.is_unclosed(line.landmark))
        and (line.is_text or line.text[-1] in ".!?…")
        and is_sentence(line.text)
        and text.is_left(at)
        and not _is_in_form(text, at)
    )


def _is_in_form(text: TextOnPage, at: int) -> bool:
    """Whether a line belongs to a form with fields, unless that is around the text too."""
    around = text.near.around
    above = takewhile(lambda one: one not in around, text.lines[at].element.iterancestors())
    return any(map(_is_form, above)) and not text.is_unclosed("form")


def _is_form(element: HtmlElement) -> bool:
    """Whether an element is a form that a reader can fill in, not one around a text."""
    return element.tag == "form" and any(
        field.get("type") not in _BUTTONS for field in element.iter("input", "textarea", "select")
    )


def _further(text: TextOnPage, numbers: list[int]) -> set[int]:
    """Those of the lines behind a link that may be the text's in a further element like its own:
    several sentences, and no link to another article.
    """
    held: dict[HtmlElement, list[int]] = {}
    for at in numbers:
        if text.levels(at) == 2 and text.is_alike(at):
            parent = text.lines[at].element.getparent()
            held.setdefault(text.page.root if parent is None else parent, []).append(at)
    return {
        at
        for holder, lines in held.items()
        if len(lines) > 1
        and not any(leads_to_other_article(text.page, link) for link in holder.iter("a"))
        for at in lines
    }


def _is_swallowed(text: TextOnPage, at: int) -> bool:
    """Whether a line like the text's may stand in an element of it that was never closed."""
    is_inside = text.is_alike(at) and text.lines[at].is_inside(text.near.main)
    return is_inside and text.page.has_stray_end_tags


def _is_worded_otherwise(text: TextOnPage, at: int) -> bool:
    """Whether a line stands in the text but for a few words or marks, as data for machines may have
    it. Beside a text that the page shows word for word it is one more.
    """
    if text.is_shown_whole and text.is_beside(at):
        return False
    own = words(text.lines[at].text)
    runs = [" ".join(own[start : start + _RUN]) for start in range(len(own) - _RUN + 1)]
    return 2 * sum(run in text.words for run in runs) > len(runs)


def left_out(text: TextOnPage, missed: list[int]) -> int:
    """The words in missed lines; 0 where these are few beside the text."""
    if not missed:
        return 0
    taken = text.count(text.places)
    alike = [at for at in missed if text.is_alike(at) and text.levels(at) <= _MAX_LEVELS]
    last = max(text.places)
    within = [at for at in alike if at < last or text.lines[at].is_inside(text.near.main)]
    everything = text.count(missed)
    is_part = (
        text.count(at for at in alike if text.levels(at) <= 1) > _MAX_BESIDE * taken
        or text.count(within) > _MAX_WITHIN * taken
        or text.count(alike) > _MAX_NEAR * taken
        or everything > max(_MIN_ANYWHERE, _MAX_ANYWHERE * taken)
    )
    return everything if is_part else 0
