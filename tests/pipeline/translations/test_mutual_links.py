"""A link between languages counts if it is returned, or unique both ways."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.connected import connected_component
from pipeline.translations.mutual_links import LinkedPair, linked_pieces

_PAGES = [f"{language}{number}" for language in ("ru", "kk", "en", "uz") for number in range(3)]


@dataclass(frozen=True)
class _Links:
    """Pages that are named by their language and a number, with the pages that each links to."""

    targets: Mapping[str, Collection[str]]

    def language(self, page: str) -> str:
        return page[:2]

    def languages(self, page: str) -> set[str]:
        return {language for language in ("ru", "kk", "en", "uz") if language != page[:2]}

    def linked(self, page: str, language: str) -> set[str]:
        return {one for one in self.targets.get(page, ()) if one[:2] == language}

    def linking(self, page: str, language: str) -> set[str]:
        return {one for one, named in self.targets.items() if one[:2] == language and page in named}


def counted(targets: Mapping[str, Collection[str]]) -> set[tuple[str, str]]:
    pieces = linked_pieces(_PAGES, _Links(targets))
    return {(pair.one, pair.other) for _, pairs in pieces for pair in pairs}


@pytest.mark.parametrize(
    ("links", "pairs"),
    [
        ("ru0>kk0 kk0>ru0", "kk0-ru0"),
        ("ru0>kk0", "kk0-ru0"),
        ("ru0>kk0 ru1>kk0", ""),
        ("ru0>kk0 ru1>kk0 kk0>ru1", "kk0-ru1"),
        ("ru0>kk0 ru0>kk1", ""),
        ("ru0>kk0 ru0>kk1 kk1>ru0", "kk1-ru0"),
        ("ru0>kk0 kk0>ru1", ""),
        ("ru0>kk0 kk0>ru0 ru0>kk1 kk1>ru0", ""),
        ("ru0>kk0 ru1>kk0 ru2>kk0 ru0>en0 en0>ru0", "en0-ru0"),
        ("ru0>kk0 kk0>en0", "en0-kk0 kk0-ru0"),
        ("ru0>kk0 kk0>en0 en0>ru0", "en0-kk0 en0-ru0 kk0-ru0"),
        ("ru0>kk0 kk0>en0 en0>ru1", ""),
        ("ru0>kk0 kk0>ru0 kk0>en0 en0>ru1", "kk0-ru0"),
        ("ru0>kk0 kk0>ru0 kk0>en0 en0>kk0 en0>ru1", "en0-kk0 kk0-ru0"),
        ("ru0>kk0 kk0>ru0 kk0>en0 en0>kk0 en0>ru1 ru1>en0", ""),
    ],
)
def test_links_make_these_pairs(links: str, pairs: str) -> None:
    targets: dict[str, list[str]] = {}
    for link in links.split():
        targets.setdefault(link[:3], []).append(link[4:])
    assert counted(targets) == {(pair[:3], pair[4:]) for pair in pairs.split()}


_LINKS = st.dictionaries(st.sampled_from(_PAGES), st.sets(st.sampled_from(_PAGES), max_size=4)).map(
    lambda links: {
        page: {one for one in named if one[:2] != page[:2]} for page, named in links.items()
    }
)


@given(_LINKS)
def test_whatever_links_there_are_they_join_one_page_a_language(
    targets: dict[str, set[str]],
) -> None:
    pairs = counted(targets)
    for page in _PAGES:
        piece = connected_component(
            page, lambda page: [one for pair in pairs for one in pair if page in pair]
        )
        assert len({one[:2] for one in piece}) == len(piece)


@given(_LINKS)
def test_a_pair_is_linked_and_has_no_rival(targets: dict[str, set[str]]) -> None:
    for one, other in counted(targets):
        there, back = other in targets.get(one, ()), one in targets.get(other, ())
        assert there or back
        if there and back:
            continue
        for end, far in ((one, other), (other, one)):
            rivals = {page for page in targets.get(end, ()) if page[:2] == far[:2]}
            rivals |= {page for page in targets if page[:2] == far[:2] and end in targets[page]}
            assert rivals == {far}


@given(_LINKS, st.sampled_from(_PAGES))
def test_a_switch_that_leads_everywhere_to_one_page_joins_nothing_to_it(
    targets: dict[str, set[str]], page: str
) -> None:
    links = {one: {page} for one in _PAGES if one[:2] != page[:2]}
    links |= {page: {one for one in targets.get(page, ()) if one[:2] != page[:2]}}
    assert all(other in links[page] or one in links[page] for one, other in counted(links))
    assert all(page in pair for pair in counted(links))


@given(st.sets(st.integers(0, 2)), st.sampled_from((("ru", "kk"), ("ru", "en"), ("kk", "uz"))))
def test_a_switch_that_leads_to_each_pages_own_version_joins_all_of_them(
    one_way: set[int], languages: tuple[str, str]
) -> None:
    first, second = languages
    links = {f"{first}{number}": {f"{second}{number}"} for number in range(3)}
    links |= {f"{second}{number}": {f"{first}{number}"} for number in set(range(3)) - one_way}
    assert len(counted(links)) == 3


def test_a_pair_says_whether_its_link_is_returned() -> None:
    for back in (False, True):
        targets = {"ru0": ["kk0"], "kk0": ["ru0"] if back else []}
        (found,) = (pairs for _, pairs in linked_pieces(["ru0"], _Links(targets)))
        assert found == {LinkedPair("kk0", "ru0", back)}


def test_pieces_are_all_pages_that_may_be_joined() -> None:
    targets = {f"ru{n}": [f"kk{n}"] for n in range(3)}
    pieces = [piece for piece, _ in linked_pieces(["ru0", "ru1"], _Links(targets))]
    assert sorted(map(sorted, pieces)) == [["kk0", "ru0"], ["kk1", "ru1"]]
