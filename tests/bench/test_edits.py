"""`python -m bench.edits`: its figures, for people and for scripts."""

import json
import subprocess
import sys

import pytest

from bench.inputs.edits.articles import NO_EDIT, articles, sentence_pairs
from pipeline.edits.edit import EDIT_KINDS
from tests.workspace import ROOT


@pytest.mark.parametrize("is_held_out", [False, True])
def test_each_list_has_all_kinds_in_three_languages(*, is_held_out: bool) -> None:
    found = {
        (one.text.language, replacement.kind)
        for one in articles(is_held_out=is_held_out)
        for replacement in one.replacements
    }
    made_of_any = {"title", "sentence-moved"}
    kinds = {NO_EDIT, *EDIT_KINDS} - made_of_any
    assert found == {(language, kind) for language in ("ru", "kk", "en") for kind in kinds}
    assert {one.kind for one in sentence_pairs(is_held_out=is_held_out)} <= kinds


def test_what_is_held_out_is_nothing_of_the_other() -> None:
    bodies = {one.text.body for one in articles(is_held_out=False)}
    assert not bodies & {one.text.body for one in articles(is_held_out=True)}
    pairs = {one.before for one in sentence_pairs(is_held_out=False)}
    assert not pairs & {one.before for one in sentence_pairs(is_held_out=True)}


def test_the_figures_as_json() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "bench.edits", "--json"],
        cwd=ROOT, check=True, capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    figures = json.loads(ran.stdout)
    assert figures["right"] >= 0.98
    assert figures["edits told of texts without"] == 0
    assert set(EDIT_KINDS) < set(figures["kinds"])
    assert set(figures["kinds"]["number"]) == {"ru", "kk", "en"}
