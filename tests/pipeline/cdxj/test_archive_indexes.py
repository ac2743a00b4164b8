"""The indexes of an archive follow its files."""

from pathlib import Path

from pipeline.cdxj.archive_indexes import update_indexes
from tests.pipeline.archive.numbered_pages import FIRST, page, written

_SECOND = FIRST.replace("1.", "2.")
_LISTINGS = "kazpravda-listings-20260304.warc.gz"


def _indexes(archive: Path) -> list[str]:
    return sorted(one.name for one in archive.glob("*.cdxj"))


def test_each_file_has_one_and_a_full_file_is_left_alone(tmp_path: Path) -> None:
    written(tmp_path, page(0), page(1), largest=10)
    written(tmp_path, page(0), kind="listings")
    assert update_indexes(tmp_path) == [FIRST, _SECOND, _LISTINGS]
    assert update_indexes(tmp_path) == []
    written(tmp_path, page(2))
    assert update_indexes(tmp_path) == [_SECOND]
    assert _indexes(tmp_path) == [
        one.replace(".warc.gz", ".cdxj") for one in (FIRST, _SECOND, _LISTINGS)
    ]


def test_that_of_dropped_listings_goes_and_that_of_a_file_that_is_away_stays(
    tmp_path: Path,
) -> None:
    written(tmp_path, page(0), page(1), largest=10)
    written(tmp_path, page(0), kind="listings")
    foreign = tmp_path / "my-listings-of.cdxj"
    foreign.touch()
    update_indexes(tmp_path)
    (tmp_path / FIRST).rename(tmp_path / "away")
    (tmp_path / _LISTINGS).unlink()
    assert update_indexes(tmp_path) == []
    assert len(_indexes(tmp_path)) == 3
    assert foreign.exists()
    (tmp_path / "away").rename(tmp_path / FIRST)
    assert update_indexes(tmp_path) == []


def test_where_there_is_no_time_nothing_is_written(tmp_path: Path) -> None:
    written(tmp_path, page(0))
    assert update_indexes(tmp_path, lambda: True) == []
    assert _indexes(tmp_path) == []
    assert update_indexes(tmp_path / "none") == []
