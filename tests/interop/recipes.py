"""The recipes of docs/analysis.md, cut out of the page, run, and what they print.

`python -m tests.interop.recipes`, which is `make analysis`, writes into the page what they print,
and the plots that they make into docs/plots. Read what it changed before you commit it.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kazpress.demo import main as demo
from tests.workspace import ROOT, Workspace

PAGE = ROOT / "docs" / "analysis.md"
PLOTS = ROOT / "docs" / "plots"
_RECIPE = re.compile(
    r"^```(?P<language>python|sh)\n(?P<code>.*?)^```\n\n```text\n(?P<printed>.*?)^```\n",
    re.MULTILINE | re.DOTALL,
)
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_JUDGES = re.compile(r"\b(pandas|datasets|datasette|matplotlib)\b")
_CURSOR = "cursor: "
"""It names the database, so each has one of its own."""
_COMMENT = re.compile(r"#.*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """A block of code in the page, and the block beneath it."""

    name: str
    """The heading that it stands under, and its place there."""
    language: str
    code: str
    printed: str

    @property
    def needs_interop(self) -> bool:
        """Whether it needs libraries that `make interop` alone installs."""
        return bool(_JUDGES.search(_COMMENT.sub("", self.code)))


def recipes(page: str) -> Iterator[Recipe]:
    """The recipes of a page, in their order."""
    count: dict[str, int] = {}
    for found in _RECIPE.finditer(page):
        heading = _HEADING.findall(page, 0, found.start())[-1]
        count[heading] = count.get(heading, 0) + 1
        yield Recipe(
            name=f"{heading}, {count[heading]}",
            language=found["language"],
            code=found["code"],
            printed=found["printed"],
        )


def ran(recipe: Recipe, folder: Path) -> str:
    """What a recipe prints in a folder with the exports. Raises AssertionError where it fails, or
    a library warns of something.
    """
    is_python = recipe.language == "python"
    environment = Workspace.environment(
        {
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
            "HF_HOME": str(folder / "hf"),
            "HF_DATASETS_DISABLE_PROGRESS_BARS": "1",
            "MPLCONFIGDIR": str(folder / "matplotlib"),
            "PYTHONIOENCODING": "utf-8",
        }
    )
    done = subprocess.run(
        [sys.executable, "-"] if is_python else ["sh", "-e"], input=recipe.code, cwd=folder,
        env=environment, stdout=subprocess.PIPE, encoding="utf-8", timeout=120, check=False,
        stderr=subprocess.PIPE if is_python else subprocess.STDOUT,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr or done.stdout
    assert "Warning" not in (done.stderr or ""), done.stderr
    lines = (line.rstrip() for line in done.stdout.splitlines())
    return "".join(f"{line}\n" for line in lines if not line.startswith(_CURSOR))


def _with_what_is_printed(page: str, folder: Path) -> str:
    """The page with what its recipes print now."""
    printed = iter([ran(recipe, folder) for recipe in recipes(page)])
    return _RECIPE.sub(
        lambda one: f"```{one['language']}\n{one['code']}```\n\n```text\n{next(printed)}```\n", page
    )


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        demo(folder)
        page = PAGE.read_text("utf-8")
        PAGE.write_text(_with_what_is_printed(page, folder), "utf-8")
        PLOTS.mkdir(exist_ok=True)
        for plot in folder.glob("*.svg"):
            plot.replace(PLOTS / plot.name)


if __name__ == "__main__":
    main()
