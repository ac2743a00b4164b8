"""Texts that are no dates, and texts that nearly are."""

from hypothesis import strategies as st

ANY_TEXT = st.text(max_size=80) | st.from_regex(r"[0-3]?\d[ .][а-я\d]{1,8}[ .]\d{4}.{0,9}")
