"""The container's file: what it is built of, and whose it runs as."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

from tests.deploy.units import DEPLOY, KAZPRESS
from tests.workspace import ROOT, Workspace

_KNOWN = {
    "FROM", "RUN", "WORKDIR", "COPY", "ENV", "USER", "VOLUME", "HEALTHCHECK", "ENTRYPOINT", "CMD",
}  # fmt: skip
_OURS = ("kazpress", "pipeline", "spiders")


def _instructions() -> list[tuple[str, str]]:
    text = (DEPLOY / "Dockerfile").read_text("utf-8")
    whole = re.sub(r"\\\n\s*", "", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE))
    return [
        (word, rest)
        for word, _, rest in (line.partition(" ") for line in whole.splitlines() if line)
    ]


def _last(word: str) -> str:
    return [rest for one, rest in _instructions() if one == word][-1]


def _context(into: Path) -> Path:
    """What .dockerignore lets through: nothing but what it names."""
    lines = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    assert rules[0] == "*"
    assert rules[-1] == "**/__pycache__"
    for rule in rules[1:-1]:
        assert rule.startswith("!")
        found, copy = ROOT / rule[1:], into / rule[1:]
        if found.is_dir():
            shutil.copytree(found, copy, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(found, copy)
    return into


def test_each_instruction_is_one() -> None:
    assert {word for word, _ in _instructions()} <= _KNOWN


def test_it_runs_as_another_user_than_root() -> None:
    assert re.fullmatch(r"[1-9]\d+:[1-9]\d+", _last("USER"))
    assert _last("WORKDIR") == _last("VOLUME") == "/data"


def test_the_libraries_have_the_digests_that_are_written_down_and_leave_no_cache() -> None:
    installs = [rest for word, rest in _instructions() if "pip install" in rest]
    assert all("--no-cache-dir" in one for one in installs)
    assert "--require-hashes -r requirements.txt" in installs[0]
    assert "--no-deps --no-build-isolation" in installs[1]


def test_the_commands_are_ours(tmp_path: Path) -> None:
    assert _last("ENTRYPOINT") == '["kazpress"]'
    assert _last("ENV") == f"PATH={Path(KAZPRESS).parent}:$PATH"
    assert "kazpress status --check || test $? -eq 1" in _last("HEALTHCHECK")
    for arguments in (["daemon"], ["status", "--check"]):
        assert Workspace(tmp_path).run(*arguments, "--help").status == 0


def test_what_dockerignore_lets_through_makes_the_whole_program(tmp_path: Path) -> None:
    """The same wheel as the checkout makes, without a look at the network."""
    context = tmp_path / "context"
    context.mkdir()
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation",
         "--no-index", "--wheel-dir", str(tmp_path), str(_context(context))],
        check=True, capture_output=True, env=Workspace.environment(), cwd=tmp_path,
    )  # fmt: skip
    (wheel,) = tmp_path.glob("kazpress-*.whl")
    made = {name for name in ZipFile(wheel).namelist() if ".dist-info/" not in name}
    ours = {path for room in _OURS for path in (ROOT / room).glob("**/*") if path.is_file()}
    files = {ROOT / "scheduler.py", *(path for path in ours if path.suffix in (".py", ".typed"))}
    assert made == {str(path.relative_to(ROOT)) for path in files}
