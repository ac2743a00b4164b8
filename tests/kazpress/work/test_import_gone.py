"""An item is gone where its page says so, and not where that says nothing."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.archive.exchange import Exchange
from tests.kazpress.conftest import Run
from tests.pipeline.archive.warc_records import warc_file
from tests.pipeline.reading.page_fields import ARTICLE, article

_FIRST = datetime(2026, 3, 21, 18, tzinfo=UTC)


def _captured(folder: Path, *pages: tuple[int, str]) -> Path:
    """A WARC file with these answers of one address, two days between, each a status and a page."""
    exchanges = (
        Exchange(
            target=ARTICLE, time=_FIRST + timedelta(days=2 * at), status=status,
            headers=(("Content-Type", "text/html; charset=utf-8"),), payload=page.encode(),
        )
        for at, (status, page) in enumerate(pages)
    )  # fmt: skip
    return warc_file(folder, *exchanges)


@pytest.mark.parametrize(
    ("page", "status", "reason", "is_gone"),
    [
        ("", 200, "blank", False),
        ("<h1>Технические работы</h1><p>Сайт временно недоступен.</p>", 200, "maintenance", False),
        ("<b>Fatal error</b>: Uncaught Error: x in /a.php on line 3", 200, "server-error", False),
        ("<title>Казахстанская правда</title><p>Загрузка</p>", 200, "shell", False),
        (article().partition(" текста стоит")[0], 200, "cut-short", False),
        ("<h1>Страница не найдена</h1>", 200, "soft-404", True),
        ("<p>Материал снят с публикации</p>", 200, "soft-404", True),
        ("", 404, "http-404", True),
    ],
)
def test_an_item_is_gone_by_404_or_by_words_alone(
    run: Run, tmp_path: Path, page: str, status: int, reason: str, is_gone: bool
) -> None:
    file = _captured(tmp_path, (200, article()), (status, page), (status, page))
    assert run("import", file).status == 3
    (item,) = map(json.loads, run("export", "--all").out.splitlines())
    assert (item["gone"] is not None) is is_gone
    (source,) = [one for one in json.loads(run("status", "--json").out) if one["items"]]
    (failure,) = source["newest_failures"]
    assert failure["reason"] == reason


def test_what_is_missing_of_a_text_is_shown(run: Run, tmp_path: Path) -> None:
    html = article(after="<a href='?page=2'>Читать далее</a>").replace("абзац", "аб\ufffdзац", 1)
    assert run("import", _captured(tmp_path, (200, html))).status == 0
    notes = ["1 of its characters could not be decoded", "a link behind it leads to the rest of it"]
    assert json.loads(run("show", ARTICLE, "--json").out)["notes"] == notes
    lines = run("show", ARTICLE).out.splitlines()
    assert "access:       partial" in lines
    assert f"text:         {'; '.join(notes)}" in lines
