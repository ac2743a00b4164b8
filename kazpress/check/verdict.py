"""The one sentence of a check: what is wrong, where, and what to do next."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kazpress.check.advice import LOOK, advice, mend
from pipeline.model.reading import STEPS, Step
from pipeline.model.source import Listings, Source
from spiders.check.report import CheckedPage, CheckStep, Findings, PageCheck, Past, counted

Status = Literal["healthy", "look", "failed", "held"]

_ESSENTIAL = {"title": "title", "published": "date", "body": "body"}
_NO_FAULT = frozenset(
    {"video", "gallery", "listing", "http-404", "http-410", "not-held", "not-asked", "forbidden"}
)
"""Why a page may have no reading though all is well."""
_USUAL_SHARE = 0.8
_FEWEST_PAGES = 3
_LONG_AGO = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How a source is, as a word and a sentence."""

    status: Status
    sentence: str


def verdict(source: Source, seen: Findings, past: Past, *, is_replay: bool) -> Verdict:
    """The verdict on a source: its worst finding, and how many others there are."""
    pages = [page.check for page in seen.pages]
    failed = list(_failures(source, seen.steps, pages, is_replay=is_replay))
    if failed:
        return Verdict(status="failed", sentence=f"{source.name}: {failed[0]}")
    looks = [
        *_one_body(seen.pages),
        *_pages_unread(source, pages),
        *_layout(source, pages),
        *_steps(seen.steps),
        *_fewer_fields(source, pages, past),
    ]
    looks = looks or [f"{note}; {LOOK}" for note in seen.notes]
    if not looks:
        return Verdict(status="healthy", sentence=_healthy(source, seen, pages))
    more = f" (and {len(looks) - 1} more: see above)" if len(looks) > 1 else ""
    return Verdict(status="look", sentence=f"{source.name}: {looks[0]}{more}")


def _failures(
    source: Source, steps: Sequence[CheckStep], pages: Sequence[PageCheck], *, is_replay: bool
) -> Iterator[str]:
    """Why the source fails as a whole."""
    for step in steps:
        if step.status == "failed" and step.step != "stopped":
            yield f"{_where(step)}{step.detail}{_so(step)}; {advice(step)}"
    if pages and not any(page.ok for page in pages):
        yield _no_page(source, steps, pages)
    for step in steps:
        if step.step == "stopped":
            yield f"{step.detail}; {advice(step)}"
    found = any(step.articles for step in steps if step.step == "way")
    if not found and not pages:
        yield _nothing_found(source, steps, is_replay=is_replay)


def _so(step: CheckStep) -> str:
    asks_nothing = step.step == "robots" and step.reason != "forbids-all"
    return ", so nothing may be asked" if asks_nothing else ""


def _nothing_found(source: Source, steps: Sequence[CheckStep], *, is_replay: bool) -> str:
    if is_replay:
        return "the files hold no listing with articles, and no article; give others"
    edit = f"{LOOK}, and edit the addresses in spiders/{source.name}.py"
    if shell := _shell(steps):
        return f"{shell}, and no other way leads to an article; {edit}"
    looks = [step for step in steps if not step.ok and step.step != "way"]
    first = f" ({looks[0].target} {looks[0].detail})" if looks else ""
    return (
        f"no listing, and no other way of finding, leads to any article{first}: the site's pages "
        f"or the addresses of its articles have changed; {edit}"
    )


def _shell(steps: Sequence[CheckStep]) -> str | None:
    found = next((step.detail for step in steps if step.step == "shell"), None)
    return f"the site has turned into a shell: {found}" if found else None


def _no_page(source: Source, steps: Sequence[CheckStep], pages: Sequence[PageCheck]) -> str:
    reason, count = Counter(page.reason for page in pages).most_common(1)[0]
    first = next(page for page in pages if page.reason == reason)
    if reason in ("soft-404", "shell", "blank") and (shell := _shell(steps)):
        return f"{shell}, and so do the addresses of articles, {first.url} first; {LOOK}"
    return (
        f"none of {counted(len(pages), 'page')} can be read: {count} {_whats(first, count)}, "
        f"{first.url} first; {mend(source, first)}"
    )


def _pages_unread(source: Source, pages: Sequence[PageCheck]) -> Iterator[str]:
    """Pages without a reading, grouped by reason."""
    bad = [page for page in pages if not page.ok and page.reason not in _NO_FAULT]
    for reason, count in Counter(page.reason for page in bad).most_common():
        first = next(page for page in bad if page.reason == reason)
        yield (
            f"of {counted(len(pages), 'page')} {count} {_whats(first, count)}, {first.url} first; "
            f"{mend(source, first)}"
        )


def _whats(page: PageCheck, count: int) -> str:
    """What is wrong with pages like this one, to be said after their number."""
    one = count == 1
    if page.reason.startswith("no-"):
        missing = page.reason.removeprefix("no-").replace("-", " and ")
        return f"{'has' if one else 'have'} no {missing} that any step finds"
    if page.reason == "refused":
        status = page.detail.removeprefix("refuses us ")
        return f"{'is' if one else 'are'} refused ({status})"
    return f"{'gives' if one else 'give'} no reading ({page.reason}: {page.detail})"


def _layout(source: Source, pages: Sequence[PageCheck]) -> Iterator[str]:
    """Says which weaker steps than the layout read title, date or body, and on how many pages."""
    read = [page for page in pages if page.ok]
    weak: dict[Step, list[str]] = {}
    most = 0
    for name, word in _ESSENTIAL.items():
        steps = [page.read_by(name) for page in read]
        by: list[Step] = [one for one in steps if one is not None and one != "layout"]
        if by and len(by) > (1 - source.expect.read_by_layout) * len(read):
            weak.setdefault(max(by, key=STEPS.index), []).append(word)
            most = max(most, len(by))
    if not weak:
        return
    first, *others = sorted(weak, key=STEPS.index, reverse=True)
    is_read = f"{_listed(weak[first])} {_is(weak[first])} read by the {first} step"
    also = "".join(f" and the {_listed(weak[step])} by the {step} step" for step in others)
    yield (
        f"the {is_read}{also} on {most} of {counted(len(read), 'page')}: the layout has changed; "
        f"save the pages (kazpress check {source.name} --save) and edit spiders/{source.name}.py"
    )


def _one_body(pages: Sequence[CheckedPage]) -> Iterator[str]:
    """Says that several pages give the same text, which then is not an article's but the site's."""
    readings = [page.classified.reading for page in pages if page.classified is not None]
    bodies = Counter(reading.body for reading in readings if reading is not None)
    count = max(bodies.values(), default=0)
    if count >= _FEWEST_PAGES:
        yield (
            f"{count} of {len(pages)} pages give one and the same body, which is no article's; "
            f"{LOOK}"
        )


def _steps(steps: Sequence[CheckStep]) -> Iterator[str]:
    """Steps that need a look."""
    for step in steps:
        if step.status == "look":
            yield f"{_where(step)}{step.detail}; {advice(step)}"


def _fewer_fields(source: Source, pages: Sequence[PageCheck], past: Past) -> Iterator[str]:
    """Fields that most stored items have and none of the pages."""
    read = [page for page in pages if page.ok]
    if len(read) < _FEWEST_PAGES:
        return
    for name, share in past.shares.items():
        if share >= _USUAL_SHARE and not any(_has(page, name) for page in read):
            yield (
                f"the {name} is on none of {len(read)} pages, and in {share:.0%} of the items "
                f"before; save the pages (kazpress check {source.name} --save) and edit "
                f"spiders/{source.name}.py"
            )


def _has(page: PageCheck, name: str) -> bool:
    return any(field.value for field in page.fields if field.name == name)


def _healthy(source: Source, seen: Findings, pages: Sequence[PageCheck]) -> str:
    ways = [step for step in seen.steps if step.step == "way" and step.articles]
    days = [step.newest for step in ways if step.newest]
    days += [date.fromisoformat(page.published[:10]) for page in pages if page.published]
    found = "no listing was looked at"
    if ways:
        found = f"{_listed([step.target for step in ways])} {_leads(ways)} to articles"
    read = sum(page.ok for page in pages)
    return (
        f"{source.name}: healthy: {found}{_dated(max(days, default=None), seen.today)}; "
        f"{read} of {counted(len(pages), 'page')} read{_but_empty(source, seen)}"
    )


def _but_empty(source: Source, seen: Findings) -> str:
    """The start pages known to exist that link to no article, which for some may be right."""
    sure = {
        source.base_url + page.path
        for way in source.finding
        if isinstance(way, Listings)
        for page in way.pages
        if page.sure
    }
    empty = [step.target for step in seen.steps if step.status == "empty" and step.target in sure]
    return f"; but {_listed(empty)} links to no article" if empty else ""


def _leads(ways: Sequence[CheckStep]) -> str:
    return "leads" if len(ways) == 1 else "lead"


def _dated(newest: date | None, today: date | None) -> str:
    if newest is None:
        return ""
    ago = (today - newest).days if today is not None else 0
    return f", the newest of {newest.isoformat()}" + (
        f", {ago} days ago" if ago > _LONG_AGO else ""
    )


def _where(step: CheckStep) -> str:
    if step.step == "files":
        return "the files "
    if step.step == "way":
        return f"the way by {step.target} "
    return "" if step.step in ("stopped", "rest") else f"{step.target} "


def _is(names: Sequence[str]) -> str:
    return "is" if len(names) == 1 else "are"


def _listed(names: Sequence[str]) -> str:
    """Names as a sentence has them.

    >>> _listed(["title", "date", "body"])
    'title, date and body'
    """
    head, last = list(names[:-1]), names[-1]
    return f"{', '.join(head)} and {last}" if head else last
