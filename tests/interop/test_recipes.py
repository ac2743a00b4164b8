"""The recipes of docs/analysis.md run, and print what stands beneath them."""

import re
from pathlib import Path

import pytest

from kazpress.config import Config
from kazpress.demo import write_exports
from tests.interop.recipes import PAGE, PLOTS, Recipe, ran, recipes
from tests.interop.records import records
from tests.pipeline.worlds.captures import kaz, new_database, page, prose, sen, take

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


@pytest.fixture
def other_exports(tmp_path: Path) -> Path:
    """Exports of other items: what the Senate alone printed twice, a release that the newspaper
    printed the day before, and one in two languages, printed in one.
    """
    twice, late, kazakh = (prose(seed, 80) for seed in ("twice", "late", "қазақша"))
    with new_database(tmp_path / "kazpress.db") as db:
        take(
            db,
            page(sen(1), 0, twice, section="Комитеты"),
            page(sen(2), 1, f"{twice} {prose('more', 9)}", published="2026-03-03"),
            page(sen(3), 0, late, published="2026-03-04", section="Комитеты"),
            page(kaz("early"), 0, late, published="2026-03-03T23:00:00+05:00"),
            page(sen(4), 0, prose("fourth", 80), alternates=(sen(4, "kk"),)),
            page(sen(4, "kk"), 0, kazakh, alternates=(sen(4),)),
            page(kaz("kazakh", "kk"), 0, kazakh),
        )
    write_exports(Config(db=tmp_path / "kazpress.db", archive=tmp_path / "a", sources={}), tmp_path)
    return tmp_path


def _ran(name: str, folder: Path) -> str:
    (recipe,) = (one for one in recipes(_TEXT) if one.name == name)
    return ran(recipe, folder)


def test_a_release_is_reprinted_by_others_alone(other_exports: Path) -> None:
    printed = _ran("How many of the Senate's releases were reprinted?, 1", other_exports)
    items = records(other_exports, "items")
    releases = [one for one in items if one["source"] == "senate"]
    by_others = {one["story"] for one in items if one["source"] != "senate"}
    reprinted = [one for one in releases if one["story"] in by_others]
    assert list(map(int, printed.split()[-4:])) == [
        len({one[key] for one in told})
        for key in ("story", "piece")
        for told in (releases, reprinted)
    ]


@pytest.mark.interop
def test_what_a_site_prints_again_is_no_reprint_of_a_section(other_exports: Path) -> None:
    printed = _ran("How often each section is reprinted, 1", other_exports)
    assert re.findall(r"^(\S+) +(\d+) +(\d+)", printed, re.MULTILINE) == [
        ("Комитеты", "2", "1"),
        ("(none)", "1", "0"),
    ]


def test_every_block_of_code_is_a_recipe_with_what_it_prints() -> None:
    fences = re.findall(r"^```(\w*)$", _TEXT, re.MULTILINE)
    shown = sum(1 for fence in fences if fence in ("python", "sh"))
    assert shown == len(list(recipes(_TEXT))) > 10


def test_the_page_shows_the_plots_that_its_recipes_make() -> None:
    shown = set(re.findall(r"!\[[^]]+\]\(plots/([\w-]+\.svg)\)", _TEXT))
    made = {name for one in recipes(_TEXT) for name in re.findall(r'"([\w-]+\.svg)"', one.code)}
    assert shown == made == {path.name for path in PLOTS.iterdir()}
