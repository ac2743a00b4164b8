"""`make soak` and `make interop` run every test that is marked for them."""

import re
import subprocess
import sys
import tomllib

import pytest

from tests.workspace import ROOT


@pytest.mark.parametrize(("mark", "target"), [("soak", "soak"), ("interop", "judges")])
def test_make_runs_something_of_every_file_with_its_mark(mark: str, target: str) -> None:
    of_mark = re.compile(rf"pytest\.mark\.{mark}\b")
    files = [path for path in (ROOT / "tests").glob("**/*.py") if of_mark.search(path.read_text())]
    marked = {str(path.relative_to(ROOT)) for path in files}
    assert len(marked) > 1
    command = re.search(
        rf"^{target}:.*\n\t@\$\(BIN\)/pytest (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE
    )
    assert command is not None
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["pytest"]
    assert settings["ini_options"]["testpaths"] == ["tests"]
    options = command[1].split()
    assert options == ["-m", mark], "of all files: it names none"
    listed = subprocess.run(
        [
            sys.executable, "-m", "pytest", *options, "--collect-only", "-q", "-n", "0",
            *sorted(marked),
        ],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert listed.returncode == 0, listed.stdout + listed.stderr
    collected = {line.split("::")[0] for line in listed.stdout.splitlines() if "::" in line}
    assert marked - collected == set()
