"""Evidence of a database from before it stood in one table."""

import sqlite3

from pipeline.store.database import Store
from pipeline.store.migrations import MIGRATIONS, m017_language_links
from pipeline.store.transactions import write, writing
from tests.pipeline.worlds.captures import items, kaz, page, prose, sen, take, world

_FORMER = """
INSERT INTO translation_links (url, target, evidence) VALUES ('a', 'b', 'link');
INSERT INTO translation_evidence (url, target, evidence) VALUES
  ('a', 'b', 'number senate article 13203'), ('a', 'b', 'image kazpravda 2026-03-02 https://i/x y'),
  ('a', 'c', 'names and numbers: Ашимбаев, Акколь; 47,5 %');
INSERT INTO translation_keys (key, url, language, day) VALUES
  ('number senate article 13203', 'a', 'ru', '2026-03-02'),
  ('image kazpravda 2026-03-02 https://i/x y', 'b', 'kk', '2026-03-02');
INSERT INTO translation_particulars
  (url, source, language, day, content_sha256, taken, particulars) VALUES
  ('a', 'senate', 'ru', '2026-03-02', 'x', 'en kk', '{"numbers":{},"names":{}}'),
  ('b', 'senate', 'kk', '2026-03-02', 'y', '*', '{"numbers":{},"names":{}}'),
  ('c', 'senate', 'en', '2026-03-02', 'z', '', '{"numbers":{},"names":{}}');
"""


def test_former_evidence_is_taken_over_by_its_kind() -> None:
    connection = sqlite3.connect(":memory:")
    store = Store(connection)
    for step in MIGRATIONS.pending(store):
        if step.name == "m015_one_table_of_evidence":
            connection.executescript(_FORMER)
        step.fn(store)
    assert set(store.execute("SELECT url, target, kind, detail FROM translation_evidence")) == {
        ("a", "b", "link", ""),
        ("a", "b", "number", "senate article 13203"),
        ("a", "b", "image", "kazpravda 2026-03-02 https://i/x y"),
        ("a", "c", "entities", "Ашимбаев, Акколь; 47,5 %"),
    }
    assert set(store.execute("SELECT kind, detail, url, language FROM translation_keys")) == {
        ("number", "senate article 13203", "a", "ru"),
        ("image", "kazpravda 2026-03-02 https://i/x y", "b", "kk"),
    }
    groups = store.execute("SELECT url, languages FROM translation_groups")
    assert dict(groups.fetchall()) == {"a": "ru en kk", "c": "en"}


def test_links_of_former_readings_are_taken_over() -> None:
    links = {kaz("a", "kk"): "kk", kaz("b", "en"): "en", sen(1): "ru", sen(2, "kk"): "kk"}
    db = world(
        page(kaz("a"), 0, prose("а", 40), alternates=(kaz("a", "kk"), kaz("b", "en"))),
        page(kaz("a", "kk"), 1, prose("б", 40)),
        page(sen(1, "en"), 0, prose("в", 40), alternates=(sen(1), sen(2, "kk"))),
    )
    with writing(db):
        write(db, "DROP TABLE language_links")
        m017_language_links(db)
    found = db.execute("SELECT target, target_language, current FROM language_links")
    assert set(found) == {(target, language, 1) for target, language in links.items()}
    take(db, page(kaz("a", "kk"), 2, prose("г", 40)))
    assert items(db)[kaz("a")]["translations"][0]["url"] == kaz("a", "kk")
