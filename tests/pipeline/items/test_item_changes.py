"""Changes of items, in the order in which they were made, become one."""

from dataclasses import replace

from pipeline.items.item_changes import ItemChange, item_changes

NEW = ItemChange(item="a", is_new=True, is_compared_anew=True)
UPDATED = ItemChange(item="a", is_updated=True)
REMOVED = ItemChange(item="a", is_removed=True)


def test_what_was_written_twice_has_changed_in_both_ways() -> None:
    changes = item_changes([NEW, UPDATED, ItemChange(item="b", is_gone=True)])
    assert changes.written == {"a", "b"}
    assert changes.new == changes.updated == {"a"}
    assert changes.gone == {"b"}
    assert changes.compared_anew == {"a"}


def test_of_what_was_removed_nothing_else_is_told() -> None:
    changes = item_changes([NEW, UPDATED, REMOVED])
    assert changes.removed == {"a"}
    assert not changes.written | changes.new | changes.updated | changes.compared_anew


def test_what_is_written_again_is_not_removed() -> None:
    changes = item_changes([REMOVED, NEW])
    assert changes.removed == frozenset()
    assert changes.new == changes.written == {"a"}


def test_the_piece_of_what_was_removed_is_told_though_it_is_written_again() -> None:
    removed = replace(REMOVED, former_piece="p")
    assert item_changes([removed, NEW]).former_pieces == {"p"}
    assert item_changes([REMOVED, NEW]).former_pieces == frozenset()
