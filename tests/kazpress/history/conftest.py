"""Items that were edited, in a database in the working directory."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pipeline.worlds.captures import (
    START,
    imported,
    kaz,
    missing,
    new_database,
    page,
    prose,
    sen,
    take,
    unchanged,
)

EDITED, ONCE = kaz("zakon"), sen(1)
FIRST = "\n\n".join(
    (
        "Сенат одобрил закон. За него голосовали 146 депутатов.",
        *(f"{prose(seed, 9)}." for seed in ("и", "к", "л", "м", "н")),
        "Закон вступит в силу через месяц.",
    )
)
SECOND = FIRST.replace("146", "147")
THIRD = f"{SECOND}\n\nПосле заседания прошёл брифинг."
QUOTED, OTHERWISE_QUOTED = (THIRD.replace("закон", f"{a}закон{b}") for a, b in ("«»", "“”"))


@pytest.fixture
def edited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One item of five states, which has gone since, and one that never changed."""
    folder = tmp_path / "edited"
    folder.mkdir()
    db = new_database(folder / "kazpress.db")
    take(
        db,
        page(EDITED, 0, FIRST, title="Закон одобрен"),
        page(EDITED, 2, SECOND, title="Закон одобрен"),
        page(EDITED, 5, THIRD, title="Закон одобрен Сенатом"),
        page(EDITED, 9, QUOTED, title="Закон одобрен Сенатом"),
        page(EDITED, 10, OTHERWISE_QUOTED, title="Закон одобрен Сенатом"),
        unchanged(EDITED, 12, 10),
        missing(EDITED, 20),
        missing(EDITED, 50),
        page(ONCE, 3, f"{prose('р', 30)}."),
        imported(f"{prose('с', 30)}.", START.date()),
    )
    db.close()
    monkeypatch.chdir(folder)
    return folder
