"""Two versions of a dataset compared, and what CHANGES.md says of it."""

import json
from pathlib import Path
from typing import Any

import pytest

from kazpress.errors import ExportError
from pipeline.dataset.changes import Changes, comparison, with_entry

_Record = dict[str, Any]


def _record(number: int, **fields: Any) -> _Record:
    name = f"{number:016x}"
    record = {"id": name, "published": f"2026-03-{number:02}", "title": f"Т {number}"}
    return {**record, "story": name, "words": 1, **fields}


def _lines(path: Path, *records: _Record) -> Path:
    path.write_text("".join(f"{json.dumps(one)}\n" for one in records), "utf-8")
    return path


def _compared(tmp_path: Path, former: list[_Record], present: list[_Record]) -> Changes:
    with comparison(tmp_path / "scratch.db") as compared:
        compared.add_former(_lines(tmp_path / "former", *former))
        compared.add_present(_lines(tmp_path / "present", *present))
        changes = compared.changes("2026.3.1+0")
    assert not (tmp_path / "scratch.db").exists()
    return changes


def _ids(changes: Changes) -> dict[str, list[int]]:
    return {
        name: [int(one.id, 16) for one in getattr(changes, name).first]
        for name in ("new", "changed", "merged", "gone")
    }


def test_an_item_is_new_changed_merged_or_gone_or_the_same(tmp_path: Path) -> None:
    one, two, three, four = (_record(number) for number in (1, 2, 3, 4))
    merged = three | {"story": one["id"], "relation": "reprint"}
    changes = _compared(
        tmp_path, [one, two, three, four], [one, two | {"words": 2}, merged, _record(5)]
    )
    assert _ids(changes) == {"new": [5], "changed": [2], "merged": [3], "gone": [4]}
    assert changes.merged.first[0].story == one["id"]


def test_the_story_that_one_joins_need_not_be_among_the_months_compared(tmp_path: Path) -> None:
    joined = _record(2, story="f" * 16)
    assert _ids(_compared(tmp_path, [_record(2)], [joined]))["merged"] == [2]


def test_a_story_that_comes_apart_is_no_merger(tmp_path: Path) -> None:
    """Two leave the first's story, for one of their own."""
    first = _record(1)
    before = [first, _record(2, story=first["id"]), _record(3, story=first["id"])]
    after = [first, _record(2), _record(3, story=_record(2)["id"])]
    assert _ids(_compared(tmp_path, before, after)) == {
        "new": [], "changed": [2, 3], "merged": [], "gone": [],
    }  # fmt: skip


def test_a_story_that_a_new_item_names_is_no_merger(tmp_path: Path) -> None:
    new = _record(1)
    changes = _compared(tmp_path, [_record(2)], [new, _record(2, story=new["id"])])
    assert _ids(changes) == {"new": [1], "changed": [2], "merged": [], "gone": []}


def test_an_item_that_moved_to_another_month_is_changed(tmp_path: Path) -> None:
    with comparison(tmp_path / "scratch.db") as compared:
        compared.add_former(_lines(tmp_path / "03", _record(1)))
        compared.add_present(_lines(tmp_path / "04", _record(1, published="2026-04-01")))
        assert _ids(compared.changes("")) == {
            "new": [], "changed": [1], "merged": [], "gone": [],
        }  # fmt: skip


def test_lines_that_are_no_records_are_counted_and_what_they_held_is_new(tmp_path: Path) -> None:
    broken = tmp_path / "former"
    broken.write_bytes(b'{"id": 7}\n[]\n\xff\n{"id":"a","published":1,"title":null,"story":"a"}\n')
    with comparison(tmp_path / "scratch.db") as compared:
        compared.add_former(broken)
        compared.add_present(_lines(tmp_path / "present", _record(1, title=None)))
        changes = compared.changes("2026.3.1+0")
    assert (changes.unreadable, _ids(changes)["new"]) == (4, [1])
    assert "4 lines of that version could not be read" in with_entry(None, "2", 1, changes)


def test_an_entry_has_counts_and_the_first_ids_with_their_titles(tmp_path: Path) -> None:
    many = [_record(number) for number in range(1, 14)]
    hostile = _record(14, title="*a* [b](c)\n# <script>")
    text = with_entry(None, "2026.3.2+1", 14, _compared(tmp_path, [], [*many, hostile]))
    assert text.startswith("# Changes\n")
    counts = "14 items. Since 2026.3.1+0: 14 new, 0 changed, 0 merged, 0 gone."
    assert f"## 2026.3.2+1\n\n{counts}\n" in text
    assert "New:\n\n- `0000000000000001` Т 1\n- `0000000000000002` Т 2\n" in text
    assert text.endswith("\n- and 4 more\n")
    assert "Gone" not in text
    text = with_entry(None, "2", 1, _compared(tmp_path, [], [hostile]))
    assert r"`000000000000000e` \*a\* \[b\](c) \# \<script\>" in text


def test_the_newest_version_comes_first_and_the_others_stay_as_they_are(tmp_path: Path) -> None:
    first = with_entry(None, "1", 1, None)
    assert first.endswith("\n## 1\n\nThe first version in this folder: 1 item.\n")
    second = with_entry(first, "2", 2, _compared(tmp_path, [_record(1)], []))
    third = with_entry(second, "3", 1_000, _compared(tmp_path, [_record(2)], []))
    assert third.count("# Changes") == 1
    assert second.removeprefix(first[: first.index("## 1")]) in third
    assert [line for line in third.splitlines() if line.startswith("## ")] == [
        "## 3", "## 2", "## 1",
    ]  # fmt: skip
    assert "1,000 items." in third


def test_what_somebody_wrote_there_stays(tmp_path: Path) -> None:
    assert with_entry("My notes\n", "1", 1, None).endswith("1 item.\n\nMy notes\n")


def test_no_room_to_compare_in_is_one_sentence(tmp_path: Path) -> None:
    with (
        pytest.raises(ExportError, match=r"scratch\.db: can't be written"),
        comparison(tmp_path / "nowhere" / "scratch.db"),
    ):
        pass
