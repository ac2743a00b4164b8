"""Lines that invite readers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.labels.invitations import is_invitation


@given(st.sampled_from(["Gazeta.kz", "GAZETA.KZ"]))
def test_a_source_is_named_in_any_letter_case(name: str) -> None:
    assert is_invitation(f"{name} в Instagram", ("gazeta.kz",), is_linked=True)
    assert not is_invitation("Другая в Instagram", ("gazeta.kz",), is_linked=True)
