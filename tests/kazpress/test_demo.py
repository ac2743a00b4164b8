"""`make demo` on the recorded site, and what the Makefile says before there is an environment."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.workspace import ROOT, Workspace

EXPORTS = (
    "stories.xlsx", "stories.csv", "stories.jsonl", "stories.parquet", "stories.atom",
    "items.csv", "items.jsonl", "items.parquet", "items.sqlite", "revisions.parquet",
)  # fmt: skip
DATASET = ("dataset/README.md", "dataset/items-by-week.svg", "dataset/SHA256SUMS")


def _demo(folder: Path) -> "subprocess.CompletedProcess[str]":
    done = subprocess.run(
        [sys.executable, "-m", "kazpress.demo", str(folder)], cwd=ROOT, text=True,
        env=Workspace.environment(), capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    return done


def _bytes(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in (*EXPORTS, *DATASET)}


def test_the_demo_shows_what_came_and_the_second_time_nothing_new(tmp_path: Path) -> None:
    first = _demo(tmp_path / "demo")
    assert re.search(r"^senate +done ", first.stdout, re.MULTILINE)
    assert re.search(r"^kazpravda +done ", first.stdout, re.MULTILINE)
    assert re.search(r"^reprint +0\.\d{3}  kazpravda ", first.stdout, re.MULTILINE)
    assert "Nothing new." not in first.stdout
    bytes_of = _bytes(tmp_path / "demo")
    assert all(name in first.stdout for name in EXPORTS)
    _, _, files = first.stdout.partition(f"In {tmp_path}/demo/:\n")
    named = re.findall(r"^  (\S+) ", files, re.MULTILINE)
    assert len(named) > 5
    assert all((tmp_path / "demo" / name).exists() for name in named)
    told = re.search(r"kazpress (show [0-9a-f]{16} --db .*)$", first.stdout, re.MULTILINE)
    assert told is not None
    shown = Workspace(tmp_path).run(*told[1].split())
    assert (shown.status, "The same story:" in shown.stdout) == (0, True)
    second = _demo(tmp_path / "demo")
    assert "\nNothing new.\n" in second.stdout
    assert _bytes(tmp_path / "demo") == bytes_of


def _make(folder: Path, fake_python: str) -> "subprocess.CompletedProcess[str]":
    shutil.copy(ROOT / "Makefile", folder)
    fake = folder / "python-of-the-test"
    fake.write_text(f"#!/bin/sh\n{fake_python}\n")
    fake.chmod(0o755)
    for name in ("requirements.txt", "pyproject.toml"):
        (folder / name).touch()
    # The tests themselves run under make, whose variables would make this one talk of it.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    return subprocess.run(
        ["make", "setup", f"PYTHON={fake}"], cwd=folder, capture_output=True, text=True,
        check=False, env=environment,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("fake_python", "line"),
    [
        ("exit 1", "kazpress needs Python 3.11 or newer as {python}; name another one: "
         "make PYTHON=python3.12"),
        ('case "$2" in *venv*) exit 1;; esac',
         "{python} has no venv module; install it, e.g. apt install python3-venv"),
    ],
)  # fmt: skip
def test_make_says_in_one_line_what_python_lacks(
    tmp_path: Path, fake_python: str, line: str
) -> None:
    made = _make(tmp_path, fake_python)
    assert made.returncode != 0
    assert made.stdout.strip() == line.format(python=tmp_path / "python-of-the-test")
    assert not (tmp_path / ".venv").exists()


def test_a_real_python_is_good_enough_for_make() -> None:
    for line in (ROOT / "Makefile").read_text().splitlines():
        if code := re.search(r"\$\(PYTHON\) -c '([^']+)'", line):
            assert subprocess.run([sys.executable, "-c", code[1]], check=False).returncode == 0
