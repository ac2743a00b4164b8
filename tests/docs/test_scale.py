"""The programs of docs/scale.md run, with a plain map in place of Ray and of Spark."""

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from pipeline.archive.warc_writer import record_bytes
from tests.pipeline.reading.page_fields import article
from tests.pipeline.reparse.archives import begin, fill, page
from tests.workspace import ROOT

_PROGRAMS = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "scale.md").read_text(), re.DOTALL)


class _Remote:
    """What Ray makes of a function."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.remote = function


class _Context:
    """Spark's, as far as it is used."""

    def parallelize(self, parts: list[Any], slices: int) -> "_Context":
        assert slices == len(parts)
        self._parts = parts
        return self

    def map(self, function: Callable[[Any], Any]) -> "_Context":
        self._function = function
        return self

    def toLocalIterator(self) -> Iterator[Any]:  # noqa: N802 - Spark's name
        return map(self._function, self._parts)


def _engines() -> dict[str, ModuleType]:
    ray, pyspark, sql = ModuleType("ray"), ModuleType("pyspark"), ModuleType("pyspark.sql")
    vars(ray).update(init=lambda: None, remote=_Remote, get=lambda one: one)
    builder = SimpleNamespace(getOrCreate=lambda: SimpleNamespace(sparkContext=_Context()))
    builder.appName = lambda _: builder
    vars(sql)["SparkSession"] = SimpleNamespace(builder=builder)
    return {"ray": ray, "pyspark": pyspark, "pyspark.sql": sql}


@pytest.fixture(autouse=True)
def _plain_engines(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, module in _engines().items():
        monkeypatch.setitem(sys.modules, name, module)
    monkeypatch.chdir(tmp_path)


def _run(program: str) -> None:
    exec(compile(program, "docs/scale.md", "exec"), {"__name__": "program"})


def test_there_are_three() -> None:
    assert len(_PROGRAMS) == 3


@pytest.mark.parametrize("program", _PROGRAMS[:2], ids=["Ray", "Spark"])
def test_on_an_engine(program: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    fill(tmp_path / "archive")
    _run(program)
    lines = capsys.readouterr().out.splitlines()
    assert len([line for line in lines if " reading " in line]) > 50


def test_on_a_file_like_common_crawls(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "CC-MAIN-20260301000000-20260301030000-00000.warc.gz"
    text = " ".join(f"Предложение номер {number} этой заметки." for number in range(40))
    records = [begin(file.name)]
    for number, host in enumerate(["other.example", "steppetimes.example", "more.example"] * 3):
        html = article(body=f"<p>{text}</p>").replace("Заголовок статьи", f"Заметка {number}")
        one = page(number, html)
        records.append(record_bytes(replace(one, target=f"https://{host}/news/{number}")))
    file.write_bytes(b"".join(records))
    _run(_PROGRAMS[2])
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[-1] for line in lines] == [
        f"https://steppetimes.example/news/{number}" for number in (1, 4, 7)
    ]
    assert [" ".join(one.split()[1:-1]) for one in lines] == ["Заметка 1", "Заметка 4", "Заметка 7"]
