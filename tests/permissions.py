"""A folder that may be read and not written, and a process that heeds it, be it root's."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

_WITHOUT_RIGHTS = """
import ctypes, os, sys
PR_CAPBSET_DROP = 24
for right in (1, 2, 3):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_FOWNER: capabilities(7)
    ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, right, 0, 0, 0)
os.execv(sys.argv[1], sys.argv[1:])
"""


def heeding_permissions(command: Sequence[str]) -> list[str]:
    """The command, run without root's rights to pass over permissions; who is not root has none."""
    return [sys.executable, "-c", _WITHOUT_RIGHTS, *command]


@contextmanager
def unwritable(folder: Path) -> Iterator[None]:
    """No file in a folder can be written, made or removed meanwhile."""
    held = [folder, *folder.rglob("*")]
    modes = [path.stat().st_mode for path in held]
    for path, mode in zip(held, modes, strict=True):
        path.chmod(mode & ~0o222)
    try:
        yield
    finally:
        for path, mode in zip(held, modes, strict=True):
            path.chmod(mode)
