"""How a dataset is told of in a few sentences, and how it is cited."""

import json

from pipeline.descriptions.dataset import Chosen, Dataset
from pipeline.normalize.characters import one_line

CITATION = "CITATION.cff"
KEYWORDS = ("Kazakhstan", "news", "parliament", "press releases", "text reuse", "translations")
_LANGUAGES = {"en": "English", "kk": "Kazakh", "ru": "Russian"}


def summary(dataset: Dataset) -> str:
    """What the dataset is, in one paragraph of plain text."""
    if not dataset.items:
        return "A dataset of press items, which has no items in this version."
    publishers = _listed([one.title for one in dataset.sources])
    return (
        f"Press items of {publishers}: title, text, day and what else the page says of "
        f"{dataset.items:,} articles and releases in {languages(dataset)}, published from "
        f"{dataset.first_day} to {dataset.last_day}. Reprints and excerpts are joined to stories "
        f"({dataset.stories:,}), translations to pieces ({dataset.pieces:,}). "
        "Each record names the archived page that it was read from."
        f"{_left_out(choice(dataset.chosen))}"
    )


def languages(dataset: Dataset) -> str:
    """The languages of the items, for people."""
    return _listed([_LANGUAGES.get(code, code) for code in dataset.languages])


def citation(dataset: Dataset) -> str:
    """The text of `CITATION.cff` (Citation File Format 1.2.0)."""
    authors = [(one.title, one.address) for one in dataset.sources] or [(dataset.name, "")]
    lines = [
        "cff-version: 1.2.0",
        "message: If you use this dataset, please cite it by these data.",
        "type: dataset",
        f"title: {_quoted(dataset.title)}",
        f"version: {_quoted(dataset.version)}",
        *([f"date-released: {dataset.changed}"] if dataset.changed else []),
        "authors:",
    ]
    for name, address in authors:
        lines.append(f"  - name: {_quoted(name)}")
        lines += [f"    website: {_quoted(address)}"] if address else []
    lines += [
        f"abstract: {_quoted(summary(dataset))}",
        "keywords:",
        *(f"  - {_quoted(one)}" for one in KEYWORDS),
    ]
    return "\n".join((*lines, ""))


def bibtex(dataset: Dataset) -> str:
    """The citation for BibTeX."""
    authors = " and ".join(f"{{{_braced(one.title)}}}" for one in dataset.sources)
    facts = {
        "author": authors or f"{{{_braced(dataset.name)}}}",
        "title": f"{{{_braced(dataset.title)}}}",
        **({"year": dataset.changed[:4]} if dataset.changed else {}),
        "version": dataset.version,
    }
    lines = [f"  {name} = {{{value}}}," for name, value in facts.items()]
    return "\n".join((f"@misc{{{dataset.name},", *lines, "}"))


def _listed(names: list[str]) -> str:
    """Names as a sentence has them.

    >>> _listed(["a"]), _listed(["a", "b"]), _listed(["a", "b", "c"])
    ('a', 'a and b', 'a, b and c')
    """
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def choice(chosen: Chosen) -> str:
    """What was chosen, such as `source senate; since 2026-03-01`; empty where everything was."""
    said = [
        f"{name} {', '.join(map(one_line, values))}"
        for name, values in (
            ("source", chosen.source), ("language", chosen.language), ("section", chosen.section),
        )
        if values
    ]  # fmt: skip
    said += [f"since {chosen.since}"] if chosen.since else []
    said += [f"until {chosen.until}"] if chosen.until else []
    return "; ".join(said)


def _left_out(chosen: str) -> str:
    return f" It is a part of a collection: {chosen}." if chosen else ""


def _quoted(text: str) -> str:
    """A text as YAML has it in double quotes, which is as JSON has it."""
    return json.dumps(one_line(text), ensure_ascii=False)


def _braced(text: str) -> str:
    return "".join(one for one in one_line(text) if one not in "{}\\")
