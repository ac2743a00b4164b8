"""Writes what today's reader says of each recorded page: `python -m tests.pages.expected [--lose]`.

Shows the difference, and refuses where a field or a paragraph is lost, unless told to lose it. What
it writes proves nothing until a person has read the difference. Each folder is named by what was
read: `<layout>-<language>-<number>`, or `failed-<language>-<number>`.
"""

from __future__ import annotations

import difflib
import json
import re
import sys
from itertools import count
from pathlib import Path
from typing import Any

from tests.pages.recorded import FOLDER, RecordedPage, as_fields, json_name, recorded_pages


def main(arguments: list[str], folder: Path = FOLDER) -> int:
    """Look at the recorded pages of a folder. Exit status 1 where something would be lost."""
    lose = "--lose" in arguments
    refused = [page for page in recorded_pages(folder) if not update(page, lose=lose)]
    return 1 if refused else 0


def update(page: RecordedPage, *, lose: bool) -> bool:
    """Write what a page gives today and name its folder by it; False, and nothing is written, where
    something would be lost that is not to be lost.
    """
    result = page.result()
    now, file = as_fields(result), page.folder / json_name(result)
    written = [*page.folder.glob("expected.json"), *page.folder.glob("failure.json")]
    old = written[0] if written else file
    before = json.loads(old.read_text(encoding="utf-8")) if written else {}
    if before != now:
        sys.stdout.write(f"{difference(page, before, now)}\n")
    if old == file:
        gone = lost(before, now)
    else:  # that a page is read which was not loses nothing
        gone = ["its reading"] if old.name == "expected.json" else []
    if gone and not lose:
        what = ", ".join(gone)
        sys.stdout.write(f"{page.name} loses {what}; not written (--lose writes it)\n")
        return False
    if before != now:
        old.unlink(missing_ok=True)
        file.write_text(as_json(now), encoding="utf-8")
    rename(page, page.right_name(result))
    return True


def rename(page: RecordedPage, name: str) -> None:
    """Give a page's folder this name and the lowest number that is free, unless it has the name."""
    if re.fullmatch(rf"{re.escape(name)}-\d+", page.folder.name):
        return
    numbered = (page.folder.with_name(f"{name}-{number}") for number in count(1))
    new = next(folder for folder in numbered if not folder.exists())
    page.folder.rename(new)
    sys.stdout.write(f"{page.name} is now {new.parent.name}/{new.name}\n")


def lost(before: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """The fields that were there before, and how many paragraphs fewer the body has."""
    gone = sorted(before.keys() - now.keys())
    fewer = len(before.get("body", ())) - len(now.get("body", ()))
    return [*gone, *([f"{fewer} paragraphs"] if fewer > 0 and "body" in now else [])]


def difference(page: RecordedPage, before: dict[str, Any], now: dict[str, Any]) -> str:
    """A unified diff of the two JSON texts."""
    texts = (as_json(before).splitlines(), as_json(now).splitlines())
    return "\n".join(difflib.unified_diff(*texts, page.name, page.name, lineterm=""))


def as_json(fields: dict[str, Any]) -> str:
    """JSON for people: one value a line, letters as they are."""
    return json.dumps(fields, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
