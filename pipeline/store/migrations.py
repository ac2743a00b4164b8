"""The tables, as a list of steps that only grows. A released step is never edited."""

import json
from contextlib import closing

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

MIGRATIONS = Migrations("kazpress")


def migration_names() -> frozenset[str]:
    """The names of all steps that this version knows."""
    with closing(Database(memory=True, execute_plugins=False)) as empty:
        return frozenset(step.name for step in MIGRATIONS.pending(empty))


@MIGRATIONS()
def m001_the_whole_path(db: Database) -> None:
    """Sources, crawls, the frontier, captures with their readings, items, stories."""
    for statement in _FIRST.split(";\n\n"):
        db.conn.execute(statement)


@MIGRATIONS()
def m002_finding(db: Database) -> None:
    """Places where addresses are found, backfills, and what is known of each day."""
    for statement in _FINDING.split(";\n\n"):
        db.conn.execute(statement)


@MIGRATIONS()
def m003_runs_in_levels(db: Database) -> None:
    """Runs with numbered holders, in tables that grow large without growing slow."""
    for statement in _RUNS.split(";\n\n"):
        db.conn.execute(statement)


@MIGRATIONS()
def m010_translations_by_evidence(db: Database) -> None:
    """What joins items of different languages besides links."""
    for statement in _EVIDENCE.split(";\n\n"):
        db.conn.execute(statement)


@MIGRATIONS()
def m011_decisions(db: Database) -> None:
    """What a person decided on stories."""
    for statement in _DECISIONS.split(";\n\n"):
        db.conn.execute(statement)


@MIGRATIONS()
def m012_filters_of_runs(db: Database) -> None:
    """Newest runs in the order that they come in; filters before the larger tables."""
    for statement in _FILTERS.split(";\n\n"):
        db.conn.execute(statement)


@MIGRATIONS()
def m013_translations_by_particulars(db: Database) -> None:
    """The numbers and names by which items are known in another language."""
    for statement in _PARTICULARS.split(";\n\n"):
        db.conn.execute(statement)


@MIGRATIONS()
def m014_without_unread_columns(db: Database) -> None:
    """Without the columns that were written and never read."""
    for table, column in (
        ("captures", "reader_version"),
        ("items", "reader_version"),
        ("backfills", "complete"),
        ("ways", "new_at"),
    ):
        db.conn.execute(f"ALTER TABLE {table} DROP COLUMN {column}")


@MIGRATIONS()
def m015_one_table_of_evidence(db: Database) -> None:
    """Links and other evidence for translations in one table, by their kind."""
    for statement in _ONE_EVIDENCE.split(";\n\n"):
        db.conn.execute(statement)


@MIGRATIONS()
def m016_failing_since(db: Database) -> None:
    """When an address failed first, where it has failed since; of those that fail already by the
    list of failures.
    """
    db.conn.execute("ALTER TABLE addresses ADD COLUMN failing_since TEXT")
    db.conn.execute(
        "UPDATE addresses SET failing_since = f.first_seen FROM failures f"
        " WHERE f.url = addresses.url AND addresses.state IN ('failed', 'refused')"
    )


@MIGRATIONS()
def m017_language_links(db: Database) -> None:
    """The links between languages by the readings that have them, apart from what joins items."""
    for statement in _LANGUAGE_LINKS.split(";\n\n"):
        db.conn.execute(statement)


@MIGRATIONS()
def m018_stories_by_canonical(db: Database) -> None:
    """The story of which an item is canonical is found without a look at all stories."""
    db.conn.execute("CREATE INDEX stories_by_canonical ON stories (canonical)")


@MIGRATIONS()
def m019_linked_places(db: Database) -> None:
    """Since when and until when pages link to a place, and when it last led to news. Pages are
    taken to link still to all places that were found on them.
    """
    for statement in _LINKED_PLACES.split(";\n\n"):
        db.conn.execute(statement)


@MIGRATIONS()
def m020_compared_words(db: Database) -> None:
    """How many of an item's words are compared."""
    db.conn.execute("ALTER TABLE items ADD COLUMN compared_words INTEGER NOT NULL DEFAULT 0")
    db.conn.execute("UPDATE items SET compared_words = words")


@MIGRATIONS()
def m021_politeness(db: Database) -> None:
    """How each source was asked, by day; what a crawl's notes followed from."""
    for statement in _POLITENESS.split(";\n\n"):
        db.conn.execute(statement)


@MIGRATIONS()
def m022_notifications(db: Database) -> None:
    """Of what each receiver of notifications has been told."""
    db.conn.execute(_NOTIFICATIONS)


@MIGRATIONS()
def m023_pieces(db: Database) -> None:
    """The stories that translations join, as one piece; what only a person's decision joins."""
    db.conn.execute("ALTER TABLE items ADD COLUMN piece TEXT")
    _write_pieces(db)
    db.conn.execute(_JOINED)
    db.conn.execute("CREATE INDEX items_by_piece ON items (piece, story)")


def _write_pieces(db: Database) -> None:
    """Name each piece by its first story: by `first_seen` of the item whose id it is, then the id.
    Stories that translations join lead to each other, the later to the earlier.
    """
    rows = db.conn.execute("SELECT id, story, first_seen, translations FROM items").fetchall()
    order = {item: (first_seen, item) for item, _, first_seen, _ in rows}
    story_of = {item: story for item, story, *_ in rows}
    leads = {story: story for story in story_of.values()}
    for _, story, _, translations in rows:
        for other in json.loads(translations):
            if other["id"] in story_of:
                ends = (_first_story(leads, one) for one in (story, story_of[other["id"]]))
                earlier, later = sorted(ends, key=lambda one: order[one])
                leads[later] = earlier
    db.conn.executemany(
        "UPDATE items SET piece = ? WHERE id = ?",
        [(_first_story(leads, story), item) for item, story in story_of.items()],
    )


def _first_story(leads: dict[str, str], story: str) -> str:
    """Where a story leads to in the end; the ways to there become shorter."""
    while leads[story] != story:
        leads[story] = leads[leads[story]]
        story = leads[story]
    return story


@MIGRATIONS()
def m024_record_versions(db: Database) -> None:
    """What each exported record was, from which change to which, in place of the digest that
    items had; and when each change was made.
    """
    for statement in _RECORD_VERSIONS.split(";\n\n"):
        db.conn.execute(statement)


@MIGRATIONS()
def m025_decisions_taken_back(db: Database) -> None:
    """A person may take a decision back."""
    for statement in _TAKEN_BACK.split(";\n\n"):
        db.conn.execute(statement)


@MIGRATIONS()
def m026_first_documents(db: Database) -> None:
    """Of each run its first holder by an integer key, and further holders in a table of their own,
    in place of filters. What stands in the larger tables already comes before the newest rows.
    """
    for statement in _FIRST_DOCUMENTS.split(";\n\n"):
        db.conn.execute(statement)


@MIGRATIONS()
def m027_unsettled(db: Database) -> None:
    """What is stored, and not yet compared with what else there is."""
    db.conn.execute(_UNSETTLED)


@MIGRATIONS()
def m028_translation_groups(db: Database) -> None:
    """What strong evidence joins as one row, with its entities only where they are looked at."""
    for statement in _GROUPS.split(";\n\n"):
        db.conn.execute(statement)


@MIGRATIONS()
def m029_visits_go_on(db: Database) -> None:
    """When a 304 of an address was last proven to be false. Articles older than thirty days, which
    were not looked at any more, are looked at again, spread over half a year.
    """
    for statement in _VISITS.split(";\n\n"):
        db.conn.execute(statement)


@MIGRATIONS()
def m030_edits(db: Database) -> None:
    """What differs between successive revisions. Of those that are stored already nobody has told
    it yet: `kazpress reparse` does.
    """
    for statement in _EDITS.split(";\n\n"):
        db.conn.execute(statement)


@MIGRATIONS()
def m031_reader_versions(db: Database) -> None:
    """Which reader has read each capture; and its reading found from there, or each reading that
    is removed would look through all captures.
    """
    db.conn.execute("ALTER TABLE captures ADD COLUMN reader_version TEXT")
    db.conn.execute(
        "CREATE INDEX captures_by_reading ON captures (reading) WHERE reading IS NOT NULL"
    )


@MIGRATIONS()
def m033_web_archives(db: Database) -> None:
    """The archives of the web that are asked for a source's past: their lists and captures."""
    for statement in _WEB_ARCHIVES.split(";\n\n"):
        db.conn.execute(statement)


_EVIDENCE = """
CREATE TABLE translation_keys (
  key TEXT NOT NULL, url TEXT NOT NULL, language TEXT NOT NULL, day TEXT NOT NULL,
  PRIMARY KEY (key, url)
) STRICT, WITHOUT ROWID;

CREATE INDEX translation_keys_by_url ON translation_keys (url);

CREATE TABLE translation_evidence (
  url TEXT NOT NULL, target TEXT NOT NULL, evidence TEXT NOT NULL,
  PRIMARY KEY (url, target, evidence)
) STRICT, WITHOUT ROWID;

CREATE INDEX translation_evidence_by_target ON translation_evidence (target);

CREATE INDEX translation_evidence_by_key ON translation_evidence (evidence)
"""


_FIRST = """
CREATE TABLE sources (
  name TEXT PRIMARY KEY, title TEXT NOT NULL, rank INTEGER NOT NULL, host TEXT NOT NULL,
  state TEXT NOT NULL, rest_until TEXT, refusals INTEGER NOT NULL DEFAULT 0, rest_reason TEXT
) STRICT;

CREATE TABLE crawls (
  id INTEGER PRIMARY KEY, source TEXT NOT NULL REFERENCES sources(name), started TEXT NOT NULL,
  finished TEXT, outcome TEXT, reason TEXT, needs_look TEXT, replay INTEGER NOT NULL,
  requests INTEGER, captured INTEGER, unchanged INTEGER, new INTEGER, updated INTEGER,
  gone INTEGER, failed INTEGER, absent INTEGER, seconds REAL
) STRICT;

CREATE INDEX crawls_by_source ON crawls (source, started);

CREATE TABLE addresses (
  id TEXT PRIMARY KEY, url TEXT NOT NULL UNIQUE, source TEXT NOT NULL REFERENCES sources(name),
  language TEXT NOT NULL, kind TEXT NOT NULL, number INTEGER, item TEXT,
  state TEXT NOT NULL
    CHECK (state IN ('found', 'captured', 'stored', 'failed', 'refused', 'absent')),
  found_by TEXT NOT NULL, found_on TEXT, found_at TEXT NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0, next_try TEXT, asked_in INTEGER
) STRICT;

CREATE INDEX addresses_due ON addresses (source, state, next_try);

CREATE INDEX addresses_by_item ON addresses (item);

CREATE TABLE readings (
  id TEXT PRIMARY KEY, language TEXT NOT NULL, title TEXT, content_sha256 TEXT NOT NULL,
  fields TEXT NOT NULL
) STRICT;

CREATE TABLE captures (
  id INTEGER PRIMARY KEY, source TEXT NOT NULL REFERENCES sources(name), url TEXT NOT NULL,
  target TEXT NOT NULL, time TEXT NOT NULL, day TEXT NOT NULL, status INTEGER NOT NULL,
  digest TEXT NOT NULL, content_type TEXT NOT NULL, content_encoding TEXT NOT NULL,
  etag TEXT, last_modified TEXT, location TEXT, redirect_to TEXT, refers_to TEXT, mirror TEXT,
  article INTEGER NOT NULL, outcome TEXT NOT NULL, reason TEXT, detail TEXT,
  reading TEXT REFERENCES readings(id), body_sha256 TEXT, reader_version INTEGER,
  followed INTEGER NOT NULL DEFAULT 0,
  file TEXT NOT NULL, "offset" INTEGER NOT NULL, length INTEGER NOT NULL,
  UNIQUE (url, time, digest)
) STRICT;

CREATE INDEX captures_by_redirect ON captures (redirect_to) WHERE redirect_to IS NOT NULL;

CREATE INDEX captures_by_day ON captures (source, day);

CREATE INDEX captures_by_body ON captures (source, body_sha256, url) WHERE body_sha256 IS NOT NULL;

CREATE TABLE days (
  source TEXT NOT NULL, day TEXT NOT NULL, captures INTEGER NOT NULL, misses INTEGER NOT NULL,
  at_fault INTEGER NOT NULL, PRIMARY KEY (source, day)
) STRICT;

CREATE TABLE items (
  id TEXT PRIMARY KEY, source TEXT NOT NULL REFERENCES sources(name), url TEXT,
  language TEXT NOT NULL, title TEXT, lead TEXT, body TEXT NOT NULL, authors TEXT NOT NULL,
  tags TEXT NOT NULL, section TEXT, image_url TEXT, image_credit TEXT, attribution TEXT NOT NULL,
  access TEXT NOT NULL, published TEXT NOT NULL, published_precision TEXT NOT NULL,
  modified TEXT, first_seen TEXT NOT NULL, last_changed TEXT NOT NULL, revision INTEGER NOT NULL,
  gone TEXT, story TEXT, relation TEXT, similarity REAL, translations TEXT NOT NULL,
  reading TEXT, words INTEGER NOT NULL, content_sha256 TEXT NOT NULL,
  day TEXT NOT NULL, last_seen TEXT NOT NULL, read_by TEXT NOT NULL, layout TEXT,
  words_sha256 TEXT NOT NULL, reader_version INTEGER NOT NULL, export_sha256 TEXT,
  formulaic INTEGER NOT NULL DEFAULT 0,
  changed_seq INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX items_by_story ON items (story);

CREATE INDEX items_by_published ON items (published, id);

CREATE INDEX items_by_words ON items (words_sha256);

CREATE INDEX items_formulaic ON items (language) WHERE formulaic = 1;

CREATE INDEX items_by_change ON items (changed_seq);

CREATE TABLE revisions (
  item TEXT NOT NULL, revision INTEGER NOT NULL, first_seen TEXT NOT NULL,
  last_seen TEXT NOT NULL, title TEXT, content_sha256 TEXT NOT NULL,
  reading TEXT NOT NULL REFERENCES readings(id), PRIMARY KEY (item, revision)
) STRICT;

CREATE TABLE texts (
  id TEXT NOT NULL, urn TEXT NOT NULL, source TEXT NOT NULL, language TEXT NOT NULL,
  item TEXT, PRIMARY KEY (id, urn)
) STRICT;

CREATE TABLE pairs (
  a TEXT NOT NULL, b TEXT NOT NULL, share_a REAL NOT NULL, share_b REAL NOT NULL,
  plain_a REAL NOT NULL, plain_b REAL NOT NULL, related INTEGER NOT NULL, PRIMARY KEY (a, b)
) STRICT;

CREATE INDEX pairs_by_b ON pairs (b);

CREATE TABLE stories (
  id TEXT PRIMARY KEY, language TEXT NOT NULL, canonical TEXT NOT NULL, items INTEGER NOT NULL
) STRICT;

CREATE TABLE story_ids (
  old TEXT NOT NULL, new TEXT NOT NULL, at TEXT NOT NULL
) STRICT;

CREATE INDEX story_ids_by_old ON story_ids (old);

CREATE TABLE runs (
  run INTEGER NOT NULL, holder TEXT NOT NULL, PRIMARY KEY (run, holder)
) STRICT, WITHOUT ROWID;

CREATE TABLE translation_links (
  url TEXT NOT NULL, target TEXT NOT NULL, evidence TEXT NOT NULL, PRIMARY KEY (url, target)
) STRICT, WITHOUT ROWID;

CREATE INDEX translation_links_by_target ON translation_links (target);

CREATE TABLE failures (
  url TEXT PRIMARY KEY, source TEXT NOT NULL, stage TEXT NOT NULL, reason TEXT NOT NULL,
  detail TEXT NOT NULL, first_seen TEXT NOT NULL, last_seen TEXT NOT NULL, times INTEGER NOT NULL
) STRICT;

CREATE TABLE archive_files (
  name TEXT PRIMARY KEY, source TEXT NOT NULL, ingested INTEGER NOT NULL
) STRICT;

CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT
"""

_FINDING = """
ALTER TABLE addresses ADD COLUMN ways TEXT NOT NULL DEFAULT '';

ALTER TABLE addresses ADD COLUMN earliest_day TEXT;

ALTER TABLE addresses ADD COLUMN latest_day TEXT;

ALTER TABLE addresses ADD COLUMN backfill INTEGER;

ALTER TABLE addresses ADD COLUMN target TEXT;

ALTER TABLE crawls ADD COLUMN backfill INTEGER;

ALTER TABLE crawls ADD COLUMN single INTEGER NOT NULL DEFAULT 0;

ALTER TABLE crawls ADD COLUMN looked_at INTEGER;

ALTER TABLE crawls ADD COLUMN unreadable INTEGER;

ALTER TABLE crawls ADD COLUMN by_layout INTEGER;

CREATE INDEX addresses_new ON addresses (source, latest_day DESC, number DESC, found_at DESC)
  WHERE state = 'found';

CREATE INDEX addresses_by_next_try ON addresses (source, next_try) WHERE next_try IS NOT NULL;

CREATE INDEX addresses_news ON addresses (source, found_at, ways) WHERE backfill IS NULL;

CREATE INDEX items_by_day ON items (id, day);

CREATE INDEX items_by_source ON items (source, published, id, first_seen, story);

CREATE INDEX addresses_by_number ON addresses (source, language, number) WHERE number IS NOT NULL;

CREATE TABLE backfills (
  id INTEGER PRIMARY KEY, source TEXT NOT NULL REFERENCES sources(name), since TEXT NOT NULL,
  until TEXT NOT NULL, open_end INTEGER NOT NULL, started TEXT NOT NULL, finished TEXT,
  complete INTEGER
) STRICT;

CREATE TABLE places (
  url TEXT PRIMARY KEY, source TEXT NOT NULL REFERENCES sources(name), way TEXT NOT NULL,
  day TEXT, found_on TEXT, asked_at TEXT, answered_at TEXT, articles INTEGER, usual INTEGER,
  complete_at TEXT, head TEXT NOT NULL DEFAULT '', backfill INTEGER, next_page TEXT,
  walk_head TEXT NOT NULL DEFAULT '',
  done INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX places_by_way ON places (source, way);

CREATE TABLE ways (
  source TEXT NOT NULL REFERENCES sources(name), way TEXT NOT NULL, asked_at TEXT,
  found_at TEXT, new_at TEXT, form TEXT, PRIMARY KEY (source, way)
) STRICT;

CREATE TABLE proven_days (
  source TEXT NOT NULL, day TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (source, day)
) STRICT, WITHOUT ROWID;

CREATE VIEW coverage AS
SELECT a.source, coalesce(i.day, a.latest_day) AS day, count(*) AS found,
  sum(a.state IN ('captured', 'stored')) AS captured, sum(a.item IS NOT NULL) AS stored,
  sum(a.state IN ('failed', 'refused')) AS failed
FROM addresses a LEFT JOIN items i INDEXED BY items_by_day ON i.id = a.item
WHERE coalesce(i.day, a.latest_day) IS NOT NULL AND a.state != 'absent' GROUP BY 1, 2
"""

_RUNS = """
DROP TABLE runs;

CREATE TABLE holders (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE) STRICT;

CREATE TABLE runs_new (
  run INTEGER NOT NULL, holder INTEGER NOT NULL, PRIMARY KEY (run, holder)
) STRICT, WITHOUT ROWID;

CREATE TABLE runs_recent (
  run INTEGER NOT NULL, holder INTEGER NOT NULL, PRIMARY KEY (run, holder)
) STRICT, WITHOUT ROWID;

CREATE TABLE runs_settled (
  run INTEGER NOT NULL, holder INTEGER NOT NULL, PRIMARY KEY (run, holder)
) STRICT, WITHOUT ROWID;

CREATE TABLE run_levels (
  level INTEGER PRIMARY KEY, rows INTEGER NOT NULL, next INTEGER NOT NULL
) STRICT;

CREATE TABLE formulae (run INTEGER PRIMARY KEY) STRICT;

CREATE TABLE text_runs (
  run INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY KEY (run, text)
) STRICT, WITHOUT ROWID;

CREATE VIEW runs AS
SELECT r.run, h.id AS holder FROM (
  SELECT run, holder FROM runs_new UNION ALL SELECT run, holder FROM runs_recent
  UNION ALL SELECT run, holder FROM runs_settled
) r JOIN holders h ON h.number = r.holder
"""

_FILTERS = """
DROP VIEW runs;

ALTER TABLE runs_new RENAME TO runs_sorted;

CREATE TABLE runs_new (run INTEGER NOT NULL, holder INTEGER NOT NULL) STRICT;

INSERT INTO runs_new SELECT run, holder FROM runs_sorted;

DROP TABLE runs_sorted;

ALTER TABLE run_levels ADD COLUMN change INTEGER NOT NULL DEFAULT 0;

UPDATE run_levels SET next = 0;

CREATE TABLE run_filters (
  level INTEGER NOT NULL, part INTEGER NOT NULL, runs INTEGER NOT NULL, change INTEGER NOT NULL,
  bits BLOB NOT NULL, PRIMARY KEY (level, part)
) STRICT;

CREATE VIEW runs AS
SELECT r.run, h.id AS holder FROM (
  SELECT run, holder FROM runs_new UNION ALL SELECT run, holder FROM runs_recent
  UNION ALL SELECT run, holder FROM runs_settled
) r JOIN holders h ON h.number = r.holder
"""

_FIRST_DOCUMENTS = """
DROP VIEW runs;

DROP TABLE run_filters;

ALTER TABLE runs_new RENAME TO former_new;

ALTER TABLE runs_recent RENAME TO former_recent;

ALTER TABLE runs_settled RENAME TO former_settled;

CREATE TABLE runs_new (run INTEGER PRIMARY KEY, holder INTEGER NOT NULL) STRICT;

CREATE TABLE runs_recent (run INTEGER PRIMARY KEY, holder INTEGER NOT NULL) STRICT;

CREATE TABLE runs_settled (run INTEGER PRIMARY KEY, holder INTEGER NOT NULL) STRICT;

CREATE TABLE runs_shared (
  run INTEGER NOT NULL, holder INTEGER NOT NULL, PRIMARY KEY (run, holder)
) STRICT, WITHOUT ROWID;

INSERT OR IGNORE INTO runs_settled SELECT run, holder FROM former_settled ORDER BY run, holder;

INSERT OR IGNORE INTO runs_settled SELECT run, holder FROM former_recent ORDER BY run, holder;

INSERT OR IGNORE INTO runs_settled SELECT run, holder FROM former_new ORDER BY run, holder;

INSERT OR IGNORE INTO runs_shared SELECT f.run, f.holder
FROM former_settled f CROSS JOIN runs_settled s ON s.run = f.run WHERE s.holder != f.holder;

INSERT OR IGNORE INTO runs_shared SELECT f.run, f.holder
FROM former_recent f CROSS JOIN runs_settled s ON s.run = f.run WHERE s.holder != f.holder;

INSERT OR IGNORE INTO runs_shared SELECT f.run, f.holder
FROM former_new f CROSS JOIN runs_settled s ON s.run = f.run WHERE s.holder != f.holder
ORDER BY f.run, f.holder;

DROP TABLE former_new;

DROP TABLE former_recent;

DROP TABLE former_settled;

DROP TABLE run_levels;

CREATE TABLE run_levels (
  level INTEGER PRIMARY KEY, rows INTEGER NOT NULL, next INTEGER NOT NULL
) STRICT;

INSERT INTO run_levels (level, rows, next)
SELECT 2, count(*), -9223372036854775807 - 1 FROM runs_settled;

CREATE VIEW runs AS
SELECT r.run, h.id AS holder FROM (
  SELECT run, holder FROM runs_new UNION ALL SELECT run, holder FROM runs_recent
  UNION ALL SELECT run, holder FROM runs_settled UNION ALL SELECT run, holder FROM runs_shared
) r JOIN holders h ON h.number = r.holder
"""

_DECISIONS = """
CREATE TABLE decisions (
  time TEXT NOT NULL, verb TEXT NOT NULL CHECK (verb IN ('join', 'part')),
  a TEXT NOT NULL, b TEXT NOT NULL, a_id TEXT NOT NULL, b_id TEXT NOT NULL,
  item_a TEXT, item_b TEXT, PRIMARY KEY (time, a, b, verb)
) STRICT;

CREATE INDEX decisions_by_a ON decisions (item_a);

CREATE INDEX decisions_by_b ON decisions (item_b)
"""

_PARTICULARS = """
CREATE TABLE translation_particulars (
  url TEXT PRIMARY KEY, source TEXT NOT NULL, language TEXT NOT NULL, day TEXT NOT NULL,
  content_sha256 TEXT NOT NULL, taken TEXT NOT NULL, particulars TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX translation_particulars_by_day ON translation_particulars (source, language, day)
"""

_ONE_EVIDENCE = """
DROP INDEX translation_evidence_by_target;

DROP INDEX translation_evidence_by_key;

ALTER TABLE translation_evidence RENAME TO former_evidence;

ALTER TABLE translation_keys RENAME TO former_keys;

CREATE TABLE translation_evidence (
  url TEXT NOT NULL, target TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('link', 'number', 'image', 'entities')),
  detail TEXT NOT NULL, PRIMARY KEY (url, target, kind, detail)
) STRICT, WITHOUT ROWID;

CREATE INDEX translation_evidence_by_target ON translation_evidence (target);

CREATE INDEX translation_evidence_by_kind ON translation_evidence (kind, detail);

INSERT INTO translation_evidence (url, target, kind, detail)
SELECT url, target, 'link', '' FROM translation_links
UNION ALL
SELECT url, target, 'entities', substr(evidence, length('names and numbers: ') + 1)
FROM former_evidence WHERE evidence GLOB 'names and numbers: *'
UNION ALL
SELECT url, target, substr(evidence, 1, instr(evidence, ' ') - 1),
  substr(evidence, instr(evidence, ' ') + 1)
FROM former_evidence WHERE evidence NOT GLOB 'names and numbers: *';

CREATE TABLE translation_keys (
  kind TEXT NOT NULL CHECK (kind IN ('number', 'image')), detail TEXT NOT NULL,
  url TEXT NOT NULL, language TEXT NOT NULL, day TEXT NOT NULL,
  PRIMARY KEY (kind, detail, url)
) STRICT, WITHOUT ROWID;

INSERT INTO translation_keys (kind, detail, url, language, day)
SELECT substr(key, 1, instr(key, ' ') - 1), substr(key, instr(key, ' ') + 1), url, language, day
FROM former_keys;

DROP TABLE former_keys;

CREATE INDEX translation_keys_by_url ON translation_keys (url);

CREATE TABLE translation_accounts (
  url TEXT PRIMARY KEY, source TEXT NOT NULL, language TEXT NOT NULL, day TEXT NOT NULL,
  content_sha256 TEXT NOT NULL, joined_languages TEXT, entities TEXT NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO translation_accounts
  (url, source, language, day, content_sha256, joined_languages, entities)
SELECT url, source, language, day, content_sha256, nullif(taken, '*'), particulars
FROM translation_particulars;

CREATE INDEX translation_accounts_by_day ON translation_accounts (source, day, language);

DROP TABLE former_evidence;

DROP TABLE translation_links;

DROP TABLE translation_particulars
"""

_LANGUAGE_LINKS = """
CREATE TABLE language_links (
  url TEXT NOT NULL, language TEXT NOT NULL, reading TEXT NOT NULL,
  target TEXT NOT NULL, target_language TEXT NOT NULL, current INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (url, reading, target)
) STRICT, WITHOUT ROWID;

CREATE INDEX language_links_by_target ON language_links (target, current, language);

INSERT INTO language_links (url, language, reading, target, target_language, current)
SELECT DISTINCT c.url, a.language, c.reading, j.value, coalesce(t.language,
    CASE WHEN j.value GLOB '*/kk/*' OR j.value GLOB '*/kk-KZ/*' THEN 'kk'
    WHEN j.value GLOB '*/en/*' OR j.value GLOB '*/en-US/*' THEN 'en' ELSE 'ru' END), 1
FROM captures c JOIN addresses a ON a.url = c.url JOIN readings r ON r.id = c.reading,
  json_each(r.fields, '$.alternates') j LEFT JOIN addresses t ON t.url = j.value
"""

_LINKED_PLACES = """
ALTER TABLE places ADD COLUMN found_at TEXT;

ALTER TABLE places ADD COLUMN linked_at TEXT;

ALTER TABLE places ADD COLUMN linked INTEGER NOT NULL DEFAULT 0;

ALTER TABLE places ADD COLUMN news_at TEXT;

UPDATE places SET found_at = asked_at, linked_at = asked_at, linked = 1
WHERE found_on IS NOT NULL AND way IN ('listing', 'feed');

UPDATE places SET news_at = n.at FROM
  (SELECT found_on, max(found_at) AS at FROM addresses GROUP BY found_on) n
WHERE n.found_on = places.url
"""

_POLITENESS = """
CREATE TABLE politeness (
  source TEXT NOT NULL REFERENCES sources(name), day TEXT NOT NULL,
  requests INTEGER NOT NULL, unanswered INTEGER NOT NULL, bytes INTEGER NOT NULL,
  not_modified INTEGER NOT NULL, refusals INTEGER NOT NULL, pauses INTEGER NOT NULL,
  robots_asked INTEGER NOT NULL, robots_closed INTEGER NOT NULL, robots_forbidden INTEGER NOT NULL,
  due_seconds REAL NOT NULL, least_wait_seconds REAL, too_early INTEGER NOT NULL,
  last_request TEXT, PRIMARY KEY (source, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE politeness_waits (
  source TEXT NOT NULL REFERENCES sources(name), day TEXT NOT NULL, wait_seconds REAL NOT NULL,
  requests INTEGER NOT NULL, PRIMARY KEY (source, day, wait_seconds)
) STRICT, WITHOUT ROWID;

ALTER TABLE crawls ADD COLUMN asked INTEGER;

ALTER TABLE crawls ADD COLUMN from_stored TEXT;

CREATE INDEX captures_read ON captures (source, time) WHERE reading IS NOT NULL
"""

_JOINED = """
UPDATE items SET relation = 'joined', similarity = NULL
WHERE relation != 'canonical' AND NOT EXISTS (
  SELECT 1 FROM stories s JOIN pairs p
  ON p.a = min(items.id, s.canonical) AND p.b = max(items.id, s.canonical)
  WHERE s.id = items.story AND p.related = 1
)
"""

_NOTIFICATIONS = """
CREATE TABLE notifications (
  receiver TEXT NOT NULL CHECK (receiver IN ('command', 'webhook')), source TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('failure', 'drift', 'silence')), subject TEXT NOT NULL,
  sentence TEXT NOT NULL, crawl INTEGER, since TEXT NOT NULL, seen TEXT NOT NULL, tried TEXT,
  told TEXT, PRIMARY KEY (receiver, source, kind, subject)
) STRICT, WITHOUT ROWID
"""

_TAKEN_BACK = """
CREATE TABLE decisions_new (
  time TEXT NOT NULL, verb TEXT NOT NULL CHECK (verb IN ('join', 'part', 'forget')),
  a TEXT NOT NULL, b TEXT NOT NULL, a_id TEXT NOT NULL, b_id TEXT NOT NULL,
  item_a TEXT, item_b TEXT, PRIMARY KEY (time, a, b, verb)
) STRICT;

INSERT INTO decisions_new SELECT * FROM decisions ORDER BY rowid;

DROP TABLE decisions;

ALTER TABLE decisions_new RENAME TO decisions;

CREATE INDEX decisions_by_a ON decisions (item_a);

CREATE INDEX decisions_by_b ON decisions (item_b)
"""

_RECORD_VERSIONS = """
CREATE TABLE record_versions (
  id TEXT NOT NULL, since INTEGER NOT NULL, until INTEGER, url TEXT, source TEXT NOT NULL,
  language TEXT NOT NULL, section TEXT, day TEXT NOT NULL, words INTEGER NOT NULL, story TEXT,
  record TEXT NOT NULL, as_copy TEXT, PRIMARY KEY (id, since)
) STRICT, WITHOUT ROWID;

INSERT INTO record_versions (id, since, url, source, language, section, day, words, story, record)
SELECT id, changed_seq, url, source, language, section, day, words, story,
  coalesce(substr(export_sha256, 1, 16), '') FROM items;

CREATE INDEX record_versions_by_since ON record_versions (since);

CREATE INDEX record_versions_by_until ON record_versions (until) WHERE until IS NOT NULL;

CREATE INDEX record_versions_by_story ON record_versions (story);

CREATE TABLE changes (
  number INTEGER PRIMARY KEY, at TEXT NOT NULL, token TEXT NOT NULL
) STRICT;

INSERT INTO changes (number, at, token)
SELECT coalesce(max(value), 0), strftime('%Y-%m-%dT%H:%M:%f000Z', 'now'), lower(hex(randomblob(6)))
FROM counters WHERE name = 'changed_seq';

CREATE INDEX changes_by_time ON changes (at);

DROP INDEX items_by_change;

ALTER TABLE items DROP COLUMN export_sha256
"""

_UNSETTLED = """
CREATE TABLE unsettled (
  kind TEXT NOT NULL CHECK (kind IN ('reading', 'item', 'address')), id TEXT NOT NULL,
  reading TEXT NOT NULL, PRIMARY KEY (kind, id, reading)
) STRICT, WITHOUT ROWID
"""

_GROUPS = """
CREATE TABLE translation_groups (
  url TEXT PRIMARY KEY, source TEXT NOT NULL, day TEXT NOT NULL, languages TEXT NOT NULL,
  content_sha256 TEXT NOT NULL, entities TEXT
) STRICT, WITHOUT ROWID;

INSERT INTO translation_groups (url, source, day, languages, content_sha256)
SELECT url, source, day, rtrim(language || ' ' || joined_languages), content_sha256
FROM translation_accounts WHERE joined_languages IS NOT NULL;

CREATE INDEX translation_groups_by_day ON translation_groups (source, day, languages);

CREATE INDEX translation_groups_with_entities ON translation_groups (source, day)
WHERE entities IS NOT NULL;

DROP TABLE translation_accounts
"""

_VISITS = """
ALTER TABLE addresses ADD COLUMN lied_at TEXT;

CREATE INDEX addresses_lied ON addresses (source, lied_at) WHERE lied_at IS NOT NULL;

UPDATE addresses SET next_try = strftime('%Y-%m-%dT%H:%M:%f000Z',
  coalesce((SELECT max(w.started) FROM crawls w WHERE w.source = addresses.source), found_at),
  '+' || (rowid * 7919 % 259200) || ' minutes')
WHERE state = 'stored' AND item IS NOT NULL AND next_try IS NULL
"""

_EDITS = """
ALTER TABLE revisions ADD COLUMN edits INTEGER;

UPDATE revisions SET edits = 0 WHERE revision = 1;

CREATE INDEX revisions_without_edits ON revisions (item) WHERE edits IS NULL;

CREATE TABLE edits (
  item TEXT NOT NULL, revision INTEGER NOT NULL, number INTEGER NOT NULL, source TEXT NOT NULL,
  language TEXT NOT NULL, at TEXT NOT NULL, kind TEXT NOT NULL,
  field TEXT NOT NULL CHECK (field IN ('title', 'body')), was TEXT, now TEXT, before TEXT,
  after TEXT, PRIMARY KEY (item, revision, number)
) STRICT;

CREATE INDEX edits_by_time ON edits (at, item, revision, number)
"""

_WEB_ARCHIVES = """
CREATE TABLE web_archives (
  name TEXT PRIMARY KEY, list_at TEXT, capture_at TEXT, rest_until TEXT, rest_reason TEXT,
  rest_seconds REAL NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE archive_lists (
  id INTEGER PRIMARY KEY, source TEXT NOT NULL REFERENCES sources(name), archive TEXT NOT NULL,
  kind TEXT NOT NULL, path TEXT NOT NULL, root TEXT NOT NULL, crawl INTEGER, done TEXT,
  UNIQUE (source, archive, path)
) STRICT;

CREATE INDEX archive_lists_by_root ON archive_lists (source, archive, root);

CREATE INDEX archive_lists_open ON archive_lists (source, archive, id) WHERE done IS NULL;

CREATE TABLE archive_captures (
  source TEXT NOT NULL REFERENCES sources(name), archive TEXT NOT NULL, place TEXT NOT NULL,
  url TEXT NOT NULL, target TEXT NOT NULL, time TEXT NOT NULL, digest TEXT NOT NULL,
  status INTEGER NOT NULL, variant INTEGER NOT NULL, crawl INTEGER, reason TEXT,
  state TEXT NOT NULL CHECK (state IN ('listed', 'stored', 'failed', 'unusable')),
  PRIMARY KEY (source, archive, place)
) STRICT, WITHOUT ROWID;

CREATE INDEX archive_captures_open ON archive_captures (source, archive, variant, time, place)
WHERE state IN ('listed', 'failed')
"""
