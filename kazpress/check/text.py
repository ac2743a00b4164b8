"""`kazpress check`: what was looked at, step by step, and the verdict."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich.text import Text

from kazpress.check.run import SourceCheck
from kazpress.console import complain, output, plain, print_json

if TYPE_CHECKING:
    from rich.console import Console

    from kazpress.check.save import SavedPage
    from spiders.check.report import CheckedPage, CheckStep, FieldCheck, PageCheck, SelectorMatch

_MARKS = {"ok": "ok", "absent": "absent", "empty": "empty", "skipped": "-", "look": "LOOK",
          "failed": "FAILED"}  # fmt: skip
_STYLES = {"look": "yellow", "failed": "red", "absent": "dim", "empty": "dim", "skipped": "dim"}
_VERDICTS = {"healthy": "bold green", "look": "bold yellow", "failed": "bold red", "held": "bold"}


def show_checks(checked: Sequence[SourceCheck], *, as_json: bool) -> None:
    """The steps, the pages and the verdict of each source; the verdicts last, at the end."""
    if as_json:
        print_json([_record(one) for one in checked])
        return
    if not checked:
        complain("no source is enabled; name one, or enable it in kazpress.toml")
    console = output()
    for one in checked:
        if one.steps:
            console.print(Text(f"{one.source} ({one.requests} requests)", style="bold"))
        for step in one.steps:
            console.print(_line(step))
        for page in one.pages:
            _print_page(console, page.check)
        for selector in one.selectors:
            console.print(_selector(selector))
        if one.steps:
            console.print()
    for one in checked:
        console.print(plain(one.verdict), style=_VERDICTS[one.status])


def _record(one: SourceCheck) -> dict[str, Any]:
    """The values for machines."""
    return {
        "source": one.source,
        "status": one.status,
        "verdict": one.verdict,
        "requests": one.requests,
        "steps": [_step_record(step) for step in one.steps],
        "pages": [_page_record(page) for page in one.pages],
        "selectors": [asdict(selector) for selector in one.selectors],
    }


def _step_record(step: "CheckStep") -> dict[str, Any]:
    return {
        "step": step.step, "target": step.target, "ok": step.ok, "status": step.status,
        "detail": step.detail, "reason": step.reason or None, "articles": step.articles,
        "newest": step.newest.isoformat() if step.newest else None,
    }  # fmt: skip


def _page_record(page: "CheckedPage") -> dict[str, Any]:
    check = page.check
    return {
        "url": check.url, "language": check.language, "found_by": check.found_by, "ok": check.ok,
        "reason": check.reason or None, "detail": check.detail or None, "layout": check.layout,
        "fields": {
            field.name: {"value": field.value, "read_by": field.read_by, "differs": field.differs}
            for field in check.fields
        },
    }  # fmt: skip


def show_saved(saved: "Sequence[SavedPage]") -> None:
    """What was written, beside the results."""
    for one in saved:
        complain(f"{one.url}: {one.sentence}")
    if not saved:
        complain("no page was read, so none is saved")


def _line(step: "CheckStep") -> Text:
    newest = f", the newest of {step.newest.isoformat()}" if step.newest else ""
    mark = Text(f"  {_MARKS[step.status]:7}", style=_STYLES.get(step.status, "green"))
    return mark + plain(f"{step.step:13}{step.target}: {step.detail}{newest}")


def _selector(one: "SelectorMatch") -> Text:
    is_dead = one.pages > 0 and not one.matched
    said = f"matched on {one.matched} of {one.pages} pages"
    line = f"  {'':7}selector     {one.layout} {one.field} {one.selector}: {said}"
    return Text(line, style="dim" if is_dead else "")


def _print_page(console: "Console", page: "PageCheck") -> None:
    layout = f", layout {page.layout}" if page.layout else ""
    mark = Text(f"  {'ok' if page.ok else 'UNREAD':7}", style="green" if page.ok else "red")
    said = f": {page.detail}" if page.detail else ""
    said = said if page.ok else f": {page.reason}{said}"
    where = f"page         {page.url} ({page.language}, by {page.found_by}{layout}){said}"
    console.print(mark + plain(where))
    for field in page.fields:
        if field.value is not None:
            console.print(_field(field))
    missing = ", ".join(field.name for field in page.fields if field.value is None)
    if missing:
        console.print(Text(f"           not found:   {missing}", style="dim" if page.ok else "red"))


def _field(field: "FieldCheck") -> Text:
    differs = " (another step reads it otherwise)" if field.differs else ""
    line = plain(f"           {field.name:13}{field.read_by or '-':11}{field.value}{differs}")
    line.stylize("" if field.read_by == "layout" else "yellow")
    return line
