"""The unit files in deploy/, read as systemd reads them as far as ours need it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.workspace import ROOT

DEPLOY = ROOT / "deploy"
INSTALL = ROOT / "docs" / "operations" / "install.md"
SERVICES = ("kazpress.service", "kazpress-crawl.service")
UNITS = (*SERVICES, "kazpress-crawl.timer")
KAZPRESS = "/opt/kazpress/.venv/bin/kazpress"
"""Where the command is in all files of deploy/."""
FOLDER = "/var/lib/kazpress"
"""Where database, archive and kazpress.toml are."""

Unit = dict[str, dict[str, list[str]]]
"""The values of each key of each section, in their order."""


def unit(name: str) -> Unit:
    """One unit file."""
    found: Unit = {}
    section: dict[str, list[str]] = {}
    for line in _lines(DEPLOY / name):
        if line.startswith("["):
            section = found.setdefault(line.strip("[]"), {})
        else:
            key, equals, value = line.partition("=")
            assert equals, f"{name}: {line}"
            section.setdefault(key, []).append(value)
    return found


def cron_fields(name: str) -> tuple[str, str, str]:
    """When the one line of a file for /etc/cron.d runs, as whom, and which command."""
    (line,) = (one for one in _lines(DEPLOY / name) if "=" not in one.split()[0])
    *times, user, command = line.split(maxsplit=6)
    return " ".join(times), user, command


def _lines(path: Path) -> Iterator[str]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()
