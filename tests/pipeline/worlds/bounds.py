"""Bounds so low that a world of some twenty captures crosses every one."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from pipeline.items import history
from pipeline.similarity import index_levels, shares, shingle_index


@contextmanager
def low_bounds() -> Iterator[pytest.MonkeyPatch]:
    """Those of formulae, of the index, of boilerplate and of faulty days; others may be added."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shares, "FORMULA_ADDRESSES", 4)
        patch.setattr(index_levels, "MOST_ROWS", (60, 150))
        patch.setattr(index_levels, "MERGED_ROWS", 20)
        patch.setattr(shingle_index, "MOST_STAGED", 100)
        patch.setattr(history, "BOILERPLATE_ADDRESSES", 4)
        patch.setattr(history, "FAULTY_DAY_MISSES", 2)
        yield patch
