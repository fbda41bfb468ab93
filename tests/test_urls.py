"""Addresses of one page, however they are spelt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.urls import host as host_of
from generator.urls import sameness

PARTS = st.sampled_from("www. www a b-c x_y . .. / // ~ index.html index.php index.htm 2019 80 A".split())


@given(st.sampled_from("a www.a www www.www.a. x_y 1.2".split()), st.lists(PARTS, max_size=6).map("".join))
def test_an_address_without_query_is_the_same_with_a_fragment(host: str, rest: str) -> None:
    for scheme in ("http", "https"):
        assert sameness(f"{scheme}://{host}{rest}") == sameness(f"{scheme}://{host}{rest}#part")
        assert host_of(f"{scheme}://{host}{rest}") == host_of(f"{scheme}://{host}{rest}#part")


@pytest.mark.parametrize(
    "url",
    ["http://www.Larry.example:80/a/", "https://larry.example/a/index.html", "https://larry.example/%61?utm_source=x"],
)
def test_spellings_of_one_page_are_the_same(url: str) -> None:
    assert sameness(url) == sameness("https://larry.example/a") == "larry.example/a"


def test_other_pages_are_not() -> None:
    told = ["https://larry.example/a", "https://larry.example/A", "https://larry.example/a?b", "https://b.example/a"]
    assert len(set(map(sameness, told))) == len(told)
