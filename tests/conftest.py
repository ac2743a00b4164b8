"""What all tests share: no network, no chance, two replicas, a workspace."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.guard import sitecustomize
from tests.sites.content import SiteName
from tests.sites.replica import Replica
from tests.workspace import Workspace

assert sitecustomize  # importing it refuses sockets beyond loopback in this process too

os.environ.pop("PYTHONUNBUFFERED", None)  # it hides what Python says of a pipe that was closed

settings.register_profile("kazpress", derandomize=True, deadline=None)
settings.load_profile("kazpress")


def _running(site: SiteName, count: int) -> Iterator[Replica]:
    with Replica(site, seed=7, count=count) as replica:
        yield replica


@pytest.fixture(scope="session")
def kazpravda_running() -> Iterator[Replica]:
    yield from _running("kazpravda", 8)


@pytest.fixture(scope="session")
def senate_running() -> Iterator[Replica]:
    yield from _running("senate", 8)


@pytest.fixture
def kazpravda(kazpravda_running: Replica) -> Iterator[Replica]:
    """Kazpravda with eight articles, as at the start."""
    kazpravda_running.reset()
    yield kazpravda_running
    kazpravda_running.lift()


@pytest.fixture
def senate(senate_running: Replica) -> Iterator[Replica]:
    """The Senate with eight releases, as at the start."""
    senate_running.reset()
    yield senate_running
    senate_running.lift()


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path)
