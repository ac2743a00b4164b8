"""A database from before there were pieces gets those that today's rules give."""

from hypothesis import given, settings

from pipeline.model.capture import ClassifiedCapture
from pipeline.store.migrations import m023_pieces
from pipeline.store.transactions import writing
from tests.pipeline.worlds.captures import derived, world
from tests.pipeline.worlds.pieces import worlds_of_pieces


@given(worlds_of_pieces())
@settings(max_examples=30, deadline=None, derandomize=True, database=None)
def test_the_migration_says_what_todays_rules_say(captures: list[ClassifiedCapture]) -> None:
    db = world(*captures)
    today = derived(db)
    with writing(db):
        db.conn.execute("DROP INDEX items_by_piece")
        db.conn.execute("ALTER TABLE items DROP COLUMN piece")
        db.conn.execute(
            "UPDATE items SET relation = 'reprint', similarity = 0 WHERE relation = 'joined'"
        )
        m023_pieces(db)
    assert derived(db) == today
