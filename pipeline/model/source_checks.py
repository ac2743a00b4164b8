"""Checks the facts about sources: what cannot be right is refused before anything is crawled.

Whether facts fit the site itself is for `kazpress check` to say.
"""

import re
from collections.abc import Iterator, Sequence
from typing import get_args

from cssselect import HTMLTranslator, SelectorError, parse

from kazpress.errors import FactsError
from pipeline.model.field_types import wrong_types
from pipeline.model.source import (
    AddressForm,
    ClassLayout,
    DayArchive,
    Finding,
    Language,
    Layout,
    Listings,
    Numbers,
    Source,
)

_Fault = tuple[str, str]
"""A field, and what is wrong with it and to be written instead."""

_LANGUAGES: tuple[str, ...] = get_args(Language)
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_HOST = re.compile(r"(?!www\.)[a-z0-9-]+(?:\.[a-z0-9-]+)+")
_DAY_SECONDS = 86_400


def check_sources(sources: Sequence[Source]) -> None:
    """Raises FactsError with the first fact that cannot be right: file, field and remedy."""
    for source in sources:
        for field, fault in _faults(source):
            raise FactsError(f"spiders/{source.name}.py: {field} {fault}")
    for at, source in enumerate(sources):
        for other in sources[:at]:
            if source.name == other.name:
                raise FactsError(
                    f'spiders/{source.name}.py: name "{source.name}" is that of two sources; '
                    "give one of them another"
                )
            if source.rank == other.rank:
                raise FactsError(
                    f"spiders/{source.name}.py: rank {source.rank} is that of {other.name} too; "
                    "give each source its own"
                )


def _faults(source: Source) -> Iterator[_Fault]:
    """What is wrong with the facts; the rules expect the right types, so these come first."""
    types = list(wrong_types(source))
    if types:
        yield from types
        return
    yield from _fault_of_itself(source)
    yield from _language_faults(source)
    for at, form in enumerate(source.articles):
        yield from _article_faults(form, source.articles[:at], f"articles[{at}]")
    for at, way in enumerate(source.finding):
        yield from _finding_faults(way, f"finding[{at}]")
    for at, layout in enumerate(source.layouts):
        if layout.name in [other.name for other in source.layouts[:at]]:
            yield f"layouts[{at}].name", f'"{layout.name}" stands twice; choose another'
        yield from _layout_faults(layout, f'layouts["{layout.name}"]')


def _fault_of_itself(source: Source) -> Iterator[_Fault]:
    if not _NAME.fullmatch(source.name):
        yield "name", f'"{source.name}" must be small Latin letters, digits and _, as a file name'
    if not source.title.strip():
        yield "title", "is empty; write what people call the outlet"
    if not _HOST.fullmatch(source.host):
        yield (
            "host",
            f'"{source.host}" must be a host alone, small and without "www.", such as '
            '"kazpravda.kz"',
        )
    if not source.articles:
        yield "articles", "is empty; write an AddressForm for each form of articles' addresses"
    if not source.finding:
        yield "finding", "is empty; write at least one way of finding articles, such as Listings"
    if not 0 <= source.delay_seconds < _DAY_SECONDS:
        yield (
            "delay_seconds",
            f"{source.delay_seconds} must be from 0 to less than {_DAY_SECONDS}; 2.0 is usual",
        )
    if not 0 <= source.expect.read_by_layout <= 1:
        yield (
            "expect.read_by_layout",
            f"{source.expect.read_by_layout} must be a share from 0 to 1, such as 0.95",
        )
    week = source.expect.items_per_week
    if week is not None and not 0 <= week[0] <= week[1]:
        yield "expect.items_per_week", f"{week} must be the fewest first, then the most"


def _language_faults(source: Source) -> Iterator[_Fault]:
    listed = ", ".join(f'"{one}"' for one in source.languages)
    if not source.languages:
        yield "languages", "is empty; write one or more of " + ", ".join(_LANGUAGES)
    for at, language in enumerate(source.languages):
        if language not in _LANGUAGES:
            yield "languages", f'"{language}" is not known; write one of {", ".join(_LANGUAGES)}'
        if language in source.languages[:at]:
            yield "languages", f'"{language}" stands twice; take one out'
    if source.default_language not in source.languages:
        yield (
            "default_language",
            f'"{source.default_language}" is not in languages; write one of {listed}, or add it '
            "there",
        )
    prefixes = [spelled.lower() for spelled, _ in source.language_prefixes]
    for at, (spelled, language) in enumerate(source.language_prefixes):
        where = f"language_prefixes[{at}]"
        if language not in source.languages:
            yield (
                where,
                f'"{language}" is not in languages; write one of {listed}, or add it there',
            )
        if not spelled or "/" in spelled:
            yield where, f'"{spelled}" must be the first part of a path, without slashes'
        if spelled.lower() in prefixes[:at]:
            yield where, f'"{spelled}" stands twice; take one out'


def _article_faults(
    form: AddressForm, before: tuple[AddressForm, ...], where: str
) -> Iterator[_Fault]:
    yield from _pattern_faults(form.path, f"{where}.path")
    if (form.path, form.host) in [(other.path, other.host) for other in before]:
        yield f"{where}.path", f"{form.path} stands twice; take one out"
    if form.host is not None and not _HOST.fullmatch(form.host):
        yield (
            f"{where}.host",
            f'"{form.host}" must be a host alone, small and without "www."; leave it out for '
            "the source's own",
        )


def _finding_faults(way: Finding, where: str) -> Iterator[_Fault]:
    if isinstance(way, Listings):
        yield from _path_faults(tuple(page.path for page in way.pages), f"{where}.pages")
        yield from _pattern_faults(way.links, f"{where}.links")
        return
    yield from _path_faults(way.paths, f"{where}.paths")
    if isinstance(way, DayArchive):
        yield from _placeholder_faults(way.paths, "{date}", f"{where}.paths")
        yield from _date_form_faults(way.forms, f"{where}.forms")
    if isinstance(way, Numbers):
        yield from _placeholder_faults(way.paths, "{number}", f"{where}.paths")
        if not way.known:
            yield f"{where}.known", "is empty; write a number that was seen, with its day"
        if way.most_absent < 1:
            yield f"{where}.most_absent", f"{way.most_absent} must be at least 1; 50 is usual"


def _date_form_faults(forms: tuple[str, ...], where: str) -> Iterator[_Fault]:
    if not forms:
        yield where, 'is empty; write how the day is spelled, such as "%Y-%m-%d"'
    for at, form in enumerate(forms):
        if not set(re.findall(r"%.", form)) >= {"%d", "%m"}:
            yield (
                f"{where}[{at}]",
                f'"{form}" names no day; write it as for strftime, such as "%Y-%m-%d"',
            )


def _placeholder_faults(paths: tuple[str, ...], placeholder: str, where: str) -> Iterator[_Fault]:
    if not paths:
        yield where, f"is empty; write a path with {placeholder} in it"
    for at, path in enumerate(paths):
        if placeholder not in path:
            yield f"{where}[{at}]", f'"{path}" lacks {placeholder}; write it where the site has it'


def _path_faults(paths: tuple[str, ...], where: str) -> Iterator[_Fault]:
    for at, path in enumerate(paths):
        if not path.startswith("/"):
            yield f"{where}[{at}]", f'"{path}" must begin with a slash, without the host'
        if path in paths[:at]:
            yield f"{where}[{at}]", f'"{path}" stands twice; take one out'


def _pattern_faults(pattern: str, where: str) -> Iterator[_Fault]:
    """What is wrong with a regular expression for a whole path."""
    try:
        re.compile(pattern, re.IGNORECASE)
    except re.error as error:
        yield where, f"{pattern} is no regular expression ({error}); mend it"
        return
    if not pattern.startswith(("/", "(")):
        yield where, f"{pattern} must match the whole path; let it begin with a slash"


def _layout_faults(layout: Layout, where: str) -> Iterator[_Fault]:
    if isinstance(layout, ClassLayout):
        for name in ("title", "body"):
            if not getattr(layout, name):
                yield f"{where}.{name}", "is empty; write the CSS selector of its element"
        for name in _SELECTORS:
            for at, selector in enumerate(getattr(layout, name)):
                if fault := _selector_fault(selector):
                    yield f"{where}.{name}[{at}]", fault
        return
    for name in ("site_names", "share_labels", "press_service"):
        for at, text in enumerate(getattr(layout, name)):
            if text != text.lower():
                yield (
                    f"{where}.{name}[{at}]",
                    f'"{text}" must be in lower case, since lines are compared in it',
                )


def _selector_fault(selector: str) -> str | None:
    """What is wrong with a CSS selector, and what to write; None where it is right."""
    try:
        if any(one.pseudo_element for one in parse(selector)):
            return f'"{selector}" must select an element; write it without ::'
        HTMLTranslator().css_to_xpath(selector)
    except SelectorError as error:
        return f'"{selector}" is no CSS selector ({error}); mend it, or take it out'
    return None


_SELECTORS = (
    "title", "body", "published", "lead", "section", "authors", "views", "image", "tags", "cut",
)  # fmt: skip
