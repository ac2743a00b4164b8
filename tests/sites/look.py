"""What one instance of a site looks like where nothing is known of the real one: drawn by seed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from tests.sites.content import SiteName

_Choice = TypeVar("_Choice")


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Class names and drawn choices of one instance. A new generation renames every class."""

    site: SiteName
    seed: int
    style: int | None = None
    """The Senate's markup, 0 to 2; drawn where it is None."""
    generation: int = 0

    def known(self, name: str) -> str:
        """A class name that docs/sources/ tells, until all classes are renamed."""
        return self._drawn(name) if self.generation else name

    def unknown(self, role: str) -> str:
        """A class name for what nobody has seen: it says nothing of its role."""
        return self._drawn(f"unknown {role}")

    def pick(self, what: str, choices: Sequence[_Choice]) -> _Choice:
        """One of the choices, the same for each page and each generation of this instance."""
        return Random(f"{self.site} {self.seed} {what}").choice(choices)

    def _drawn(self, name: str) -> str:
        random = Random(f"{self.site} {self.seed} {self.generation} {name}")
        syllables = (random.choice("bdgklmnrtvz") + random.choice("aeiou") for _ in range(3))
        return "".join(syllables) + random.choice(("", "-x", "__q")) + str(random.randint(1, 99))
