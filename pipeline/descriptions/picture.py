"""Items by week as a picture in SVG: a row of bars for each source, without scripts or fonts.

It has a ground of its own, so that it can be read on light and on dark pages.
"""

from collections.abc import Iterator
from datetime import date
from html import escape
from itertools import pairwise

from pipeline.descriptions.dataset import Dataset
from pipeline.descriptions.periods import COUNTS, Periods, legible
from pipeline.normalize.characters import one_line

PICTURE = "items-by-week.svg"
_WIDTH = 880
_LEFT, _RIGHT, _TOP = 90, 24, 64
_PANEL, _PLOT = 178, 112
"""How high the part of a source is, and its bars at most."""
_FOOT = 46
_WIDEST_BAR = 36
_LABELS = 10
"""At most so many fit along the line of time."""
_BARS = (
    ("#0072b2", "#56b4e9"), ("#c04a00", "#ffa15c"), ("#007a5e", "#3fd1a5"), ("#9b3d8f", "#e39bdb"),
)  # fmt: skip
"""Colours on light and on dark ground, which people with any kind of sight can tell apart."""
_WORDS = {"week": "week of", "month": "month from", "year": "year from"}


def picture(dataset: Dataset) -> str:
    """The picture `items-by-week.svg`."""
    periods = legible(dataset.days)
    height = _TOP + _PANEL * max(len(dataset.sources), 1) + _FOOT
    title = f"Items by {periods.unit}"
    if periods.starts:
        title += f", {dataset.first_day} to {dataset.last_day}"
    parts = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" '
        f'width="{_WIDTH}" height="{height}" role="img" aria-labelledby="title desc" '
        'font-family="sans-serif" font-size="13">',
        f'<title id="title">{_text(f"{dataset.title}: {title}")}</title>',
        f'<desc id="desc">{_text(_told(dataset, periods))}</desc>',
        f"<style>{_style()}</style>",
        f'<rect class="ground" width="{_WIDTH}" height="{height}"/>',
        _words(_LEFT, 26, title, "ink", 'font-size="17" font-weight="bold"'),
        *(_panels(dataset, periods) if periods.starts else _nothing()),
        "</svg>",
        "",
    )
    return "\n".join(parts)


def _nothing() -> Iterator[str]:
    yield _words(_LEFT, _TOP + 40, "This version has no items.", "soft")


def _panels(dataset: Dataset, periods: Periods) -> Iterator[str]:
    yield _words(_LEFT, 47, _legend(periods), "soft")
    for at, source in enumerate(dataset.sources):
        counts, top = periods.of_source(source.name), _TOP + _PANEL * at
        yield f'<g class="bars{at % len(_BARS)}">'
        yield f'<rect x="{_LEFT}" y="{top + 9}" width="12" height="12"/>'
        name = f"{source.title}: {_number(sum(counts))} items"
        yield _words(_LEFT + 19, top + 20, name, "ink", 'font-weight="bold"')
        yield from _scale(counts, top + _PANEL - 30, periods.unit)
        yield from _bars(counts, periods, top + _PANEL - 30)
        yield "</g>"
    yield from _time(periods, _TOP + _PANEL * len(dataset.sources))


def _legend(periods: Periods) -> str:
    unit = periods.unit
    bar = "week, from Monday" if unit == "week" else f"{unit}; the weeks are in {COUNTS}"
    return f"A bar is a {bar}. A red mark below the line: a {unit} without items."


def _scale(counts: tuple[int, ...], ground: int, unit: str) -> Iterator[str]:
    """Lines across with their numbers, each source by a scale of its own."""
    for value in _steps(max(counts)):
        y = ground - _PLOT * value / _steps(max(counts))[-1]
        yield f'<path class="line" d="M{_LEFT} {y:.1f}H{_WIDTH - _RIGHT}"/>'
        yield _words(_LEFT - 8, y + 4.5, _number(value), "soft", 'text-anchor="end"')
    middle = ground - _PLOT / 2
    yield _words(
        16, middle, f"items a {unit}", "soft",
        f'text-anchor="middle" transform="rotate(-90 16 {middle:.1f})"',
    )  # fmt: skip


def _bars(counts: tuple[int, ...], periods: Periods, ground: int) -> Iterator[str]:
    slot = (_WIDTH - _LEFT - _RIGHT) / len(counts)
    width = min(slot * 0.8, _WIDEST_BAR)
    highest = _steps(max(counts))[-1]
    for at, (start, count) in enumerate(zip(periods.starts, counts, strict=True)):
        x = _LEFT + slot * at + (slot - width) / 2
        high, y, kind = _PLOT * count / highest, ground - _PLOT * count / highest, ""
        if not count:
            high, y, kind = 4, ground + 2, ' class="none"'
        told = f"{_WORDS[periods.unit]} {start.isoformat()}: {_number(count)}"
        yield (
            f'<rect{kind} x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{high:.2f}">'
            f"<title>{told}</title></rect>"
        )


def _time(periods: Periods, ground: int) -> Iterator[str]:
    slot = (_WIDTH - _LEFT - _RIGHT) / len(periods.starts)
    for at, label in _dates(periods.starts):
        x = _LEFT + slot * at
        yield f'<path class="line" d="M{x:.2f} {ground - 18}V{ground - 10}"/>'
        yield _words(x, ground + 6, label, "soft", 'text-anchor="middle"')
    middle = (_LEFT + _WIDTH - _RIGHT) / 2
    yield _words(middle, ground + 30, "day of publication", "soft", 'text-anchor="middle"')


def _dates(starts: tuple[date, ...]) -> list[tuple[int, str]]:
    """What stands along the line of time: which of the periods are named, and how."""
    if len(starts) <= 2 * _LABELS:
        step = -(-len(starts) // (_LABELS - 2))
        return [(at, starts[at].isoformat()) for at in range(0, len(starts), step)]
    months = [start.year * 12 + start.month - 1 for start in starts]
    before = [months[0] - 1, *months]
    for step in (1, 2, 3, 6, *(12 * years for years in _YEARS)):
        named = [
            at for at, (last, this) in enumerate(pairwise(before)) if last // step != this // step
        ]
        if len(named) <= _LABELS:
            break
    return [(at, f"{starts[at]:%Y-%m}" if step < 12 else f"{starts[at]:%Y}") for at in named]


_YEARS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


def _steps(highest: int) -> tuple[int, ...]:
    """Up to five round numbers from 0 to the highest number or above it.

    >>> _steps(7), _steps(230)
    ((0, 2, 4, 6, 8), (0, 100, 200, 300))
    """
    step = 1
    while highest > 4 * step:
        step = step * 5 // 2 if str(step)[0] == "2" else step * 2
    return tuple(range(0, max(highest, 1) + step, step))


def _told(dataset: Dataset, periods: Periods) -> str:
    """The picture in words."""
    if not periods.starts:
        return "There are no items."
    return " ".join(_told_of(source.title, periods, source.name) for source in dataset.sources)


def _told_of(title: str, periods: Periods, source: str) -> str:
    counts = periods.of_source(source)
    most = max(counts)
    return (
        f"{title}: {_number(sum(counts))} items; most in a {periods.unit}: {_number(most)}, in the "
        f"{_WORDS[periods.unit]} {periods.starts[counts.index(most)].isoformat()}; "
        f"{periods.unit}s without items: {counts.count(0)} of {len(counts)}."
    )


def _words(x: float, y: float, text: str, kind: str, more: str = "") -> str:
    return f'<text x="{x:g}" y="{y:g}" class="{kind}"{" " * bool(more)}{more}>{_text(text)}</text>'


def _text(text: str) -> str:
    return escape(one_line(text), quote=False)


def _number(value: int) -> str:
    """A number with thin spaces between its thousands."""
    return f"{value:,}".replace(",", "\u202f")


def _style() -> str:
    light = "".join(f".bars{at}{{fill:{one}}}" for at, (one, _) in enumerate(_BARS))
    dark = "".join(f".bars{at}{{fill:{one}}}" for at, (_, one) in enumerate(_BARS))
    return (
        ".ground{fill:#fff}.ink{fill:#1b1b1b}.soft{fill:#565656}.none{fill:#d1242f}"
        f".line{{stroke:#cfcfcf;fill:none}}{light}"
        "@media (prefers-color-scheme:dark){.ground{fill:#15191e}.ink{fill:#f0f0f0}"
        f".soft{{fill:#b4b4b4}}.none{{fill:#ff6a69}}.line{{stroke:#454b52}}{dark}}}"
    )
