"""The newest articles' pages as a check sees them: each field, and which step read it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from pipeline.archive.to_capture import capture_of
from pipeline.frontier.newest_addresses import AskedAddress
from pipeline.model.capture import ClassifiedCapture, Found
from pipeline.model.reading import Reading
from pipeline.normalize.addresses import article_address
from pipeline.normalize.characters import one_line
from pipeline.reading.classify import classify
from spiders.check.discovery_steps import CheckRun
from spiders.check.report import CheckedPage, CheckStep, FieldCheck, PageCheck, StepStatus

_LONGEST_VALUE = 60
_FIELDS = (
    "title", "published", "body", "lead", "authors", "section", "tags", "image_url",
    "image_credit", "attribution", "modified",
)  # fmt: skip
_MISSING = {"title": "title", "date": "published", "body": "body"}


def number_steps(run: CheckRun, asked: Iterable[AskedAddress]) -> Iterator[CheckStep]:
    """The numbered addresses that were counted to."""
    for one in asked:
        page = checked_page(run, one) if one.is_numbered else None
        if page is None:
            continue
        yield _number_step(page)
        address = article_address(one.url, run.site.source)
        if page.check.ok and address is not None:
            day = _day(page.check)
            found = Found(address=address, by="number", on=None, earliest=day, latest=day)
            run.found.setdefault("number", {})[one.url] = found


def checked_page(run: CheckRun, asked: AskedAddress) -> CheckedPage | None:
    """What an article's answer says, field by field; None where the crawl ended before it."""
    got = run.answers.of(asked.url)
    if got is None:
        return None
    empty = PageCheck(url=asked.url, language=asked.language, found_by=asked.found_by, ok=False)
    exchange = got.exchange
    capture = capture_of(exchange, run.site) if exchange is not None else None
    if capture is None or exchange is None or (got.reason and got.reason != "absent"):
        return CheckedPage(check=replace(empty, reason=got.reason, detail=got.detail))
    if article_address(capture.target, run.site.source) is None:
        detail = f"redirects to {capture.target}, which is no article"
        return CheckedPage(check=replace(empty, reason="soft-404", detail=detail))
    classified = classify(capture, exchange.payload, run.site)
    return CheckedPage(
        check=_page_check(empty, classified), classified=classified, payload=exchange.payload
    )


def _page_check(empty: PageCheck, classified: ClassifiedCapture) -> PageCheck:
    """A page's check from what its capture turned out to be."""
    reading, failure = classified.reading, classified.failure
    if reading is not None:
        other = "language" in reading.disagreements
        detail = f"its text is in {reading.language}" if other else ""
        return replace(
            empty, ok=True, detail=detail, layout=reading.layout, fields=tuple(_fields(reading))
        )
    if failure is None:
        return replace(empty, reason=classified.outcome, detail="gave no reading")
    missing = failure.reason.removeprefix("no-").split("-") if failure.reason[:3] == "no-" else []
    fields = tuple(
        FieldCheck(name=_MISSING[one], value=None, read_by=None)
        for one in missing
        if one in _MISSING
    )
    return replace(empty, reason=failure.reason, detail=failure.detail, fields=fields)


def _fields(reading: Reading) -> Iterable[FieldCheck]:
    read_by = dict(reading.read_by)
    for name in _FIELDS:
        value = getattr(reading, name)
        yield FieldCheck(
            name=name,
            value=_shown(name, value) if value else None,
            read_by=read_by.get(name),
            differs=name in reading.disagreements,
        )


def _shown(name: str, value: object) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    line = one_line(text)
    short = line if len(line) <= _LONGEST_VALUE else f"{line[: _LONGEST_VALUE - 1]}…"
    return f"{len(line.split())} words: {short}" if name == "body" else short


def _number_step(page: CheckedPage) -> CheckStep:
    check = page.check
    if check.ok:
        day = _day(check)
        return CheckStep(
            step="number", target=check.url, status="ok", detail="is an article", articles=1,
            newest=day,
        )  # fmt: skip
    skipped = check.reason in ("not-held", "forbidden", "not-asked")
    absent = check.reason in ("absent", "http-404", "http-410", "soft-404", "shell", "listing")
    status: StepStatus = "skipped" if skipped else "absent" if absent else "look"
    return CheckStep(
        step="number", target=check.url, status=status, detail=check.detail, reason=check.reason
    )


def _day(check: PageCheck) -> date | None:
    return date.fromisoformat(check.published[:10]) if check.published else None
