"""Groups of items as they are compared with those of other languages, written down and read."""

from datetime import date

from sqlite_utils import Database

from pipeline.model.capture import ClassifiedCapture
from pipeline.store.transactions import writing
from pipeline.translations.entity_index import Group
from pipeline.translations.group_rows import groups_on, languages_by_day
from tests.pipeline.worlds.captures import kaz, page, take, world

_RU, _KK, _EN = kaz("a"), kaz("b", "kk"), kaz("c", "en")
_DAY = date(2026, 3, 2).toordinal()


def _page(url: str, body: str, *alternates: str, day: int = 2) -> ClassifiedCapture:
    return page(url, 0, body, alternates=alternates, published=f"2026-03-{day:02}")


def _groups(db: Database, *days: int) -> list[Group]:
    with writing(db):
        return groups_on(db, "kazpravda", days)


def test_linked_items_are_one_group_by_the_longest() -> None:
    db = world(_page(_RU, "Один два три", _KK), _page(_KK, "Бір екі"), _page(_EN, "One", day=3))
    found = {(one.url, one.language): one.languages for one in _groups(db, _DAY, _DAY + 1)}
    assert found == {(_RU, "ru"): {"ru", "kk"}, (_EN, "en"): {"en"}}
    assert [one.url for one in _groups(db, _DAY + 1)] == [_EN]
    take(db, page(_KK, 1, "Бір екі үш төрт", published="2026-03-02"))
    assert [(one.url, one.language) for one in _groups(db, _DAY)] == [(_KK, "kk")]


def test_groups_are_counted_by_day_and_languages() -> None:
    db = world(_page(_RU, "Один два три", _KK), _page(_KK, "Бір екі"), _page(_EN, "One", day=3))
    found = languages_by_day(db, "kazpravda", _DAY - 3, _DAY + 3)
    assert found == {_DAY: {frozenset({"ru", "kk"}): 1}, _DAY + 1: {frozenset({"en"}): 1}}
    assert not languages_by_day(db, "senate", _DAY - 3, _DAY + 3)


def test_entities_are_cut_out_where_they_are_asked_for() -> None:
    db = world(_page(_RU, "Вчера Болегенов осмотрел 1 286 домов"))
    kept = "SELECT entities FROM translation_groups"
    assert db.execute(kept).fetchone() == (None,)
    (group,) = _groups(db, _DAY)
    assert (list(group.entities.names), list(group.entities.numbers)) == (["blgn"], ["1286"])
    assert db.execute(kept).fetchone() == (group.entities.as_json(),)
    assert _groups(db, _DAY) == [group]
