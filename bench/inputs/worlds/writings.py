"""The two hands that write worlds: one to choose thresholds by, and one held out to check them."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.inputs.worlds import copies, held_out_copies
from bench.inputs.worlds.copies import Copying
from bench.inputs.worlds.long_prose import LongProse
from bench.inputs.worlds.prose import Prose
from bench.inputs.worlds.slots import Form
from bench.inputs.worlds.words import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What many pieces are on."""

    name: str
    phrases: Sequence[str]
    """What all of them repeat."""
    language: Language = "ru"


@dataclass(frozen=True, slots=True, kw_only=True)
class Toll:
    """What a report counts that is updated."""

    matter: str
    sentences: Sequence[str]
    newer: Copying | None = None
    """What else a newer report changes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """Forms, matters, prose and ways of copying of one hand."""

    name: str
    forms: Sequence[Form]
    matters: Sequence[Matter]
    toll: Toll
    kinds: Mapping[str, Copying]
    partial: frozenset[str]
    """Kinds of which two copies of one piece may have nothing in common."""
    prose: type[Prose]

    def matter(self, name: str) -> Matter:
        return next(one for one in self.matters if one.name == name)


def known() -> Writing:
    """What thresholds may be chosen by."""
    return _read("known", "forms.toml", copies.KINDS, copies.PARTIAL, Prose)


def held_out() -> Writing:
    """What they are checked by: other forms, wording, lengths and copies."""
    return _read(
        "held out", "held_out_forms.toml", held_out_copies.KINDS, held_out_copies.PARTIAL,
        LongProse, newer=held_out_copies.with_news,
    )  # fmt: skip


def _read(
    name: str, file: str, kinds: Mapping[str, Copying], partial: frozenset[str],
    prose: type[Prose], *, newer: Copying | None = None,
) -> Writing:  # fmt: skip
    read = tomllib.loads(Path(__file__).with_name(file).read_text(encoding="utf-8"))
    return Writing(
        name=name,
        forms=[Form(**facts) for facts in read["form"]],
        matters=[Matter(**facts) for facts in read["matter"]],
        toll=Toll(**read["toll"], newer=newer),
        kinds=kinds,
        partial=partial,
        prose=prose,
    )
