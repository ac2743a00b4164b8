"""What docs/operations/install.md says to type fits the files in deploy/."""

from __future__ import annotations

import re

import pytest

from tests.deploy.units import DEPLOY, FOLDER, INSTALL, KAZPRESS, unit
from tests.workspace import ROOT

_TEXT = INSTALL.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(path.name for path in DEPLOY.iterdir()))
def test_each_file_is_installed_by_a_command(name: str) -> None:
    commands = "\n".join(re.findall(r"^```sh\n(.*?)^```", _TEXT, re.DOTALL | re.MULTILINE))
    assert f"deploy/{name}" in commands


def test_no_file_is_named_that_is_not_there() -> None:
    named = set(re.findall(r"\bdeploy/([\w.-]+\w)", _TEXT))
    assert {name for name in named if not (DEPLOY / name).is_file()} == set()


def test_the_user_and_the_folders_are_those_of_the_service() -> None:
    service = unit("kazpress.service")["Service"]
    (user,), (mode,) = service["User"], service["StateDirectoryMode"]
    assert f"--home-dir {FOLDER} --shell /usr/sbin/nologin {user}\n" in _TEXT
    assert f"install -d -o {user} -g {user} -m {mode} {FOLDER}\n" in _TEXT
    assert f"ln -s {KAZPRESS} /usr/local/bin/" in _TEXT


def test_the_libraries_are_installed_as_in_the_container() -> None:
    """By digest, from the same file."""
    for text in (_TEXT, (DEPLOY / "Dockerfile").read_text("utf-8")):
        assert "--require-hashes -r requirements.txt" in text
        assert "--no-deps --no-build-isolation ." in text
    assert (ROOT / "requirements.txt").read_text("utf-8").count("--hash=sha256:") > 0
