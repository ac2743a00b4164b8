"""The room on the disks that are written."""

from dataclasses import replace
from pathlib import Path

import pytest

from kazpress.config import Config
from kazpress.status.disk import DiskSpace, disk_findings, disk_spaces, megabytes

GB = 10**9
DISK = DiskSpace(
    holds=("archive",), path="/srv", free_bytes=5 * GB, total_bytes=9 * GB, read_only=False
)


def test_what_is_in_one_file_system_is_told_once_be_it_there_or_not(tmp_path: Path) -> None:
    config = Config(db=tmp_path / "a" / "k.db", archive=tmp_path / "b" / "c", sources={})
    (disk,) = disk_spaces(config)
    assert (disk.holds, disk.path) == (("database", "archive"), str(tmp_path))
    assert 0 < disk.free_bytes < disk.total_bytes
    assert not disk.read_only


def test_two_file_systems_are_told_apart(tmp_path: Path) -> None:
    elsewhere = Path("/proc/self")
    if not elsewhere.exists():
        pytest.skip("no second file system is known on this system")
    found = disk_spaces(Config(db=tmp_path / "k.db", archive=elsewhere / "x", sources={}))
    assert [one.holds for one in found] == [("database",), ("archive",)]


@pytest.mark.parametrize(
    ("free", "severities"),
    [(GB, []), (GB - 1, ["warning"]), (GB // 10, ["warning"]), (GB // 10 - 1, ["critical"])],
)
def test_little_room_is_a_warning_and_hardly_any_is_critical(
    free: int, severities: list[str]
) -> None:
    found = list(disk_findings([DISK, replace(DISK, free_bytes=free)]))
    assert [one.severity for one in found] == severities


def test_sizes_are_told_in_megabytes() -> None:
    assert (megabytes(0), megabytes(12_345_678_901)) == ("no room", "12,346 MB")
