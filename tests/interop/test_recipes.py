"""The recipes of docs/analysis.md run, and print what stands beneath them."""

import re
from pathlib import Path

import pytest

from tests.interop.recipes import PAGE, PLOTS, Recipe, ran, recipes

_TEXT = PAGE.read_text("utf-8")


def _cases() -> list[object]:
    return [
        pytest.param(one, id=one.name, marks=[pytest.mark.interop] if one.needs_interop else [])
        for one in recipes(_TEXT)
    ]


@pytest.mark.parametrize("recipe", _cases())
def test_a_recipe_prints_what_the_page_shows(recipe: Recipe, at_exports: Path) -> None:
    assert ran(recipe, at_exports) == recipe.printed
    for plot in at_exports.glob("*.svg"):
        assert plot.read_bytes() == (PLOTS / plot.name).read_bytes()


def test_every_block_of_code_is_a_recipe_with_what_it_prints() -> None:
    fences = re.findall(r"^```(\w*)$", _TEXT, re.MULTILINE)
    shown = sum(1 for fence in fences if fence in ("python", "sh"))
    assert shown == len(list(recipes(_TEXT))) > 10


def test_the_page_shows_the_plots_that_its_recipes_make() -> None:
    shown = set(re.findall(r"!\[[^]]+\]\(plots/([\w-]+\.svg)\)", _TEXT))
    made = {name for one in recipes(_TEXT) for name in re.findall(r'"([\w-]+\.svg)"', one.code)}
    assert shown == made == {path.name for path in PLOTS.iterdir()}
