"""The frozen rules for images mean what they meant when they took the square of a hostile attribute's length."""

import re

import turbohtml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.markup.before import addresses

_SET = re.compile(r"(\S*[^\s,])(?:\s+([\d.]+)[wx])?\s*(?:,|$)")
_PLACEHOLDER = re.compile(
    r"data:|.*(?:blank|placeholder|spacer|pixel|transparent|loading|grey|lazy)[^/]*\.(?:gif|png|svg)", re.IGNORECASE
)
_NAMES = st.lists(st.sampled_from(["blank", "LAZY", "pixel", "/", "\n", ".gif", ".png", ".", "a", "data:", "?"]))


def _largest(srcset: str) -> str:
    best, size = "", -1.0
    for match in _SET.finditer(srcset[:20000]):
        number = float(match[2]) if match[2] and match[2].count(".") < 2 and match[2] != "." else 1.0
        if number > size:
            best, size = match[1], number
    return best


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="a, 12.xw\n", max_size=24))
def test_the_largest_of_a_set_is_the_one_that_it_was(srcset: str) -> None:
    assert addresses.largest(srcset) == _largest(srcset)


@settings(max_examples=200, deadline=None)
@given(_NAMES.map("".join))
def test_a_placeholder_is_what_it_was(address: str) -> None:
    assert bool(addresses._PLACEHOLDER.match(address)) == bool(_PLACEHOLDER.match(address))


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["<picture>", "</picture>", "<source srcset=/a>", "<source>", "<source srcset=/b>", "<img>", "<p>", "</p>"]
        ),
        max_size=16,
    ).map("".join)
)
def test_a_picture_s_image_is_the_first_that_a_source_in_it_gives(html: str) -> None:
    root = turbohtml.parse_fragment(html, positions=False)
    given_by = addresses._of_pictures(root)
    for picture in root.find_all("picture"):
        sets = (addresses.largest(source.attr("srcset") or "") for source in picture.find_all("source"))
        assert given_by.get(picture, "") == next(filter(None, sets), "")


def test_a_hostile_set_gives_what_it_gave() -> None:
    for piece in ("a ", "a, ", ",", "1", "a b "):
        assert addresses.largest(piece * 300) == _largest(piece * 300)
        assert isinstance(addresses.largest(piece * 50_000), str)
