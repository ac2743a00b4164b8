"""`kazpress edits`: what was edited, a line each, the newest first."""

from kazpress.config import Config
from kazpress.console import almaty_text, complain
from kazpress.show.listing import Cells, ListForm, print_found
from pipeline.history.edit_words import change_of
from pipeline.history.listed_edits import EditSelection, ListedEdit, count_edits, listed_edits
from pipeline.history.stored_revisions import count_without_edits, said_without_edits
from pipeline.store.database import reading

_COLUMNS = ("id", "seen", "kind", "was → now")


def list_edits(config: Config, selection: EditSelection, form: ListForm) -> None:
    """Print the edits of a selection, the newest first."""
    with reading(config.db) as db:
        print_found(
            listed_edits(db, selection, form.limit), form, _COLUMNS, cells=_cells,
            record=ListedEdit.record, count=lambda: count_edits(db, selection),
            none="no edit that is stored is selected", wide="was → now",
        )  # fmt: skip
        untold = count_without_edits(db)
    if untold and not form.quiet:
        complain(said_without_edits(untold))


def _cells(one: ListedEdit) -> Cells:
    return one.item, almaty_text(one.at), one.edit.kind, change_of(one.edit)
