"""One picture at several addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.markup import picture_key

SAME = [
    ("https://a.example/a.jpg", "http://www.a.example/a.jpg?w=300&h=200"),
    ("https://a.example/a.jpg", "https://a.example/a-1024x768.jpg"),
    ("https://a.example/a.jpg", "https://a.example/a-scaled.jpg"),
    ("https://a.example/a.jpg", "https://i2.wp.com/a.example/a.jpg?fit=1200%2C800&ssl=1"),
    ("https://b.example/img/b/R29/s72-c/x.png", "https://b.example/img/b/R29/s1600/x.png"),
    ("https://b.example/img/a/AVv", "https://b.example/img/a/AVv=w640-h400"),
    ("https://live.staticflickr.com/1/52_abcdef0123_b.jpg", "https://live.staticflickr.com/1/52_abcdef0123_m.jpg"),
    ("https://f4.bcbits.com/img/a0123456789_16.jpg", "https://f4.bcbits.com/img/a0123456789_10.jpg"),
    ("https://files.example/1/original/x.png", "https://files.example/1/small/x.png"),
    ("https://p.example/x.jpg", "https://p.example/x_thumb.jpg"),
    ("https://64.media.tumblr.com/1/2/s640x960/x.jpg", "https://64.media.tumblr.com/1/2/s1280x1920/x.jpg"),
    (
        "https://s.example/fetch/$s_!a!,w_256,c_limit,f_auto/https%3A%2F%2Fm.example%2Fx_600x600.png",
        "https://s.example/fetch/w_1456,c_limit,q_auto:good/https%3A%2F%2Fm.example%2Fx_600x600.png",
    ),
    ("https://a.example/i.php?id=3", "https://a.example/i.php?id=3&w=100"),
]
OTHERS = [
    ("https://a.example/a.jpg", "https://a.example/b.jpg"),
    ("https://a.example/i.php?id=3", "https://a.example/i.php?id=4"),
    ("https://a.example/photo_1.jpg", "https://a.example/photo_2.jpg"),
    ("https://a.example/1/a.jpg", "https://a.example/2/a.jpg"),
    ("https://a.example/f?url=https://m.example/a.png", "https://a.example/f?url=https://m.example/b.png"),
]


@pytest.mark.parametrize(("first", "second"), SAME)
def test_sizes_and_copies_of_a_picture_are_one(first: str, second: str) -> None:
    assert picture_key(first) == picture_key(second)


@pytest.mark.parametrize(("first", "second"), OTHERS)
def test_two_pictures_are_two(first: str, second: str) -> None:
    assert picture_key(first) != picture_key(second)


@given(st.text())
def test_any_address_has_a_key(address: str) -> None:
    assert picture_key(address) == picture_key(address)
