"""A workspace whose command knows the Steppe Courier too."""

from __future__ import annotations

import json
import sys

from tests.sources.steppe import STEPPE
from tests.workspace import Workspace


class SteppeWorkspace(Workspace):
    """Its requests go to a site on loopback."""

    def point_at_outlet(self, url: str) -> None:
        """Write kazpress.toml: this address instead of the site's own."""
        lines = ('contact = "mailto:test@example.org"', f"[sources.{STEPPE.name}]",
                 f"base_url = {json.dumps(url)}", "delay = 0")  # fmt: skip
        (self.path / "kazpress.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")

    @staticmethod
    def command(*arguments: object) -> list[str]:
        """The command with one source more."""
        return [sys.executable, "-m", "tests.sources", *map(str, arguments)]


class MendedWorkspace(SteppeWorkspace):
    """The same folder, with the facts mended."""

    @staticmethod
    def command(*arguments: object) -> list[str]:
        """The command with the edited facts."""
        return [sys.executable, "-m", "tests.sources.mended", *map(str, arguments)]
