"""Times for machines, in `<time datetime>` and in `<abbr title>` (hAtom)."""

import re
from collections.abc import Sequence

from lxml.html import HtmlElement

from pipeline.page.lines import text_up_to
from pipeline.times.dates import PrintedDate, machine_date, reconcile
from pipeline.times.time_labels import time_kind

_ISO_DAY = re.compile(r"\s*(?:19|20)\d\d-[01]\d-[0-3]\d")


def machine_text(element: HtmlElement) -> str | None:
    """The time for machines that an element has, as text; None where it has none."""
    if element.tag == "time":
        return element.get("datetime")
    title = element.get("title") or ""
    return title if _ISO_DAY.match(title) else None


def with_machine_time(
    dates: Sequence[PrintedDate], text: str, element: HtmlElement
) -> Sequence[PrintedDate]:
    """A line's dates with that of a `<time>` element in it: in the place of the one that the
    element prints, or as one more.
    """
    own = text_up_to(element, len(text))
    start = text.find(own, max((date.end for date in dates if not own), default=0))
    start, end = (start, start + len(own)) if own and start >= 0 else (len(text), len(text))
    within = [date for date in dates if start <= date.start < end]
    printed = within[0].value if within and not within[0].is_relative else None
    marked = machine_date(machine_text(element), printed)
    if marked is None or len(within) > 1:
        return dates
    others = [date for date in dates if date not in within]
    if within:
        start, end = within[0].start, within[0].end
    elif time_kind(own):
        start = end  # its text is the label
    date = PrintedDate(reconcile(marked, printed), start, end)
    return sorted([*others, date], key=lambda one: one.start)
