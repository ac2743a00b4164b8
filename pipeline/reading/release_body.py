"""The text of a release below its date: where it ends, and which of its lines are none."""

import re
from collections import Counter
from dataclasses import dataclass

from lxml.html import HtmlElement

from pipeline.model.source import TextLayout
from pipeline.normalize import credits as credit
from pipeline.normalize.dates import date_and_views
from pipeline.page.lines import Block

VIEWS = re.compile(r"\W*(?:(?:просмотр|қаралым|views?)\w*)?[\W\d]*", re.IGNORECASE)
RELATED = re.compile(
    r"(?:другие новости|похожие новости|последние новости|читайте также|ещ[её] новости|"
    r"басқа жаңалықтар|соңғы жаңалықтар|other news|latest news|related news|read also)\W*",
    re.IGNORECASE,
)
_END_OF_PAGE = re.compile(
    r"\W*(?:©|copyright|все права защищены|барлық құқықтар|all rights reserved)", re.IGNORECASE
)
_PHONE = re.compile(r"\b\d\d-\d\d-\d\d\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseBody:
    """The paragraphs of a release, and what its last line says."""

    paragraphs: tuple[str, ...]
    press_service: tuple[str, ...]
    """The press service, as the last line names it."""
    credit: str | None

    @classmethod
    def of(cls, after: list[Block], scope: HtmlElement, layout: TextLayout) -> "ReleaseBody":
        """The text among the lines after the date that stand in `scope`."""
        inside = [line for line in after if line.stands_in(scope)]
        lines = inside[: _end(inside, layout)]
        goes_on = _goes_on(lines)
        at = next(
            (
                at
                for at, line in enumerate(lines)
                if _is_press_line(line, layout, goes_on=goes_on[at])
            ),
            None,
        )
        press = lines[at] if at is not None else None
        lines = lines[:at]
        credit_lines = [line.text for line in lines if credit.is_credit_line(line.text)]
        text = [line for line in lines if line.text not in credit_lines]
        named = [c for c in map(credit.image_credit, credit_lines) if c]
        if press is not None:
            named += _credits_in_brackets(press.text)
        return cls(
            paragraphs=tuple(line.text for line in _without_furniture(text, layout)),
            press_service=_press_service(press.text, layout) if press else (),
            credit=next(iter(named), None),
        )

    @staticmethod
    def main_element(after: list[Block], layout: TextLayout) -> HtmlElement | None:
        """The element that holds the most running text up to the end of the release: the parent
        of its paragraphs, or the element itself where line breaks part them.
        """
        held: Counter[HtmlElement] = Counter()
        for line in after[: _end(after, layout)]:
            if line.link_share < 0.5 and line.apart is None:
                held[line.element] += line.words
                parent = line.element.getparent()
                if parent is not None:
                    held[parent] += line.words
        return max(held, key=lambda element: held[element], default=None)


def is_share_label(line: Block, layout: TextLayout) -> bool:
    """Whether a line is a share label, perhaps with its links."""
    label = line.outside_links.lower().strip(" :|/")
    return label in layout.share_labels and (line.link_share > 0 or label == _bare(line))


def _bare(line: Block) -> str:
    return line.text.lower().strip(" :|/")


def _end(lines: list[Block], layout: TextLayout) -> int:
    """How many of the lines there are up to the first mark of the release's end."""
    goes_on = _goes_on(lines)
    begun = False
    for at, line in enumerate(lines):
        if begun and _ends_release(lines, at, layout, goes_on=goes_on[at]):
            return at
        begun = begun or _is_prose(line)
    return len(lines)


def _ends_release(lines: list[Block], at: int, layout: TextLayout, *, goes_on: bool) -> bool:
    line = lines[at]
    if is_share_label(line, layout) or _END_OF_PAGE.match(line.text):
        return True
    is_end = (
        RELATED.fullmatch(line.text)
        or _bare(line) in layout.site_names
        or _is_cards_date(lines, at)
    )
    return bool(is_end) and not goes_on


def _goes_on(lines: list[Block]) -> list[bool]:
    """For each line, whether running text of one kind stands both before and after it."""
    first: dict[tuple[object, ...], int] = {}
    last: dict[tuple[object, ...], int] = {}
    for at, line in enumerate(lines):
        if _is_prose(line):
            kind = stand(line)
            first.setdefault(kind, at)
            last[kind] = at
    reach, found = -1, []
    started = {at: last[kind] for kind, at in first.items()}
    for at in range(len(lines)):
        found.append(at < reach)
        reach = max(reach, started.get(at, -1))
    return found


def stand(line: Block) -> tuple[object, ...]:
    """What the paragraphs of one text have in common: their kind, their parent's, and what holds
    these.
    """
    parent = line.element.getparent()
    kinds = [(e.tag, e.get("class")) for e in (line.element, parent) if e is not None]
    return *kinds, parent.getparent() if parent is not None else None


def _is_cards_date(lines: list[Block], at: int) -> bool:
    """Whether a line is the date of a card: a date with views, or one beside a link."""
    dated = date_and_views(lines[at].text)
    if dated is None:
        return False
    beside = [*lines[at - 1 : at], *lines[at + 1 : at + 2]]
    return dated.has_views or any(line.link_share > 0.8 for line in (lines[at], *beside))


def _is_press_line(line: Block, layout: TextLayout, *, goes_on: bool) -> bool:
    """The press service's last line: in brackets, with its telephone, or its name alone."""
    text = line.text
    if not any(word in text.lower() for word in layout.press_service):
        return False
    if text[:1] in "[(" and text.rstrip(".")[-1:] in "])":
        return True
    with_phone = line.words <= 20 and bool(_PHONE.search(text))
    is_name = line.words <= 6 and text[-1:] not in ".!?…:" and text[:1].isupper()
    return (with_phone or is_name) and not goes_on


def _press_service(line: str, layout: TextLayout) -> tuple[str, ...]:
    parts = [part.strip(' []()."“”') for part in re.split(r"[,;]", line)]
    return tuple(
        part for part in parts if any(word in part.lower() for word in layout.press_service)
    )[:1]


def _credits_in_brackets(line: str) -> list[str]:
    parts = [part.strip(' []()."“”«»') for part in re.split(r"[,;]", line)]
    return [found for part in parts if (found := credit.image_credit(part))]


def _without_furniture(lines: list[Block], layout: TextLayout) -> list[Block]:
    """The lines that are text. A line that is all link is text where it stands among paragraphs
    like a paragraph; a number alone is none before the text begins (the views).
    """
    prose = [at for at, line in enumerate(lines) if _is_prose(line)]
    stands = {stand(lines[at]) for at in prose}
    kept: list[Block] = []
    for line in lines:
        if line.apart is not None or (not kept and VIEWS.fullmatch(line.text)):
            continue
        if is_share_label(line, layout) or RELATED.fullmatch(line.text):
            continue
        if line.link_share <= 0.9 or line.words >= 25 or stand(line) in stands:
            kept.append(line)
    return kept


def _is_prose(line: Block) -> bool:
    return line.words >= 5 and line.link_share < 0.5 and line.apart is None
