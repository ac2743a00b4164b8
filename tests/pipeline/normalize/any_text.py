"""Texts of any kind, as Hypothesis makes them."""

from __future__ import annotations

from hypothesis import strategies as st

ANY_TEXT = st.text(st.characters(exclude_categories=())) | st.text(
    alphabet="абеёйӘі aeoT.,«»-\u00a0\u00ad\u200b\u0301\n\r\t\x1e\u2028\ud800", max_size=60
)
