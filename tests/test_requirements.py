"""What is installed: exact versions with hashes, and what each file of them must hold."""

import re
import tomllib
from functools import cache
from itertools import pairwise

import pytest

from tests.workspace import ROOT

EXTRAS = {
    "requirements.txt": (),
    "requirements-data.txt": ("data",),
    "requirements-dev.txt": ("data", "cluster", "dev"),
    "requirements-interop.txt": ("data", "cluster", "dev", "interop"),
}
_PIN = re.compile(
    r"^([\w.-]+)(?:\[[\w,-]+\])?(==[^ ;]+)(?: ; ([^\\]+))? \\\n((?:    --hash.+\n)+)", re.MULTILINE
)


@cache
def _pins(name: str) -> dict[tuple[str, str], str]:
    """The version of each package, by its name and the Pythons that it is for."""
    text = (ROOT / name).read_text("utf-8")
    assert _PIN.sub("", text) == "", "nothing else: no host, no path, no package without a hash"
    return {(one[1], one[3] or ""): one[2] for one in _PIN.finditer(text)}


def _wanted(extras: tuple[str, ...]) -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lines = list(project["dependencies"])
    for extra in extras:
        lines += project["optional-dependencies"][extra]
    names = {re.match(r"[\w.-]+", line)[0] for line in lines}  # type: ignore[index]  # all match
    return {re.sub(r"[-_.]+", "-", name).lower() for name in names}


@pytest.mark.parametrize("name", EXTRAS)
def test_a_file_pins_all_that_is_asked_for_and_what_builds_the_project(name: str) -> None:
    pinned = {package for package, _python in _pins(name)}
    assert (_wanted(EXTRAS[name]) | {"setuptools", "wheel"}) - pinned == set()


@pytest.mark.parametrize(("less", "more"), list(pairwise(EXTRAS)))
def test_a_file_adds_to_the_one_before_and_changes_nothing(less: str, more: str) -> None:
    """So one can be installed over the other, as `make demo` and `make test` do in turn. What is
    for some Pythons may be for all there.
    """
    pins = _pins(more)
    changed = {
        (package, python): version
        for (package, python), version in _pins(less).items()
        if version not in {pins.get((package, python)), pins.get((package, ""))}
    }
    assert changed == {}


def test_what_slows_every_start_is_not_where_the_tests_run() -> None:
    """sqlite-utils imports numpy and pandas wherever they are installed."""
    slow = {"numpy", "pandas"}
    assert slow & {package for package, _python in _pins("requirements-dev.txt")} == set()
    assert slow <= {package for package, _python in _pins("requirements-interop.txt")}


def test_make_requirements_writes_these_files_and_make_installs_no_other() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert set(re.findall(r"-o (\S+)", makefile)) == EXTRAS.keys()
    stamps = {one or "plain" for one in re.findall(r"\$\(VENV\)/ready(?:-(\w+))?\b", makefile)}
    assert stamps == {"plain", "data", "dev", "interop"}
