"""Where a disk has too little room is told before it is full."""

import os
from pathlib import Path

from pipeline.store.free_space import LEAST_FREE_BYTES, free_bytes, scarcity


def test_the_first_place_with_too_little_room_is_named() -> None:
    left = {Path("a"): LEAST_FREE_BYTES, Path("b"): 12_345_678, Path("c"): 0}
    assert scarcity([Path("a")], free=left.__getitem__) is None
    assert scarcity(left, free=left.__getitem__) == (
        "b: only 12 MB are free on its disk, and 100 MB are needed; make room there"
    )
    left[Path("b")] = LEAST_FREE_BYTES - 1
    assert "only 99 MB are free" in str(scarcity(left, free=left.__getitem__))


def test_what_is_not_there_yet_has_the_room_of_the_disk_on_which_it_will_be(tmp_path: Path) -> None:
    said = os.statvfs(tmp_path)
    free = free_bytes(tmp_path / "not" / "there.db")
    assert abs(free - said.f_bavail * said.f_frsize) < 1_000_000_000
    assert scarcity([tmp_path / "not there"], needed=1 << 60) is not None
