"""The source of a page with one element of its text damaged, as an editor or a program does it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import fromstring

from pipeline.normalize.words import words

_TAG = re.compile(r"<(/?)([a-z][a-z0-9:]*)\b[^<>]*?(/?)>", re.IGNORECASE)
AROUND = "around the text twice"
"""The end of a name of such damage."""
_VOID = frozenset({"br", "img", "meta", "link", "input", "source", "hr"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """Where an element's tags stand in a page's source."""

    tag: str
    start: int
    inner: int
    inner_end: int
    end: int

    def holds(self, at: int) -> bool:
        """Whether a place is inside it."""
        return self.inner <= at <= self.inner_end


def damages(html: str, text: list[str]) -> Iterator[tuple[str, str]]:
    """A page with one element of a text (its paragraphs) unwrapped, without one of its tags, twice,
    or with an end tag before or behind it that closes what is around it too early; or with one
    that holds the text and more twice; each with a name.
    """
    every = list(_elements(html))
    own = {word for paragraph in text for word in words(paragraph)}
    for one in every:
        inner = words(fromstring(f"<div>{html[one.inner : one.inner_end]}</div>").text_content())
        name, source = f"{one.tag} at {one.start}", html[one.inner : one.inner_end]
        if not own.issuperset(inner):
            if own.issubset(inner) and one.tag not in ("body", "html"):
                yield f"{name} {AROUND}", html[: one.end] + html[one.start :]
            continue
        if not inner:
            continue
        yield f"{name} unwrapped", f"{html[: one.start]}{source}{html[one.end :]}"
        yield f"{name} without end tag", html[: one.inner_end] + html[one.end :]
        yield f"{name} without start tag", html[: one.start] + html[one.inner :]
        yield f"{name} twice", html[: one.end] + html[one.start :]
        for at in (one.start, one.inner, one.end):
            around = [other.tag for other in every if other.holds(at)]
            for tag in sorted({"p", "body", "html", *around}):
                yield f"</{tag}> at {at}", f"{html[:at]}</{tag}>{html[at:]}"


def _elements(html: str) -> Iterator[Element]:
    opened: list[tuple[str, int, int]] = []
    for found in _TAG.finditer(html):
        tag = found[2].lower()
        if tag in _VOID or found[3]:
            continue
        if not found[1]:
            opened.append((tag, found.start(), found.end()))
            continue
        at = next((n for n in reversed(range(len(opened))) if opened[n][0] == tag), None)
        if at is not None:
            _, start, inner = opened[at]
            del opened[at:]
            yield Element(
                tag=tag, start=start, inner=inner, inner_end=found.start(), end=found.end()
            )
