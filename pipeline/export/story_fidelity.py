"""How the prints of a story keep to its canonical item, as a record bears it."""

from typing import Any

from sqlite_utils import Database

from pipeline.edits.fidelity import Told, fidelity


def story_fidelity(db: Database, story: str, only: str | None = None) -> list[dict[str, Any]]:
    """The fidelity of each print of a story, by day of publication, then id; of `only` one where an
    item is named. Prints that have no sentence in common with the canonical item are left out.
    """
    rows = db.conn.execute(
        "SELECT relation, id, language, title, body, published FROM items WHERE story = ?"
        " AND (relation = 'canonical' OR ? IN (id, '')) ORDER BY day, id",
        (story, only or ""),
    ).fetchall()
    release = next((Told(*row) for relation, *row in rows if relation == "canonical"), None)
    if release is None:
        return []
    prints = (fidelity(release, Told(*row)) for relation, *row in rows if relation != "canonical")
    return [one.record() for one in prints if one]
