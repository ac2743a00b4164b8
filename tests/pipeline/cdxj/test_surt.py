"""Keys of addresses: the same that other tools make."""

import warnings

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.cdxj.surt import surt

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it is written for older Pythons
    from surt import surt as others_surt  # type: ignore[import-untyped]

_TEXT = st.text(
    st.sampled_from("aBя/.;=&%?()0 \n~'\"[]+,#\\|^") | st.characters(exclude_categories=["Cs"]),
    max_size=12,
)
_ODD = st.sampled_from(
    ["%2F", "%25", "%2525", "%D0%B4", "..", "./", "//", "%", "%zz", "sid=" + "a" * 32, "&", "&&",
     "jsessionid=" + "0F" * 16 + "&", "cfid=1&cftoken=2", "(S(" + "a1" * 12 + "))/x.aspx", "a=&a"]
)  # fmt: skip
_ANY = st.lists(_TEXT | _ODD, max_size=5).map("".join)
_PATHS = st.just("") | _ANY.map(lambda one: "/" + one.replace("?", "").replace("#", ""))
_QUERIES = st.none() | _ANY.map(lambda one: one.replace("#", ""))


@given(
    st.sampled_from(["http", "https", "HTTPS"]),
    st.sampled_from(
        ["kazpravda.kz", "www.kazpravda.kz", "WWW2.senate.parlam.kz", "қазақстан.қаз", "a..kz."]
    ),
    st.sampled_from(["", ":80", ":443", ":8080"]),
    _PATHS,
    _QUERIES,
    st.sampled_from(["", "#fragment"]),
)
@example("https", "kazpravda.kz", "", "/a//b/../c/./D//", "b=2&a=1&a", "")
@example("https", "kazpravda.kz", "", "/..", "", "")
def test_they_are_those_of_the_judge(
    scheme: str, host: str, port: str, path: str, query: str | None, fragment: str
) -> None:
    url = f"{scheme}://{host}{port}{path}{'' if query is None else f'?{query}'}{fragment}"
    assert surt(url) == others_surt(url)


@pytest.mark.parametrize("url", ["urn:sha256:1", "ftp://kazpravda.kz/", "", "kazpravda.kz/n/"])
def test_what_is_no_address_of_the_web_has_none(url: str) -> None:
    assert surt(url) is None
