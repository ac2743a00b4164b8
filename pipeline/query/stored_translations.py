"""Translations as they are stored: the evidence for them."""

from typing import Literal, NamedTuple

from sqlite_utils import Database

EvidenceKind = Literal["link", "number", "image", "entities"]


class Evidence(NamedTuple):
    """What makes two items one piece in two languages."""

    kind: EvidenceKind
    detail: str
    """The number or the picture with its source, or the names and numbers; empty of a link."""


def translation_evidence(db: Database, item_id: str) -> dict[str, list[Evidence]]:
    """What joins an item to its translations directly, by their ids. One that it is joined to
    through another language alone is not among them.
    """
    found: dict[str, list[Evidence]] = {}
    for other, kind, detail in db.conn.execute(
        "WITH own (url) AS (SELECT url FROM addresses WHERE item = ?1), joined AS"
        " (SELECT target AS url, kind, detail FROM translation_evidence WHERE url IN own"
        " UNION SELECT url, kind, detail FROM translation_evidence WHERE target IN own)"
        " SELECT DISTINCT a.item, j.kind, j.detail FROM joined j JOIN addresses a ON a.url = j.url"
        " WHERE a.item IS NOT NULL ORDER BY a.item, j.kind, j.detail",
        (item_id,),
    ):
        found.setdefault(other, []).append(Evidence(kind, detail))
    return found
