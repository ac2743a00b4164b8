"""The cost of looking for translations, told apart from the rest of ingest."""

from itertools import islice
from pathlib import Path

from bench.translation_cost import Press, measured


def test_each_tenth_tells_what_translations_took_and_what_the_rest(tmp_path: Path) -> None:
    items = list(islice(Press(["ru", "kk"]).items(), 40))
    assert {item.reading.language for item in items if item.reading} == {"ru", "kk"}
    rows = list(measured(tmp_path / "bench.db", items))
    assert [number for number, _, _ in rows] == list(range(4, 41, 4))
    assert all(translations > 0 and rest > 0 for _, translations, rest in rows)
