"""The units can be run as they are: systemd takes them, and what they name is there."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from kazpress.errors import ExitStatus
from tests.deploy.units import DEPLOY, FOLDER, KAZPRESS, SERVICES, UNITS, unit
from tests.workspace import ROOT, Workspace

_ANALYZE = shutil.which("systemd-analyze")
_OWN_LIFE = frozenset(
    (
        "Type", "ExecStart", "ExecReload", "StandardOutput", "TimeoutStartSec", "WatchdogSec",
        "Restart", "RestartSec", "RestartPreventExitStatus",
    )
)  # fmt: skip
"""In what a daemon and a single crawl differ."""


@pytest.mark.skipif(_ANALYZE is None, reason="there is no systemd-analyze")
def test_systemd_finds_no_fault_in_the_units(tmp_path: Path) -> None:
    """With a command and a document that are there."""
    kazpress = tmp_path / "kazpress"
    kazpress.write_text("#!/bin/sh\n")
    kazpress.chmod(0o755)
    for name in UNITS:
        text = (DEPLOY / name).read_text("utf-8").replace(KAZPRESS, str(kazpress))
        (tmp_path / name).write_text(text, encoding="utf-8")
    done = subprocess.run(
        [_ANALYZE or "", "verify", "--man=no", *(str(tmp_path / name) for name in UNITS)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    ours = [line for line in done.stderr.splitlines() if "kazpress" in line]
    assert (done.returncode, ours) == (0, []), done.stderr


@pytest.mark.parametrize("name", SERVICES)
def test_the_command_of_a_service_is_one_of_ours(name: str, tmp_path: Path) -> None:
    command, *arguments = unit(name)["Service"]["ExecStart"][0].split()
    assert command == KAZPRESS
    ran = Workspace(tmp_path).run(*arguments, "--help")
    assert ran.status == 0, ran.stderr


@pytest.mark.parametrize("name", UNITS)
def test_the_document_that_a_unit_names_is_there(name: str) -> None:
    (document,) = unit(name)["Unit"]["Documentation"]
    home = KAZPRESS.partition("/.venv")[0]
    assert (ROOT / document.removeprefix(f"file://{home}/")).is_file()


def test_both_services_live_by_the_same_rules() -> None:
    rules = [
        {key: value for key, value in unit(name)["Service"].items() if key not in _OWN_LIFE}
        for name in SERVICES
    ]
    assert rules[0] == rules[1]


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_writes_its_own_folder_alone_and_is_not_root(name: str) -> None:
    said = {key: values[-1] for key, values in unit(name)["Service"].items()}
    assert said["User"] == said["Group"] == "kazpress"
    assert said["ProtectSystem"] == "strict"
    assert f"/var/lib/{said['StateDirectory']}" == said["WorkingDirectory"] == FOLDER
    assert "ReadWritePaths" not in said


@pytest.mark.parametrize("name", SERVICES)
def test_what_needs_a_look_and_what_is_held_is_no_failure(name: str) -> None:
    (statuses,) = unit(name)["Service"]["SuccessExitStatus"]
    assert statuses.split() == [str(ExitStatus.NEEDS_LOOK.value), str(ExitStatus.HELD.value)]


@pytest.mark.parametrize("name", SERVICES)
def test_memory_may_become_executable(name: str) -> None:
    """Without it no https connection is made: OpenSSL's callbacks are made at run time."""
    assert "MemoryDenyWriteExecute" not in unit(name)["Service"]


def test_the_daemon_comes_back_unless_its_configuration_is_wrong() -> None:
    service = unit("kazpress.service")["Service"]
    assert service["Type"] == ["notify"]
    assert service["Restart"] == ["always"]
    assert service["RestartPreventExitStatus"] == [str(ExitStatus.USAGE.value)]
    assert service["ExecReload"] == ["/bin/kill -HUP $MAINPID"]


def test_the_timer_starts_the_service_of_its_name() -> None:
    timer = unit("kazpress-crawl.timer")
    assert "Unit" not in timer["Timer"]
    assert timer["Timer"]["Persistent"] == ["yes"]
    assert unit("kazpress-crawl.service")["Service"]["Type"] == ["oneshot"]
