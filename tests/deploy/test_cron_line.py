"""What the line for cron prints, and with it cron mails."""

from __future__ import annotations

import pytest

from pipeline.archive.lock import source_lock
from pipeline.clock import utc_now
from tests.deploy.cron_line import install, start
from tests.sites.replica import Replica
from tests.workspace import Workspace


@pytest.fixture
def cron(workspace: Workspace, kazpravda: Replica) -> Workspace:
    """A folder with a program in it, pointed at a site."""
    workspace.point_at(kazpravda)
    install(workspace)
    return workspace


def _run(workspace: Workspace) -> tuple[int, str]:
    """The status, and what cron would mail."""
    process = start(workspace)
    mail, _ = process.communicate(timeout=60)
    return process.returncode, mail


def test_nothing_is_said_of_crawls_that_are_well(cron: Workspace) -> None:
    assert _run(cron) == (0, "")
    assert cron.count("items") == 8
    assert _run(cron) == (0, "")
    assert cron.count("crawls") == 2


def test_nothing_is_said_where_another_process_crawls(cron: Workspace) -> None:
    with source_lock(cron.archive, "kazpravda", "test", utc_now()):
        assert _run(cron) == (75, "")


def test_what_failed_is_said(cron: Workspace, kazpravda: Replica) -> None:
    kazpravda.stop()
    try:
        status, mail = _run(cron)
    finally:
        kazpravda.start()
    assert status == 1
    assert "kazpravda" in mail
    assert "Traceback" not in mail


def test_a_configuration_that_is_wrong_is_said(cron: Workspace) -> None:
    (cron.path / "kazpress.toml").write_text("shedule = 1\n")
    status, mail = _run(cron)
    assert status == 2
    assert "shedule" in mail
