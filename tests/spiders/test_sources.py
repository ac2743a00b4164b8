"""The sources that are registered, and what is refused of them."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from kazpress.daemon.schedule import read_schedule
from kazpress.errors import ConfigError, FactsError
from spiders.senate import SENATE
from spiders.sources import SOURCES, check_schedules, registered
from tests.sources.steppe import STEPPE
from tests.workspace import Workspace


def test_sources_stand_under_their_names() -> None:
    assert list(SOURCES) == ["senate", "kazpravda"]
    assert registered(SENATE, STEPPE) == {"senate": SENATE, "steppe": STEPPE}


def test_a_fact_that_cannot_be_right_is_not_registered() -> None:
    with pytest.raises(FactsError, match=r"^spiders/steppe\.py: delay_seconds -1\.0 must be"):
        registered(SENATE, replace(STEPPE, delay_seconds=-1.0))


def test_schedules_are_read_as_the_scheduler_reads_them() -> None:
    check_schedules(read_schedule)


def test_a_schedule_that_says_nothing_is_named_with_its_file() -> None:
    def refuse(schedule: str) -> None:
        raise ConfigError(f'schedule "{schedule}": is never')

    with pytest.raises(FactsError) as refused:
        check_schedules(refuse)
    assert str(refused.value) == 'spiders/senate.py: schedule "*/30 * * * *": is never'


WITH_A_WRONG_FACT = """
import sys
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from kazpress.cli import main
from spiders import senate
senate.SENATE = replace(senate.SENATE, default_language="uk")
sys.exit(main(["sources"]))
"""


def test_a_command_says_what_is_wrong_in_one_sentence(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITH_A_WRONG_FACT], cwd=tmp_path, env=Workspace.environment(),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        'kazpress: spiders/senate.py: default_language "uk" is not in languages; write one of '
        '"ru", "kk", "en", or add it there\n'
    )
