"""A public host is asked only with a contact; a source that is disabled or gone is not asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.seeds.recorded_site import RECORDED
from tests.sites.replica import Replica
from tests.workspace import Workspace

ASKERS = ("crawl", "check", "daemon")
LINE = 'contact = "mailto:you@example.org"'


def _configure(workspace: Workspace, text: str) -> None:
    (workspace.path / "kazpress.toml").write_text(text, encoding="utf-8")


def _files(workspace: Workspace) -> list[str]:
    return sorted(one.name for one in workspace.path.iterdir())


@pytest.mark.parametrize("command", ASKERS)
def test_without_a_contact_no_public_host_is_asked(workspace: Workspace, command: str) -> None:
    file = workspace.path / "kazpress.toml"
    ran = workspace.run(command)
    assert (ran.status, ran.stdout) == (2, "")
    assert ran.stderr == (
        f"kazpress: {file}: is not there, so there is no contact, and nothing is asked of "
        "senate.parlam.kz and kazpravda.kz without one; make it with this line, and your address: "
        f"{LINE}\n"
    )
    assert _files(workspace) == []
    _configure(workspace, "[sources.senate]\nenabled = false\n")
    ran = workspace.run(command)
    assert ran.status == 2
    assert ran.stderr == (
        f"kazpress: {file}: names no contact, and nothing is asked of kazpravda.kz without one; "
        f"add this line at its top, and your address: {LINE}\n"
    )
    assert _files(workspace) == ["kazpress.toml"]


@pytest.mark.parametrize("command", ASKERS)
def test_a_contact_that_nobody_can_write_to_is_none(workspace: Workspace, command: str) -> None:
    _configure(workspace, 'contact = "me@example.org"\n')
    ran = workspace.run(command)
    assert ran.status == 2
    assert 'contact = "me@example.org" is neither mailto: with an address nor' in ran.stderr
    assert ran.stderr.endswith('write there: contact = "mailto:me@example.org"\n')
    _configure(workspace, 'contact = "me"\n')
    assert workspace.run(command).stderr.endswith(f"write there: {LINE}\n")
    assert _files(workspace) == ["kazpress.toml"]


def test_a_mirror_elsewhere_is_a_public_host(workspace: Workspace) -> None:
    _configure(workspace, '[sources.senate]\nbase_url = "https://mirror.example"\n')
    ran = workspace.run("crawl", "senate")
    assert ran.status == 2
    assert "nothing is asked of mirror.example without one" in ran.stderr


@pytest.mark.parametrize("contact", ["mailto:me@example.org", "https://example.org/bot"])
def test_with_a_contact_the_host_is_looked_up(workspace: Workspace, contact: str) -> None:
    _configure(workspace, f'contact = "{contact}"\n')
    ran = workspace.run("check", "senate")  # the tests know no such host
    assert ran.status == 1
    assert "the host's name is not known" in ran.stdout


def test_loopback_and_files_need_no_contact(workspace: Workspace, senate: Replica) -> None:
    workspace.point_at(senate)
    file = workspace.path / "kazpress.toml"
    _configure(workspace, file.read_text(encoding="utf-8").partition("\n")[2])
    assert workspace.crawl("--limit", 1)["senate"]["new"] == 1
    assert workspace.run("check").status == 0
    assert {one.header("User-Agent") for one in senate.requests()} == {"kazpress/0.1.0"}
    elsewhere = workspace.beside("files")
    assert elsewhere.run("crawl", "--replay", RECORDED).status == 0
    assert elsewhere.run("check", "--replay", RECORDED).status in (0, 3)


def test_a_folder_without_configuration_is_named_before_a_database_is_made(
    workspace: Workspace,
) -> None:
    ran = workspace.run("crawl", "--replay", RECORDED)
    first = ran.stderr.splitlines()[0]
    assert "there is no kazpress.toml; a new database is made: " in first
    assert first.endswith(f"{workspace.db}, with its archive in {workspace.archive}")
    assert "there is no kazpress.toml" not in workspace.run("crawl", "--replay", RECORDED).stderr


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"enabled": False}, "senate is disabled, so it is not crawled: enabled = false in ["),
        ({"state": "gone"}, "senate is gone, so it is not crawled; if the site is back, write"),
    ],
)  # fmt: skip
def test_a_named_source_that_is_not_crawled_is_refused(
    workspace: Workspace, senate: Replica, facts: dict[str, object], sentence: str
) -> None:
    workspace.point_at(senate, senate=facts)
    for target in ("senate", "https://senate.parlam.kz/ru-RU/news/details/13203"):
        ran = workspace.run("crawl", target)
        assert (ran.status, ran.stdout) == (2, "")
        assert sentence in ran.stderr
    assert senate.requests() == ()
    assert _files(workspace) == ["kazpress.toml"]
    ran = workspace.run("crawl", "senate", "--replay", RECORDED)
    assert ran.status in (0, 3), ran.stderr


def test_where_no_source_is_crawled_it_is_said(workspace: Workspace) -> None:
    workspace.point_at()
    ran = workspace.run("crawl")
    assert (ran.status, ran.stdout) == (0, "")
    assert ran.stderr == "kazpress: no source is crawled; each is disabled or gone\n"
    assert Path(workspace.path / "kazpress.db").exists() is False
