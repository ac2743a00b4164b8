"""Writes what today's reader says of each recorded page: `python -m tests.pages.expected [--lose]`.

Shows the difference, and refuses where a field or a paragraph is lost, unless told to lose it. What
it writes proves nothing until a person has read the difference.
"""

from __future__ import annotations

import difflib
import json
import sys
from typing import Any

from tests.pages.recorded import RecordedPage, recorded_pages


def main(arguments: list[str]) -> int:
    """Exit status 1 where something would be lost."""
    lose = "--lose" in arguments
    refused = 0
    for page in recorded_pages():
        now = page.read()
        before = page.expected() if page.expected_file.exists() else {}
        gone = lost(before, now)
        if before != now:
            sys.stdout.write(f"{difference(page, before, now)}\n")
        if gone and not lose:
            what = ", ".join(gone)
            sys.stdout.write(f"{page.name} loses {what}; not written (--lose writes it)\n")
            refused += 1
        elif before != now:
            page.expected_file.write_text(as_json(now), encoding="utf-8")
    return 1 if refused else 0


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
