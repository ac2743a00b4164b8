"""`make soak` runs every test that is marked for it."""

import re
import subprocess
import sys
import tomllib

from tests.workspace import ROOT

_MARK = re.compile(r"pytest\.mark\.soak\b")


def test_make_soak_runs_something_of_every_file_with_its_mark() -> None:
    files = [path for path in (ROOT / "tests").glob("**/*.py") if _MARK.search(path.read_text())]
    marked = {str(path.relative_to(ROOT)) for path in files}
    assert len(marked) > 1
    command = re.search(
        r"^soak:.*\n\t@\$\(BIN\)/pytest (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE
    )
    assert command is not None
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["pytest"]
    assert settings["ini_options"]["testpaths"] == ["tests"]
    options = command[1].split()
    assert options == ["-m", "soak"], "of all files: it names none"
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
